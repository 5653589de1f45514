"""Owns the command line: the same verbs as `Library`, with progress and errors for people.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 refused or failed, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Optional

import polars as pl
import typer
from rich.console import Console
from rich.table import Table

from mediamgr import lab as notebooks
from mediamgr import library as libraries
from mediamgr._version import __version__
from mediamgr.card import counted, human_bytes
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
_DEMO_ITEMS = 10_000
# a column that has to be broken into lines needs so much room
_READABLE = 24
# as wide as it takes: what reads a pipe does not want lines broken
_PIPED_WIDTH = 10_000
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
    context.obj = db


@app.command()
def demo(
    context: typer.Context,
    items: Annotated[int, typer.Option(min=1, help="Films, shows, seasons and episodes together.")] = _DEMO_ITEMS,
    seed: Annotated[int, typer.Option(help="The same seed gives the same library everywhere.")] = 7,
) -> None:
    """Build a lifelike synthetic library, to try things on."""
    with progress("Building the demo library", items) as advance:
        lib = libraries.build_demo(
            _named(context) or get_settings().get_demo_library(), items=items, seed=seed, on_progress=advance
        )
    out.print(repr(lib), highlight=False, markup=False)


@app.command()
def lab(
    context: typer.Context,
    port: Annotated[Optional[int], typer.Option(help="This port or none; default: the first free from 8888.")] = None,  # noqa: UP045
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open one; the address is printed.")] = False,
) -> None:
    """Open JupyterLab on the notebooks; without a library yet, on the demo library."""
    path = _path(context)
    if not path.exists():
        path = _named(context) or get_settings().get_demo_library()
        _warn(f"There is no library yet: building the demo library at {path}. `mediamgr scan FOLDER` makes your own.")
        with progress("Building the demo library", _DEMO_ITEMS) as advance:
            libraries.build_demo(path, items=_DEMO_ITEMS, on_progress=advance).close()
    if named := _named(context):
        os.environ["MEDIAMGR_LIBRARY"] = str(named.absolute())
    copied = notebooks.copy_notebooks(notebooks.working_folder())
    _warn(f"Notebooks are in {copied.folder}" + (f"; yours stay: {', '.join(copied.kept)}" if copied.kept else ""))
    raise typer.Exit(notebooks.run(copied.folder, port=port, browser=not no_browser))


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
    report = _own(context).scan(*(paths or ()), library=library)
    _show_scan(report, None if every else _SHOWN_ASIDE)


@app.command(name="import")
def import_(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(help="CSV, TSV, JSON, NDJSON or Parquet files.", show_default=False)],
    kind: Annotated[str, typer.Option("--as", help="items, people, credits or history")] = "items",
    columns: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option("--map", help="column=field, for a column whose name does not say it; may be repeated."),
    ] = None,
    library: Annotated[str, typer.Option(help="Collection inside the library file.")] = "Media",
    every: Annotated[bool, typer.Option("--all", help="List every row that was set aside.")] = False,
) -> None:
    """Import tables of films, people, credits or what was watched; importing again changes nothing."""
    mapping = dict(_pair(each) for each in columns or ())
    lib = _own(context)
    for file in files:
        with progress(f"Importing {file.name}", None) as advance:
            report = lib.import_table(file, kind, library=library, mapping=mapping, on_progress=advance)
        _show_import(file, report, None if every else _SHOWN_ASIDE)


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
    path = _path(context)
    database = Database(path)
    version, left = migrations.version(database)
    out.print(f"{path}: {human_bytes(database.size_bytes)}, version {version}, {left} pending")
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
    report = migrations.migrate(Database(_path(context)), to=to, dry_run=dry_run)
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
    _say(
        f"{report.library}: {counted(counts['files_seen'], 'file')} seen, {counts.get('files_read', 0):,} read,"
        f" {counts['files_unchanged']:,} as before, {counts['files_moved']:,} moved,"
        f" {counts['files_missing']:,} gone (marked missing, not deleted)."
    )
    made = {"item": "media_item", "person": "person", "picture": "artwork", "subtitle": "subtitle"}
    new = [counted(count, noun) for noun, table in made.items() if (count := counts.get(f"{table}_inserted"))]
    if new:
        _say(f"New: {', '.join(new)}.")
    _list_aside([f"{path}: {reason}" for path, reason in report.set_aside], most)


def _pair(written: str) -> tuple[str, str]:
    column, equals, field = written.rpartition("=")
    if not equals or not column or not field:
        raise typer.BadParameter(f"--map is column=field, not {written!r}")
    return column, field


def _show_import(file: Path, report: libraries.ImportReport, most: int | None) -> None:
    table, loaded = report.table, report.loaded
    went = ", ".join(f"{count:,} {name}" for name, count in loaded.inserted.items() if count)
    changed = ", ".join(f"{count:,} {name}" for name, count in loaded.updated.items() if count)
    _say(f"{file.name}: {table.rows:,} rows; new: {went or 'nothing'}; changed: {changed or 'nothing'}")
    _warn("used: " + ", ".join(f"{column} as {field}" for field, column in table.columns.items()))
    if table.ignored:
        _warn(f"ignored: {', '.join(table.ignored)} (--map column=field uses one)")
    for note in table.notes:
        _warn(note)
    aside = [
        f"row {row}{f', {column}' if column else ''}: {reason}{f' ({value!r})' if value else ''}"
        for row, column, value, reason in table.rejected.iter_rows()
    ]
    aside += [f"{name} {key}: {reason}" for name, _, key, reason in loaded.rejected.iter_rows()]
    _list_aside(aside, most)


def _list_aside(aside: list[str], most: int | None) -> None:
    if aside:
        err.print(f"{len(aside):,} set aside:", style="yellow", highlight=False)
    for line in aside[:most]:
        _warn(f"  {line}")
    if most is not None and len(aside) > most:
        _warn(f"  ... and {len(aside) - most:,} more: --all lists them.")


def _say(text: str) -> None:
    out.print(_plain(text), highlight=False, soft_wrap=True)


def _warn(text: str) -> None:
    err.print(_plain(text), highlight=False, soft_wrap=True)


def _open(context: typer.Context) -> Library:
    return libraries.open(_path(context))


def _own(context: typer.Context) -> Library:
    """The library to fill, made when new."""
    return libraries.open(_named(context) or get_settings().get_own_library(), create=True)


def _path(context: typer.Context) -> Path:
    return _named(context) or get_settings().get_library()


def _named(context: typer.Context) -> Path | None:
    """The library file that --db or MEDIAMGR_LIBRARY names."""
    assert context.obj is None or isinstance(context.obj, Path)
    return context.obj


def _show(frame: pl.DataFrame) -> None:
    """Print a table; on a terminal that is too narrow the last columns are left out, and named."""
    cells = {name: ["" if cell is None else _plain(_cell(cell)) for cell in frame[name]] for name in frame.columns}
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
        _warn(f"not shown, for want of room: {', '.join(left)}; select fewer columns, or export them")


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


def _plain(text: str) -> str:
    """Text with rich's markup and control characters made harmless."""
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else repr(c)[1:-1] for c in text))
