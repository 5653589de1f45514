"""What every page of ours in a notebook cell begins with: how elements are made of hostile text, and its colours."""

from mediamgr.page._sources import ELEMENTS, THEME

__all__ = ["ELEMENTS", "THEME"]
