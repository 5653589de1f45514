"""Owns entries by place: packed into a backend that may fail, with the latest in memory before it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from mediamgr.cache_service._backend import Backend
from mediamgr.cache_service._entry import Corrupt, Entry, pack, unpack
from mediamgr.cache_service._failsafe import Failsafe
from mediamgr.cache_service._front import Front
from mediamgr.cache_service._keys import split_place
from mediamgr.cache_service._policy import Policy
from mediamgr.cache_service._tallies import Tallies

__all__ = ["Shelf"]


class Shelf:
    """Where entries are. No method raises because of the backend.

    Args:
        backend: Where they are kept.
        tallies: What happens is counted there.
        policy: Whether entries are kept, and which are compressed.
        clock: Seconds since 1970; injected by tests.

    Attributes:
        backend: As given, made safe.
        written_bytes: So many were written since `written_bytes` was set to 0.
    """

    def __init__(
        self, backend: Backend, tallies: Tallies, policy: Policy, clock: Callable[[], float] = time.time
    ) -> None:
        self.backend = Failsafe(backend, lambda: tallies.add("", "errors"))
        self.written_bytes = 0
        self._tallies, self._policy, self._clock = tallies, policy, clock
        self._front = Front(backend.seen_again_after)

    def get(self, place: str) -> Entry | None:
        """The entry, however old; a damaged one is removed and counted as an error."""
        now = self._clock()
        entry = self._front.get(place, now)
        return entry if entry is not None else self._read(place, now)

    def reread(self, place: str) -> Entry | None:
        """The entry as other processes may have left it."""
        return self._read(place, self._clock())

    def put(self, place: str, entry: Entry) -> None:
        """Keep an entry until its time is over."""
        if not self._policy.is_kept:
            return
        now = self._clock()
        packed = pack(entry, self._policy.compress_from)
        self.written_bytes += len(packed)
        self._front.hold(place, entry, now)
        self.backend.set(place, packed, entry.kept_until - now)

    def remove(self, places: Iterable[str]) -> int:
        """Remove entries; how many were there."""
        wanted = list(places)
        for place in wanted:
            self._front.forget(place)
        return self.backend.delete(wanted)

    def clear(self, namespace: str | None) -> int:
        """Remove all, or all of a namespace; how many there were."""
        self._front.clear()
        return self.backend.clear(namespace)

    def _read(self, place: str, now: float) -> Entry | None:
        packed = self.backend.get(place) if self._policy.is_kept else None
        if packed is None:
            return None
        try:
            entry = unpack(packed)
        except Corrupt:
            self._tallies.add(split_place(place)[0], "errors")
            self.remove([place])
            return None
        self._front.hold(place, entry, now)
        return entry
