"""Owns the memory that orders of items take together: those not used for longest make room."""

from __future__ import annotations

import threading
from collections import OrderedDict

import polars as pl

from mediamgr.settings import get_settings

__all__ = ["Shelf", "shelf"]


class Shelf:
    """Ids in orders, by who keeps them there; of so many bytes together, but always the last one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[int, pl.Series] = OrderedDict()

    def get(self, owner: int) -> pl.Series | None:
        """What was put for `owner`; None when it was not, or had to go."""
        with self._lock:
            if owner in self._kept:
                self._kept.move_to_end(owner)
            return self._kept.get(owner)

    def put(self, owner: int, ids: pl.Series) -> None:
        """Keep these ids, at the cost of others."""
        most = get_settings().get_ordering_bytes()
        with self._lock:
            self._kept[owner] = ids
            self._kept.move_to_end(owner)
            while len(self._kept) > 1 and self._bytes() > most:
                self._kept.popitem(last=False)

    def drop(self, owner: int) -> None:
        """Keep them no more."""
        with self._lock:
            self._kept.pop(owner, None)

    @property
    def size_bytes(self) -> int:
        """Of all of them."""
        with self._lock:
            return self._bytes()

    def _bytes(self) -> int:
        return sum(int(ids.estimated_size()) for ids in self._kept.values())


shelf = Shelf()
"""The one of this process."""
