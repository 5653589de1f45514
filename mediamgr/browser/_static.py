"""Owns the page that is seen where no kernel runs: an export, a repository's page, a mail."""

from __future__ import annotations

from html import escape
from typing import Any

import polars as pl

from mediamgr.browser._columns import COLUMNS

__all__ = ["first_page", "plain"]


def first_page(rows: pl.DataFrame, total: int | None, asked: str) -> str:
    """A table of some rows as HTML, with what is not shown."""
    heads = "".join(f"<th>{escape(column['label'])}</th>" for column in COLUMNS)
    names = [column["name"] for column in COLUMNS]
    lines = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows.select(names).iter_rows())
    return (
        f"<p>{escape(asked)}</p><table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>"
        f"<p>{_rest(rows, total)}</p>"
    )


def plain(rows: pl.DataFrame, total: int | None, asked: str) -> str:
    """The same for a terminal."""
    titles = "\n".join(
        f"  {title} ({year})" if year else f"  {title}" for title, year in rows.select("title", "year").rows()
    )
    return f"{asked}\n{titles}\n{_rest(rows, total)}"


def _rest(rows: pl.DataFrame, total: int | None) -> str:
    of = "" if total is None else f" of {total:,}"
    return f"{rows.height:,}{of} items; run the cell to browse all."


def _cell(value: Any) -> str:
    return f"<td>{escape(_told(value))}</td>"


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, float):
        return f"{value:.1f}"
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
