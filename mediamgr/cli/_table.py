"""Owns how rows look in a terminal: a table that fits its width."""

from __future__ import annotations

from datetime import datetime

import polars as pl
from rich.table import Table

from mediamgr.cli._say import out, plain, warn

__all__ = ["show"]

# a column that has to be broken into lines needs so much room
_READABLE = 24


def show(frame: pl.DataFrame) -> None:
    """Print a table; on a terminal that is too narrow the last columns are left out, and named."""
    cells = {name: ["" if cell is None else plain(_cell(cell)) for cell in frame[name]] for name in frame.columns}
    widths = {name: max([len(name), *map(len, texts)]) for name, texts in cells.items()}
    shown = _fitting(widths, out.width)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, width in shown.items():
        right = frame.schema[name].is_numeric()
        table.add_column(name, justify="right" if right else "left", overflow="fold", max_width=width)
    for row in zip(*(cells[name] for name in shown), strict=True):
        table.add_row(*row)
    out.print(table, highlight=False)
    if left := [name for name in frame.columns if name not in shown]:
        warn(f"not shown, for want of room: {', '.join(left)}; select fewer columns, or export them")


def _fitting(widths: dict[str, int], room: int) -> dict[str, int]:
    """The first columns that fit and their widths, at least one; a long one takes the rest of the room."""
    fitting: dict[str, int] = {}
    for name, width in widths.items():
        if fitting and width > room and room < _READABLE:
            break
        fitting[name] = min(width, max(room, 1))
        room -= fitting[name] + 2
    return fitting


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.1f}" if isinstance(value, float) else str(value)
