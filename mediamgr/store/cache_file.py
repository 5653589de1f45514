"""Owns the DuckDB file that keeps bytes by place, for the cache: a file of its own, beside no one's library.

All of it can be lost and asked for again. Whoever has it open is the only process that has; one thread at a time.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from mediamgr.resources import shipped
from mediamgr.store.transaction import interrupts
from mediamgr.whole_files import whole_file

__all__ = ["CacheFile", "CacheFileFailed"]

_CONFIG: Final = {"python_enable_replacements": "false", "threads": "1", "autoload_known_extensions": "false"}
_WORTH_WRITING_ANEW: Final = 32_000_000
_ENTRIES: Final = {"place": pl.String, "packed": pl.Binary, "kept_until": pl.Float64}
_USES: Final = {"place": pl.String, "hits": pl.Int64, "used_at": pl.Float64}
_COUNTS: Final = {"namespace": pl.String, "name": pl.String, "amount": pl.Int64}


class CacheFileFailed(Exception):
    """It cannot be opened, read or written; the text says why, and what to do."""


class CacheFile:
    """The cache file at `path`, made when there is none. Every method raises `CacheFileFailed`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._failures():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = duckdb.connect(str(path), config=dict(_CONFIG))
            self._connection.execute(_sql("tables")).fetchall()
            # parsed once: a third of what looking up a place costs
            (self._get,) = self._connection.extract_statements(_sql("get"))

    def get(self, place: str) -> tuple[bytes, float] | None:
        """The bytes, and until when they are kept, in seconds since 1970."""
        with self._failures():
            rows = self._connection.execute(self._get, {"place": place}).fetchall()
        return (rows[0][0], rows[0][1]) if rows else None

    def put(self, entries: Iterable[tuple[str, bytes, float]]) -> None:
        """Keep (place, bytes, kept until), all or none."""
        self._filled("put", pl.DataFrame(list(entries), schema=_ENTRIES, orient="row"))

    def remove(self, places: list[str]) -> int:
        """How many were there."""
        return len(self._asked("remove", places=places))

    def clear(self, namespace: str | None) -> int:
        """Remove all, or all of a namespace, counts too; how many entries there were."""
        removed = self._asked("clear", prefix=_prefix(namespace))
        self._asked("forget_counts", namespace=namespace)
        self._asked("forget_uses")
        return len(removed)

    def clear_expired(self, now: float) -> int:
        """Remove what was kept until then at the longest; how many."""
        return len(self._asked("clear_expired", now=now))

    def listed(self, namespace: str | None, head_bytes: int) -> list[tuple[str, bytes, int, int, float]]:
        """Place, first bytes, bytes, hits, when used."""
        return self._asked("list", prefix=_prefix(namespace), head=head_bytes)

    def used(self, uses: Iterable[tuple[str, int, float]]) -> None:
        """Add (place, hits, when)."""
        self._filled("use", pl.DataFrame(list(uses), schema=_USES, orient="row"))

    def count(self, counts: Iterable[tuple[str, str, int]]) -> None:
        """Add (namespace, name, amount)."""
        self._filled("count", pl.DataFrame(list(counts), schema=_COUNTS, orient="row"))

    def counts(self) -> list[tuple[str, str, int]]:
        """Namespace, name, amount."""
        return self._asked("counts")

    def compact(self) -> None:
        """Write the file anew where less than half of it is entries. Nothing but `close` may follow."""
        self._asked("forget_uses")
        ((kept,),) = self._asked("size")
        with self._failures():
            self._connection.execute("checkpoint").fetchall()
            if self._path.stat().st_size > 2 * kept + _WORTH_WRITING_ANEW:
                self._write_anew()

    def close(self) -> None:
        """Let other processes have it."""
        with self._failures():
            self._connection.close()

    def _write_anew(self) -> None:
        with whole_file(self._path, mode=0o600) as partial:
            partial.unlink()
            self._connection.execute(f"attach '{str(partial).replace(chr(39), chr(39) * 2)}' as anew").fetchall()
            self._connection.execute("use anew").fetchall()
            self._connection.execute(_sql("tables")).fetchall()
            here = self._connection.execute(
                "select database_name from duckdb_databases() where not internal"
            ).fetchall()
            old = next(name for (name,) in here if name != "anew")
            for table in ("entry", "entry_use", "tally"):
                self._connection.execute(f'insert into anew.{table} from "{old}".{table}').fetchall()
            self._connection.close()

    def _asked(self, name: str, **values: object) -> list[Any]:
        with self._failures():
            return self._connection.execute(_sql(name), values or None).fetchall()

    def _filled(self, name: str, incoming: pl.DataFrame) -> None:
        with self._failures():
            self._connection.register("incoming", incoming)
            try:
                self._connection.execute(_sql(name)).fetchall()
            finally:
                self._connection.unregister("incoming")

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            with interrupts():
                yield
        except (duckdb.Error, OSError) as error:
            raise CacheFileFailed(_why(self._path, error)) from error


def _prefix(namespace: str | None) -> str:
    return f"{namespace}/" if namespace else ""


@functools.cache
def _sql(name: str) -> str:
    return (shipped("sql") / "cache" / f"{name}.sql").read_text(encoding="utf-8")


# what DuckDB's message holds -> why, and what to do; first match wins
_REASONS: Final[Mapping[str, str]] = {
    "Could not set lock": "is in use by {holder}; where several work at once, take the backend 'disk' or 'redis'",
    "No space left": "has no room left on its disk; free some, or let the cache be smaller",
    "not a valid DuckDB": "is no cache file; remove it, and a new one is made",
}


def _why(path: Path, error: Exception) -> str:
    text = str(error)
    for mark, reason in _REASONS.items():
        if mark in text:
            holder = re.search(r"PID (\d+)", text)
            return f"{path} {reason.format(holder=f'process {holder[1]}' if holder else 'another process')}"
    return (
        f"{path} cannot be used ({text.splitlines()[0] if text else type(error).__name__}); remove it if it is damaged"
    )
