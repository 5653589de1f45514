"""Owns answers that are kept: frames by statement, parameters and the state of the library they were read from.

A generation never changes, so neither does what it answers. With the next one the old answers are asked for no more,
and go when room is needed, least recently used first.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from typing import Any, Final

import polars as pl

from mediamgr.instrumentation import Counter, Gauge
from mediamgr.settings import get_settings

__all__ = ["ResultCache", "result_key", "results"]

_LOOKUPS: Final = Counter("store.result_lookups", "Questions whose answer was kept (hit) or not (miss)", "outcome")
_hit, _miss = _LOOKUPS.of(outcome="hit"), _LOOKUPS.of(outcome="miss")
_KEPT: Final = Gauge("store.result_bytes", "What answers that are kept take in memory", unit="B")
_ENTRY_BYTES: Final = 1_000
"""What an answer takes besides its values: its key and its frame."""


class ResultCache:
    """Frames by key, of so many bytes together. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frames: OrderedDict[Hashable, tuple[pl.DataFrame, int]] = OrderedDict()
        self._bytes = 0

    def get(self, key: Hashable) -> pl.DataFrame | None:
        """The frame kept under `key`, counted as a hit; None is a miss."""
        with self._lock:
            found = self._frames.get(key)
            if found:
                self._frames.move_to_end(key)
        if found is None:
            _miss()
            return None
        _hit()
        # what is given away may be changed in place by who gets it
        return found[0].clone()

    def put(self, key: Hashable, frame: pl.DataFrame, most: int) -> None:
        """Keep a frame, at the cost of those not used for longest; one that is itself over `most` bytes is not kept."""
        size = int(frame.estimated_size()) + _ENTRY_BYTES
        with self._lock:
            _, before = self._frames.pop(key, (None, 0))
            self._bytes -= before
            if size <= most:
                self._frames[key] = frame.clone(), size
                self._bytes += size
            while self._bytes > most:
                _, (_, dropped) = self._frames.popitem(last=False)
                self._bytes -= dropped

    def clear(self) -> None:
        """Keep nothing."""
        with self._lock:
            self._frames.clear()
            self._bytes = 0

    @property
    def size_bytes(self) -> int:
        """Bytes of all frames kept."""
        return self._bytes

    def __len__(self) -> int:
        return len(self._frames)


def result_key(state: Hashable, sql: str, parameters: Mapping[str, Any]) -> Hashable:
    """What an answer is kept under. `state`: the library and its generation."""
    given = [(name, type(value).__name__, repr(value)) for name, value in sorted(parameters.items())]
    # a digest, since lists of ids may be longer than what is answered
    return state, sql, hashlib.blake2b(repr(given).encode()).digest()


_shared = ResultCache()
_KEPT.watch(lambda: [({}, _shared.size_bytes)])


def results() -> tuple[ResultCache, int]:
    """The answers this process keeps, and how many bytes of them it may; 0 keeps none."""
    return _shared, get_settings().get_query_cache_bytes()
