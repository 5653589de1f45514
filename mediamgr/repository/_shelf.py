"""Owns the memory that orders of items take together: those not used for longest make room."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Final

import polars as pl

from mediamgr.instrumentation import Gauge
from mediamgr.settings import get_settings

__all__ = ["Shelf", "shelf"]

_KEPT: Final = Gauge("repository.order_bytes", "What orders that are known take in memory", unit="B")


class Shelf:
    """Ids in orders, by what tells each from all others; of so many bytes together, but always the last one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, pl.Series] = OrderedDict()

    def get(self, order: Hashable) -> pl.Series | None:
        """What was put for it; None when it was not, or had to go."""
        with self._lock:
            if order in self._kept:
                self._kept.move_to_end(order)
            return self._kept.get(order)

    def put(self, order: Hashable, ids: pl.Series) -> None:
        """Keep these ids, at the cost of others."""
        most = get_settings().get_ordering_bytes()
        with self._lock:
            self._kept[order] = ids
            self._kept.move_to_end(order)
            while len(self._kept) > 1 and self._bytes() > most:
                self._kept.popitem(last=False)

    def drop(self, order: Hashable) -> None:
        """Keep them no more."""
        with self._lock:
            self._kept.pop(order, None)

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def size_bytes(self) -> int:
        """Of all of them."""
        with self._lock:
            return self._bytes()

    def _bytes(self) -> int:
        return sum(int(ids.estimated_size()) for ids in self._kept.values())


shelf = Shelf()
"""The one of this process."""
_KEPT.watch(lambda: [({}, shelf.size_bytes)])
