"""Owns what the page is made of: plain modules and a style sheet beside this one, read as they are."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from typing import Final

from mediamgr.page import ELEMENTS, ROWS, THEME

__all__ = ["PARTS", "SCRIPT", "STYLE"]

_ENTRY: Final = "main.js"
_MAKES: Final = "dom.js"
_FOLDER = files("mediamgr.browser") / "js"

SCRIPT: Final = (_FOLDER / _ENTRY).read_text(encoding="utf-8")
"""The entry; it is given the others, since what is loaded so cannot import beside itself."""
STYLE: Final = THEME + (_FOLDER / "browser.css").read_text(encoding="utf-8")
PARTS: Final[Mapping[str, str]] = dict(ROWS) | {
    each.name: (ELEMENTS if each.name == _MAKES else "") + each.read_text(encoding="utf-8")
    for each in sorted(_FOLDER.iterdir(), key=lambda one: one.name)
    if each.name.endswith(".js") and each.name != _ENTRY
}
"""The other modules, by name; elements are made in the one that makes signs and buttons of them."""
