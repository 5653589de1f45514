"""A report whose every figure is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mediamgr.instrumentation import CounterMetrics, GaugeMetrics, TimerMetrics
from mediamgr.performance import Advice, PerformanceReport
from mediamgr.performance._records import AnswersUse, DuckUse, Index, MemoryUse, ResultsUse, StoreUse, Table
from mediamgr.store.generations import Generation
from mediamgr.store.slow import SlowStatement
from mediamgr.workers import WorkerStats
from mediamgr.workers._tally import Spread

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def report(**other: Any) -> PerformanceReport:
    """All parts are there; `other`: what is otherwise."""
    return replace(
        PerformanceReport(
            at=AT,
            version="1.2.3",
            process=4242,
            memory=MemoryUse(300_000_000, 400_000_000, 2, 5_000_000),
            duckdb=DuckUse(64_000_000, 0),
            results=ResultsUse(12, 1_500_000, 64_000_000, 30, 10),
            answers=AnswersUse("db: films.cache.duckdb", answers()),
            timers=timers(),
            counters={"store.rows_read": CounterMetrics("store.rows_read", {}, 1_234)},
            gauges={"queue{of=x}": GaugeMetrics("queue", {"of": "x"}, 2.5)},
            workers=(
                WorkerStats(
                    name="mediamgr", is_closed=False, age_seconds=10.0, busy_seconds=8.0, threads=3, max_thread_count=4,
                    active_count=2, queue_depth=5, submitted=60, done=50, failed=2, cancelled=1,
                    wait_seconds=Spread(50, 0.04, 0.2), run_seconds=Spread(50, 0.16, 0.5),
                ),
            ),
            store=StoreUse(
                path=Path("/films/films.duckdb"), file_bytes=20_000_000, log_bytes=1_000_000, free_bytes=5_000_000,
                generations=(Generation(7, AT, 0, is_current=True, is_read=True),),
                tables=(Table("media_item", 10_000, 8_000_000), Table("credit", 40_000, 2_000_000), Table("word", 0, 0)),
                indexes=(
                    Index("external_id", "external_id_by_value", "external_id", "index"),
                    Index("library", None, "id", "primary key"),
                    Index("person", None, "id", "primary key"),
                ),
            ),
            slow=(
                SlowStatement(
                    at="2026-01-02T03:00:00+00:00", seconds=1.7, statement="items/page", sql="select secret", rows=100,
                    parameters={"title": "private"}, library="/films/films.duckdb", line="film.py:12", plan=None,
                    process=4242,
                ),
            ),
            threads=Advice(16, "Items waited."),
            batch_size=Advice(100, "Nothing was measured yet."),
            left_out={},
        ),
        **other,
    )  # fmt: skip


def answers(**other: Any) -> dict[str, Any]:
    """As `CacheService.get_stats()`."""
    figures = {
        "total_entries": 40, "active_entries": 30, "stale_entries": 9, "expired_entries": 1, "total_hits": 99,
        "total_misses": 1, "hit_rate": 0.99, "raw_bytes": 9_000, "stored_bytes": 3_000,
    }  # fmt: skip
    whole = {"backend": "db", "failure": None, "size_bytes": 2_000_000, **figures, "namespaces": {"default": figures}}
    return whole | other


def timers() -> dict[str, TimerMetrics]:
    """Two series of one timer, and one of a user."""
    page = TimerMetrics("store.statement", {"statement": "items/page"}, 340, 2, 1.2, 0.001, 0.05, 0.003, 0.009, 0.04)
    one = TimerMetrics("store.statement", {"statement": "items/count"}, 1, 0, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3)
    mine = TimerMetrics("my_operation", {}, 10, 0, 0.02, 0.002, 0.002, 0.002, 0.002, 0.002)
    return {
        "store.statement{statement=items/page}": page, "store.statement{statement=items/count}": one,
        "my_operation": mine,
    }  # fmt: skip
