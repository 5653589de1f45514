"""Owns the threads of one browser: requests of a kind are answered in turn, kinds beside one another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import Any

__all__ = ["Queues"]


class Queues:
    """Each name has a thread of its own, as long as there is something to do and nobody rests."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self._lock = Lock()
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._is_closed = False

    def submit(self, name: str, call: Callable[..., object], *arguments: Any) -> Future[object]:
        """Do it after what was submitted to that name before. Raises `RuntimeError` when this is closed."""
        with self._lock:
            if self._is_closed:
                raise RuntimeError("closed")
            if name not in self._pools:
                self._pools[name] = ThreadPoolExecutor(1, f"mediamgr-browser-{name}")
            return self._pools[name].submit(call, *arguments)

    def rest(self) -> None:
        """End the threads when they have done what they were given; whatever is submitted later has others."""
        with self._lock:
            for pool in self._pools.values():
                pool.shutdown(wait=False)
            self._pools.clear()

    def close(self) -> None:
        """End, and drop what has not begun."""
        with self._lock:
            self._is_closed = True
            for pool in self._pools.values():
                pool.shutdown(wait=False, cancel_futures=True)
            self._pools.clear()
