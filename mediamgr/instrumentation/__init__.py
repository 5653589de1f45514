"""Timers and counters that every room reports through; names are `room.thing`.

Measuring, data and drawing are apart: the registry records, frozen samples leave it, renderers show them.
"""

from mediamgr.instrumentation._records import CounterMetrics, Metrics, TimerMetrics
from mediamgr.instrumentation._registry import Instrumentation, counted, get_instrumentation, timed

__all__ = [
    "CounterMetrics",
    "Instrumentation",
    "Metrics",
    "TimerMetrics",
    "counted",
    "get_instrumentation",
    "timed",
]
