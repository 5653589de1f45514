"""Owns what was measured of the work of this process, so that advice on it can be given."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from time import monotonic, thread_time
from typing import Final

import psutil

__all__ = ["Measured", "at_work", "measured"]

_MEMORY_EVERY_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Measured:
    """The items `map` has done in threads since the process began.

    Attributes:
        items: How many.
        run_seconds: What all of them took together.
        cpu_seconds: Of these, what their threads computed; the rest they waited.
        busy_seconds: While any of them was under way, by the clock on the wall.
        grown_bytes: How much larger the process was at most while it did them than before.
        grown_items: After so many of them.
    """

    items: int = 0
    run_seconds: float = 0.0
    cpu_seconds: float = 0.0
    busy_seconds: float = 0.0
    grown_bytes: int = 0
    grown_items: int = 0


class _Measuring:
    """Adds up what threads say of their work."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._process = psutil.Process()
        self._items, self._run, self._cpu, self._busy = 0, 0.0, 0.0, 0.0
        self._active, self._busy_since = 0, 0.0
        self._looked_at, self._bytes_before = 0.0, 0
        self._grown = (0, 0)

    @contextmanager
    def at_work(self, items: int) -> Iterator[None]:
        self._begin()
        began, computed = monotonic(), thread_time()
        try:
            yield
        finally:
            self._end(items, monotonic() - began, thread_time() - computed)

    def measured(self) -> Measured:
        with self._lock:
            now = monotonic() - self._busy_since if self._active else 0.0
            return Measured(self._items, self._run, self._cpu, self._busy + now, *self._grown)

    def _begin(self) -> None:
        with self._lock:
            if not self._active:
                self._busy_since = monotonic()
                if not self._bytes_before:
                    self._bytes_before = self._process.memory_info().rss
            self._active += 1

    def _end(self, items: int, run: float, cpu: float) -> None:
        with self._lock:
            now = monotonic()
            self._items, self._run, self._cpu = self._items + items, self._run + run, self._cpu + cpu
            self._active -= 1
            if not self._active:
                self._busy += now - self._busy_since
            if now - self._looked_at > _MEMORY_EVERY_SECONDS:
                self._looked_at = now
                grown = self._process.memory_info().rss - self._bytes_before
                self._grown = max(self._grown, (grown, self._items))


_of_process: Final = _Measuring()


def at_work(items: int) -> AbstractContextManager[None]:
    """The body, in whatever thread, does so many items."""
    return _of_process.at_work(items)


def measured() -> Measured:
    """What was measured so far."""
    return _of_process.measured()
