"""Owns keeping the cache within its bound, and what is counted told: now and then by itself, or when asked."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mediamgr.cache_service._backend import Listed
from mediamgr.cache_service._keys import split_place
from mediamgr.cache_service._shelf import Shelf
from mediamgr.cache_service._tallies import Tallies
from mediamgr.workers import WorkerManager

__all__ = ["Maintenance", "Upkeep", "least_recently_used"]

_TOLD_EVERY: Final = 5.0
_LOOKED_AT_AFTER: Final = 0.05
_SHRUNK_TO: Final = 0.9


@dataclass(frozen=True, slots=True)
class Maintenance:
    """What upkeep did.

    Attributes:
        expired: Entries removed that nobody wanted any more.
        evicted: Entries removed to keep within the bound, those not used for longest.
        entries: How many are left.
        stored_bytes: What they take.
        size_bytes: What the backend takes with them, on disk or in memory.
    """

    expired: int
    evicted: int
    entries: int
    stored_bytes: int
    size_bytes: int


class Upkeep:
    """Keeps `shelf` within `most_bytes`."""

    def __init__(self, shelf: Shelf, tallies: Tallies, most_bytes: int, background: WorkerManager) -> None:
        self._shelf, self._tallies, self._most_bytes = shelf, tallies, most_bytes
        self._background = background
        self._turn = threading.Lock()
        self._told_at = 0.0

    def now_and_then(self, now: float) -> None:
        """Do in the background what is due: tell what was counted, and remove what is too much."""
        if now - self._told_at >= _TOLD_EVERY:
            self._told_at = now
            self._background.submit(self.tell)
        if self._shelf.written_bytes > _LOOKED_AT_AFTER * self._most_bytes:
            self._shelf.written_bytes = 0
            self._background.submit(self._shrink)

    def tell(self) -> None:
        """Tell the backend what was counted."""
        with self._turn:
            self._tallies.tell(self._shelf.backend)

    def counts(self) -> dict[str, dict[str, int]]:
        """What was counted by namespace and name, by all processes, and by this one while the backend failed."""
        told = {namespace: Counter(counts) for namespace, counts in self._shelf.backend.counts().items()}
        for namespace, counts in self._tallies.untold().items():
            told.setdefault(namespace, Counter()).update(counts)
        return {namespace: dict(counts) for namespace, counts in told.items()}

    def maintain(self) -> Maintenance:
        """Remove what is over and what is too much, and give back its room."""
        expired = self._shelf.backend.clear_expired()
        evicted = self._shrink()
        self._shelf.backend.compact()
        left = list(self._shelf.backend.listed())
        stored = sum(each.stored_bytes for each in left)
        return Maintenance(expired, evicted, len(left), stored, self._shelf.backend.size_bytes())

    def _shrink(self) -> int:
        self.tell()
        places = least_recently_used(self._shelf.backend.listed(), self._most_bytes)
        removed = self._shelf.remove(places)
        for place in places:
            self._tallies.add(split_place(place)[0], "evictions")
        return removed


def least_recently_used(entries: Iterable[Listed], most_bytes: int) -> list[str]:
    """Which to remove when they take more than that together: those not used for longest, until a tenth is free."""
    oldest_first = sorted(entries, key=lambda each: each.used_at)
    excess = sum(each.stored_bytes for each in oldest_first)
    if excess <= most_bytes:
        return []
    excess -= int(_SHRUNK_TO * most_bytes)
    places: list[str] = []
    for each in oldest_first:
        if excess <= 0:
            break
        excess -= each.stored_bytes
        places.append(each.place)
    return places
