"""Owns questions that are answered in the background, and may be taken back."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from typing import Any

import duckdb
import polars as pl

from mediamgr.errors import Cancelled
from mediamgr.instrumentation import get_instrumentation
from mediamgr.store.database import Database, fetched
from mediamgr.store.statements import Sort, statement

__all__ = ["Asked"]

_AGAIN_SECONDS = 0.02
_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mediamgr-query")


class Asked:
    """A statement that runs in the background.

    Args:
        database: Where; it is not closed.
        name: As of `Database.query`, and so are the rest.
    """

    def __init__(
        self,
        database: Database,
        name: str,
        filters: Mapping[str, Any] | None = None,
        sort: Sort | None = None,
        /,
        **parameters: Any,
    ) -> None:
        self._lock = threading.Lock()
        self._is_cancelled = False
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._answer: Future[pl.DataFrame] = _workers.submit(self._run, database, name, filters, sort, parameters)

    @property
    def is_answered(self) -> bool:
        """Whether `answer` would not wait."""
        return self._answer.done()

    def answer(self) -> pl.DataFrame:
        """The rows, once they are there. Raises `Cancelled` if it was taken back, and what the statement raises."""
        try:
            frame = self._answer.result()
        except CancelledError:
            raise _cancelled() from None
        if self._is_cancelled:
            raise _cancelled()
        return frame

    def cancel(self) -> None:
        """Take it back: who waits for it is told, and DuckDB has stopped. Does nothing to what is answered."""
        if self._answer.done() or self._answer.cancel():
            return
        self._is_cancelled = True
        while not self._answer.done():
            with self._lock:
                if self._connection is not None:
                    self._connection.interrupt()
            # what interrupts a statement right before it begins is lost
            wait([self._answer], timeout=_AGAIN_SECONDS)

    def _run(
        self,
        database: Database,
        name: str,
        filters: Mapping[str, Any] | None,
        sort: Sort | None,
        parameters: Mapping[str, Any],
    ) -> pl.DataFrame:
        chosen = dict(filters or {})
        sql = statement(name, tuple(chosen), sort)
        try:
            with get_instrumentation().timer(f"store.query.{name}"), database.reading() as connection:
                self._run_on(connection)
                try:
                    return fetched(connection, sql, {**parameters, **chosen})
                finally:
                    self._run_on(None)
        except KeyboardInterrupt:
            # so Ctrl-C inside a statement comes out, and so does our own interrupt
            raise _cancelled() from None

    def _run_on(self, connection: duckdb.DuckDBPyConnection | None) -> None:
        with self._lock:
            self._connection = connection
            if connection is not None and self._is_cancelled:
                raise _cancelled()


def _cancelled() -> Cancelled:
    return Cancelled("This was cancelled; ask again.")
