"""Owns the verbs one begins with: demo, lab and browse."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from mediamgr import lab as notebooks
from mediamgr import library as libraries
from mediamgr.cli._files import DEMO_ITEMS, chosen, named, with_demo
from mediamgr.cli._say import out, warn
from mediamgr.progress import progress
from mediamgr.settings import get_settings

__all__ = ["browse", "demo", "lab"]


def demo(
    context: typer.Context,
    items: Annotated[int, typer.Option(min=1, help="Films, shows, seasons and episodes together.")] = DEMO_ITEMS,
    seed: Annotated[int, typer.Option(help="The same seed gives the same library everywhere.")] = 7,
) -> None:
    """Build a lifelike synthetic library, to try things on."""
    path = named(context) or get_settings().get_demo_library()
    lib = libraries.build_demo(path, items=items, seed=seed, show_progress=progress)
    out.print(repr(lib), highlight=False, markup=False)


Port = Annotated[
    int | None, typer.Option(min=1, max=65535, help="This port or none; default: the first free from 8888.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open one; the address is printed.")]


def lab(context: typer.Context, port: Port = None, no_browser: NoBrowser = False) -> None:
    """Open JupyterLab on the notebooks; without a library yet, on the demo library."""
    _with_a_library(context)
    copied = notebooks.copy_notebooks(notebooks.working_folder())
    warn(f"Notebooks are in {copied.folder}" + (f"; yours stay: {', '.join(copied.kept)}" if copied.kept else ""))
    raise typer.Exit(notebooks.run(copied.folder, port=port, browser=not no_browser))


def browse(context: typer.Context, port: Port = None, no_browser: NoBrowser = False) -> None:
    """Open the library alone in a page: search, narrow, scroll; without a library yet, the demo library."""
    _with_a_library(context)
    with TemporaryDirectory(prefix="mediamgr-browse-") as folder:
        start = notebooks.write_page(Path(folder))
        code = notebooks.run(Path(folder), port=port, browser=not no_browser, start=start)
    raise typer.Exit(code)


def _with_a_library(context: typer.Context) -> None:
    """See to it that notebooks find a library: the one named, that of the settings, or the demo library."""
    if not chosen(context).exists():
        with_demo(named(context) or get_settings().get_demo_library())
    if own := named(context):
        os.environ["MEDIAMGR_LIBRARY"] = str(own.absolute())
