"""Owns a report as plain JSON types: what programs read, and so stable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from mediamgr.instrumentation import CounterMetrics, GaugeMetrics, TimerMetrics
from mediamgr.performance._advice import Advice
from mediamgr.performance._records import Figures, ResultsUse
from mediamgr.store.slow import SlowStatement
from mediamgr.workers import WorkerStats

__all__ = ["as_dict"]


def as_dict(figures: Figures) -> dict[str, Any]:
    """The report; see `PerformanceReport.as_dict`."""
    told = {
        "at": figures.at.isoformat(timespec="seconds"),
        "version": figures.version,
        "process": figures.process,
        "memory": asdict(figures.memory) if figures.memory else None,
        "duckdb": asdict(figures.duckdb) if figures.duckdb else None,
        "caches": {
            "results": _results(figures.results) if figures.results else None,
            "answers": {"where": figures.answers.where, **figures.answers.stats} if figures.answers else None,
        },
        "timers": {key: _timer(each) for key, each in figures.timers.items()},
        "counters": {key: _value(each) for key, each in figures.counters.items()},
        "gauges": {key: _value(each) for key, each in figures.gauges.items()},
        "workers": [_workers(each) for each in figures.workers],
        "store": asdict(figures.store) if figures.store else None,
        "slow_statements": [_slow(each) for each in figures.slow],
        "advice": {"threads": _advice(figures.threads), "batch_size": _advice(figures.batch_size)},
        "left_out": dict(figures.left_out),
    }
    plain: dict[str, Any] = _plain(told)
    return plain


def _results(used: ResultsUse) -> dict[str, Any]:
    return {**asdict(used), "hit_rate": used.hit_rate}


def _timer(timer: TimerMetrics) -> dict[str, Any]:
    seconds = {
        f"{name}_seconds": getattr(timer, name) for name in ("total", "mean", "minimum", "maximum", "p50", "p95", "p99")
    }
    return {"name": timer.name, "labels": timer.labels, "count": timer.count, "errors": timer.errors, **seconds}


def _value(series: CounterMetrics | GaugeMetrics) -> dict[str, Any]:
    return {"name": series.name, "labels": series.labels, "value": series.value}


def _workers(stats: WorkerStats) -> dict[str, Any]:
    return {**asdict(stats), "utilisation": stats.utilisation}


def _slow(slow: SlowStatement) -> dict[str, Any]:
    # what was asked for may be nobody else's business: `mediamgr perf slow` shows it to its user
    return {name: getattr(slow, name) for name in ("at", "seconds", "statement", "rows", "library", "line", "process")}


def _advice(advice: Advice | None) -> dict[str, Any] | None:
    return None if advice is None else {"number": int(advice), "reason": advice.reason}


def _plain(value: Any) -> Any:
    """With JSON's types alone; what is no number is null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value) if isinstance(value, Path) else value
