"""Owns what is counted between two tellings of the backend: how often what happened, and which entries were given."""

from __future__ import annotations

import threading
from collections import Counter
from typing import Final

from mediamgr.cache_service._backend import Use
from mediamgr.cache_service._failsafe import Failsafe
from mediamgr.cache_service._keys import split_place
from mediamgr.cache_service._reporting import report

__all__ = ["COUNTED", "Tallies"]

COUNTED: Final = (
    "hits", "misses", "stale_hits", "negative_hits", "loads", "shared_loads", "refreshes", "revalidations", "sets",
    "evictions", "errors",
)  # fmt: skip
"""What is counted, by namespace."""
_NONE: Final = Use(0, 0.0)
_MOST_HOT: Final = 100_000


class Tallies:
    """Counts of this process, told to the backend now and then. Totals are right under threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, Counter[str]] = {}
        self._uses: dict[str, Use] = {}
        self._hot: Counter[str] = Counter()

    def add(self, namespace: str, name: str, amount: int = 1) -> None:
        """Count what happened; `name` as in `COUNTED`."""
        with self._lock:
            self._counts.setdefault(namespace, Counter())[name] += amount
        report(name, amount)

    def given(self, place: str, name: str, now: float) -> None:
        """Count that an entry was given, as a hit of that name."""
        with self._lock:
            self._counts.setdefault(split_place(place)[0], Counter())[name] += 1
            self._uses[place] = Use(self._uses.get(place, _NONE).hits + 1, now)
            self._hot[place] += 1
            if len(self._hot) > _MOST_HOT:
                self._hot.clear()
        report(name)

    def hits(self, place: str) -> int:
        """How often an entry was given by this process since it was last asked for."""
        return self._hot.get(place, 0)

    def cooled(self, place: str) -> None:
        """An entry was asked for again: begin to count anew how often it is given."""
        with self._lock:
            self._hot.pop(place, None)

    def untold(self) -> dict[str, dict[str, int]]:
        """Counts that the backend was not told, by namespace and name."""
        with self._lock:
            return {namespace: dict(counts) for namespace, counts in self._counts.items()}

    def tell(self, backend: Failsafe) -> None:
        """Tell the backend what it was not told yet; while it fails, counts are kept for later."""
        with self._lock:
            counts, self._counts = self._counts, {}
            uses, self._uses = self._uses, {}
        if uses:
            backend.used(uses)
        if counts:
            backend.count(counts)
        if backend.failure is not None:
            self._put_back(counts)

    def _put_back(self, counts: dict[str, Counter[str]]) -> None:
        with self._lock:
            for namespace, counted in counts.items():
                self._counts.setdefault(namespace, Counter()).update(counted)
