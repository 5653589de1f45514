"""Owns the command line as a whole: its verbs in the order of the help page, and what holds for all of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mediamgr._version import __version__
from mediamgr.cli import _ask, _bench, _cache, _care, _enrich, _fill, _perf, _report, _simulate, _start
from mediamgr.cli._group import Verbs
from mediamgr.cli._say import out

__all__ = ["app"]

app = typer.Typer(
    name="mediamgr",
    cls=Verbs,
    help="A media library of any size, in one file: scan or import it once, then search, browse and report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:
    if asked:
        out.print(__version__)
        raise typer.Exit


def _library_file(path: Path | None) -> Path | None:
    if path is not None and not path.name:
        raise typer.BadParameter("name a library file")
    return path


@app.callback()
def common(
    context: typer.Context,
    db: Annotated[
        Path | None,
        typer.Option(
            "--db",
            envvar="MEDIAMGR_LIBRARY",
            callback=_library_file,
            help="Library file, made by scan, import and demo; default: the one in settings.",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """A media library of any size, in one file."""
    context.obj = db


for _verb in (
    _start.demo,
    _start.lab,
    _start.browse,
    _simulate.simulate_providers,
    _fill.scan,
    _fill.import_,
    _enrich.enrich,
    _enrich.artwork,
    _ask.search,
    _ask.sql,
    _ask.tables,
    _report.report,
    _care.status,
    _care.migrate,
    _care.backup,
    _care.check,
    _care.compact,
    _ask.export,
):
    app.command(_verb.__name__.rstrip("_").replace("_", "-"))(_verb)
app.add_typer(_cache.app)
app.add_typer(_perf.app)
app.add_typer(_bench.app)
