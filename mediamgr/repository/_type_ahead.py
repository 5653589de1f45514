"""Owns searching while somebody types: what was typed before is not waited for."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial

import polars as pl

from mediamgr.store.background import Asked

__all__ = ["TypeAhead"]


class TypeAhead:
    """A search box: `box(text)` gives the rows for a text, and cancels what it was asked before.

    Who still waits for that gets `Cancelled`. Made by `lib.items.type_ahead()`; to be called from any thread.
    """

    def __init__(self, search: Callable[[str], pl.DataFrame]) -> None:
        self._search = search
        self._lock = threading.Lock()
        self._asked: Asked[pl.DataFrame] | None = None

    def __call__(self, text: str) -> pl.DataFrame:
        """The rows for `text`, as `search` gives them. Raises `Cancelled` when another text came meanwhile."""
        with self._lock:
            if self._asked:
                self._asked.cancel()
            asked = self._asked = Asked(partial(self._search, text))
        return asked.answer()
