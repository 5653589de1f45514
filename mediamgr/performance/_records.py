"""Owns what a report holds: frozen figures, gathered in one place and shown in others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from mediamgr.instrumentation import CounterMetrics, GaugeMetrics, TimerMetrics
from mediamgr.performance._advice import Advice
from mediamgr.store.generations import Generation
from mediamgr.store.slow import SlowStatement
from mediamgr.workers import WorkerStats

__all__ = ["AnswersUse", "DuckUse", "Figures", "Index", "MemoryUse", "ResultsUse", "StoreUse", "Table"]


@dataclass(frozen=True, slots=True)
class ResultsUse:
    """The answers of libraries that this process keeps in memory.

    Attributes:
        entries: How many.
        size_bytes: What they take.
        most_bytes: What they may take; 0: none is kept.
        hits: Questions that were answered by them.
        misses: Questions that were not.
    """

    entries: int
    size_bytes: int
    most_bytes: int
    hits: int
    misses: int

    @property
    def hit_rate(self) -> float | None:
        """Share of questions that were answered so, 0 to 1; None before anything was asked."""
        asked = self.hits + self.misses
        return self.hits / asked if asked else None


@dataclass(frozen=True, slots=True)
class AnswersUse:
    """The cache of answers of providers.

    Attributes:
        where: The backend and its place, without secrets.
        stats: As `CacheService.get_stats()`, of all processes that used it.
    """

    where: str
    stats: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """What a table holds.

    Attributes:
        name: Of the table.
        rows: How many.
        size_bytes: What they take in the file; blocks that several tables share count for each.
    """

    name: str
    rows: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Index:
    """What finds values of a table, or keeps them unique.

    Attributes:
        table: Whose.
        name: Its own; None for that of a key.
        columns: With commas between them.
        kind: "index", "unique index", "primary key" or "unique".
    """

    table: str
    name: str | None
    columns: str
    kind: str


@dataclass(frozen=True, slots=True)
class StoreUse:
    """A library's file.

    Attributes:
        path: The file.
        file_bytes: Of the file.
        log_bytes: Of the log beside it.
        free_bytes: Of the file, dead space, which is used for what comes next.
        generations: What is published, oldest first.
        tables: Largest first.
        indexes: By table.
    """

    path: Path
    file_bytes: int
    log_bytes: int
    free_bytes: int
    generations: tuple[Generation, ...]
    tables: tuple[Table, ...]
    indexes: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class DuckUse:
    """What DuckDB holds for the library that is read.

    Attributes:
        memory_bytes: In memory.
        spilled_bytes: On disk, for want of memory.
    """

    memory_bytes: int
    spilled_bytes: int


@dataclass(frozen=True, slots=True)
class MemoryUse:
    """Memory of this process. Orders and kept answers are a part of what the process has.

    Attributes:
        process_bytes: Resident now.
        peak_bytes: At most so far; None where the system does not tell.
        orderings: Orders of items that are kept for browsing.
        orderings_bytes: What they take.
    """

    process_bytes: int
    peak_bytes: int | None
    orderings: int
    orderings_bytes: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All that a report says. What could not be had is None, and `left_out` says why.

    Attributes:
        at: When, UTC.
        version: Of mediamgr.
        process: Its number.
        memory: Of this process.
        duckdb: What DuckDB has of it.
        results: Answers of libraries that are kept in memory.
        answers: The cache of answers of providers.
        timers: Each series, the one that took most time first; durations are seconds.
        counters: Each series, by name.
        gauges: Each series, by name.
        workers: Every manager of this process, the oldest first.
        store: The library's file.
        slow: The last slow statements, of all processes of this user, newest first.
        threads: How many suit the work that was measured.
        batch_size: How many things to hand over together.
        left_out: Why, by part: "store", "duckdb", "memory", "answers", "results", "metrics", "workers", "slow" or
            "advice".
    """

    at: datetime
    version: str
    process: int
    memory: MemoryUse | None
    duckdb: DuckUse | None
    results: ResultsUse | None
    answers: AnswersUse | None
    timers: Mapping[str, TimerMetrics]
    counters: Mapping[str, CounterMetrics]
    gauges: Mapping[str, GaugeMetrics]
    workers: tuple[WorkerStats, ...]
    store: StoreUse | None
    slow: tuple[SlowStatement, ...]
    threads: Advice | None
    batch_size: Advice | None
    left_out: Mapping[str, str]
