"""Owns the verbs that ask a library: search, sql, tables and export."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from mediamgr.cli._files import opened
from mediamgr.cli._say import out, say, warn
from mediamgr.cli._table import show
from mediamgr.plans import WIDTH
from mediamgr.reports import write

__all__ = ["export", "search", "sql", "tables"]


def search(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words of a title, or a person's name.", show_default=False)],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows to show.")] = 20,
    media_type: Annotated[str | None, typer.Option("--type", help="movie, show, season, episode")] = None,
    year: Annotated[int | None, typer.Option(help="Year of release.")] = None,
    genre: Annotated[list[str] | None, typer.Option(metavar="<str>", help="May be repeated: any of them.")] = None,
    min_rating: Annotated[float | None, typer.Option(help="Community rating, 0 to 10.")] = None,
    missing: Annotated[
        bool | None,
        typer.Option("--missing/--present", help="Only items whose files are all gone, or are not."),
    ] = None,
) -> None:
    """Find films, shows and episodes by title or person, best match first."""
    text = " ".join(words)
    found = opened(context).search(
        text, limit=limit, media_type=media_type, year=year, genre=genre, min_rating=min_rating, missing=missing
    )
    if not found.height:
        warn(f"Nothing matches {text!r}.")
    show(_told(found), advice="a wider window shows them")
    if found.height == limit:
        warn(f"the best {limit:,}; -n {limit * 5} shows more")


def _told(found: pl.DataFrame) -> pl.DataFrame:
    """Items as people speak of them: an episode is "The Harbour S01E02"."""
    number = [
        pl.when(pl.col(name).is_not_null()).then(pl.lit(letter) + pl.col(name).cast(pl.String).str.zfill(2))
        for letter, name in (("S", "season_number"), ("E", "episode_number"))
    ]
    code = pl.concat_str(number, ignore_nulls=True).replace("", None)
    show = pl.concat_str("show_title", code, separator=" ", ignore_nulls=True).replace("", None)
    gone = [pl.col("is_missing").alias("missing")] if found["is_missing"].any() else []
    return found.select(
        "id", "title", "year", "rating", pl.col("media_type").alias("type"), show.alias("show"), "match", *gone
    )


def sql(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(help="One SELECT, for example: select * from media_item limit 5")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows to show.")] = 100,
    explain: Annotated[bool, typer.Option("--explain", help="Show how it would be answered, and advice.")] = False,
    analyze: Annotated[bool, typer.Option("--analyze", help="The same with times and rows: it is run.")] = False,
) -> None:
    """Ask the library in SQL; reads only."""
    if explain or analyze:
        explained = opened(context).explain(statement, analyze=analyze)
        for line in explained.text(out.width if out.is_terminal else WIDTH).splitlines():
            say(line)
        return
    answer = opened(context).sql(statement)
    show(answer.head(limit), advice="select fewer columns, or export them")
    if answer.height > limit:
        warn(f"the first {limit:,} of {answer.height:,} rows; -n shows more, `mediamgr export` writes all to a file")


def tables(
    context: typer.Context,
    table: Annotated[
        str | None,
        typer.Argument(help="One table, for its columns; none lists the tables.", show_default=False),
    ] = None,
) -> None:
    """List the tables and what they hold, for `mediamgr sql`."""
    frame = opened(context).tables(table)
    if table is None:
        show(frame.unique("table", maintain_order=True).select("table", meaning="table_meaning"))
    else:
        show(frame.select("column", "type", "meaning"))


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
    warn(f"{frame.height:,} rows written to {path}")
