"""Owns which library file a verb works on."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from mediamgr import library as libraries
from mediamgr.cli._say import warn
from mediamgr.library import Library
from mediamgr.progress import progress
from mediamgr.settings import get_settings
from mediamgr.store import Database

__all__ = ["DEMO_ITEMS", "Wait", "chosen", "named", "opened", "to_fill", "with_demo"]

DEMO_ITEMS = 10_000


Wait = Annotated[float, typer.Option(min=0, help="Seconds to wait for another job that writes the library.")]


def opened(context: typer.Context, wait: float = 10.0) -> Library:
    """The library to read; `wait`: seconds, when it is to be written and another job does so."""
    return libraries.open(chosen(context), wait=wait)


def to_fill(context: typer.Context, wait: float) -> AbstractContextManager[Library]:
    """The library to fill, made when new; a failed first try leaves none behind.

    `wait`: seconds to wait for another job that writes it, which is told meanwhile.
    """
    path = named(context) or get_settings().get_own_library()
    if wait and (holder := Database(path).writer()):
        warn(f"Waiting up to {wait:g} s for {holder}.")
    return libraries.filling(path, wait=wait)


def with_demo(path: Path) -> Path:
    """The library file at that path; the demo library is built there when there is none."""
    if not path.exists():
        warn(f"There is no library yet: building the demo library at {path}. `mediamgr scan FOLDER` makes your own.")
        libraries.build_demo(path, items=DEMO_ITEMS, show_progress=progress).close()
    return path


def chosen(context: typer.Context) -> Path:
    """The library file that is there to be read."""
    return named(context) or get_settings().get_library()


def named(context: typer.Context) -> Path | None:
    """The library file that --db or MEDIAMGR_LIBRARY names."""
    assert context.obj is None or isinstance(context.obj, Path)
    return context.obj
