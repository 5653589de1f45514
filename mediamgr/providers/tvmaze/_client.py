"""Owns what TVmaze is asked: a show with all that belongs to it in one question, for 20 in ten seconds are few."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mediamgr.providers.facts import MediaType, PictureFacts, WorkFacts
from mediamgr.providers.http import Client, Rate, Site
from mediamgr.providers.protocol import Capabilities, Terms
from mediamgr.providers.reading import a_list, an_object
from mediamgr.providers.tvmaze._facts import found, whole
from mediamgr.settings import Settings

__all__ = ["TvMaze"]

_FINDS: Final = {"imdb": "imdb", "tvdb": "thetvdb"}
_PARTS: Final = ("episodes", "seasons", "cast", "images")


class TvMaze:
    """TVmaze.

    Args:
        client: Asks.
        settings: Of the address.
    """

    name = "tvmaze"
    capabilities = Capabilities(
        media_types=frozenset({"show"}),
        ids=("tvmaze", "imdb", "tvdb"),
        fields=frozenset(
            "year season_number episode_number premiered_on runtime_minutes rating plot genres countries studios"
            " original_language series_status".split()
        ),
        has_credits=True,
        has_pictures=True,
        has_episodes=True,
    )
    terms = Terms(
        credit="Data of shows by TVmaze.com.", licence="CC BY-SA 4.0", url="https://www.tvmaze.com/api#licensing"
    )

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self.site = Site(
            "tvmaze", settings.get_tvmaze_url(), rates=(Rate(20, 10.0),), hosts=frozenset({"static.tvmaze.com"})
        )

    def search(self, title: str, media_type: MediaType, *, year: int | None = None) -> list[WorkFacts]:
        """The ten that are most like it; nothing narrows them by year."""
        if media_type != "show":
            return []
        told = self._ask("search/shows", {"q": title})
        return [found(each.one("show")) for each in a_list(told, "TVmaze")] if told is not None else []

    def identify(self, media_type: MediaType, ids: Mapping[str, str]) -> str | None:
        """Its own id, by that itself, by IMDb's or by TheTVDB's."""
        if media_type != "show":
            return None
        if "tvmaze" in ids:
            return ids["tvmaze"]
        for source, called in _FINDS.items():
            told = self._ask("lookup/shows", {called: ids[source]}) if source in ids else None
            if told is not None:
                return an_object(told, "TVmaze").text("id")
        return None

    def get(self, media_type: MediaType, id: str, *, seasons: frozenset[int] | None = None) -> WorkFacts | None:
        """A show with all its seasons, whichever are wanted: they come along."""
        told = self._ask(f"shows/{id}", {"embed[]": _PARTS}) if media_type == "show" else None
        return None if told is None else whole(an_object(told, "TVmaze"))

    def images(self, media_type: MediaType, id: str) -> tuple[PictureFacts, ...]:
        """What `get` has of pictures."""
        work = self.get(media_type, id)
        return work.pictures if work else ()

    def page(self, media_type: MediaType, id: str) -> str:
        """Its own page of the work."""
        return f"https://www.tvmaze.com/shows/{id}"

    def _ask(self, endpoint: str, asked: Mapping[str, Any]) -> Any:
        return self._client.ask(self.site, endpoint, asked).json
