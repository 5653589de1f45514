"""Owns the verbs that ask a library: search, sql and export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from mediamgr.cli._files import opened
from mediamgr.cli._say import err
from mediamgr.cli._table import show
from mediamgr.reports import write

__all__ = ["export", "search", "sql"]


def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Words of a title, or a person's name.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows to show.")] = 20,
    media_type: Annotated[Optional[str], typer.Option("--type", help="movie, show, season, episode")] = None,  # noqa: UP045
    year: Annotated[Optional[int], typer.Option(help="Year of release.")] = None,  # noqa: UP045
) -> None:
    """Find films, shows and episodes by title or person."""
    found = opened(context).search(text, limit=limit, media_type=media_type, year=year)
    if not found.height:
        err.print(f"Nothing matches {text!r}.", highlight=False, markup=False)
    show(found.select("id", "media_type", "title", "year", "show_title", "rating", "match"))


def sql(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(help="One SELECT, for example: select * from media_item limit 5")],
) -> None:
    """Ask the library in SQL; reads only."""
    show(opened(context).sql(statement))


def export(
    context: typer.Context,
    what: Annotated[str, typer.Argument(help="A table (media_item), 'technical', or a SELECT.")],
    path: Annotated[Path, typer.Argument(help="File to write: .csv, .parquet, .json or .ndjson.")],
    lists: Annotated[str, typer.Option(help="List columns in CSV: join or json.")] = "join",
    bom: Annotated[bool, typer.Option("--bom", help="Byte order mark, for spreadsheets.")] = False,
) -> None:
    """Write a table or the answer to a SELECT to a file."""
    if lists not in ("join", "json"):
        raise typer.BadParameter("--lists is join or json")
    lib = opened(context)
    frame = lib.files.technical() if what == "technical" else lib.frame(what)
    write(frame, path, lists="json" if lists == "json" else "join", bom=bom)
    err.print(f"{frame.height:,} rows written to {path}", highlight=False, markup=False)
