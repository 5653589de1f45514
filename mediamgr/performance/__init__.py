"""Where the time and the memory of this process went, and what its library and its caches hold: one report, many faces.

`performance_report()` gathers it; it shows itself as text and in a notebook, is written to files, and is served to
monitors by `serve()` and `export_to_opentelemetry()`.
"""

from __future__ import annotations

from typing import Any

from mediamgr.errors import MissingPart
from mediamgr.performance._advice import Advice
from mediamgr.performance._bars import room_colour
from mediamgr.performance._exporting import FORMATS, write_report
from mediamgr.performance._gathering import get_batch_size, get_threads, performance_report
from mediamgr.performance._report import PerformanceReport
from mediamgr.performance._serving import Served, serve

__all__ = [
    "FORMATS",
    "Advice",
    "PerformanceReport",
    "Served",
    "export_to_opentelemetry",
    "get_batch_size",
    "get_threads",
    "performance_report",
    "room_colour",
    "serve",
    "write_report",
]


def export_to_opentelemetry(meter_provider: Any = None) -> None:
    """Have OpenTelemetry collect what this process measures; once is enough, and again does nothing.

    A timer `store.statement` is there as `mediamgr.store.statement.runs`, `.failures` and `.time` (s, a sum), and
    `.p50`, `.p95`, `.p99` (s); counters and gauges by their names. Labels are attributes.

    Args:
        meter_provider: The `opentelemetry.metrics.MeterProvider` that collects; None: the one set for the process.

    Raises:
        MissingPart: OpenTelemetry is not installed.
    """
    try:
        from mediamgr.performance._opentelemetry import register
    except ModuleNotFoundError as absent:
        raise MissingPart("OpenTelemetry is not installed; pip install 'mediamgr[otel]'.") from absent
    register(meter_provider)
