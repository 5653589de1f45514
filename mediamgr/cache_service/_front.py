"""Owns the entries this process read or wrote last: given again from memory while nobody can have changed them."""

from __future__ import annotations

import threading
from typing import Final, NamedTuple

from mediamgr.cache_service._entry import Entry

__all__ = ["Front"]

_MOST_BYTES: Final = 64_000_000
_ENTRY_BYTES: Final = 500


class _Held(NamedTuple):
    entry: Entry
    until: float


class Front:
    """Entries by place, at most so many bytes, for so many seconds each; the oldest go first."""

    def __init__(self, seconds: float, most_bytes: int = _MOST_BYTES) -> None:
        self._seconds, self._most_bytes = seconds, most_bytes
        self._lock = threading.Lock()
        self._held: dict[str, _Held] = {}
        self._bytes = 0

    def get(self, place: str, now: float) -> Entry | None:
        """The entry, when it is held and not for too long."""
        held = self._held.get(place)
        return held.entry if held is not None and now < held.until else None

    def hold(self, place: str, entry: Entry, now: float) -> None:
        """Hold an entry as it is now in the backend."""
        with self._lock:
            self._let_go(place)
            self._held[place] = _Held(entry, now + self._seconds)
            self._bytes += len(entry.body) + _ENTRY_BYTES
            while self._bytes > self._most_bytes:
                self._let_go(next(iter(self._held)))

    def forget(self, place: str) -> None:
        """Hold it no longer."""
        with self._lock:
            self._let_go(place)

    def clear(self) -> None:
        """Hold nothing."""
        with self._lock:
            self._held.clear()
            self._bytes = 0

    def _let_go(self, place: str) -> None:
        held = self._held.pop(place, None)
        if held is not None:
            self._bytes -= len(held.entry.body) + _ENTRY_BYTES
