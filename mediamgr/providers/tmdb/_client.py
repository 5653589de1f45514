"""Owns what TMDB is asked: which address answers which question, and as few of them as will do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlsplit

from mediamgr.providers.facts import FIELDS, MediaType, PictureFacts, WorkFacts
from mediamgr.providers.http import Client, Rate, Site
from mediamgr.providers.protocol import Capabilities, Terms
from mediamgr.providers.reading import Said, an_object
from mediamgr.providers.tmdb._facts import Reader
from mediamgr.settings import Settings

__all__ = ["Tmdb"]

_KINDS: Final[Mapping[MediaType, str]] = {"movie": "movie", "show": "tv"}
_YEARS: Final = {"movie": "primary_release_year", "show": "first_air_date_year"}
_BESIDES: Final = {
    "movie": "alternative_titles,credits,external_ids,images,release_dates",
    "show": "alternative_titles,content_ratings,credits,external_ids,images",
}
_FINDS: Final = {"imdb": "imdb_id", "tvdb": "tvdb_id"}


class Tmdb:
    """The Movie Database.

    Args:
        client: Asks.
        settings: Of the addresses, the key and the language that titles and plots are wanted in.
    """

    name = "tmdb"
    capabilities = Capabilities(
        media_types=frozenset({"movie", "show"}),
        ids=("tmdb", "imdb", "tvdb"),
        fields=frozenset(FIELDS) - {"absolute_number"},
        has_credits=True,
        has_pictures=True,
        has_episodes=True,
        narrows_by_year=True,
    )
    terms = Terms(
        credit="This product uses the TMDB API but is not endorsed or certified by TMDB.",
        licence="TMDB API terms of use",
        url="https://www.themoviedb.org/api-terms-of-use",
        key_url="https://www.themoviedb.org/settings/api",
    )

    def __init__(self, client: Client, settings: Settings) -> None:
        self._client = client
        self._language = settings.get_provider_language()
        self._reader = Reader(settings.get_tmdb_image_url(), self._language)
        key = settings.get_tmdb_key()
        self.site = Site(
            "tmdb",
            settings.get_tmdb_url(),
            rates=(Rate(40, 1.0),),
            key=key,
            # the longer keys are tokens, which TMDB takes in a header only
            key_in="Authorization" if "." in key else "api_key",
            hosts=frozenset({urlsplit(settings.get_tmdb_image_url()).hostname or ""}),
        )

    def search(self, title: str, media_type: MediaType, *, year: int | None = None) -> list[WorkFacts]:
        """The first page of what is called about so; `year`: of its release."""
        asked = {"query": title, "language": self._language, _YEARS[media_type]: year}
        told = self._ask(f"search/{_KINDS[media_type]}", asked)
        return [] if told is None else [self._reader.found(each, media_type) for each in told.each("results")]

    def identify(self, media_type: MediaType, ids: Mapping[str, str]) -> str | None:
        """Its own id, by that itself, by IMDb's or by TheTVDB's."""
        if "tmdb" in ids:
            return ids["tmdb"]
        for source, called in _FINDS.items():
            told = self._ask(f"find/{ids[source]}", {"external_source": called}) if source in ids else None
            found = list(told.each(f"{_KINDS[media_type]}_results")) if told else []
            if found:
                return found[0].text("id")
        return None

    def get(self, media_type: MediaType, id: str, *, seasons: frozenset[int] | None = None) -> WorkFacts | None:
        """One question, and of a show one more for each season."""
        told = self._whole(media_type, id)
        if told is None:
            return None
        work = self._reader.whole(told, media_type)
        return replace(work, parts=tuple(self._season(id, season, seasons) for season in work.parts))

    def images(self, media_type: MediaType, id: str) -> tuple[PictureFacts, ...]:
        """What `get` has of pictures."""
        told = self._whole(media_type, id)
        return self._reader.whole(told, media_type).pictures if told else ()

    def page(self, media_type: MediaType, id: str) -> str:
        """Its own page of the work."""
        return f"https://www.themoviedb.org/{_KINDS[media_type]}/{id}"

    def _whole(self, media_type: MediaType, id: str) -> Said | None:
        spoken = self._language.partition("-")[0]
        asked = {
            "language": self._language,
            "append_to_response": _BESIDES[media_type],
            "include_image_language": ",".join(dict.fromkeys((spoken, "en", "null"))),
        }
        return self._ask(f"{_KINDS[media_type]}/{id}", asked)

    def _season(self, show_id: str, season: WorkFacts, wanted: frozenset[int] | None) -> WorkFacts:
        """A season of which the show tells in short: in full when it is wanted."""
        number = season.fields.get("season_number")
        if number is None or (wanted is not None and number not in wanted):
            return season
        told = self._ask(f"tv/{show_id}/season/{number}", {"language": self._language})
        return self._reader.season(told) if told else season

    def _ask(self, endpoint: str, asked: Mapping[str, Any]) -> Said | None:
        told = self._client.ask(self.site, endpoint, asked).json
        return None if told is None else an_object(told, "TMDB")
