"""Owns what the program reports of pools: of all managers of one name together, for some are made again and again."""

from __future__ import annotations

import threading
from collections import Counter as Totals
from collections.abc import Callable, Iterator
from typing import Final, Protocol
from weakref import WeakSet

from mediamgr.instrumentation import Counter, Gauge, Run, Timer

__all__ = ["Pool", "Reporting", "pools"]

_TASK: Final = Timer("workers.task", "What a task does, in its thread; a batch of a map is one", "pool")
_WAIT: Final = Timer("workers.queue_wait", "From being handed in until it began, of tasks that ran", "pool")
_ENDED: Final = Counter("workers.tasks", "Tasks that are over: done, failed or cancelled", "pool", "ending")
_ACTIVE: Final = Gauge("workers.active", "Tasks that run now", "pool")
_QUEUED: Final = Gauge("workers.queued", "Tasks that wait now", "pool")


class Pool(Protocol):
    """Threads before a queue.

    Attributes:
        name: That of the pool; several may have it.
    """

    name: str

    @property
    def active(self) -> int:
        """Tasks that run now."""

    @property
    def queued(self) -> int:
        """Tasks that wait now."""


class Reporting:
    """Reports of a pool, for as long as it is there.

    Attributes:
        run: Gives what times a task.
    """

    def __init__(self, pool: Pool) -> None:
        self._name = pool.name
        self.run: Callable[[], Run] = _TASK.of(pool=pool.name)
        self._ended = {ending: _ENDED.of(pool=pool.name, ending=ending) for ending in ("done", "failed", "cancelled")}
        with _lock:
            _pools.add(pool)

    def ended(self, ending: str, waited_seconds: float | None) -> None:
        """A task is over; None: it never ran."""
        self._ended[ending]()
        if waited_seconds is not None:
            _WAIT.took(waited_seconds, pool=self._name)


# reentrant, for what is collected meanwhile may have a pool
_lock = threading.RLock()
_pools: WeakSet[Pool] = WeakSet()


def pools() -> list[Pool]:
    """Those that are there now, in no order."""
    with _lock:
        return list(_pools)


def _now(what: str) -> Iterator[tuple[dict[str, str], float]]:
    totals: Totals[str] = Totals()
    for pool in pools():
        totals[pool.name] += getattr(pool, what)
    return (({"pool": name}, total) for name, total in totals.items())


_ACTIVE.watch(lambda: _now("active"))
_QUEUED.watch(lambda: _now("queued"))
