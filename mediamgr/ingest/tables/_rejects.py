"""Owns what a table import sets aside: its shape, and how pieces of it are put together.

Rows are numbered from 1 without the header, as the file has them; an NDJSON row is its line.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

__all__ = ["REJECTED", "ROW", "SHOWN", "WITHOUT", "as_rejected", "gathered", "is_left_out"]

REJECTED = pl.Schema({"row": pl.Int64, "column": pl.String, "value": pl.String, "reason": pl.String})
ROW = "\x00row"
"""The column that numbers the rows; no file can have one of that name."""
SHOWN = 120
"""How much of a value is shown."""
WITHOUT = "; the row goes in without it"
"""How the reason ends for one value that could not be read, of a row that is imported."""


def as_rejected(rows: Iterable[tuple[int, str, str | None, str]]) -> pl.DataFrame:
    """A frame of (row, column, value, reason)."""
    frame = pl.DataFrame(list(rows), schema=REJECTED, orient="row")
    return frame.with_columns(pl.col("value").str.slice(0, SHOWN))


def is_left_out() -> pl.Expr:
    """Whether what a row of `REJECTED` tells of is one value alone."""
    return pl.col("reason").str.ends_with(WITHOUT)


def gathered(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All parts in one frame, in order of rows."""
    return pl.concat([pl.DataFrame(schema=REJECTED), *parts]).sort("row", maintain_order=True)
