"""Owns the command line: the same verbs as `Library`, with progress and errors for people.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 refused or failed, 130 interrupted.
"""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from mediamgr import library as libraries
from mediamgr._version import __version__
from mediamgr.card import human_bytes
from mediamgr.errors import MediaManagerError
from mediamgr.library import Library
from mediamgr.progress import progress
from mediamgr.reports import write
from mediamgr.settings import get_settings
from mediamgr.store import Database, migrations

if TYPE_CHECKING:
    from mediamgr.ingest.scan import ScanReport

__all__ = ["app", "main"]

app = typer.Typer(
    name="mediamgr",
    help="A media library of any size, in one file: scan or import it once, then search, browse and report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_SHOWN_ASIDE = 20
_PIPED_WIDTH = 200
# names of things may look like rich's emoji codes
out = Console(emoji=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
err = Console(emoji=False, stderr=True, width=None if sys.stderr.isatty() else _PIPED_WIDTH)


def main() -> None:
    """Run the command line; errors of ours become one line, never a traceback."""
    try:
        app()
    except MediaManagerError as error:
        err.print(f"[bold red]mediamgr:[/] {_plain(str(error))}", highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("Stopped; what was committed is kept.")
        sys.exit(130)


def _version(asked: bool) -> None:
    if asked:
        out.print(__version__)
        raise typer.Exit


@app.callback()
def common(
    context: typer.Context,
    db: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads it
        typer.Option("--db", envvar="MEDIAMGR_LIBRARY", help="Library file; default: the one in settings."),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A media library of any size, in one file."""
    context.obj = db or get_settings().get_library()


@app.command()
def demo(
    context: typer.Context,
    items: Annotated[int, typer.Option(min=1, help="Films, shows, seasons and episodes together.")] = 10_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same library everywhere.")] = 7,
) -> None:
    """Build a lifelike synthetic library, to try things on."""
    with progress("Building the demo library", items) as advance:
        lib = libraries.build_demo(context.obj, items=items, seed=seed, on_progress=advance)
    out.print(repr(lib), highlight=False, markup=False)


@app.command()
def scan(
    context: typer.Context,
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Argument(help="Folders of films and shows; none: those scanned before.", show_default=False),
    ] = None,
    library: Annotated[str, typer.Option(help="Collection inside the library file.")] = "Media",
    every: Annotated[
        bool, typer.Option("--all", help="List everything that was set aside, not just the first.")
    ] = False,
) -> None:
    """Bring folders of films and shows into the library; a rescan looks only at what changed."""
    report = libraries.open(context.obj, create=True).scan(*(paths or ()), library=library)
    _show_scan(report, None if every else _SHOWN_ASIDE)


@app.command()
def search(
    context: typer.Context,
    text: Annotated[str, typer.Argument(help="Words of a title, or a person's name.")],
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows to show.")] = 20,
    media_type: Annotated[Optional[str], typer.Option("--type", help="movie, show, season, episode")] = None,  # noqa: UP045
    year: Annotated[Optional[int], typer.Option(help="Year of release.")] = None,  # noqa: UP045
) -> None:
    """Find films, shows and episodes by title or person."""
    found = _open(context).search(text, limit=limit, media_type=media_type, year=year)
    if not found.height:
        err.print(f"Nothing matches {text!r}.", highlight=False, markup=False)
    _show(found.select("id", "media_type", "title", "year", "show_title", "rating", "match"))


@app.command()
def sql(
    context: typer.Context,
    statement: Annotated[str, typer.Argument(help="One SELECT, for example: select * from media_item limit 5")],
) -> None:
    """Ask the library in SQL; reads only."""
    _show(_open(context).sql(statement))


@app.command()
def status(context: typer.Context) -> None:
    """Version, sizes, row counts and the last jobs."""
    database = Database(context.obj)
    version, left = migrations.version(database)
    out.print(f"{context.obj}: {human_bytes(database.size_bytes)}, version {version}, {left} pending")
    if left:
        err.print("Run `mediamgr migrate` to bring it up to date.")
        return
    lib = _open(context)
    _show(lib.about.sizes())
    _show(lib.about.jobs(10).drop("id"))


@app.command()
def migrate(
    context: typer.Context,
    to: Annotated[Optional[int], typer.Option(help="Version to stop at; default: the latest.")] = None,  # noqa: UP045
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be done.")] = False,
) -> None:
    """Bring a library to this program's version; a copy is kept beside it."""
    report = migrations.migrate(Database(context.obj), to=to, dry_run=dry_run)
    for migration in report.applied:
        out.print(f"{'would apply' if dry_run else 'applied'} {migration.version:04d}_{migration.name}")
    if report.backup:
        out.print(f"copy of the library as it was: {report.backup}", highlight=False)
    if not report.applied:
        out.print("up to date")


@app.command()
def backup(context: typer.Context, target: Annotated[Path, typer.Argument(help="New file, or a folder.")]) -> None:
    """Copy the library, whole and checked."""
    out.print(str(_open(context).backup(target)), highlight=False, markup=False)


@app.command()
def check(context: typer.Context) -> None:
    """Look for rows that contradict each other; exit code 1 when there are any."""
    found = _open(context).check()
    _show(found)
    if found["found"].sum():
        raise typer.Exit(1)


@app.command()
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
    lib = _open(context)
    frame = lib.files.technical() if what == "technical" else lib.frame(what)
    write(frame, path, lists="json" if lists == "json" else "join", bom=bom)
    err.print(f"{frame.height:,} rows written to {path}", highlight=False, markup=False)


def _show_scan(report: ScanReport, most: int | None) -> None:
    counts = report.counts
    out.print(
        f"{report.library}: {counts['files_seen']:,} files seen, {counts.get('files_read', 0):,} read,"
        f" {counts['files_unchanged']:,} as before, {counts['files_moved']:,} moved,"
        f" {counts['files_missing']:,} gone (marked missing, not deleted).",
        highlight=False,
    )  # fmt: skip
    made = {"items": "media_item", "people": "person", "artwork": "artwork", "subtitles": "subtitle"}
    new = [f"{counts[f'{table}_inserted']:,} {name}" for name, table in made.items() if counts.get(f"{table}_inserted")]
    if new:
        out.print(f"New: {', '.join(new)}.", highlight=False)
    if report.set_aside:
        err.print(f"{len(report.set_aside):,} set aside:", style="yellow", highlight=False)
    for path, reason in report.set_aside[:most]:
        err.print(f"  {_plain(path)}: {_plain(reason)}", highlight=False, soft_wrap=True)
    if most is not None and len(report.set_aside) > most:
        err.print(f"  ... and {len(report.set_aside) - most:,} more: --all lists them.", highlight=False)


def _open(context: typer.Context) -> Library:
    return libraries.open(context.obj)


def _show(frame: pl.DataFrame) -> None:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name, dtype in frame.schema.items():
        table.add_column(name, justify="right" if dtype.is_numeric() else "left", overflow="fold")
    for row in frame.iter_rows():
        table.add_row(*("" if cell is None else _plain(_cell(cell)) for cell in row))
    out.print(table, highlight=False)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:.1f}" if isinstance(value, float) else str(value)


def _plain(text: str) -> str:
    """Text with rich's markup and control characters made harmless."""
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else repr(c)[1:-1] for c in text))
