"""Owns where the files shipped beside the code are: `sql/` and `notebooks/`.

A wheel carries them inside the package, a checkout beside it; both are looked at, the wheel's first.
"""

from __future__ import annotations

from pathlib import Path

from mediamgr.errors import MissingPart

__all__ = ["shipped"]

_PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder shipped under that name ("sql", "notebooks"). Raises `MissingPart` when it is not there."""
    for candidate in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if candidate.is_dir():
            return candidate
    raise MissingPart(f"The folder {name!r} of mediamgr is not installed; install mediamgr again.")
