"""Owns gathering a report: each part by itself, so that one that fails leaves the others standing, and is named."""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeVar

import psutil

from mediamgr._version import __version__
from mediamgr.cache_service import get_cache_service
from mediamgr.errors import InputError, LibraryError
from mediamgr.instrumentation import Metrics, get_instrumentation
from mediamgr.library import Library, latest
from mediamgr.performance._advice import Advice, batch_for, threads_for
from mediamgr.performance._records import AnswersUse, DuckUse, Index, MemoryUse, ResultsUse, StoreUse, Table
from mediamgr.performance._report import PerformanceReport
from mediamgr.repository import shelf
from mediamgr.store.generations import Generation, wal_of
from mediamgr.store.results import results
from mediamgr.store.slow import SlowStatement, slow_statements
from mediamgr.workers import all_stats, measured

__all__ = ["get_batch_size", "get_threads", "performance_report"]

_MOST_SLOW: Final = 10
_Part = TypeVar("_Part")


def performance_report(lib: Library | None = None) -> PerformanceReport:
    """Where time and memory of this process went, and what its library and caches hold, as it is now.

    What cannot be had is left out, and `left_out` says why; this raises for none of it.

    Args:
        lib: The library; None: the one opened last, or that of the settings when none is open.

    Raises:
        InputError: That is no library.
    """
    if lib is not None and not isinstance(lib, Library):
        raise InputError(f"A report is of an open library, not of {lib!r}; open it with mediamgr.open().")
    parts = _Parts()
    # before the report itself asks anything
    metrics = parts.take("metrics", get_instrumentation().get_all_metrics) or Metrics({}, {}, {})
    kept = parts.take("results", _results)
    library = parts.take("store", lambda: lib or latest())
    store = parts.take("store", lambda: _store(library)) if library else None
    return PerformanceReport(
        at=datetime.now(UTC),
        version=__version__,
        process=os.getpid(),
        memory=parts.take("memory", _memory),
        # a library that cannot be read is not tried again
        duckdb=parts.take("duckdb", lambda: _duckdb(library)) if library and store else None,
        results=kept,
        answers=parts.take("answers", lambda: _answers(library)),
        timers=dict(sorted(metrics.timers.items(), key=lambda each: -each[1].total)),
        counters=metrics.counters,
        gauges=metrics.gauges,
        workers=tuple(parts.take("workers", all_stats) or ()),
        store=store,
        slow=parts.take("slow", _slow) or (),
        threads=parts.take("advice", get_threads),
        batch_size=parts.take("advice", get_batch_size),
        left_out=parts.left_out,
    )


def get_threads() -> Advice:
    """How many threads suit the work done so far."""
    return threads_for(measured(), os.cpu_count() or 1)


def get_batch_size() -> Advice:
    """How many things to hand over together, for work as that done so far."""
    return batch_for(measured(), os.cpu_count() or 1, psutil.virtual_memory().available)


class _Parts:
    """What is taken, and why what is not."""

    def __init__(self) -> None:
        self.left_out: dict[str, str] = {}

    def take(self, part: str, make: Callable[[], _Part]) -> _Part | None:
        try:
            return make()
        except Exception as error:
            # whatever one part fails with, the others are worth having
            self.left_out[part] = str(error) or type(error).__name__
            return None


def _store(library: Library) -> StoreUse:
    path, about = library.path, library.about
    filled = about.file().row(0, named=True)
    log = wal_of(path)
    return StoreUse(
        path=path,
        file_bytes=path.stat().st_size,
        log_bytes=log.stat().st_size if log.exists() else 0,
        free_bytes=filled["free_blocks"] * filled["block_bytes"],
        generations=tuple(Generation(*row) for row in about.generations().rows()),
        tables=tuple(Table(*row) for row in about.stored().rows()),
        indexes=tuple(Index(*row) for row in about.indexes().rows()),
    )


def _duckdb(library: Library) -> DuckUse:
    held = library.about.memory()
    return DuckUse(int(held["memory_bytes"].sum()), int(held["spilled_bytes"].sum()))


def _results() -> ResultsUse:
    kept, most = results()
    counted = get_instrumentation().get_counter_metrics
    hits, misses = (int(counted("store.result_lookups", outcome=each).value) for each in ("hit", "miss"))
    return ResultsUse(len(kept), kept.size_bytes, most, hits, misses)


def _answers(library: Library | None) -> AnswersUse:
    cache = get_cache_service(library=library.path if library and not library.is_closed else None)
    stats = cache.get_stats()
    if stats["backend"] == "db":
        # one process has that file at a time: one that asks providers is not to find it taken
        cache.close()
    if stats["failure"]:
        raise LibraryError(str(stats["failure"]))
    return AnswersUse(cache.where, stats)


def _memory() -> MemoryUse:
    now = int(psutil.Process().memory_info().rss)
    peak = _peak_bytes()
    return MemoryUse(now, None if peak is None else max(peak, now), len(shelf), shelf.size_bytes)


def _peak_bytes() -> int | None:
    try:
        # what getrusage tells on Linux may be what the parent had
        lines = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:")), None)
    except OSError:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return (peak if sys.platform == "darwin" else peak * 1024) or None


def _slow() -> tuple[SlowStatement, ...]:
    return tuple(reversed(slow_statements()[-_MOST_SLOW:]))
