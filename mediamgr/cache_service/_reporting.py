"""Owns what the program reports of the cache: what is counted by namespace, of all namespaces together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from mediamgr.instrumentation import Counter

__all__ = ["report"]

_LOOKUPS: Final = Counter(
    "cache_service.lookups", "Questions by what was kept: hit, stale_hit, negative_hit, miss", "outcome"
)
_SHARED: Final = Counter("cache_service.shared_loads", "Questions served by the load of another thread or process")
_REFRESHES: Final = Counter("cache_service.refreshes", "Questions asked again in the background, ahead of their time")
_REVALIDATIONS: Final = Counter("cache_service.revalidations", "Answers that the provider said are good still")
_SETS: Final = Counter("cache_service.sets", "Answers that were given to be kept")
_EVICTIONS: Final = Counter("cache_service.evictions", "Answers that had to go for want of room")
_ERRORS: Final = Counter("cache_service.errors", "Failed loads, failed calls of the backend, damaged answers")
# loads are not counted here: cache_service.load times them
_COUNTERS: Final[Mapping[str, Callable[..., None]]] = {
    "hits": _LOOKUPS.of(outcome="hit"),
    "misses": _LOOKUPS.of(outcome="miss"),
    "stale_hits": _LOOKUPS.of(outcome="stale_hit"),
    "negative_hits": _LOOKUPS.of(outcome="negative_hit"),
    "shared_loads": _SHARED.add,
    "refreshes": _REFRESHES.add,
    "revalidations": _REVALIDATIONS.add,
    "sets": _SETS.add,
    "evictions": _EVICTIONS.add,
    "errors": _ERRORS.add,
}


def report(name: str, amount: int = 1) -> None:
    """Report what happened; `name` as in `COUNTED`."""
    if name in _COUNTERS:
        _COUNTERS[name](amount)
