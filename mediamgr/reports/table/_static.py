"""Owns the table that is seen where no kernel runs: an export, a repository's page, a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from mediamgr.reports.table._columns import Column, texts
from mediamgr.wording import NO_FORMULA, counted, escaped, printable

__all__ = ["as_html", "as_text"]

_WIDEST = 40
_NOTHING = "–"


def as_html(title: str, columns: Sequence[Column], rows: pl.DataFrame, total: int) -> str:
    """A table of some rows, and how many there are; without script or style."""
    heads = "".join(f"<th>{escaped(column.label)}</th>" for column in columns)
    lines = "".join(
        f"<tr>{''.join(f'<td>{escaped(text)}</td>' for text in line)}</tr>" for line in _lines(columns, rows)
    )
    return (
        f'<div class="{NO_FORMULA}"><p><strong>{escaped(title)}</strong></p>'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table><p>{_rest(rows, total)}</p></div>"
    )


def as_text(title: str, columns: Sequence[Column], rows: pl.DataFrame, total: int) -> str:
    """The same for a terminal: columns side by side, numbers at the right."""
    heads = [_short(column.label) for column in columns]
    lines = [[_short(text) for text in line] for line in _lines(columns, rows)]
    widths = [max(map(len, column)) for column in zip(heads, *lines, strict=True)]
    told = [
        "  ".join(
            text.rjust(width) if column.is_right else text.ljust(width)
            for text, width, column in zip(line, widths, columns, strict=True)
        ).rstrip()
        for line in (heads, *lines)
    ]
    return "\n".join([printable(title), *told, _rest(rows, total)])


def _lines(columns: Sequence[Column], rows: pl.DataFrame) -> list[list[str]]:
    said = [texts(column, rows.get_column(column.name)) for column in columns]
    return [[_NOTHING if text is None else text for text in line] for line in zip(*said, strict=True)]


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _rest(rows: pl.DataFrame, total: int) -> str:
    of = f"The first {rows.height:,} of {total:,} rows" if rows.height < total else counted(total, "row")
    return f"{of}; run the cell to sort, filter and open them." if total else "No rows."
