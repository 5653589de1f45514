"""Owns the frozen samples that leave the registry: the only thing passed between measuring and showing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["CounterMetrics", "GaugeMetrics", "Metrics", "TimerMetrics"]


@dataclass(frozen=True, slots=True)
class TimerMetrics:
    """What one timer has seen. All durations are seconds.

    Attributes:
        name: The timer.
        labels: What tells its series from others of the same name; of a sum over several, none.
        count: Finished runs, failed ones included.
        errors: Runs that ended in an exception.
        total: Sum of all durations.
        minimum: Shortest run; 0.0 when there was none.
        maximum: Longest run; 0.0 when there was none.
        p50: Half of the runs were no longer; right to 3 %.
        p95: Of a hundred runs 95 were no longer; right to 3 %.
        p99: Of a hundred runs 99 were no longer; right to 3 %.
    """

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    errors: int = 0
    total: float = 0.0
    minimum: float = 0.0
    maximum: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0

    @property
    def mean(self) -> float:
        """Mean duration in seconds; 0.0 when there was no run."""
        return self.total / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class CounterMetrics:
    """What one counter has counted.

    Attributes:
        name: The counter.
        labels: What tells its series from others of the same name; of a sum over several, none.
        value: The sum of all increments.
    """

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    value: float = 0


@dataclass(frozen=True, slots=True)
class GaugeMetrics:
    """What one gauge was last set to.

    Attributes:
        name: The gauge.
        labels: What tells its series from others of the same name; of a sum over several, none.
        value: The last value of the series; the sum of them where there are several.
    """

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    value: float = 0


@dataclass(frozen=True, slots=True)
class Metrics:
    """Everything measured so far. Keys are names, with labels behind them: `store.statement{statement=items/page}`.

    Attributes:
        timers: Each series of each timer, sorted by key.
        counters: Each series of each counter, sorted by key.
        gauges: Each series of each gauge, sorted by key.
    """

    timers: Mapping[str, TimerMetrics]
    counters: Mapping[str, CounterMetrics]
    gauges: Mapping[str, GaugeMetrics]
