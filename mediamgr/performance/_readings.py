"""Owns what is read of a library, the caches and this process at the moment somebody asks: gauges nobody has to set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from mediamgr.instrumentation import Gauge, GaugeMetrics
from mediamgr.performance._records import AnswersUse, Figures, StoreUse
from mediamgr.workers import WorkerStats

__all__ = ["readings"]

_FILE: Final = Gauge("performance.library_bytes", "The library's file", unit="B")
_LOG: Final = Gauge("performance.log_bytes", "The log beside it", unit="B")
_FREE: Final = Gauge("performance.free_bytes", "Dead space in the file, used for what comes next", unit="B")
_GENERATIONS: Final = Gauge("performance.generations", "Published states of the library that are there")
_TABLE_ROWS: Final = Gauge("performance.table_rows", "Rows of a table", "table", unit="rows")
_TABLE_BYTES: Final = Gauge("performance.table_bytes", "What a table takes in the file", "table", unit="B")
_ENTRIES: Final = Gauge("performance.answers_kept", "Answers of providers that are kept", "namespace", "state")
_STORED: Final = Gauge("performance.answers_bytes", "What these answers take", "namespace", unit="B")
_GIVEN: Final = Gauge(
    "performance.answers_given", "Answers given from the cache, by all processes, since it was cleared", "namespace"
)
_MISSED: Final = Gauge("performance.answers_missed", "Answers it did not have, the same", "namespace")
_RESULTS: Final = Gauge("performance.results_kept", "Answers of libraries that this process keeps in memory")
_DUCKDB: Final = Gauge("performance.duckdb_bytes", "What DuckDB holds in memory for the library", unit="B")
_SPILLED: Final = Gauge("performance.duckdb_spilled_bytes", "What it holds on disk, for want of memory", unit="B")
_MEMORY: Final = Gauge("performance.memory_bytes", "Resident memory of this process", unit="B")
_PEAK: Final = Gauge("performance.peak_memory_bytes", "The most it had so far", unit="B")
_THREADS: Final = Gauge("performance.worker_threads", "Threads that are there now", "pool")
_UTILISATION: Final = Gauge(
    "performance.worker_utilisation", "Share of the time that threads might have worked in which they did", "pool"
)
_LEFT_OUT: Final = Gauge("performance.left_out", "1 for each part of this report that could not be had", "part")
_STATES: Final = ("active", "stale", "expired")


def readings(figures: Figures) -> list[GaugeMetrics]:
    """The gauges, as the report found them; of what it could not have there is none."""
    found: list[GaugeMetrics] = []
    if figures.store:
        found += _of_store(figures.store)
    if figures.answers:
        found += _of_answers(figures.answers)
    if figures.results:
        found.append(_read(_RESULTS, figures.results.entries))
    if figures.duckdb:
        found += [_read(_DUCKDB, figures.duckdb.memory_bytes), _read(_SPILLED, figures.duckdb.spilled_bytes)]
    if figures.memory:
        found.append(_read(_MEMORY, figures.memory.process_bytes))
        if figures.memory.peak_bytes is not None:
            found.append(_read(_PEAK, figures.memory.peak_bytes))
    return [*found, *_of_workers(figures.workers), *(_read(_LEFT_OUT, 1, part=part) for part in figures.left_out)]


def _of_store(store: StoreUse) -> Iterator[GaugeMetrics]:
    yield _read(_FILE, store.file_bytes)
    yield _read(_LOG, store.log_bytes)
    yield _read(_FREE, store.free_bytes)
    yield _read(_GENERATIONS, len(store.generations))
    for table in store.tables:
        yield _read(_TABLE_ROWS, table.rows, table=table.name)
        yield _read(_TABLE_BYTES, table.size_bytes, table=table.name)


def _of_answers(answers: AnswersUse) -> Iterator[GaugeMetrics]:
    for namespace, told in answers.stats["namespaces"].items():
        for state in _STATES:
            yield _read(_ENTRIES, told[f"{state}_entries"], namespace=namespace, state=state)
        yield _read(_STORED, told["stored_bytes"], namespace=namespace)
        yield _read(_GIVEN, told["total_hits"], namespace=namespace)
        yield _read(_MISSED, told["total_misses"], namespace=namespace)


def _of_workers(workers: Iterable[WorkerStats]) -> Iterator[GaugeMetrics]:
    """Those of one name are one."""
    by_name: dict[str, list[WorkerStats]] = {}
    for each in workers:
        by_name.setdefault(each.name, []).append(each)
    for name, several in by_name.items():
        yield _read(_THREADS, sum(each.threads for each in several), pool=name)
        yield _read(_UTILISATION, sum(each.utilisation for each in several) / len(several), pool=name)


def _read(gauge: Gauge, value: float, **labels: str) -> GaugeMetrics:
    return GaugeMetrics(gauge.name, labels, value)
