"""Owns which library file a verb works on."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

import typer

from mediamgr import library as libraries
from mediamgr.library import Library
from mediamgr.settings import get_settings

__all__ = ["chosen", "named", "opened", "to_fill"]


def opened(context: typer.Context) -> Library:
    """The library to read."""
    return libraries.open(chosen(context))


def to_fill(context: typer.Context) -> AbstractContextManager[Library]:
    """The library to fill, made when new; a failed first try leaves none behind."""
    return libraries.filling(named(context) or get_settings().get_own_library())


def chosen(context: typer.Context) -> Path:
    """The library file that is there to be read."""
    return named(context) or get_settings().get_library()


def named(context: typer.Context) -> Path | None:
    """The library file that --db or MEDIAMGR_LIBRARY names."""
    assert context.obj is None or isinstance(context.obj, Path)
    return context.obj
