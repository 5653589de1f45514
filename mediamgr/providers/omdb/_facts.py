"""Owns how OMDb's answers become facts: all of it is text, lists are written with commas, and N/A is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediamgr.countries import country_code
from mediamgr.languages import normalise_language
from mediamgr.providers.facts import ROLES, CreditFacts, MediaType, PictureFacts, WorkFacts
from mediamgr.providers.genres import same_genres
from mediamgr.providers.reading import Said, known

__all__ = ["found", "listed", "whole"]

_PEOPLE: Final = {"Director": "director", "Writer": "writer", "Actors": "actor"}
_UNRATED: Final = frozenset({"Not Rated", "Unrated", "NR"})


def found(told: Said, media_type: MediaType) -> WorkFacts:
    """A film or show among results."""
    own = told.text("imdbID") or ""
    # a series is from "1999–2004"
    fields = known(year=told.whole("Year", 1870, 2200))
    return WorkFacts("omdb", own, media_type, told.text("Title") or "", fields, _ids(own), (), (), tuple(_poster(told)))


def whole(told: Said, media_type: MediaType) -> WorkFacts:
    """All of a film or show, but its seasons."""
    short = found(told, media_type)
    countries = (country_code(each) for each in _several(told, "Country"))
    languages = (normalise_language(each) for each in _several(told, "Language"))
    rated = told.text("Rated")
    fields = known(
        premiered_on=told.day("Released"),
        runtime_minutes=told.whole("Runtime", 1, 2000),
        rating=told.number("imdbRating", 0, 10),
        votes=told.whole("imdbVotes"),
        content_rating=None if rated in _UNRATED else rated,
        plot=told.text("Plot"),
        genres=same_genres(_several(told, "Genre")),
        countries=[code for code in countries if code],
        original_language=next((code for code in languages if code), None),
    )
    return WorkFacts(
        "omdb",
        short.id,
        media_type,
        short.title,
        {**short.fields, **fields},
        short.ids,
        credits=tuple(_credits(told)),
        pictures=short.pictures,
        is_whole=True,
    )


def listed(number: int, told: Said) -> WorkFacts:
    """A season, of whose episodes only the most needful is told."""
    episodes = tuple(_episode(number, each) for each in told.each("Episodes"))
    return WorkFacts("omdb", "", "season", f"Season {number}", {"season_number": number}, parts=episodes)


def _episode(season: int, told: Said) -> WorkFacts:
    own, number, premiered_on = told.text("imdbID") or "", told.whole("Episode"), told.day("Released")
    fields = known(
        season_number=season,
        episode_number=number,
        premiered_on=premiered_on,
        year=premiered_on.year if premiered_on else None,
        rating=told.number("imdbRating", 0, 10),
    )
    return WorkFacts("omdb", own, "episode", told.text("Title") or f"Episode {number}", fields, _ids(own))


def _ids(own: str) -> dict[str, str]:
    return {"imdb": own} if own else {}


def _several(told: Said, name: str) -> list[str]:
    return [each.strip() for each in (told.text(name) or "").split(",") if each.strip()]


def _credits(told: Said) -> Iterator[CreditFacts]:
    """Names only: OMDb gives people no ids. "(screenplay by)" behind a name says what a writer did."""
    for field, role in _PEOPLE.items():
        names = dict.fromkeys(each.partition("(")[0].strip() for each in _several(told, field))
        for position, name in enumerate(name for name in names if name):
            yield CreditFacts(name, role, ROLES[role], None, position)


def _poster(told: Said) -> Iterator[PictureFacts]:
    if (url := told.text("Poster")) and url.startswith(("http://", "https://")):
        yield PictureFacts("poster", url)
