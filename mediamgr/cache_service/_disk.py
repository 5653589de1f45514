"""Owns answers in a folder, by diskcache: SQLite and files, shared by processes. Bytes only; nothing is unpickled."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

from mediamgr.cache_service._backend import BackendFailed, Listed, Use
from mediamgr.cache_service._entry import HEAD_BYTES
from mediamgr.cache_service._keys import split_place
from mediamgr.errors import MissingPart

try:
    import diskcache
    from diskcache.core import MODE_PICKLE
except ModuleNotFoundError as absent:
    raise MissingPart("The cache on disk needs diskcache: pip install 'mediamgr[cache]'.") from absent

__all__ = ["DiskBackend"]

_WAIT_SECONDS: Final = 10.0
_AT_ONCE: Final = 200
_LOCK: Final = "\x00lock/"
# beside the table of diskcache, which forgets how often an entry was given when it is written again
_TABLES: Final = """
create table if not exists mediamgr_use (place text primary key, hits integer not null, used_at real not null);
create table if not exists mediamgr_tally (
    namespace text not null, name text not null, amount integer not null, primary key (namespace, name)
);
"""
_LISTED: Final = """
select c.key, coalesce(c.filename, ''), coalesce(substr(c.value, 1, :head), x''), coalesce(length(c.value), c.size),
    coalesce(u.hits, 0), max(c.store_time, coalesce(u.used_at, 0))
from Cache c
left join mediamgr_use u on u.place = c.key
where c.tag = :namespace or (:namespace is null and c.tag is not null)
"""
_USED: Final = """
insert into mediamgr_use values (?, ?, ?) on conflict (place) do update set
    hits = mediamgr_use.hits + excluded.hits, used_at = max(mediamgr_use.used_at, excluded.used_at)
"""
_COUNT: Final = """
insert into mediamgr_tally values (?, ?, ?)
on conflict (namespace, name) do update set amount = amount + excluded.amount
"""
_COUNTED: Final = "select namespace, name, amount from mediamgr_tally"
_FORGET_COUNTS: Final = "delete from mediamgr_tally where :namespace is null or namespace = :namespace"
_FORGET_USES: Final = "delete from mediamgr_use where place not in (select key from Cache)"


class _BytesDisk(diskcache.Disk):  # type: ignore[misc]
    """Keys are text and values bytes; whatever else somebody put there is never looked into."""

    def put(self, key: str) -> tuple[str, bool]:
        return key, True

    def get(self, key: Any, raw: bool) -> Any:
        return key

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:
        if mode == MODE_PICKLE:
            raise BackendFailed("it holds values that mediamgr did not put there; empty that folder.")
        return super().fetch(mode, filename, value, read)


class DiskBackend:
    """Answers in `folder`, which is made when needed."""

    name = "disk"
    seen_again_after = 2.0

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._opening = threading.Lock()
        self._opened: diskcache.Cache | None = None

    def __repr__(self) -> str:
        return f"disk: {self.folder}"

    def get(self, place: str) -> bytes | None:
        """See `Backend`."""
        with self._failures():
            value = self._cache.get(place)
        return value if isinstance(value, bytes) else None

    def set(self, place: str, packed: bytes, kept_seconds: float) -> None:
        """See `Backend`."""
        with self._failures():
            self._cache.set(place, packed, expire=kept_seconds, tag=split_place(place)[0])

    def delete(self, places: Iterable[str]) -> int:
        """See `Backend`."""
        rest, removed = list(places), 0
        with self._failures():
            while rest:
                some, rest = rest[:_AT_ONCE], rest[_AT_ONCE:]
                # others write in between
                with self._cache.transact():
                    removed += sum(self._cache.delete(place) for place in some)
        return removed

    def clear(self, namespace: str | None) -> int:
        """See `Backend`."""
        with self._failures():
            names = [namespace] if namespace else self._namespaces()
            removed = sum(int(self._cache.evict(name)) for name in names)
            with self._connected() as connection:
                connection.execute(_FORGET_COUNTS, {"namespace": namespace})
                connection.execute(_FORGET_USES)
            return removed

    def clear_expired(self) -> int:
        """See `Backend`."""
        with self._failures():
            return int(self._cache.expire())

    def listed(self, namespace: str | None = None) -> Iterator[Listed]:
        """See `Backend`."""
        asked = {"head": HEAD_BYTES, "namespace": namespace}
        with self._failures(), self._connected() as connection:
            for place, file, head, size, hits, used_at in connection.execute(_LISTED, asked):
                yield Listed(place, head or self._head_of(file), size, hits, used_at)

    def used(self, uses: Mapping[str, Use]) -> None:
        """See `Backend`."""
        with self._failures(), self._connected() as connection:
            connection.executemany(_USED, [(place, use.hits, use.at) for place, use in uses.items()])

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """See `Backend`."""
        told = [(namespace, name, amount) for namespace, named in counts.items() for name, amount in named.items()]
        with self._failures(), self._connected() as connection:
            connection.executemany(_COUNT, told)

    def counts(self) -> dict[str, dict[str, int]]:
        """See `Backend`."""
        counted: dict[str, dict[str, int]] = {}
        with self._failures(), self._connected() as connection:
            for namespace, name, amount in connection.execute(_COUNTED):
                counted.setdefault(namespace, {})[name] = amount
        return counted

    def lock(self, place: str, token: str, seconds: float) -> bool:
        """See `Backend`."""
        with self._failures():
            return bool(self._cache.add(_LOCK + place, token.encode(), expire=seconds))

    def holder(self, place: str) -> str:
        """See `Backend`."""
        with self._failures():
            token = self._cache.get(_LOCK + place)
        return token.decode() if isinstance(token, bytes) else ""

    def unlock(self, place: str, token: str) -> None:
        """See `Backend`."""
        with self._failures(), self._cache.transact():
            if self._cache.get(_LOCK + place) == token.encode():
                self._cache.delete(_LOCK + place)

    def compact(self) -> None:
        """See `Backend`; SQLite gives back pages by itself, files are removed with their entries."""
        with self._failures(), self._connected() as connection:
            connection.execute(_FORGET_USES)

    def size_bytes(self) -> int:
        """See `Backend`."""
        with self._failures():
            return int(self._cache.volume())

    def close(self) -> None:
        """See `Backend`."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    @property
    def _cache(self) -> diskcache.Cache:
        opened = self._opened
        if opened is None:
            with self._opening:
                opened = self._opened = self._opened or self._open()
        return opened

    def _open(self) -> diskcache.Cache:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = diskcache.Cache(
            str(self.folder), timeout=_WAIT_SECONDS, disk=_BytesDisk, eviction_policy="none", tag_index=True
        )
        with closing(sqlite3.connect(self.folder / "cache.db", timeout=_WAIT_SECONDS)) as connection:
            connection.executescript(_TABLES)
        return opened

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        """Beside diskcache's own connection, which reads whole values; committed when the body ends well."""
        where = Path(self._cache.directory) / "cache.db"
        with closing(sqlite3.connect(where, timeout=_WAIT_SECONDS)) as connection, connection:
            yield connection

    def _namespaces(self) -> list[str]:
        with self._connected() as connection:
            return [name for (name,) in connection.execute("select distinct tag from Cache where tag is not null")]

    def _head_of(self, file: str) -> bytes:
        try:
            with (self.folder / file).open("rb") as packed:
                return packed.read(HEAD_BYTES)
        except FileNotFoundError:
            # another process removed it meanwhile
            return b""

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except diskcache.Timeout as error:
            raise BackendFailed(f"the cache in {self.folder} is busy with another process") from error
        except (sqlite3.Error, OSError) as error:
            raise BackendFailed(
                f"the cache in {self.folder} cannot be used ({error}); look at its disk and permissions, or name"
                " another folder by MEDIAMGR_DISK_CACHE_DIR"
            ) from error
