"""What every page of ours in a notebook cell begins with: how elements are made of hostile text, its colours, and what
it takes to show any number of rows.
"""

from mediamgr.page._sources import ELEMENTS, KEYBOARD, ROWS, THEME

__all__ = ["ELEMENTS", "KEYBOARD", "ROWS", "THEME"]
