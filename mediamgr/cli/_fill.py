"""Owns the verbs that fill a library: scan and import."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mediamgr.cli._files import Wait, to_fill
from mediamgr.cli._reports import show_import, show_scan
from mediamgr.cli._say import failed
from mediamgr.errors import InputError

__all__ = ["import_", "scan"]

_SHOWN_ASIDE = 20


def scan(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Folders of films and shows; none: those scanned before.", show_default=False),
    ] = None,
    library: Annotated[str, typer.Option(help="Collection inside the library file.")] = "Media",
    every: Annotated[
        bool, typer.Option("--all", help="List everything that was set aside, not just the first.")
    ] = False,
    wait: Wait = 10.0,
) -> None:
    """Bring folders of films and shows into the library; a rescan looks only at what changed."""
    with to_fill(context, wait) as lib:
        report = lib.scan(*(paths or ()), library=library)
    show_scan(report, None if every else _SHOWN_ASIDE)


def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="CSV, TSV, JSON, NDJSON or Parquet files.", show_default=False)],
    kind: Annotated[str, typer.Option("--as", help="items, people, credits or history")] = "items",
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help="column=field, for a column whose name does not say it; may be repeated."),
    ] = None,
    library: Annotated[str, typer.Option(help="Collection inside the library file.")] = "Media",
    every: Annotated[bool, typer.Option("--all", help="List every row that was set aside.")] = False,
    wait: Wait = 10.0,
) -> None:
    """Import tables of films, people, credits or what was watched; importing again changes nothing.

    A file that cannot be read is named and the others go in; the exit code is 1 then.
    """
    mapping = dict(_pair(each) for each in columns or ())
    wrong: list[InputError] = []
    with to_fill(context, wait) as lib:
        for file in files:
            try:
                report = lib.import_table(file, kind, library=library, mapping=mapping)
            except InputError as error:
                wrong.append(error)
                if len(wrong) == len(files):
                    raise
                failed(error)
            else:
                show_import(file, report, None if every else _SHOWN_ASIDE)
    if wrong:
        raise typer.Exit(1)


def _pair(written: str) -> tuple[str, str]:
    column, equals, field = written.rpartition("=")
    if not equals or not column or not field:
        raise typer.BadParameter(f"--map is column=field, not {written!r}")
    return column, field
