"""Owns telling others what happened: callbacks by the name of the event, called in the thread in which it happened."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from typing import Any

from mediamgr.errors import QueryError
from mediamgr.store.guard import nearest

__all__ = ["Observers"]

_log = logging.getLogger(__name__)


class Observers:
    """Callbacks for a fixed set of events.

    Args:
        events: Their names.
    """

    def __init__(self, *events: str) -> None:
        self._lock = Lock()
        self._callbacks: dict[str, list[Callable[..., object]]] = {event: [] for event in events}

    def add(self, event: str, callback: Callable[..., object]) -> Callable[[], None]:
        """Call it whenever that happens; what is given back stops that. Raises `QueryError` for no such event."""
        if event not in self._callbacks:
            raise QueryError(f"There is no event {event!r}; {nearest(event, list(self._callbacks))}")
        with self._lock:
            self._callbacks[event].append(callback)
        return lambda: self._remove(event, callback)

    def tell(self, event: str, *facts: Any) -> None:
        """Call all of them; one that fails is logged and keeps nobody from being told."""
        with self._lock:
            callbacks = list(self._callbacks[event])
        for callback in callbacks:
            try:
                callback(*facts)
            except Exception:
                _log.exception("an observer of %s failed", event)

    def _remove(self, event: str, callback: Callable[..., object]) -> None:
        with self._lock:
            if callback in self._callbacks[event]:
                self._callbacks[event].remove(callback)
