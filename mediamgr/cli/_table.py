"""Owns how rows look in a terminal: a table that fits its width."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import polars as pl
from rich.cells import cell_len
from rich.table import Table

from mediamgr.cli._say import out, plain, warn

__all__ = ["show"]

# a column that has to be broken into lines needs so much room
_READABLE = 16
_GAP = 2


def show(
    frame: pl.DataFrame, *, advice: str = "a wider window shows them", right: Collection[str] | None = None
) -> None:
    """Print a table; `right`: columns whose texts end at the same place, None those of numbers.

    On a terminal that is too narrow, columns that say nothing go first, then long text is broken into lines, and
    last the columns at the end are left out and named, with the advice what to do.
    """
    cells = {
        name: ["" if cell is None else plain(_cell(cell)) for cell in frame[name].to_list()] for name in frame.columns
    }
    widths = {name: max([cell_len(name), *map(cell_len, texts)]) for name, texts in cells.items()}
    if _needed(widths) > out.width:
        widths = {name: width for name, width in widths.items() if any(cells[name])} or widths
    shown = _fitting(widths, out.width)
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, width in shown.items():
        is_right = frame.schema[name].is_numeric() if right is None else name in right
        table.add_column(plain(name), justify="right" if is_right else "left", overflow="fold", max_width=width)
    for row in zip(*(cells[name] for name in shown), strict=True):
        table.add_row(*row)
    out.print(table, highlight=False)
    if left := [name for name in frame.columns if name not in shown and any(cells[name])]:
        warn(f"not shown, for want of room: {', '.join(left)}; {advice}")


def _needed(widths: dict[str, int]) -> int:
    return sum(widths.values()) + _GAP * (len(widths) - 1)


def _fitting(widths: dict[str, int], room: int) -> dict[str, int]:
    """The first columns that fit, at least one, and their widths: the longest are broken before any is left out."""
    names = list(widths)
    while names:
        for most in range(min(room, max(widths[name] for name in names)), 0, -1):
            cut = {name: min(widths[name], most) for name in names}
            if _needed(cut) <= room:
                return cut
            if most <= _READABLE and len(names) > 1:
                break
        names.pop()
    return {}


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.1f}" if isinstance(value, float) else str(value)
