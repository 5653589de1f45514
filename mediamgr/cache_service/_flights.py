"""Owns that one thing is loaded once at a time: who comes first loads, the others wait for what that one gets.

Across threads by futures; across processes by a lock of the backend, whose holder writes what all wait for.
"""

from __future__ import annotations

import os
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Final, Generic, TypeVar

import psutil

from mediamgr.cache_service._backend import Backend

__all__ = ["Flights", "alone"]

_Loaded = TypeVar("_Loaded")
_LOCKED_FOR: Final = 60.0
_LOOKED_AGAIN_AFTER: Final = 0.01
_LOOKED_AGAIN_AT_LEAST: Final = 0.2
_NOBODY: Final = (None, 0)


class _Left(BaseException):
    """Who was loading was interrupted; whoever waits loads instead."""


class Flights(Generic[_Loaded]):
    """What this process is loading now, by place."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[str, tuple[Future[_Loaded], int]] = {}

    def shared(self, place: str, load: Callable[[], _Loaded]) -> tuple[_Loaded, bool]:
        """What `load` gives, and whether another thread loaded it. Its error reaches all who wait."""
        while True:
            flight, is_first = self._joined(place)
            if is_first:
                return self._flown(place, flight, load), False
            try:
                return flight.result(), True
            except _Left:
                continue

    def is_ours(self, place: str) -> bool:
        """Whether this very thread is loading it."""
        return self._under_way.get(place, _NOBODY)[1] == threading.get_ident()

    def _joined(self, place: str) -> tuple[Future[_Loaded], bool]:
        with self._lock:
            if place in self._under_way:
                return self._under_way[place][0], False
            flight: Future[_Loaded] = Future()
            self._under_way[place] = flight, threading.get_ident()
            return flight, True

    def _flown(self, place: str, flight: Future[_Loaded], load: Callable[[], _Loaded]) -> _Loaded:
        try:
            loaded = load()
        except BaseException as error:
            self._land(place)
            flight.set_exception(error if isinstance(error, Exception) else _Left())
            raise
        self._land(place)
        flight.set_result(loaded)
        return loaded

    def _land(self, place: str) -> None:
        with self._lock:
            del self._under_way[place]


@contextmanager
def alone(backend: Backend, place: str, is_there: Callable[[], bool]) -> Iterator[None]:
    """Be the only process to load `place` while the body runs; waits for another one, or until `is_there`.

    A process that takes longer than a minute, or is gone from this machine, is not waited for.
    """
    token = f"{socket.gethostname()} {os.getpid()} {uuid.uuid4().hex}"
    wait, given_up_at = _LOOKED_AGAIN_AFTER, time.monotonic() + _LOCKED_FOR
    while not (is_ours := backend.lock(place, token, _LOCKED_FOR)):
        if _is_gone(holder := backend.holder(place)):
            backend.unlock(place, holder)
            continue
        time.sleep(wait)
        wait = min(1.5 * wait, _LOOKED_AGAIN_AT_LEAST)
        if is_there() or time.monotonic() > given_up_at:
            break
    try:
        yield
    finally:
        if is_ours:
            backend.unlock(place, token)


def _is_gone(holder: str) -> bool:
    """Whether who holds a lock is a process of this machine that ended without letting go."""
    host, _, rest = holder.partition(" ")
    process = rest.partition(" ")[0]
    if host != socket.gethostname() or not process.isdecimal():
        return False
    try:
        return bool(psutil.Process(int(process)).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
