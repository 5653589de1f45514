"""Owns what a table import sets aside: its shape, and how pieces of it are put together.

Rows are numbered from 1 without the header, as the file has them; an NDJSON row is its line.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

__all__ = ["REJECTED", "ROW", "SHOWN", "as_rejected", "gathered"]

REJECTED = pl.Schema({"row": pl.Int64, "column": pl.String, "value": pl.String, "reason": pl.String})
ROW = "\x00row"
"""The column that numbers the rows; no file can have one of that name."""
SHOWN = 120
"""How much of a value is shown."""


def as_rejected(rows: Iterable[tuple[int, str, str | None, str]]) -> pl.DataFrame:
    """A frame of (row, column, value, reason)."""
    frame = pl.DataFrame(list(rows), schema=REJECTED, orient="row")
    return frame.with_columns(pl.col("value").str.slice(0, SHOWN))


def gathered(parts: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """All parts in one frame, in order of rows."""
    return pl.concat([pl.DataFrame(schema=REJECTED), *parts]).sort("row", maintain_order=True)
