"""Owns the library file: who may open it, for how long, and what its failures are called.

DuckDB lets one process write or several read. A reader therefore lets go of the file shortly after its
last query, so that an idle notebook never keeps a scan waiting; a writer holds it for one job.
"""

from __future__ import annotations

import atexit
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from mediamgr.errors import (
    LibraryDamaged,
    LibraryError,
    LibraryLocked,
    LibraryNotFound,
    LibraryTooNew,
    MediaManagerError,
    QueryError,
)
from mediamgr.instrumentation import get_instrumentation
from mediamgr.store.statements import statement
from mediamgr.store.transaction import interrupts

__all__ = ["Connection", "Database"]

Connection = duckdb.DuckDBPyConnection

_IDLE_SECONDS = 1.0
_RETRY_SECONDS = 0.05
# whatever SQL says, it reaches no other file, no network, no Python variable
_CONFIG = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class Database:
    """One library file. Safe to use from several threads; opens lazily, on the first query.

    Args:
        path: The file.
        wait: Seconds to wait for another process that holds it, before `LibraryLocked`.
    """

    def __init__(self, path: Path, wait: float = 10.0) -> None:
        self.path = path
        self.wait = wait
        self._file = _file_at(path)

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to read with. Sees all that was committed when it was taken."""
        cursor = self._file.take(self.wait)
        try:
            with _named_failures(self.path):
                yield cursor
        finally:
            self._file.give_back(cursor)

    @contextmanager
    def writing(self, *, create: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection to write with; one at a time in this and all processes.

        Commit what must survive: what was not committed when the body ends is rolled back.
        """
        with self._file.exclusive(self.wait, create=create) as connection, _named_failures(self.path):
            yield connection

    def query(self, name: str, filters: Mapping[str, Any] | None = None, /, **parameters: Any) -> pl.DataFrame:
        """Run the statement `sql/queries/<name>.sql`, narrowed by filters, and return its rows.

        `filters`: name to value, as in items/filters.sql. `parameters`: exactly those the statement names.
        """
        chosen = dict(filters or {})
        sql = statement(name, tuple(chosen))
        return self.run(sql, {**parameters, **chosen}, label=name)

    def run(self, sql: str, parameters: Mapping[str, Any] | None = None, *, label: str) -> pl.DataFrame:
        """Run one statement that was not written by a stranger, timed as `store.query.<label>`."""
        instrumentation = get_instrumentation()
        with instrumentation.timer(f"store.query.{label}"), self.reading() as connection:
            frame: pl.DataFrame = connection.sql(sql, params=dict(parameters or {})).pl()
        instrumentation.increment_counter("store.statements")
        instrumentation.increment_counter("store.rows_read", frame.height)
        return frame

    def close(self) -> None:
        """Let go of the file now, unless a query of this process is still running."""
        self._file.release()

    @property
    def size_bytes(self) -> int:
        """Bytes of the file and its log on disk."""
        parts = (self.path, self.path.with_name(self.path.name + ".wal"))
        return sum(part.stat().st_size for part in parts if part.exists())


class _File:
    """The one connection this process has to a file, shared by all `Database`s at its path."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._state = threading.Condition(threading.RLock())
        self._write_lock = threading.Lock()
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._readers = 0
        self._writing = False
        self._timer: threading.Timer | None = None

    def take(self, wait: float) -> duckdb.DuckDBPyConnection:
        with self._state:
            if self._connection is None:
                self._connection = _connect(self._path, wait, read_only=True)
            self._readers += 1
            self._stop_timer()
            return self._connection.cursor()

    def give_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        cursor.close()
        with self._state:
            self._readers -= 1
            self._state.notify_all()
            if self._readers == 0 and not self._writing:
                self._start_timer()

    @contextmanager
    def exclusive(self, wait: float, *, create: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        if not self._write_lock.acquire(timeout=wait):
            raise LibraryLocked(f"{self._path} is being written by another job of this process; let it end.")
        try:
            connection = self._open_for_writing(wait, create)
            try:
                yield connection
            finally:
                self._end_writing()
        finally:
            self._write_lock.release()

    def release(self) -> None:
        with self._state:
            self._stop_timer()
            if self._readers == 0 and not self._writing and self._connection is not None:
                self._connection.close()
                self._connection = None

    def _open_for_writing(self, wait: float, create: bool) -> duckdb.DuckDBPyConnection:
        with self._state:
            if not self._state.wait_for(lambda: self._readers == 0, timeout=wait):
                raise LibraryLocked(f"{self._path} is being read by this process; let the query end.")
            self.release()
            self._connection = _connect(self._path, wait, read_only=False, create=create)
            self._writing = True
            return self._connection

    def _end_writing(self) -> None:
        with self._state:
            self._state.wait_for(lambda: self._readers == 0)
            self._writing = False
            self.release()

    def _start_timer(self) -> None:
        self._stop_timer()
        self._timer = threading.Timer(_IDLE_SECONDS, self.release)
        self._timer.daemon = True
        self._timer.start()

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


_files: dict[Path, _File] = {}
_files_lock = threading.Lock()


def _file_at(path: Path) -> _File:
    with _files_lock:
        return _files.setdefault(path.resolve(), _File(path.resolve()))


@atexit.register
def _close_all() -> None:
    for file in _files.values():
        file.release()


def _connect(path: Path, wait: float, *, read_only: bool, create: bool = False) -> duckdb.DuckDBPyConnection:
    if not create and not path.is_file():
        raise LibraryNotFound(
            f"There is no library at {path}; make one with `mediamgr scan FOLDER` or `mediamgr demo`."
        )
    deadline = time.monotonic() + wait
    with get_instrumentation().timer("store.open"):
        while True:
            try:
                return duckdb.connect(str(path), read_only=read_only, config=dict(_CONFIG))
            except duckdb.Error as error:
                failure = _failure(path, error)
                if not isinstance(failure, LibraryLocked) or time.monotonic() >= deadline:
                    raise failure from error
            time.sleep(_RETRY_SECONDS)


@contextmanager
def _named_failures(path: Path) -> Iterator[None]:
    try:
        with interrupts():
            yield
    except MediaManagerError:
        raise
    except duckdb.Error as error:
        raise _failure(path, error) from error


def _locked(path: Path, error: duckdb.Error) -> MediaManagerError:
    holder = re.search(r"PID (\d+)", str(error))
    who = f"process {holder[1]}" if holder else "another process"
    return LibraryLocked(
        f"{path} is held by {who}; let its job end (a scan lets go when it is done) or close that notebook's"
        " kernel, and try again."
    )


# what DuckDB's message holds -> the failure it is; first match wins
_FAILURES: Mapping[str, Callable[[Path, duckdb.Error], MediaManagerError]] = {
    "Conflicting lock": _locked,
    "Could not set lock": _locked,
    "not a valid DuckDB database file": lambda path, _: LibraryDamaged(
        f"{path} is not a DuckDB file; name another file, or restore a backup over it."
    ),
    "Could not read enough bytes": lambda path, _: LibraryDamaged(f"{path} is cut short; restore a backup over it."),
    "Corrupt": lambda path, error: LibraryDamaged(f"{path} is damaged ({error}); restore a backup over it."),
    "version number": lambda path, error: LibraryTooNew(
        f"{path} was written by a newer DuckDB ({error}); upgrade mediamgr and duckdb."
    ),
    "Permission denied": lambda path, _: LibraryError(f"{path} may not be opened; check its owner and permissions."),
}


def _failure(path: Path, error: duckdb.Error) -> MediaManagerError:
    text = str(error)
    for mark, failure in _FAILURES.items():
        if mark in text:
            return failure(path, error)
    if isinstance(error, (duckdb.IOException, duckdb.FatalException, duckdb.InternalException)):
        return LibraryError(f"{path}: {text}")
    return QueryError(text)
