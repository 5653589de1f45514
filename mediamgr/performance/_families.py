"""Owns what is exported, by name: all series of a metric together, with what it means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from mediamgr.instrumentation import CounterMetrics, GaugeMetrics, TimerMetrics, declared

__all__ = ["Family", "Kind", "Series", "families"]

Kind: TypeAlias = Literal["timer", "counter", "gauge"]
Series: TypeAlias = TimerMetrics | CounterMetrics | GaugeMetrics


@dataclass(frozen=True, slots=True)
class Family:
    """A metric.

    Attributes:
        name: As it is measured under.
        kind: Of which sort it is.
        meaning: In a line; of what no room declared, that it is.
        unit: Of counters and gauges, "" where there is none; timers are seconds.
        series: By labels.
    """

    name: str
    kind: Kind
    meaning: str
    unit: str
    series: tuple[Series, ...]


def families(kind: Kind, series: Iterable[Series]) -> list[Family]:
    """The metrics that series belong to, by name."""
    known = {each.name: each for each in declared()}
    by_name: dict[str, list[Series]] = {}
    for each in series:
        by_name.setdefault(each.name, []).append(each)
    return [
        Family(
            name,
            kind,
            known[name].meaning if name in known else f"The {kind} {name}",
            known[name].unit if name in known else "",
            tuple(by_name[name]),
        )
        for name in sorted(by_name)
    ]
