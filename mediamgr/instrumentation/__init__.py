"""Timers, counters and gauges that every room reports through, and recordings of what happened; names are `room.thing`.

Measuring, data and drawing are apart: the registry records, frozen samples leave it, renderers show them.
"""

from mediamgr.instrumentation._budget import Budget, Spent, budget
from mediamgr.instrumentation._caller import calling_line
from mediamgr.instrumentation._cells import Key, labels_of, name_of
from mediamgr.instrumentation._declared import Counter, Gauge, Metric, Timer, declared
from mediamgr.instrumentation._records import CounterMetrics, GaugeMetrics, Metrics, TimerMetrics
from mediamgr.instrumentation._registry import Instrumentation, counted, get_instrumentation, timed
from mediamgr.instrumentation._run import Run
from mediamgr.instrumentation._spans import Plans, Recording, Span, carried, current, recording

__all__ = [
    "Budget",
    "Counter",
    "CounterMetrics",
    "Gauge",
    "GaugeMetrics",
    "Instrumentation",
    "Key",
    "Metric",
    "Metrics",
    "Plans",
    "Recording",
    "Run",
    "Span",
    "Spent",
    "Timer",
    "TimerMetrics",
    "budget",
    "calling_line",
    "carried",
    "counted",
    "current",
    "declared",
    "get_instrumentation",
    "labels_of",
    "name_of",
    "recording",
    "timed",
]
