"""Owns the connections that the program reads and writes a library with, and which state of it they see."""

from __future__ import annotations

import weakref
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from mediamgr.store.asking import fetched
from mediamgr.store.generations import Generation, wal_of
from mediamgr.store.handles import Opened, handles_of
from mediamgr.store.lease import Holder
from mediamgr.store.opening import named_failures
from mediamgr.store.results import result_key, results
from mediamgr.store.statements import Sort, statement

__all__ = ["Connection", "Database"]

Connection = duckdb.DuckDBPyConnection


class Database:
    """One library file. Safe to use from several threads; opens lazily, on the first query.

    Readers open published generations (`store.generations`), so they neither wait for a writer nor keep one waiting.

    Args:
        path: The file.
        wait: Seconds to wait for another process that writes, before `LibraryLocked`.
        follow: Read the newest generation at every query; else the one of the first query, until `refresh()`.
        private: Nobody else knows of the file: nothing is locked or published.
    """

    def __init__(self, path: Path, wait: float = 10.0, *, follow: bool = True, private: bool = False) -> None:
        self.path = path
        self.wait = wait
        self.follow = follow
        self._handles = handles_of(path, is_private=private)
        self._pinned: Opened | None = None
        self._unpin: weakref.finalize[Any, Any] | None = None
        self._is_snapshot = False

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection to read with; in the body of `writing()` the one that writes, which sees what it wrote."""
        with named_failures(self.path):
            if mine := self._own_writer:
                yield mine
                return
            with self._handles.using(self._opened, self.wait) as opened, _cursor(opened) as cursor:
                yield cursor

    @contextmanager
    def writing(
        self, job: str = "write", *, create: bool = False, wait: float | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection to write with; one at a time in all processes. Inside itself it is the same one.

        Commit what must survive: what was not committed when the body ends is rolled back. What was is published when
        it ends, and before that by `share()`. `job`: what others are told who wait. `wait`: seconds; None as the
        database waits.
        """
        with named_failures(self.path):
            try:
                with self._handles.writing(job, self.wait if wait is None else wait, create=create) as connection:
                    yield connection
            finally:
                self.refresh()

    @contextmanager
    def replacing(self, job: str) -> Iterator[tuple[Path, Path]]:
        """(the library's file as it is, where to write the one that takes its name when the body ends well).

        Nobody else writes meanwhile; who reads goes on with what was there. Raises `LibraryError` when it cannot be
        written, and when its log, which would not be that of the new file, does not fold into it.
        """
        with named_failures(self.path), self._handles.replacing(job, self.wait) as files:
            yield files
        self.refresh()

    def share(self, rows: int) -> None:
        """Let others see what was committed so far, `rows` of it since the last time this was called.

        Does nothing if they could a moment ago; not so long a moment if it is many rows.
        """
        self._handles.share(rows=rows)

    def refresh(self) -> None:
        """Read the newest generation from the next query on; a database that follows does so anyway."""
        if self._unpin and not self._is_snapshot:
            self._let_go()

    def snapshot(self) -> Database:
        """A database that stays as this one is now, until it is closed."""
        self._handles.share(at_once=True)
        return self._fixed()

    @property
    def state(self) -> Hashable | None:
        """What tells what a snapshot reads from all else that was ever published; None when it is not published."""
        pinned = self._pinned
        return (self._handles.library, pinned.published) if pinned and pinned.published else None

    def has_newer(self, snapshot: Database) -> bool:
        """Whether a query asked here would be answered from a later generation than a snapshot's; opens nothing."""
        seen = snapshot._pinned
        if seen is None or seen.published is None:
            return False
        own = None if self.follow else self._pinned
        newest = own.published if own else self._handles.generations.published()
        return newest is not None and newest != seen.published

    @contextmanager
    def steady(self) -> Iterator[Database]:
        """A database for several questions that belong together: all are answered from one generation."""
        if self._own_writer or self._is_snapshot:
            yield self
            return
        fixed = self._fixed()
        try:
            yield fixed
        finally:
            fixed._let_go()

    def _fixed(self) -> Database:
        with named_failures(self.path), self._handles.using(self._opened, self.wait) as opened:
            fixed = Database(self.path, self.wait, follow=False)
            fixed._is_snapshot = True
            fixed._pin(opened)
        return fixed

    def query(
        self, name: str, filters: Mapping[str, Any] | None = None, sort: Sort | None = None, /, **parameters: Any
    ) -> pl.DataFrame:
        """Run the statement `sql/queries/<name>.sql`, narrowed by filters and sorted, and return its rows.

        `filters`: name to value, as in items/filters.sql. `parameters`: exactly those the statement names.
        """
        return self.run(*_composed(name, filters, sort, parameters), label=name)

    def query_once(
        self, name: str, filters: Mapping[str, Any] | None = None, sort: Sort | None = None, /, **parameters: Any
    ) -> pl.DataFrame:
        """As `query`, for an answer that whoever asks keeps: it is not kept here."""
        with self.reading() as connection:
            return fetched(connection, *_composed(name, filters, sort, parameters), label=name, library=self.path)

    def fact(self, name: str) -> object:
        """The one value that a statement without parameters gives; a generation is asked for it once."""
        if self._own_writer:
            return self.query(name).item()
        with named_failures(self.path), self._handles.using(self._opened, self.wait) as opened:
            if name not in opened.facts or not opened.published:
                with _cursor(opened) as cursor:
                    opened.facts[name] = fetched(cursor, statement(name), {}, label=name, library=self.path).item()
            return opened.facts[name]

    def run(self, sql: str, parameters: Mapping[str, Any] | None = None, *, label: str) -> pl.DataFrame:
        """Run one statement that was not written by a stranger, counted as `label`.

        What the same generation was asked before is answered from memory (`store.results`).
        """
        given = dict(parameters or {})
        with named_failures(self.path):
            mine = self._own_writer
            if mine:
                return fetched(mine, sql, given, label=label, library=self.path)
            with self._handles.using(self._opened, self.wait) as opened:
                return self._kept_or_asked(opened, sql, given, label)

    def _kept_or_asked(self, opened: Opened, sql: str, parameters: Mapping[str, Any], label: str) -> pl.DataFrame:
        kept, most = results()
        if not opened.published or not most:
            with _cursor(opened) as cursor:
                return fetched(cursor, sql, parameters, label=label, library=self.path)
        key = result_key((self._handles.library, opened.published), sql, parameters)
        found = kept.get(key)
        if found is None:
            with _cursor(opened) as cursor:
                found = fetched(cursor, sql, parameters, label=label, library=self.path)
            kept.put(key, found, most)
        return found

    def remove(self) -> None:
        """Remove the file and its log; what was published of them goes with the last who reads it."""
        for file in (self.path, wal_of(self.path)):
            file.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file now, unless a query of this process is still running."""
        self._let_go()
        self._handles.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    @contextmanager
    def files(self) -> Iterator[tuple[Path, Path]]:
        """The file that is read now and its log, which may not be there; neither changes while the body runs."""
        with named_failures(self.path), self._handles.using(self._opened, self.wait) as opened:
            yield opened.file, wal_of(opened.file)

    def generations(self) -> list[Generation]:
        """What is published, oldest first."""
        return self._handles.generations.listed()

    def writer(self) -> Holder | None:
        """Who writes the library now, this process included."""
        return self._handles.lease.holder()

    @property
    def is_writing(self) -> bool:
        """Whether this is the body of `writing()`, in its thread."""
        return self._own_writer is not None

    @property
    def size_bytes(self) -> int:
        """Bytes of the file and its log on disk."""
        return sum(part.stat().st_size for part in (self.path, wal_of(self.path)) if part.exists())

    @property
    def _own_writer(self) -> duckdb.DuckDBPyConnection | None:
        return None if self._is_snapshot else self._handles.own_writer

    def _opened(self) -> Opened:
        if self.follow or self._own_writer:
            return self._handles.latest(self.wait)
        return self._pinned or self._pin(self._handles.latest(self.wait))

    def _pin(self, opened: Opened) -> Opened:
        self._handles.pin(opened)
        self._pinned = opened
        self._unpin = weakref.finalize(self, self._handles.unpin, opened)
        return opened

    def _let_go(self) -> None:
        if self._unpin:
            self._unpin()
        self._unpin = self._pinned = None


@contextmanager
def _cursor(opened: Opened) -> Iterator[duckdb.DuckDBPyConnection]:
    assert opened.connection is not None
    cursor = opened.connection.cursor()
    try:
        yield cursor
    finally:
        cursor.close()


def _composed(
    name: str, filters: Mapping[str, Any] | None, sort: Sort | None, parameters: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    """(the SQL of a statement, all its parameters)."""
    chosen = dict(filters or {})
    return statement(name, tuple(chosen), sort), {**parameters, **chosen}
