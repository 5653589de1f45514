"""Owns the threads of one browser: requests of a kind are answered in turn, kinds beside one another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Lock
from typing import Any

from mediamgr.workers import Task, WorkerManager

__all__ = ["Queues"]


class Queues:
    """Each name has a thread of its own, as long as there is something to do and nobody rests."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self._lock = Lock()
        self._pools: dict[str, WorkerManager] = {}
        self._is_closed = False

    def submit(self, name: str, call: Callable[..., object], *arguments: Any) -> Task[object]:
        """Do it after what was submitted to that name before. Raises `RuntimeError` when this is closed."""
        with self._lock:
            if self._is_closed:
                raise RuntimeError("closed")
            if name not in self._pools:
                # the page is heard by the kernel's one thread, which must not wait
                self._pools[name] = WorkerManager(1, max_queued=sys.maxsize, name=f"mediamgr-browser-{name}")
            return self._pools[name].submit(call, *arguments)

    def rest(self) -> None:
        """End the threads when they have done what they were given; whatever is submitted later has others."""
        with self._lock:
            for pool in self._pools.values():
                pool.shutdown(wait=False, cancel_futures=False)
            self._pools.clear()

    def close(self) -> None:
        """End, and drop what has not begun."""
        with self._lock:
            self._is_closed = True
            for pool in self._pools.values():
                pool.shutdown(wait=False)
            self._pools.clear()
