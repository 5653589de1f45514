"""Owns the report as people hold it: figures that show themselves as text, in a notebook, and to programs."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from mediamgr.performance._as_dict import as_dict
from mediamgr.performance._html import html
from mediamgr.performance._prometheus import exposition
from mediamgr.performance._records import Figures
from mediamgr.performance._text import text

__all__ = ["PerformanceReport"]


@dataclass(frozen=True, slots=True, repr=False)
class PerformanceReport(Figures):
    """Where time and memory went; made by `performance_report()`.

    `print(report)` is text, the last line of a cell shows it with bars, `as_dict()` and `to_json()` are for programs,
    `to_prometheus()` for who scrapes. Each of them shows the same figures, which are its attributes.
    """

    def as_dict(self) -> dict[str, Any]:
        """All of it in JSON's types; a part that could not be had is None, and `left_out` says why.

        Keys:
            at: ISO 8601, UTC. version: of mediamgr. process: its number.
            memory: process_bytes, peak_bytes, orderings, orderings_bytes.
            duckdb: memory_bytes, spilled_bytes.
            caches: results (entries, size_bytes, most_bytes, hits, misses, hit_rate from 0 to 1) and answers (where,
                and all of `CacheService.get_stats()`).
            timers: series to name, labels, count, errors, and total, mean, minimum, maximum, p50, p95, p99, each with
                _seconds behind it; the one that took most time first.
            counters, gauges: series to name, labels, value.
            workers: a list of what `WorkerStats` says, and utilisation from 0 to 1.
            store: path, file_bytes, log_bytes, free_bytes, generations, tables (name, rows, size_bytes), indexes.
            slow_statements: a list, newest first: at, seconds, statement, rows, library, line, process.
            advice: threads and batch_size, each a number and its reason.
            left_out: part to why.
        """
        return as_dict(self)

    def to_json(self) -> str:
        """`as_dict()` as text."""
        return json.dumps(self.as_dict(), indent=2)

    def to_prometheus(self) -> str:
        """What is measured, in the text format of Prometheus, 0.0.4."""
        return exposition(self)

    def __repr__(self) -> str:
        return text(self)

    def _repr_html_(self) -> str:
        return html(self)
