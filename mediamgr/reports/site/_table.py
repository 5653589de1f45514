"""Owns an answer as a table of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from mediamgr.reports._cells import Cell, heading, reader
from mediamgr.wording import counted, escaped

__all__ = ["MOST_ROWS", "table"]

MOST_ROWS: Final = 200
"""Rows a page shows of one answer."""
_LONG: Final = 24


def table(frame: pl.DataFrame, title: str, name: str) -> str:
    """The first rows as HTML, with how many there are in all; `name`: unlike that of all others in the page."""
    rows = frame.head(MOST_ROWS)
    readers = [reader(values) for values in rows]
    columns = [[read(value) for value in values.to_list()] for read, values in zip(readers, rows, strict=True)]
    kinds = [_kind(cells, values.dtype) for cells, values in zip(columns, rows, strict=True)]
    heads = "".join(map(_head, rows.columns, kinds))
    lines = ("".join(map(_cell, row, kinds)) for row in zip(*columns, strict=True))
    inside = "".join(f"<tr>{line}</tr>" for line in lines)
    caption = f"{title}: {_extent(frame.height)}"
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-labelledby="{escaped(name)}-rows">'
        f'<table class="answer"><caption id="{escaped(name)}-rows">{escaped(caption)}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{inside}</tbody></table></div>"
    )


def _extent(height: int) -> str:
    if height > MOST_ROWS:
        return f"the first {MOST_ROWS:,} of {counted(height, 'row')}"
    return counted(height, "row")


def _kind(cells: Sequence[Cell], dtype: pl.DataType) -> str:
    """The class of a column: numbers end at the same place, days stay in one line, long texts have room."""
    if dtype.is_numeric():
        return ' class="number"'
    if dtype.is_temporal():
        return ' class="day"'
    return ' class="long"' if max((len(cell.text) for cell in cells), default=0) > _LONG else ""


def _head(column: str, kind: str) -> str:
    return f'<th scope="col"{kind} title="{escaped(column)}">{escaped(heading(column))}</th>'


def _cell(cell: Cell, kind: str) -> str:
    exact = f' title="{escaped(cell.exact)}"' if cell.exact and cell.exact != cell.text else ""
    order = f' data-order="{escaped(cell.order)}"' if cell.order is not None else ""
    return f"<td{kind}{exact}{order}>{escaped(cell.text)}</td>"
