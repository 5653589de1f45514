"""Owns stopping from outside what a thread asks DuckDB."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from mediamgr.errors import Cancelled

__all__ = ["Interruptible", "interruptible"]

_here = threading.local()


class Interruptible:
    """Work of one thread, all of whose statements another thread can stop."""

    def __init__(self) -> None:
        # reentrant, for what is collected meanwhile may interrupt, too
        self._lock = threading.RLock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._is_stopped = False

    def interrupt(self) -> None:
        """Stop the statement that runs and all that would follow. It may be missed: call it until the work ends."""
        with self._lock:
            self._is_stopped = True
            if self._connection is not None:
                self._connection.interrupt()

    @contextmanager
    def working(self) -> Iterator[None]:
        """The body is the work. Raises `Cancelled` when it was stopped."""
        _here.work = self
        try:
            yield
        except KeyboardInterrupt:
            # so an interrupt comes out of a statement
            raise cancelled() from None
        finally:
            _here.work = None

    def _run_on(self, connection: duckdb.DuckDBPyConnection | None) -> None:
        with self._lock:
            self._connection = connection
            if connection is not None and self._is_stopped:
                self._connection = None
                raise cancelled()


@contextmanager
def interruptible(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A statement runs in the body; it belongs to the work of this thread, if that is one."""
    work: Interruptible | None = getattr(_here, "work", None)
    if work is None:
        yield
        return
    work._run_on(connection)
    try:
        yield
    finally:
        work._run_on(None)


def cancelled() -> Cancelled:
    """What who waits is told."""
    return Cancelled("This was cancelled; ask again.")
