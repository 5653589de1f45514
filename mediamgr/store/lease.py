"""Owns the right to write a library: one process has it at a time, and in that process one thread.

It is a lock of the operating system's, which falls with its process however that ends, so nothing of a dead writer has
to be recognised by its pid or its age. The file that is locked says who holds it, for people.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from mediamgr.errors import LibraryLocked
from mediamgr.instrumentation import Timer

__all__ = ["Holder", "Lease"]

_WAIT: Final = Timer("store.lease_wait", "Getting the right to write a library, and waiting for who has it")
_RETRY_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Holder:
    """Who may write now.

    Attributes:
        pid: Of the process.
        job: What it does: scan, import, migrate, ...
        since: When it began, UTC, by its own clock.
        host: The machine it runs on.
    """

    pid: int
    job: str
    since: datetime
    host: str

    def __str__(self) -> str:
        where = "" if self.host == socket.gethostname() else f" on {self.host}"
        return f"process {self.pid}{where} ({self.job}, since {self.since:%Y-%m-%d %H:%M:%S} UTC)"


class Lease:
    """The lease of one library.

    Args:
        path: The file to lock; it and its folder are made when needed.
        library: What error messages name.

    A POSIX lock: no child inherits it. Closing *any* descriptor of the file would let go of it, so this process
    opens it once, and reads it only while it has no right to lose.
    """

    def __init__(self, path: Path, library: Path) -> None:
        self._path = path
        self._library = library
        self._mine = threading.Lock()
        self._held: tuple[int, Holder] | None = None
        self._given_back = float("-inf")

    @contextmanager
    def held(self, job: str, wait: float) -> Iterator[None]:
        """Have it while the body runs. Raises `LibraryLocked`, naming the holder, after `wait` seconds."""
        with _WAIT.run():
            is_ours = self.take(job, wait)
        if not is_ours:
            raise LibraryLocked(
                f"{self._library} is being written by {self.holder() or 'another process'}; let it end, or wait longer:"
                " wait=seconds in Python, --wait SECONDS in a terminal."
            )
        try:
            yield
        finally:
            self.give_back()

    def take(self, job: str, wait: float = 0.0) -> bool:
        """Have it from now on; false when another has it for longer than `wait` seconds. Raises `OSError`."""
        deadline = time.monotonic() + wait
        if not self._mine.acquire(timeout=wait):
            return False
        try:
            self._let_others_first()
            with self._in_line() as stand_in_line:
                while (descriptor := self._locked()) is None:
                    if time.monotonic() >= deadline:
                        self._mine.release()
                        return False
                    stand_in_line()
                    time.sleep(_RETRY_SECONDS)
        except BaseException:
            self._mine.release()
            raise
        self._held = descriptor, Holder(os.getpid(), job, datetime.now(UTC), socket.gethostname())
        self._write_down()
        return True

    def give_back(self) -> None:
        """Let others have it."""
        assert self._held is not None
        descriptor, _ = self._held
        self._held = None
        self._given_back = time.monotonic()
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        os.close(descriptor)
        self._mine.release()

    def holder(self) -> Holder | None:
        """Who has it; None when nobody has, or when the holder could not write down who it is."""
        if held := self._held:
            return held[1]
        try:
            written = json.loads(self._path.read_text(encoding="utf-8"))
            named = Holder(
                int(written["pid"]), str(written["job"]), datetime.fromisoformat(written["since"]), str(written["host"])
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return named if self.is_held() else None

    def is_held(self) -> bool:
        """Whether anybody has it, this process included."""
        if not self._mine.acquire(blocking=False):
            return True
        try:
            return self._is_locked_elsewhere()
        finally:
            self._mine.release()

    def _is_locked_elsewhere(self) -> bool:
        try:
            descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            return True
        finally:
            os.close(descriptor)
        return False

    def _locked(self) -> int | None:
        """A descriptor that has the lock; None when another process has it."""
        while True:
            self._path.parent.mkdir(exist_ok=True)
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
            try:
                fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                os.close(descriptor)
                return None
            except BaseException:
                os.close(descriptor)
                raise
            if self._is_there(descriptor):
                return descriptor
            # the last one out took the folder away between our opening and our locking
            os.close(descriptor)

    @contextmanager
    def _in_line(self) -> Iterator[Callable[[], None]]:
        """What the body calls to be known to wait, until it ends."""
        descriptors: list[int] = []

        def stand_in_line() -> None:
            if descriptors:
                return
            # the folder may go between our looking and our standing; then nobody has the lease
            with suppress(FileNotFoundError):
                descriptors.append(os.open(self._line, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, 0o666))
                fcntl.flock(descriptors[0], fcntl.LOCK_SH)

        try:
            yield stand_in_line
        finally:
            for descriptor in descriptors:
                os.close(descriptor)

    def _let_others_first(self) -> None:
        """Who has just had it gives those who wait for it the time to see that it is free."""
        if time.monotonic() - self._given_back > _RETRY_SECONDS:
            return
        try:
            descriptor = os.open(self._line, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(2 * _RETRY_SECONDS)
        finally:
            os.close(descriptor)

    @property
    def _line(self) -> Path:
        return self._path.with_name(f"{self._path.name}.line")

    def _is_there(self, descriptor: int) -> bool:
        try:
            return os.path.samestat(os.fstat(descriptor), os.stat(self._path))
        except FileNotFoundError:
            return False

    def _write_down(self) -> None:
        assert self._held is not None
        descriptor, who = self._held
        text = json.dumps({"pid": who.pid, "job": who.job, "since": who.since.isoformat(), "host": who.host})
        # a full disk may refuse it; the lease is had all the same, only nameless
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, text.encode(), 0)
