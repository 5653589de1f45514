"""Owns how a value of an answer reads in a page and in a terminal: by the name of its column and by its type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from mediamgr.wording import counted, human_bytes, human_seconds

__all__ = ["Cell", "heading", "readable", "reader", "shown_columns", "telling"]

_CAPITALS: Final = {"gb": "GB", "hdr": "HDR", "tmdb": "TMDB", "imdb": "IMDb", "tvdb": "TVDB"}
_UNITS: Final = ("_bytes", "_seconds")
_LABELS: Final = ("year", "decade", "period", "hour", "season", "season_number", "episode_number")
"""Whole numbers that name something and count nothing."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it is shown.

    Attributes:
        text: In words.
        exact: All of it, where the words say less; None where they do not.
        order: What it is sorted by; None: by its words.
    """

    text: str
    exact: str | None = None
    order: float | None = None


MISSING: Final = Cell("–")


def telling(frame: pl.DataFrame, given: Mapping[str, Any]) -> list[str]:
    """Columns that say something: neither null throughout, nor in each row what was asked for; all when none does."""
    return [values.name for values in frame if _tells(values, given.get(values.name, given.get("by")))] or frame.columns


def shown_columns(frame: pl.DataFrame, given: Mapping[str, Any]) -> list[str]:
    """Columns that people are to see; `given`: what was asked with. Ids are for programs, which have the files."""
    return [name for name in telling(frame, given) if not _is_id(name)]


def heading(column: str) -> str:
    """ "size_bytes" is "size", for its values have their unit; "gb_per_hour" is "GB per hour"."""
    unit = next((unit for unit in _UNITS if column.endswith(unit)), "")
    return " ".join(_CAPITALS.get(word, word) for word in column.removesuffix(unit).split("_"))


def reader(values: pl.Series) -> Callable[[Any], Cell]:
    """How the values of a column are shown, all to the same number of figures behind the point."""
    shown = _shown(values)
    return lambda value: MISSING if value is None else shown(value)


def readable(frame: pl.DataFrame) -> pl.DataFrame:
    """An answer as text: columns with their headings, cells in words."""
    columns = {heading(values.name): [each.text for each in map(reader(values), values.to_list())] for values in frame}
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String))


def _tells(values: pl.Series, asked: Any) -> bool:
    if values.is_empty():
        return True
    if values.null_count() == len(values):
        return False
    return asked is None or values.dtype.is_nested() or values.n_unique() > 1 or values[0] != asked


def _is_bytes(column: str) -> bool:
    return column.endswith("_bytes") or column.startswith("size_")


def _is_id(column: str) -> bool:
    return column in ("id", "ids") or column.endswith(("_id", "_ids"))


def _shown(values: pl.Series) -> Callable[[Any], Cell]:
    column, dtype = values.name, values.dtype
    if not dtype.is_numeric():
        return lambda value: Cell(_words(value))
    if _is_bytes(column):
        return lambda value: Cell(human_bytes(value), counted(int(value), "byte"), value)
    if column.endswith("_seconds"):
        return lambda value: Cell(human_seconds(value), f"{value:,} seconds", value)
    if column == "share" or column.endswith("_share"):
        return lambda value: Cell(f"{value:.1%}", f"{value}", value)
    if dtype.is_integer():
        is_label = column in _LABELS or column.endswith(("_year", "_decade"))
        return lambda value: Cell(str(value) if is_label else f"{value:,}", order=value)
    places = _places(values)
    return lambda value: Cell(f"{value:,.{places}f}", f"{value}", value)


def _places(values: pl.Series) -> int:
    """Figures behind the point: none where the largest has thousands, four where all are near nothing."""
    largest = max(map(abs, values.drop_nulls().to_list()), default=0)
    return next((places for places, least in enumerate((1000, 10, 1, 0.1)) if largest >= least), 4)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == datetime.min.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, pl.Series)):
        return ", ".join(_words(each) for each in value if each is not None)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_words(each)}" for name, each in value.items() if each is not None)
    return str(value)
