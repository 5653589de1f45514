"""Owns what the page is made of: one module and a style sheet, of the files beside this one and those of every page."""

from __future__ import annotations

from importlib.resources import files
from typing import Final

from mediamgr.page import ELEMENTS, ROWS, THEME

__all__ = ["SCRIPT", "STYLE"]

_FOLDER = files("mediamgr.reports.table") / "js"

SCRIPT: Final = "\n".join([ELEMENTS, *ROWS.values(), (_FOLDER / "table.js").read_text(encoding="utf-8")])
"""None of them is long: they stand in one module."""
STYLE: Final = THEME + (_FOLDER / "table.css").read_text(encoding="utf-8")
