"""Owns what OMDb is asked, and how it says no: with HTTP 200 for what is not there, with 401 for the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from mediamgr.errors import ProviderBusy, ProviderError
from mediamgr.providers.facts import MediaType, PictureFacts, WorkFacts
from mediamgr.providers.http import Client, Rate, Site
from mediamgr.providers.omdb._facts import found, listed, whole
from mediamgr.providers.protocol import Capabilities, Terms
from mediamgr.providers.reading import Said, an_object
from mediamgr.settings import Settings

__all__ = ["Omdb"]

_A_DAY: Final = 24 * 3600.0
_TYPES: Final[Mapping[MediaType, str]] = {"movie": "movie", "show": "series"}
_USED_UP: Final = "limit reached"


class Omdb:
    """The Open Movie Database.

    Args:
        client: Asks.
        settings: Of the address and the key.
    """

    name = "omdb"
    capabilities = Capabilities(
        media_types=frozenset({"movie", "show"}),
        ids=("imdb",),
        fields=frozenset(
            "year season_number episode_number premiered_on runtime_minutes rating votes content_rating plot genres"
            " countries original_language".split()
        ),
        has_credits=True,
        has_pictures=True,
        has_episodes=True,
        narrows_by_year=True,
    )
    terms = Terms(
        credit="Facts of films by OMDb (omdbapi.com).",
        licence="CC BY-NC 4.0",
        url="https://www.omdbapi.com/legal.htm",
        key_url="https://www.omdbapi.com/apikey.aspx",
    )

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self.site = Site(
            "omdb",
            settings.get_omdb_url(),
            rates=(Rate(1_000, _A_DAY),),
            key=settings.get_omdb_key(),
            key_in="apikey",
            hosts=frozenset({"m.media-amazon.com"}),
            is_nothing=_is_nothing,
            refusal=_refusal,
        )

    def search(self, title: str, media_type: MediaType, *, year: int | None = None) -> list[WorkFacts]:
        """The first page of what is called about so."""
        told = self._ask({"s": title, "type": _TYPES[media_type], "y": year})
        return [found(each, media_type) for each in told.each("Search")] if told else []

    def identify(self, media_type: MediaType, ids: Mapping[str, str]) -> str | None:
        """IMDb's id, which is its own."""
        return ids.get("imdb")

    def get(self, media_type: MediaType, id: str, *, seasons: frozenset[int] | None = None) -> WorkFacts | None:
        """One question, and of a show one more for each season."""
        told = self._ask({"i": id, "plot": "full"})
        # an id of IMDb may be that of anything, and OMDb tells of it
        if told is None or told.text("Type") != _TYPES[media_type]:
            return None
        numbers = range(1, (told.whole("totalSeasons", 0, 200) or 0) + 1)
        wanted = [number for number in numbers if seasons is None or number in seasons]
        parts = [(number, self._ask({"i": id, "Season": number})) for number in wanted]
        return replace(whole(told, media_type), parts=tuple(listed(number, each) for number, each in parts if each))

    def images(self, media_type: MediaType, id: str) -> tuple[PictureFacts, ...]:
        """The one poster it knows."""
        told = self._ask({"i": id, "plot": "full"})
        return whole(told, media_type).pictures if told else ()

    def page(self, media_type: MediaType, id: str) -> str:
        """IMDb's page: OMDb has none."""
        return f"https://www.imdb.com/title/{id}/"

    def _ask(self, asked: Mapping[str, Any]) -> Said | None:
        told = self._client.ask(self.site, "", asked).json
        return None if told is None else an_object(told, "OMDb")


def _is_nothing(told: Any) -> bool:
    return isinstance(told, dict) and told.get("Response") == "False"


def _refusal(status: int, told: Any) -> ProviderError | None:
    said = told.get("Error") if isinstance(told, dict) else None
    if status == 401 and isinstance(said, str) and _USED_UP in said:
        return ProviderBusy(
            "The requests that OMDb allows for a day are used up; go on tomorrow, or get a larger plan.",
            retry_after_seconds=_A_DAY,
        )
    return None
