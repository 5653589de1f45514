"""Owns how a writer lets others see what it committed, and what that may cost it.

Small changes leave DuckDB's file as it is and go to its log, so a generation is the last one's file, by a second name,
and a copy of the log. Only when the file itself has changed is it copied, and only as often as that takes a small part
of the job's time.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final

import duckdb

from mediamgr.errors import LibraryError
from mediamgr.instrumentation import Timer
from mediamgr.store.copying import can_clone
from mediamgr.store.generations import Generations, Stamp, State, state_of
from mediamgr.store.upkeep import settle

__all__ = ["Publisher", "Unpublished"]

_log = logging.getLogger(__name__)

_PUBLICATION: Final = Timer("store.publication", "Letting readers see what was committed")
_FOLDING: Final = Timer("store.folding", "Bringing the log into the library's file")

_LEAST_PAUSE_SECONDS = 2.0
_MANY_ROWS = 20_000
"""Committed rows from which others need not wait for that pause to be over."""
_SHARE_OF_TIME = 10
"""A job spends at most one part in so many on publishing."""
_LARGEST_LOG = 32_000_000
"""Bytes of log from which it is folded into the file: every reader reads it whole when it opens a generation."""
_LARGEST_LOG_OF_ALL = 256_000_000
"""Bytes of log from which it is folded though it is too early to publish what comes of that."""
_SMALL_FILE = 64_000_000
"""Bytes up to which a file is copied as soon as opened, so that nothing is gained by sparing it."""


class Publisher:
    """One writer's publishing, from its taking the lease to its giving it back.

    Args:
        generations: Of its library.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._base: Stamp | None = None  # the library's file as the last generation has it
        self._is_alone = False
        self._has_warned = False
        self._rows = 0
        self._next = self._next_of_many = self._next_copy = 0.0

    def begin(self) -> None:
        """See to it that readers have something to read that the writer will not touch.

        Raises `LibraryError` when there is no room for that and somebody reads.
        """
        generations = self._generations
        if self._state is None:
            return
        began = time.monotonic()
        try:
            published = generations.current() or generations.publish()
            if generations.is_shared(published.number):
                generations.part()
        except OSError as error:
            self._be_alone(error)
        self._next_copy = _pause_after(began, _LEAST_PAUSE_SECONDS)
        self._base = self._state.main if self._state else None

    def share(self, connection: duckdb.DuckDBPyConnection, *, rows: int = 0, at_once: bool = False) -> None:
        """Publish what was committed, unless that was done a moment ago. What cannot be published is not lost.

        `rows`: how many were committed since the last time this was called; many do not wait for the moment to pass.
        """
        self._rows += rows
        if self._is_alone or not (at_once or self._is_due()):
            return
        began = time.monotonic()
        settle(connection, is_over=False)
        may_copy = at_once or began >= self._next_copy
        if _log_size(self._state) > (_LARGEST_LOG if may_copy else _LARGEST_LOG_OF_ALL):
            _fold(connection)
        with self._forgiving():
            self._publish_while_writing(may_copy)
        self._rows = 0
        self._next = _pause_after(began, _LEAST_PAUSE_SECONDS)
        self._next_of_many = _pause_after(began, 0)

    def _is_due(self) -> bool:
        return time.monotonic() >= (self._next_of_many if self._rows >= _MANY_ROWS else self._next)

    def end(self, connection: duckdb.DuckDBPyConnection | None) -> None:
        """Close the connection, if it came to that, and publish what the job left."""
        try:
            # a library that the job removed has nothing to bring up to date
            if connection and self._generations.library.exists():
                settle(connection, is_over=True)
                if self._is_worth_folding():
                    _fold(connection)
        finally:
            if connection:
                connection.close()
        if self._generations.library.exists():
            with self._forgiving():
                self._publish_at_rest()

    @property
    def _state(self) -> State | None:
        return state_of(self._generations.library)

    def _publish_while_writing(self, may_copy: bool) -> None:
        state, published = self._state, self._generations.published()
        if state is None or (published and published.state == state):
            return
        if published and state.main == self._base:
            self._generations.publish_log()
        elif may_copy:
            began = time.monotonic()
            self._generations.publish_copy()
            self._base = state.main
            self._next_copy = _pause_after(began, _LEAST_PAUSE_SECONDS)

    def _publish_at_rest(self) -> None:
        if self._generations.current():
            return
        state = self._state
        if state and state.wal and state.main == self._base and self._generations.published() and not self._is_cheap:
            self._generations.publish_log()
        else:
            self._generations.publish()

    def _is_worth_folding(self) -> bool:
        """Whether the log is to go into the file: always, unless the next writer would have to copy that for it."""
        state = self._state
        if state is None or state.wal is None:
            return False
        return state.main != self._base or _log_size(state) > _LARGEST_LOG or self._is_cheap

    @cached_property
    def _is_cheap(self) -> bool:
        """Whether copying the library's file costs next to nothing."""
        return self._generations.library.stat().st_size <= _SMALL_FILE or can_clone(self._generations.folder)

    def _be_alone(self, error: OSError) -> None:
        """Without room for two, write as long as nobody reads; who wants to read waits for the end."""
        if not self._generations.withdraw():
            raise LibraryError(
                f"{self._generations.library} is being read, and there is no room beside it for a copy to write to"
                f" ({error.strerror}); free some space or close those notebooks."
            ) from error
        self._is_alone = True
        _log.warning("%s: %s. Nobody else can read it until this job ends.", self._generations.library, error.strerror)

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """What is committed is kept, and readers go on with what they have, if it cannot be published."""
        try:
            with _PUBLICATION.run():
                yield
        except OSError as error:
            if not self._has_warned:
                _log.warning("%s: others do not see this job's changes yet (%s).", self._generations.library, error)
            self._has_warned = True


class Unpublished:
    """What stands in a publisher's place while nobody else knows of the file.

    Args:
        library: The file.
    """

    def __init__(self, library: Path) -> None:
        self._library = library

    def begin(self) -> None:
        """Nobody reads it yet."""

    def share(self, connection: duckdb.DuckDBPyConnection, *, rows: int = 0, at_once: bool = False) -> None:
        """Nobody is waiting for it; the log is kept from growing without end."""
        if _log_size(state_of(self._library)) > _LARGEST_LOG_OF_ALL:
            _fold(connection)

    def end(self, connection: duckdb.DuckDBPyConnection | None) -> None:
        """Leave one whole file."""
        try:
            if connection:
                settle(connection, is_over=True)
                _fold(connection)
        finally:
            if connection:
                connection.close()


def _pause_after(began: float, least: float) -> float:
    """When to do again what began then, in `least` seconds or later."""
    now = time.monotonic()
    return now + max(least, _SHARE_OF_TIME * (now - began))


def _log_size(state: State | None) -> int:
    return state.wal[1] if state and state.wal else 0


@_FOLDING
def _fold(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring the log into the file. Left for later while a query runs, or when something is wrong with either."""
    try:
        connection.execute("checkpoint").fetchall()
    except duckdb.Error as error:
        _log.info("the log was not folded: %s", error)
