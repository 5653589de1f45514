"""Owns the files as text: what anywidget loads cannot import beside itself, so they go with what needs them."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

__all__ = ["ELEMENTS", "KEYBOARD", "ROWS", "THEME"]

_FOLDER: Final = files("mediamgr.page") / "js"


def _text(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


ELEMENTS: Final = _text("elements.js")
"""Declares and exports `make` and `link`."""
THEME: Final = _text("theme.css")
"""Gives an element of class mm-page the colours as `--mm-…`."""
KEYBOARD: Final = _text("keyboard.js")
"""Declares and exports what keys mean among rows, and `passes`: which keys are left to JupyterLab."""
ROWS: Final[Mapping[str, str]] = {
    "keyboard.js": KEYBOARD,
    **{name: _text(name) for name in ("rows.js", "scroll.js", "selection.js", "viewport.js", "wire.js")},
}
"""What a page of any number of rows is made of, by name: a window on them, those held, which are selected. They do not
import one another, and each declares names of its own, so that they also can stand in one module.
"""
