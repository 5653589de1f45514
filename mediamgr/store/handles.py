"""Owns what this process has open of a library: generations that it reads, and the file itself while it writes."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from mediamgr.errors import LibraryError, LibraryLocked
from mediamgr.store.filesystems import network_type
from mediamgr.store.generations import Generations, Published, wal_of
from mediamgr.store.lease import Lease
from mediamgr.store.opening import open_to_read, open_to_write, require
from mediamgr.store.publishing import Publisher, Unpublished
from mediamgr.workers import Alarm, alarm, start_thread

__all__ = ["Handles", "Opened", "handles_of"]

_IDLE_SECONDS = 1.0
_RETRY_SECONDS = 0.05


@dataclass(eq=False, slots=True)
class Opened:
    """A state of the library that this process reads.

    Attributes:
        file: What DuckDB opens.
        published: The generation it is; None when it is the library's file itself.
        hold: Descriptor that keeps the generation from being removed.
        connection: None until it is read, and when nobody has read it for a while.
        is_lent: It is the library's file, also when by a second name: other programs wait while it is open.
        users: Queries that run on it.
        pins: Who wants to come back to it, whatever is published meanwhile.
        facts: What is known of it by now, by the name of the statement that says so.
    """

    file: Path
    published: Published | None
    hold: int | None
    is_lent: bool
    connection: duckdb.DuckDBPyConnection | None = None
    users: int = 0
    pins: int = 0
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Writer:
    thread: int
    connection: duckdb.DuckDBPyConnection
    publisher: Publisher | Unpublished


class _Timer:
    """Calls something some time after it was last set. Setting it again and again costs nothing."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._lock = threading.Lock()
        self._due = 0.0
        self._alarm: Alarm | None = None

    def set(self, seconds: float) -> None:
        with self._lock:
            self._due = time.monotonic() + seconds
            if self._alarm is None:
                self._alarm = alarm(seconds, self._look)

    def cancel(self) -> None:
        with self._lock:
            if self._alarm is not None:
                self._alarm.off()
                self._alarm = None

    def _look(self) -> None:
        with self._lock:
            left = self._due - time.monotonic()
            self._alarm = alarm(left, self._look) if left > 0 else None
        if left <= 0:
            start_thread(self._call, "mediamgr-let-go")


class Handles:
    """One library in this process. Safe to use from several threads.

    Args:
        library: Its file, without links on the way.
        is_private: Nobody else knows of it yet: nothing is locked or published.
    """

    def __init__(self, library: Path, *, is_private: bool = False) -> None:
        self.library = library
        self._is_private = is_private
        self.generations = Generations(library)
        self.lease = Lease(self.generations.lease_file, library)
        # Ctrl-C while a condition is entered would leave it locked, but not while a lock is
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._opened: list[Opened] = []
        self._writer: _Writer | None = None
        self._timer = _Timer(self._let_go_of_lent)

    @contextmanager
    def using(self, choose: Callable[[], Opened], wait: float) -> Iterator[Opened]:
        """What `choose` gives, which is nobody's to close while the body runs; it is connected."""
        with self._lock:
            opened = choose()
            opened.connection = self._connected(opened, wait)
            opened.users += 1
        try:
            yield opened
        except (duckdb.FatalException, duckdb.InternalException):
            # DuckDB answers nothing any more on what has failed so; it does when opened anew
            with self._lock:
                _disconnect(opened)
            raise
        finally:
            with self._lock:
                opened.users -= 1
                self._changed.notify_all()
                if opened.is_lent:
                    self._timer.set(_IDLE_SECONDS)

    def latest(self, wait: float) -> Opened:
        """The newest state there is to read. What was read before and nobody wants is closed."""
        with self._lock:
            found = self._find(wait)
            if self._close_unwanted(but=found):
                self._with_lease(self.generations.prune)
            return found

    def pin(self, opened: Opened) -> None:
        """Keep a state to come back to, until `unpin`."""
        with self._lock:
            opened.pins += 1

    def unpin(self, opened: Opened) -> None:
        """Nobody comes back to it any more."""
        with self._lock:
            opened.pins -= 1

    @property
    def own_writer(self) -> duckdb.DuckDBPyConnection | None:
        """The connection that this very thread writes with."""
        writer = self._writer
        return writer.connection if writer and writer.thread == threading.get_ident() else None

    def share(self, *, rows: int = 0, at_once: bool = False) -> None:
        """Publish what this thread has committed; unless `at_once`, only if that was not done a moment ago."""
        if self.own_writer and self._writer:
            self._writer.publisher.share(self._writer.connection, rows=rows, at_once=at_once)

    @contextmanager
    def writing(self, job: str, wait: float, *, create: bool) -> Iterator[duckdb.DuckDBPyConnection]:
        """The connection to write with. A thread that writes already goes on with the one it has."""
        if mine := self.own_writer:
            yield mine
            return
        if not create:
            require(self.library)
        with self._named_refusals(), self._right_to_write(job, wait) as publisher:
            # what this process read last is superseded soon, and may be in the way where there is no room for two
            self._close_unwanted()
            with self._connected_to_write(publisher, wait) as connection:
                self._writer = _Writer(threading.get_ident(), connection, publisher)
                try:
                    yield connection
                finally:
                    self._writer = None

    @contextmanager
    def replacing(self, job: str, wait: float) -> Iterator[tuple[Path, Path]]:
        """(the library's file, where to write the one that takes its name when the body ends well)."""
        self._refuse_network()
        with self._named_refusals(), self.lease.held(job, wait):
            require(self.library)
            if wal_of(self.library).exists():
                self._fold_log(wait)
            published = self.generations.current() or self.generations.publish()
            hold = self.generations.hold(published.number)
            try:
                with self.generations.replacing() as new:
                    yield self.generations.file(published.number), new
                self._close_lent(wait)
            finally:
                os.close(hold)
            self.generations.publish()

    @contextmanager
    def _connected_to_write(
        self, publisher: Publisher | Unpublished, wait: float
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """The file, opened to write and published at the end; who has the lease asks."""
        publisher.begin()
        connection = None
        try:
            self._close_lent(wait)
            connection = open_to_write(self.library, wait)
            yield connection
        finally:
            publisher.end(connection)

    def _fold_log(self, wait: float) -> None:
        """Bring the log into the file, which has no other then."""
        with self._connected_to_write(Publisher(self.generations), wait) as connection:
            connection.execute("force checkpoint").fetchall()
        if wal_of(self.library).exists():
            raise LibraryError(f"{self.library} has a log that does not fold into it; compact it again.")

    @contextmanager
    def _right_to_write(self, job: str, wait: float) -> Iterator[Publisher | Unpublished]:
        if self._is_private:
            yield Unpublished(self.library)
            return
        self._refuse_network()
        with self.lease.held(job, wait):
            yield Publisher(self.generations)

    def close(self) -> None:
        """Let go of everything that no query of this process is reading; the last one out leaves only the file."""
        with self._lock:
            self._timer.cancel()
            self._close_unwanted()
            if self._opened or self._writer or not self.generations.folder.is_dir():
                return
        self._with_lease(self.generations.clear)

    def _with_lease(self, tidy_up: Callable[[], object]) -> None:
        """Tidy up, unless somebody writes, who does so anyway, or we may not."""
        with suppress(OSError):
            if not self._is_private and self.lease.take("tidy up"):
                try:
                    tidy_up()
                finally:
                    self.lease.give_back()

    def _find(self, wait: float) -> Opened:
        deadline = time.monotonic() + wait
        while True:
            require(self.library)
            if self._is_private:
                return self._itself(wait)
            try:
                published = self.generations.current() or self._published_now()
            except OSError:
                return self._without_publishing(wait)
            try:
                if published:
                    return self._of(published)
            except FileNotFoundError:
                # removed between our reading of the pointer and our holding it
                pass
            # who writes it waits in vain for its own end
            if time.monotonic() >= deadline or self.own_writer:
                raise LibraryLocked(
                    f"{self.library} cannot be read while it is written by"
                    f" {self.lease.holder() or 'another process'}; let it end."
                )
            time.sleep(_RETRY_SECONDS)

    def _published_now(self) -> Published | None:
        """Publish what is there, if nobody writes; else what was published last.

        Raises `OSError` where nothing can be published.
        """
        published = self.generations.published()
        if published and self.lease.is_held():
            return published
        if network_type(self.library):
            raise OSError("nothing is published on a network's file system")
        if not self.lease.take("publish"):
            return self.generations.published()
        try:
            return self.generations.current() or self.generations.publish(may_copy=False)
        finally:
            self.lease.give_back()

    def _without_publishing(self, wait: float) -> Opened:
        """The library's file itself; while somebody else writes it, what they published."""
        published = self.generations.published()
        try:
            return self._itself(0 if published else wait)
        except LibraryLocked:
            if not published:
                raise
            return self._of(published)

    def _itself(self, wait: float) -> Opened:
        itself = next((each for each in self._opened if each.published is None), None)
        itself = itself or Opened(self.library, None, None, is_lent=True)
        self._connected(itself, wait)
        if itself not in self._opened:
            self._opened.append(itself)
        return itself

    def _of(self, published: Published) -> Opened:
        """Raises `FileNotFoundError` when it was removed meanwhile."""
        for each in self._opened:
            if each.published == published:
                return each
        number = published.number
        hold = self.generations.hold(number)
        opened = Opened(self.generations.file(number), published, hold, is_lent=self.generations.is_shared(number))
        self._opened.append(opened)
        return opened

    def _connected(self, opened: Opened, wait: float) -> duckdb.DuckDBPyConnection:
        if opened.connection is None:
            if opened.is_lent and opened.published and not self.generations.is_as_published(opened.published):
                raise LibraryError(f"{self.library} was changed by another program; lib.refresh() reads it anew.")
            opened.connection = open_to_read(opened.file, self.library, wait)
        return opened.connection

    def _let_go_of_lent(self) -> None:
        with self._lock:
            self._close([each for each in self._opened if each.is_lent and not each.users and not each.pins])
            for each in self._opened:
                # the file itself cannot be come back to: its pins keep it open
                if each.is_lent and not each.users and each.published:
                    _disconnect(each)

    def _close_unwanted(self, but: Opened | None = None) -> bool:
        """Close what no query reads and nobody wants to come back to; whether there was any."""
        with self._lock:
            found = [each for each in self._opened if each is not but and not each.users and not each.pins]
            self._close(found)
            return bool(found)

    def _close_lent(self, wait: float) -> None:
        """The file itself cannot be open to read and to write in one process."""
        with self._lock:
            itself = [each for each in self._opened if each.published is None]
            if not self._changed.wait_for(lambda: not any(each.users for each in itself), timeout=wait):
                raise LibraryLocked(f"{self.library} is being read by this process; let the query end.")
            self._close(itself)

    def _close(self, opened: list[Opened]) -> None:
        for each in opened:
            _disconnect(each)
            if each.hold is not None:
                os.close(each.hold)
            self._opened.remove(each)

    def _refuse_network(self) -> None:
        if kind := network_type(self.library):
            raise LibraryError(
                f"{self.library} is on a network's file system ({kind}), where two writers would not see each other's"
                " locks and spoil it; keep it on a disk of this machine. Reading it there is fine."
            )

    @contextmanager
    def _named_refusals(self) -> Iterator[None]:
        try:
            yield
        except (PermissionError, FileNotFoundError) as error:
            raise LibraryError(
                f"{self.library} cannot be written: {error.strerror}: {error.filename}; check who may write there."
            ) from error


def _disconnect(opened: Opened) -> None:
    if opened.connection is not None:
        opened.connection.close()
        opened.connection = None


_known: dict[Path, Handles] = {}
_known_lock = threading.Lock()


def handles_of(library: Path, *, is_private: bool = False) -> Handles:
    """What this process has open of the library at a path, one for all who ask."""
    path = library.resolve()
    if is_private:
        return Handles(path, is_private=True)
    with _known_lock:
        return _known.setdefault(path, Handles(path))


@atexit.register
def _close_all() -> None:
    for handles in _known.values():
        handles.close()
