"""Owns answers in a DuckDB file: the backend that needs nothing installed.

One process has the file at a time, for as long as it asks and a moment longer; then the next may. What is written is
collected and goes in together, for a commit costs as much as a hundred answers.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from mediamgr.cache_service._backend import BackendFailed, Listed, Use
from mediamgr.cache_service._entry import HEAD_BYTES, read_head
from mediamgr.store.cache_file import CacheFile, CacheFileFailed
from mediamgr.workers import start_thread

__all__ = ["DbBackend"]

_WRITTEN_AFTER: Final = 0.2
_RELEASED_AFTER: Final = 2.0
_MOST_UNWRITTEN: Final = 32_000_000

_Answer = TypeVar("_Answer")


class DbBackend:
    """Answers in the DuckDB file `path`, made when there is none."""

    name = "db"
    seen_again_after = 60.0

    def __init__(self, path: Path) -> None:
        self.path = path
        # held while the file is asked; the condition is told when there is something to write
        self._turn = threading.RLock()
        self._news = threading.Condition(self._turn)
        self._file: CacheFile | None = None
        self._keeper: threading.Thread | None = None
        self._unwritten: dict[str, tuple[bytes, float]] = {}
        self._unwritten_bytes = 0
        self._used_at = 0.0
        self._lost: CacheFileFailed | None = None

    def __repr__(self) -> str:
        return f"db: {self.path}"

    def get(self, place: str) -> bytes | None:
        """See `Backend`."""
        with self._failures(), self._turn:
            found = self._unwritten.get(place) or self._asked(lambda file: file.get(place))
        return found[0] if found is not None and time.time() < found[1] else None

    def set(self, place: str, packed: bytes, kept_seconds: float) -> None:
        """See `Backend`; written within a moment."""
        with self._failures(), self._turn:
            self._opened()
            if not self._unwritten:
                self._news.notify_all()
            self._unwritten_bytes += len(packed) - len(self._unwritten.get(place, (b"",))[0])
            self._unwritten[place] = packed, time.time() + kept_seconds
            if self._unwritten_bytes > _MOST_UNWRITTEN:
                self._write()

    def delete(self, places: Iterable[str]) -> int:
        """See `Backend`."""
        wanted = list(places)
        return self._written(lambda file: file.remove(wanted))

    def clear(self, namespace: str | None) -> int:
        """See `Backend`."""
        return self._written(lambda file: file.clear(namespace))

    def clear_expired(self) -> int:
        """See `Backend`."""
        return self._written(lambda file: file.clear_expired(time.time()))

    def listed(self, namespace: str | None = None) -> Iterator[Listed]:
        """See `Backend`; a file that is not there yet is not made for it."""
        if not self._is_there:
            return
        for place, head, size, hits, used_at in self._written(lambda file: file.listed(namespace, HEAD_BYTES)):
            yield Listed(place, head, size, hits, max(used_at, read_head(head).stored_at))

    def used(self, uses: Mapping[str, Use]) -> None:
        """See `Backend`."""
        self._written(lambda file: file.used((place, use.hits, use.at) for place, use in uses.items()))

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """See `Backend`."""
        told = [(namespace, name, n) for namespace, named in counts.items() for name, n in named.items()]
        self._written(lambda file: file.count(told))

    def counts(self) -> dict[str, dict[str, int]]:
        """See `Backend`."""
        counted: dict[str, dict[str, int]] = {}
        if not self._is_there:
            return counted
        for namespace, name, amount in self._written(lambda file: file.counts()):
            counted.setdefault(namespace, {})[name] = amount
        return counted

    def lock(self, place: str, token: str, seconds: float) -> bool:
        """See `Backend`; ours, for no other process has the file."""
        return True

    def holder(self, place: str) -> str:
        """See `Backend`; no other process can be one."""
        return ""

    def unlock(self, place: str, token: str) -> None:
        """See `Backend`."""

    def compact(self) -> None:
        """See `Backend`."""
        with self._turn:
            self._written(lambda file: file.compact())
            self._release()

    def size_bytes(self) -> int:
        """See `Backend`."""
        return self.path.stat().st_size if self.path.exists() else 0

    def close(self) -> None:
        """See `Backend`."""
        with self._turn:
            if self._unwritten:
                self._written(lambda file: None)
            self._release()

    @property
    def _is_there(self) -> bool:
        """Whether anything was kept, or is to be."""
        return self._file is not None or bool(self._unwritten) or self.path.exists()

    def _written(self, work: Callable[[CacheFile], _Answer]) -> _Answer:
        """Work on the file as it is when all is written."""
        with self._failures(), self._turn:
            self._opened()
            self._write()
            return self._asked(work)

    def _asked(self, work: Callable[[CacheFile], _Answer]) -> _Answer:
        try:
            return work(self._opened())
        except CacheFileFailed:
            # what it is now, nobody knows: open it anew next time
            self._release()
            raise

    def _opened(self) -> CacheFile:
        lost, self._lost = self._lost, None
        if lost is not None:
            raise lost
        self._used_at = time.monotonic()
        if self._file is None:
            self._file = CacheFile(self.path)
            self._keeper = start_thread(self._keep, "mediamgr-cache-file")
        return self._file

    def _write(self) -> None:
        entries, self._unwritten, self._unwritten_bytes = self._unwritten, {}, 0
        if entries:
            self._asked(lambda file: file.put((place, *kept) for place, kept in entries.items()))

    def _keep(self) -> None:
        """Write what was collected, and let go of the file when nobody asks any more."""
        with self._turn:
            while self._file is not None and threading.current_thread() is self._keeper:
                if not self._unwritten:
                    self._news.wait(_RELEASED_AFTER)
                if self._unwritten:
                    # nobody tells: more comes together meanwhile
                    self._news.wait(_WRITTEN_AFTER)
                    self._write_or_tell()
                if time.monotonic() - self._used_at >= _RELEASED_AFTER:
                    self._release()

    def _write_or_tell(self) -> None:
        try:
            self._write()
        except CacheFileFailed as error:
            self._lost = error

    def _release(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            try:
                file.close()
            except CacheFileFailed as error:
                self._lost = error

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except CacheFileFailed as error:
            raise BackendFailed(str(error)) from error
