"""Owns what is made up where the library knows nothing: always the same for the same work or person."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, TypeVar

from mediamgr.repository import MediaItem

__all__ = [
    "NAMES",
    "RATINGS_FILM",
    "RATINGS_SHOW",
    "biography",
    "birthday",
    "certification",
    "countries",
    "draw",
    "gender",
    "genres",
    "hexadecimal",
    "keywords",
    "language",
    "money",
    "plot",
    "popularity",
    "premiered",
    "rating",
    "runtime",
    "studios",
    "tagline",
    "votes",
]

_Value = TypeVar("_Value")
RATINGS_FILM: Final = ("G", "PG", "PG-13", "PG-13", "R", "R", "NC-17")
RATINGS_SHOW: Final = ("TV-PG", "TV-14", "TV-14", "TV-MA")
_WHO: Final = (
    "A stubborn ferryman",
    "A retired conductor",
    "Two estranged cousins",
    "A night nurse",
    "A young glazier",
)
_DO: Final = ("find a door", "keep a promise", "lose a ledger", "follow a signal", "inherit a lighthouse")
_WHERE: Final = (
    "in a town without clocks",
    "on the last ferry of the year",
    "during a long strike",
    "above the tree line",
)
_END: Final = (
    "Nobody asked them to.",
    "It costs more than they have.",
    "The sea keeps count.",
    "Someone has been there before.",
)
_TAGS: Final = ("One door too many.", "It was never about the boat.", "Mind the quiet.", "Everyone signed.")
_KEYWORDS: Final = (
    "small town",
    "lighthouse",
    "friendship",
    "secret",
    "journey",
    "winter",
    "ferry",
    "letter",
    "strike",
)
_STUDIOS: Final = ("Paper Anchor", "Quiet Harbour", "Seventh Ferry", "Copper Kettle", "North Pier")
_GENRES: Final = ("Drama", "Comedy", "Mystery", "Documentary")
NAMES: Final = (
    *(("genre", name) for name in _GENRES),
    *(("studio", name) for name in _STUDIOS),
    ("country", "US"),
    ("language", "en"),
)
"""What is made up of names and codes: (kind, name)."""


def draw(key: str, name: str, below: int) -> int:
    """A number from 0 to `below`, not included; each name gives another."""
    digest = hashlib.blake2b(f"{name}\0{key}".encode(), digest_size=8).digest()
    return int.from_bytes(digest) % below


def hexadecimal(key: str, name: str, digits: int = 24) -> str:
    """So many hexadecimal digits."""
    return hashlib.blake2b(f"{name}\0{key}".encode(), digest_size=digits // 2).hexdigest()


def _pick(key: str, name: str, values: Sequence[_Value]) -> _Value:
    return values[draw(key, name, len(values))]


def plot(item: MediaItem) -> str:
    """Its plot."""
    if item.plot:
        return item.plot
    parts = [_pick(item.item_key, name, values) for name, values in (("who", _WHO), ("do", _DO), ("where", _WHERE))]
    return f"{parts[0]}: to {parts[1]} {parts[2]}. {_pick(item.item_key, 'end', _END)}"


def tagline(item: MediaItem) -> str:
    """Its tagline."""
    return item.tagline or _pick(item.item_key, "tagline", _TAGS)


def certification(item: MediaItem, of_show: bool) -> str:
    """Its content rating; an American one where it has none."""
    return item.content_rating or _pick(item.item_key, "certification", RATINGS_SHOW if of_show else RATINGS_FILM)


def rating(item: MediaItem) -> float:
    """Its rating, 0 to 10."""
    return item.rating if item.rating is not None else 4 + draw(item.item_key, "rating", 50) / 10


def votes(item: MediaItem) -> int:
    """How many rated it."""
    return item.votes if item.votes is not None else 3 + draw(item.item_key, "votes", 900)


def popularity(key: str) -> float:
    """A number that means little, as at TMDB."""
    return round(0.6 + draw(key, "popularity", 40_000) / 1000, 3)


def premiered(item: MediaItem, begun: date | None = None) -> date:
    """When it came out; `begun`: when its show did. Episodes follow each other by weeks, and seasons by years."""
    if item.premiered_on:
        return item.premiered_on
    if begun is None:
        year = item.year or 1960 + draw(item.item_key, "year", 60)
        return date(year, 1, 1) + timedelta(days=draw(item.item_key, "day", 365))
    year = item.year or begun.year + max((item.season_number or 1) - 1, 0)
    first = begun if year == begun.year else date(year, 1, 7)
    return first + timedelta(days=7 * max((item.episode_number or 1) - 1, 0))


def runtime(item: MediaItem, usual: int | None = None) -> int:
    """Its minutes; `usual`: of its show."""
    if item.runtime_minutes is not None:
        return item.runtime_minutes
    return usual or 42 + draw(item.item_key, "runtime", 80)


def genres(item: MediaItem) -> list[str]:
    """Its genres."""
    return item.genres or [_pick(item.item_key, "genre", _GENRES)]


def studios(item: MediaItem) -> list[str]:
    """Who made or sent it."""
    return item.studios or [_pick(item.item_key, "studio", _STUDIOS)]


def countries(item: MediaItem) -> list[str]:
    """ISO 3166-1 codes of where it is from."""
    return item.countries or ["US"]


def language(item: MediaItem) -> str:
    """The tag of its original language."""
    return item.original_language or "en"


def keywords(item: MediaItem) -> list[str]:
    """What it is about, in a word each: its tags, or some."""
    return item.tags or sorted({_pick(item.item_key, f"keyword {place}", _KEYWORDS) for place in range(3)})


def money(key: str, name: str) -> int:
    """An amount in dollars, or 0 for unknown."""
    return draw(key, name, 3) and 100_000 * (1 + draw(key, f"{name} of", 2000))


def birthday(key: str) -> date:
    """When somebody was born."""
    return date(1925, 1, 1) + timedelta(days=draw(key, "birthday", 29_000))


def gender(key: str) -> int:
    """1 or 2, as TMDB counts."""
    return 1 + draw(key, "gender", 2)


def biography(name: str) -> str:
    """Of somebody."""
    return f"{name} was invented for a simulation, and is known for works that were invented as well."
