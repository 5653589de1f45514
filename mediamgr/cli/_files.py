"""Owns which library file a verb works on."""

from __future__ import annotations

from pathlib import Path

import typer

from mediamgr import library as libraries
from mediamgr.library import Library
from mediamgr.settings import get_settings

__all__ = ["chosen", "named", "opened", "to_fill"]


def opened(context: typer.Context) -> Library:
    return libraries.open(chosen(context))


def to_fill(context: typer.Context) -> Library:
    """The library to fill, made when new."""
    return libraries.open(named(context) or get_settings().get_own_library(), create=True)


def chosen(context: typer.Context) -> Path:
    return named(context) or get_settings().get_library()


def named(context: typer.Context) -> Path | None:
    """The library file that --db or MEDIAMGR_LIBRARY names."""
    assert context.obj is None or isinstance(context.obj, Path)
    return context.obj
