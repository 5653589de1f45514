"""Owns the frozen samples that leave the registry: the only thing passed between measuring and showing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["CounterMetrics", "Metrics", "TimerMetrics"]


@dataclass(frozen=True, slots=True)
class TimerMetrics:
    """What one timer has seen. All durations are seconds.

    Attributes:
        name: The timer.
        count: Finished runs, failed ones included.
        errors: Runs that ended in an exception.
        total: Sum of all durations.
        minimum: Shortest run; 0.0 when there was none.
        maximum: Longest run; 0.0 when there was none.
    """

    name: str
    count: int = 0
    errors: int = 0
    total: float = 0.0
    minimum: float = 0.0
    maximum: float = 0.0

    @property
    def mean(self) -> float:
        """Mean duration in seconds; 0.0 when there was no run."""
        return self.total / self.count if self.count else 0.0


@dataclass(frozen=True, slots=True)
class CounterMetrics:
    """What one counter has counted.

    Attributes:
        name: The counter.
        value: The sum of all increments.
    """

    name: str
    value: int = 0


@dataclass(frozen=True, slots=True)
class Metrics:
    """Everything measured so far, by name.

    Attributes:
        timers: Timer name to its metrics, sorted by name.
        counters: Counter name to its metrics, sorted by name.
    """

    timers: Mapping[str, TimerMetrics]
    counters: Mapping[str, CounterMetrics]
