"""Rows of a library of any size, read in pages as they are looked at. Knows of no widget."""

from mediamgr.lazy_model._model import LazyMediaItemModel, Query
from mediamgr.lazy_model._pages import PageStats

__all__ = ["LazyMediaItemModel", "PageStats", "Query"]
