"""Owns what the program itself measures: each room says what it measures, and what that means, where it does.

docs/metrics.md is made of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import ClassVar, ParamSpec, TypeVar

from mediamgr.instrumentation._cells import Key, key_of
from mediamgr.instrumentation._registry import get_instrumentation
from mediamgr.instrumentation._run import Run

__all__ = ["Counter", "Gauge", "Metric", "Timer", "declared"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_declared: dict[str, Metric] = {}


class Metric:
    """Something that is measured under a name of its own.

    Args:
        name: `room.thing`.
        meaning: What is measured, in a line.
        labels: What tells its series apart; for what has few values, never ids, titles or SQL.

    Attributes:
        kind: "timer", "counter" or "gauge".
        unit: Of its values.
    """

    kind: ClassVar[str]
    name: str
    meaning: str
    labels: tuple[str, ...]
    unit: str

    def __init__(self, name: str, meaning: str, *labels: str, unit: str = "") -> None:
        self.name, self.meaning, self.labels, self.unit = name, meaning, labels, unit
        # a module that is loaded again declares what it did before
        if (there := _declared.setdefault(name, self))._declaration() != self._declaration():
            raise ValueError(f"There is a metric {name!r} already: {there.meaning}")
        _declared[name] = self

    def _declaration(self) -> tuple[object, ...]:
        return self.kind, self.name, self.meaning, self.labels, self.unit

    def _series(self, labels: dict[str, object]) -> Key:
        if set(labels) != set(self.labels):
            raise ValueError(f"{self.name} has the labels {', '.join(self.labels) or '(none)'}, not {labels}.")
        return key_of(self.name, labels)


class Timer(Metric):
    """Durations in seconds. `with TIMER.run(): …`, `@TIMER`; with labels `TIMER.run(site="tmdb")`."""

    kind = "timer"

    def __init__(self, name: str, meaning: str, *labels: str) -> None:
        super().__init__(name, meaning, *labels, unit="s")
        # a partial costs less than a method that calls on, and a run of no labels less than one that may have some
        measured = get_instrumentation()
        self.run: Callable[..., Run] = partial(measured.timer if labels else measured.run_of, name)

    def of(self, /, **labels: object) -> Callable[[], Run]:
        """Runs of one series, at the price of a timer without labels. Raises `ValueError` for other labels."""
        return partial(get_instrumentation().run_of, self._series(labels))

    def took(self, seconds: float, /, **labels: object) -> None:
        """Something that is over by now took so long, such as a wait."""
        get_instrumentation().record_run(key_of(self.name, labels), seconds)

    def __call__(self, function: Callable[_P, _R]) -> Callable[_P, _R]:
        """Time each call of a function."""
        return self.run()(function)


class Counter(Metric):
    """A sum that only grows. `COUNTER.add(amount=1)`; with labels `COUNTER.add(outcome="hit")`."""

    kind = "counter"

    def __init__(self, name: str, meaning: str, *labels: str, unit: str = "") -> None:
        super().__init__(name, meaning, *labels, unit=unit)
        measured = get_instrumentation()
        self.add: Callable[..., None] = partial(measured.increment_counter if labels else measured.count, name)

    def of(self, /, **labels: object) -> Callable[..., None]:
        """Adds to one series, at the price of a counter without labels. Raises `ValueError` for other labels."""
        return partial(get_instrumentation().count, self._series(labels))


class Gauge(Metric):
    """A value that comes and goes. `GAUGE.set(value)`, or `GAUGE.watch(read)`."""

    kind = "gauge"

    def __init__(self, name: str, meaning: str, *labels: str, unit: str = "") -> None:
        super().__init__(name, meaning, *labels, unit=unit)
        self.set: Callable[..., None] = partial(get_instrumentation().set_gauge, name)

    def watch(self, read: Callable[[], Iterable[tuple[Mapping[str, object], float]]]) -> None:
        """Have `read` say what it is, as (labels, value), whenever somebody wants to know.

        While it raises, nothing is known; the first time that is logged.
        """
        get_instrumentation().watch_gauge(self.name, read)


def declared() -> list[Metric]:
    """What the rooms that were imported so far measure, by name."""
    return [_declared[name] for name in sorted(_declared)]
