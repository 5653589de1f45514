"""Owns the published states of a library: the folder they are in, the pointer to the last, and who reads which.

    films.duckdb                what the writer works on, and all there is to keep
    films.duckdb.published/     made anew whenever it is missing
        lease                   who writes (store.lease); lease.line is locked by who waits for it
        current.json            the generation to read, and what the library's file was when it was published
        000012/                 one generation, never changed once it is named
            films.duckdb        the file as it was: a second name for it, a clone or a copy
            films.duckdb.wal    what had been committed beyond that
            readers             locked, shared, by every process that reads this generation

A reader needs no right but to read. Whoever changes anything here has the lease.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mediamgr.store.copying import copy, settle
from mediamgr.whole_files import whole_file

__all__ = ["Generation", "Generations", "Published", "Stamp", "State", "state_of", "wal_of"]

_FOLDER = "{}.published"
_WORK = "work.partial"
_CACHE_TAG = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Published states of the library beside this folder, made anew by mediamgr when they are missing.\n"
)
"""What backup programs know a folder by that need not be kept."""

Stamp = tuple[int, int, int]
"""What tells a file from others, and from what it was: inode, bytes, time of last change in ns."""


@dataclass(frozen=True, slots=True)
class State:
    """What a library's file is at one moment.

    Attributes:
        main: Stamp of the file.
        wal: Stamp of the log beside it; None when there is none.
    """

    main: Stamp
    wal: Stamp | None


@dataclass(frozen=True, slots=True)
class Published:
    """What the pointer says.

    Attributes:
        number: The generation to read.
        state: Of the library's file, when it was published.
    """

    number: int
    state: State


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state, as `mediamgr status` lists it.

    Attributes:
        number: They are counted upwards.
        published_at: UTC.
        size_bytes: What it takes on disk besides the library's file itself.
        is_current: New readers read this one.
        is_read: A process has it open.
    """

    number: int
    published_at: datetime
    size_bytes: int
    is_current: bool
    is_read: bool


def wal_of(file: Path) -> Path:
    """Where DuckDB keeps the log of a file."""
    return file.with_name(f"{file.name}.wal")


def state_of(file: Path) -> State | None:
    """What a library's file is now; None when it is not there."""
    main = _stamp(file)
    return State(main, _stamp(wal_of(file))) if main else None


class Generations:
    """The generations of one library.

    Args:
        library: Its file, without links on the way.
    """

    def __init__(self, library: Path) -> None:
        self.library = library
        self.folder = library.with_name(_FOLDER.format(library.name))
        self._seen: tuple[Stamp | None, Published | None] = (None, None)

    @property
    def lease_file(self) -> Path:
        """What a writer locks."""
        return self.folder / "lease"

    def file(self, number: int) -> Path:
        """The file to open for a generation."""
        return self._of(number) / self.library.name

    def published(self) -> Published | None:
        """What is to be read; None when nothing is published."""
        # the pointer is replaced, never rewritten: another one has another stamp
        stamp = _stamp(self._pointer)
        if stamp is None or stamp != self._seen[0]:
            self._seen = stamp, self._read_pointer() if stamp else None
        return self._seen[1]

    def current(self) -> Published | None:
        """What is published, if the library's file is still what it was then."""
        found = self.published()
        return found if found and found.state == state_of(self.library) else None

    def is_shared(self, number: int) -> bool:
        """Whether a generation is a second name for the library's file, so that nothing may be written into that."""
        ours, other = _stamp(self.library), _stamp(self.file(number))
        return ours is not None and other is not None and ours[0] == other[0]

    def is_as_published(self, published: Published) -> bool:
        """Whether a generation that is the library's file itself was not changed by another program since."""
        return _stamp(self.file(published.number)) == published.state.main

    def publish(self, *, may_copy: bool = True) -> Published:
        """Publish the library's file as it is, as a second name for it; or as a copy, where there are no such names."""
        return self._publish(lambda target: _linked(self.library, target, may_copy))

    def publish_copy(self) -> Published:
        """Publish a copy of the library's file, which its writer goes on changing."""
        return self._publish(lambda target: copy(self.library, target))

    def publish_log(self) -> Published:
        """Publish what was added to the log alone; for the file itself the last generation's will do."""
        last = self.published()
        assert last is not None
        return self._publish(lambda target: _linked(self.file(last.number), target, True))

    def part(self) -> None:
        """Give the library's file blocks of its own, so that writing into it reaches no reader. Raises `OSError`."""
        with self.replacing() as work:
            copy(self.library, work)

    @contextmanager
    def replacing(self) -> Iterator[Path]:
        """Where to write the file that takes the library's place when the body ends well; else nothing is changed."""
        work = self.folder / _WORK
        try:
            yield work
            settle(work)
            os.replace(work, self.library)
        except BaseException:
            for file in (work, wal_of(work)):
                file.unlink(missing_ok=True)
            raise
        # both folders: the one it left, and the library's above it
        settle(self.folder)

    def hold(self, number: int) -> int:
        """Keep a generation from being removed: a descriptor, to be closed when it is not read any more.

        Raises `FileNotFoundError` when it was removed meanwhile.
        """
        marker = self._of(number) / "readers"
        descriptor = os.open(marker, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(descriptor), os.stat(marker)):
                return descriptor
        except BlockingIOError:
            pass
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)
        raise FileNotFoundError(str(marker))

    def prune(self) -> bool:
        """Remove what nobody reads and is not the current one; whether nothing is left. For who has the lease."""
        published = self.published()
        current = published.number if published else None
        left = [number for number in self._numbers() if number == current or not self._remove(number)]
        for partial in self.folder.glob("*.partial"):
            shutil.rmtree(partial) if partial.is_dir() else partial.unlink(missing_ok=True)
        return not left

    def withdraw(self) -> bool:
        """Publish nothing any more; false when somebody reads what was published. For who has the lease."""
        self._pointer.unlink(missing_ok=True)
        return self.prune()

    def clear(self) -> None:
        """Take the folder away when nobody reads and it costs nothing to make anew.

        For who has the lease, and as the last thing with it.
        """
        published = self.published()
        if published and not self.is_shared(published.number) and self.library.exists():
            return
        if not any(map(self._is_read, self._numbers())) and self.withdraw():
            shutil.rmtree(self.folder, ignore_errors=True)

    def listed(self) -> list[Generation]:
        """What there is, oldest first."""
        published = self.published()
        current = published.number if published else None
        counted = {stamp[0]} if (stamp := _stamp(self.library)) else set()
        found = (self._described(number, number == current, counted) for number in self._numbers())
        return [each for each in found if each]

    @property
    def _pointer(self) -> Path:
        return self.folder / "current.json"

    def _of(self, number: int) -> Path:
        return self.folder / f"{number:06d}"

    def _numbers(self) -> list[int]:
        try:
            return sorted(int(name) for name in os.listdir(self.folder) if name.isdecimal())
        except FileNotFoundError:
            return []

    def _publish(self, place: Callable[[Path], None]) -> Published:
        state = state_of(self.library)
        assert state is not None
        self.folder.mkdir(exist_ok=True)
        (self.folder / "CACHEDIR.TAG").write_text(_CACHE_TAG, encoding="utf-8")
        last = self.published()
        number = max([*self._numbers(), last.number if last else 0]) + 1
        with self._growing(number) as folder:
            place(folder / self.library.name)
            if state.wal:
                shutil.copyfile(wal_of(self.library), wal_of(folder / self.library.name))
        published = Published(number, state)
        self._write_pointer(published)
        self.prune()
        return published

    @contextmanager
    def _growing(self, number: int) -> Iterator[Path]:
        """A folder to fill, which gets its name when the body ends well; else nothing is left of it."""
        partial = self.folder / "generation.partial"
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir()
        try:
            (partial / "readers").touch()
            yield partial
            partial.rename(self._of(number))
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise

    def _remove(self, number: int) -> bool:
        marker = self._of(number) / "readers"
        try:
            descriptor = os.open(marker, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            shutil.rmtree(self._of(number), ignore_errors=True)
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # first, so that who finds it has found it whole
            marker.unlink()
            shutil.rmtree(self._of(number), ignore_errors=True)
        except BlockingIOError:
            return False
        finally:
            os.close(descriptor)
        return True

    def _described(self, number: int, is_current: bool, counted: set[int]) -> Generation | None:
        """`counted`: inodes whose bytes another one has been charged with."""
        marker, file = self._of(number) / "readers", self.file(number)
        stamps = [stamp for path in (file, wal_of(file)) if (stamp := _stamp(path))]
        own = sum(size for inode, size, _ in stamps if inode not in counted)
        counted.update(inode for inode, _, _ in stamps)
        try:
            made = datetime.fromtimestamp(marker.stat().st_mtime, UTC)
            return Generation(number, made, own, is_current, self._is_read(number))
        except FileNotFoundError:
            return None

    def _is_read(self, number: int) -> bool:
        try:
            descriptor = os.open(self._of(number) / "readers", os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError:
            return False
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False

    def _read_pointer(self) -> Published | None:
        try:
            told = json.loads(self._pointer.read_text(encoding="utf-8"))
            wal = told["wal"]
            return Published(int(told["generation"]), State(_as_stamp(told["main"]), _as_stamp(wal) if wal else None))
        except (OSError, ValueError, KeyError, TypeError):
            # as good as none: it is written anew
            return None

    def _write_pointer(self, published: Published) -> None:
        told = {"generation": published.number, "main": published.state.main, "wal": published.state.wal}
        with whole_file(self._pointer) as partial:
            partial.write_text(json.dumps(told), encoding="utf-8")


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _as_stamp(told: list[int]) -> Stamp:
    inode, size, mtime = told
    return int(inode), int(size), int(mtime)


def _linked(source: Path, target: Path, may_copy: bool) -> None:
    """Give a file a second name; where there is no such thing, or not for us, a copy if that may be."""
    try:
        os.link(source, target)
    except OSError:
        if not may_copy:
            raise
        copy(source, target)
