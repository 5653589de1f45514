"""Owns the two files as text: what anywidget loads cannot import beside itself, so they go before what needs them."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

__all__ = ["ELEMENTS", "THEME"]

_FOLDER: Final = files("mediamgr.page") / "js"

ELEMENTS: Final = (_FOLDER / "elements.js").read_text(encoding="utf-8")
"""Declares and exports `make` and `link`."""
THEME: Final = (_FOLDER / "theme.css").read_text(encoding="utf-8")
"""Gives an element of class mm-page the colours as `--mm-…`."""
