"""Owns the demo library's plan: which libraries there are, how many items each has, and what they share.

Every item has an ordinal, its place in the whole of the demo; the ordinals of a segment follow each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import polars as pl

from mediamgr.ingest.demo._dice import below, bits, key_of, lookup, unit

__all__ = ["DAY", "ROOT", "Segment", "World", "make_world", "rating_columns", "safe_name", "seconds_of"]

DAY = 86_400
ROOT = "/media/demo"
_EPOCH = datetime(1970, 1, 1)
_FILM_SHARE = 0.45
_TENTHS = pl.Series([tenth / 10 for tenth in range(101)])
# library, theme, share of all films or of all items below shows; the first takes what rounding leaves
_FILMS = (("Films", "film", 0.0), ("Films 4K", "film", 0.12), ("Anime", "anime", 0.05),
          ("Documentaries", "documentary", 0.12))  # fmt: skip
_SHOWS = (("Series", "series", 0.0), ("Anime", "anime", 0.24), ("Documentaries", "documentary", 0.10))


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of items of one library that are made alike.

    Attributes:
        library: The library's name.
        theme: "film", "anime", "documentary" or "series".
        count: Items in it: films, or shows with their seasons and episodes.
        first: Ordinal of its first item.
        stride: For a library that repeats every nth film of another: n; 0 for films of its own.
        also: How many of its own films another library repeats.
    """

    library: str
    theme: str
    count: int
    first: int
    stride: int = 0
    also: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """What every draw of one demo library depends on.

    Attributes:
        items: Items in all.
        seed: Of the draws.
        now: The demo's present, naive UTC.
        films: Segments of films, in order.
        shows: Segments of shows, in order.
    """

    items: int
    seed: int
    now: datetime
    films: Sequence[Segment]
    shows: Sequence[Segment]

    @property
    def now_seconds(self) -> int:
        """Seconds from 1970 to the demo's present."""
        return int((self.now - _EPOCH).total_seconds())

    @property
    def last_year(self) -> int:
        """The last year that is over."""
        return self.now.year - 1

    @property
    def id_width(self) -> int:
        """Bits that hold the number of any item or person, with room to scatter them."""
        return max(23, self.items.bit_length() + 2)

    def key(self, number: pl.Expr, name: str) -> pl.Expr:
        """The key of a numbered thing in this demo."""
        return key_of(number, self.seed, name)


def make_world(items: int, seed: int, now: datetime) -> World:
    """Share the items out to libraries; an aware `now` becomes naive UTC."""
    if now.tzinfo is not None:
        now = now.astimezone(UTC).replace(tzinfo=None)
    films = round(items * _FILM_SHARE)
    counts = _shares(films, _FILMS)
    repeated = counts[1]
    segments, first = [], 0
    for (library, theme, _), count in zip(_FILMS, counts, strict=True):
        stride = max(counts[0] // repeated, 1) if library == "Films 4K" and repeated else 0
        also = repeated if library == "Films" else 0
        segments.append(Segment(library, theme, count, first, stride, also))
        first += count
    shows = []
    for (library, theme, _), count in zip(_SHOWS, _shares(items - films, _SHOWS), strict=True):
        shows.append(Segment(library, theme, count, first))
        first += count
    return World(items, seed, now, tuple(segments), tuple(shows))


def _shares(total: int, parts: Sequence[tuple[str, str, float]]) -> list[int]:
    counts = [int(total * share) for _, _, share in parts]
    counts[0] = total - sum(counts)
    return counts


def seconds_of(day: pl.Expr) -> pl.Expr:
    """Seconds from 1970 to the beginning of a date."""
    return day.cast(pl.Date).cast(pl.Int32).cast(pl.Int64) * DAY


def safe_name(text: pl.Expr) -> pl.Expr:
    """A title as part of a file's name: no separators nor what other systems forbid; never empty."""
    name = (
        text.str.replace_all("/", "+", literal=True)
        .str.replace_all(": ", " - ", literal=True)
        .str.replace_all(r'[\\:*?"<>|]', "")
        .str.strip_chars(" .")
    )
    return pl.when(name.str.len_bytes() > 0).then(name).otherwise(pl.lit("_"))


def rating_columns(key: pl.Expr, mean: float | pl.Expr, spread: float, crowd: int) -> dict[str, pl.Expr]:
    """Rating and votes that go together; `crowd` is the votes of the most voted, null both for some."""
    bell = unit(key, "rating.1") + unit(key, "rating.2") + unit(key, "rating.3") - 1.5
    tenths = ((bell * spread + mean) * 10.0 + 0.5).floor().clip(10.0, 98.0).cast(pl.Int64)
    luck = unit(key, "votes")
    square = luck * luck
    eager = square * square * square * (tenths * tenths).cast(pl.Float64) / 5000.0
    votes = (eager * float(crowd)).floor().cast(pl.Int64) + below(key, "votes.few", 40).cast(pl.Int64) + 3
    rated = bits(key, "rated") % pl.lit(20, dtype=pl.UInt64) > 0
    return {
        "rating": pl.when(rated).then(lookup(tenths, _TENTHS)),
        "votes": pl.when(rated).then(votes),
    }
