"""Owns which rows of a frame are shown, and in which order: decided by Polars, whatever the size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from mediamgr.reports.table._columns import Column

__all__ = ["Asked", "places"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be shown.

    Attributes:
        text: Rows that have all its words, each in any column; "" is all rows.
        sort: Name of a column; None: in the order of the frame.
        descending: The largest first. What is not known comes last either way.
    """

    text: str = ""
    sort: str | None = None
    descending: bool = False


def places(frame: pl.DataFrame, columns: Sequence[Column], asked: Asked) -> pl.Series:
    """Numbers of the rows, in the order in which they are shown; rows that are alike keep their order.

    Words are looked for in text, lists, dates, and numbers that name something, such as years. Case does not matter
    to either.
    """
    words = asked.text.split()
    shown = _matching(frame, columns, words) if words else pl.int_range(frame.height, dtype=pl.UInt32, eager=True)
    by = next((column for column in columns if column.name == asked.sort), None)
    if by is None:
        return shown
    keys = pl.DataFrame({"key": _key(by, frame.get_column(by.name).gather(shown))})
    order = pl.arg_sort_by("key", descending=asked.descending, nulls_last=True, maintain_order=True)
    return shown.gather(keys.select(order).to_series())


def _matching(frame: pl.DataFrame, columns: Sequence[Column], words: Sequence[str]) -> pl.Series:
    looked = [column for column in columns if column.kind in ("text", "time", "plain")]
    # named by number: what a column is called may mean something to Polars
    values = pl.DataFrame({str(place): _text(frame.get_column(column.name)) for place, column in enumerate(looked)})
    if not looked:
        return pl.Series(dtype=pl.UInt32)
    patterns = [f"(?i){pl.escape_regex(word)}" for word in words]
    found = (pl.any_horizontal(pl.all().str.contains(pattern).fill_null(False)) for pattern in patterns)
    return values.lazy().select(pl.all_horizontal(*found).alias("found")).collect().to_series().arg_true()


def _key(column: Column, values: pl.Series) -> pl.Series:
    if column.kind == "text":
        return _text(values).str.to_lowercase()
    return values.fill_nan(None) if values.dtype.is_float() else values


def _text(values: pl.Series) -> pl.Series:
    if isinstance(values.dtype, pl.List):
        return values.cast(pl.List(pl.String)).list.join(", ", ignore_nulls=True)
    return values.cast(pl.String)
