"""Owns the registry of this process: timers, counters and gauges by name and labels. Totals are right under threads."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import ParamSpec, TypeAlias, TypeVar

from mediamgr.instrumentation._cells import Durations, Here, Key, as_text, key_of, labels_of, name_of, shown, total_of
from mediamgr.instrumentation._decorating import each_call
from mediamgr.instrumentation._records import CounterMetrics, GaugeMetrics, Metrics, TimerMetrics
from mediamgr.instrumentation._run import Nothing, Run
from mediamgr.instrumentation._spans import _current
from mediamgr.instrumentation._summary import summary

__all__ = ["Instrumentation", "counted", "get_instrumentation", "timed"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_log = logging.getLogger("mediamgr.instrumentation")
_Read: TypeAlias = Callable[[], Iterable[tuple[Mapping[str, object], float]]]


class Instrumentation:
    """Timers, counters and gauges. What each costs is in benchmarks/bench_instrumentation.py.

    Names are `room.thing`; labels tell series of one name apart: `timer("store.statement", statement="items/page")`.
    Labels are for what has few values: each series is kept. Values that are not text are kept as text.

    Args:
        clock: Returns seconds; injected by tests.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        # None while nothing is measured
        self._here: Here | None = None
        self._gauges: dict[Key, float] = {}
        self._watched: dict[str, _Read] = {}
        self._failing: set[str] = set()
        self.reset()

    def timer(self, name: str, /, **labels: object) -> Run:
        """Time the body of a `with`, or as a decorator each call, under `name`. Nests.

        An exception is counted as an error and passes through.
        """
        return self.run_of(key_of(name, labels) if labels else name)

    def run_of(self, key: Key) -> Run:
        """A run of what `timer` would time under a key."""
        return Nothing(self, key) if self._here is None else Run(self, key)

    def record_run(self, key: Key, seconds: float) -> None:
        """Count a run of what `timer` would time under a key, which is over and took so long."""
        if (here := self._here) is None:
            return
        if key not in here.timers:
            here.timers[key] = Durations()
        here.timers[key].took(seconds, is_failed=False)

    def increment_counter(self, name: str, amount: float = 1, /, **labels: object) -> None:
        """Add `amount` to the counter `name`, which starts at 0."""
        if self._here is not None:
            self.count(key_of(name, labels) if labels else name, amount)

    def count(self, key: Key, amount: float = 1) -> None:
        """Add to what `increment_counter` would add to under a key."""
        if (here := self._here) is None:
            return
        counts = here.counts
        # no other thread writes here, so nothing is lost between reading and writing
        counts[key] = counts.get(key, 0) + amount
        if (span := _current.get()) is not None:
            span.count(key, amount)

    def set_gauge(self, name: str, value: float, /, **labels: object) -> None:
        """Say what `name` is now, such as the length of a queue; the last one who says so is right."""
        if self._here is not None:
            self._gauges[key_of(name, labels)] = float(value)

    def watch_gauge(self, name: str, read: _Read) -> None:
        """Have `read` say what `name` is, as (labels, value), whenever somebody wants to know; nothing forgets it.

        While it raises, nothing is known; the first time that is logged.
        """
        self._watched[name] = read
        self._failing.discard(name)

    def get_timer_metrics(self, name: str, /, **labels: object) -> TimerMetrics:
        """Metrics of one timer, of all its series that have these labels together; all zero when it has not run."""
        whole, wanted = Durations(), as_text(labels)
        for key, durations in self._total().timers.items():
            if name_of(key) == name and wanted.items() <= labels_of(key).items():
                whole.add(durations)
        return _timer_metrics(name, wanted, whole)

    def get_counter_metrics(self, name: str, /, **labels: object) -> CounterMetrics:
        """Metrics of one counter, of all its series that have these labels together; 0 when nothing was counted."""
        return CounterMetrics(name, as_text(labels), total_of(self._total().counts, name, labels))

    def get_gauge_metrics(self, name: str, /, **labels: object) -> GaugeMetrics:
        """Metrics of one gauge, of all its series that have these labels together; 0 when it was never set."""
        return GaugeMetrics(name, as_text(labels), total_of(self._gauges_now(), name, labels))

    def get_all_metrics(self) -> Metrics:
        """Every series of every timer, counter and gauge."""
        total, gauges = self._total(), self._gauges_now()
        return Metrics(
            timers={
                shown(key): _timer_metrics(name_of(key), labels_of(key), total.timers[key])
                for key in sorted(total.timers, key=shown)
            },
            counters={
                shown(key): CounterMetrics(name_of(key), labels_of(key), total.counts[key])
                for key in sorted(total.counts, key=shown)
            },
            gauges={
                shown(key): GaugeMetrics(name_of(key), labels_of(key), gauges[key]) for key in sorted(gauges, key=shown)
            },
        )

    def get_summary(self) -> str:
        """All metrics as text, a line each: timers, then counters, then gauges."""
        return summary(self.get_all_metrics())

    def export_to_log(self, logger: logging.Logger | None = None) -> None:
        """Write the summary to `logger` (default: "mediamgr.instrumentation"), one INFO line a metric."""
        for line in self.get_summary().splitlines():
            (logger or _log).info("%s", line)

    def reset(self) -> None:
        """Forget everything measured so far; what runs meanwhile may be forgotten with it."""
        self._here, self._total = Here.beginning()
        self._gauges = {}

    def disable(self) -> None:
        """Measure nothing from now on, and forget everything measured so far."""
        self.reset()
        self._here = None

    def enable(self) -> None:
        """Measure again after `disable()`."""
        if self._here is None:
            self.reset()

    def _gauges_now(self) -> dict[Key, float]:
        now = self._gauges.copy()
        for name, read in self._watched.copy().items() if self.is_enabled else ():
            now |= self._read(name, read)
        return now

    def _read(self, name: str, read: _Read) -> dict[Key, float]:
        try:
            return {key_of(name, labels): float(value) for labels, value in read()}
        except Exception as error:
            if name not in self._failing:
                self._failing.add(name)
                _log.warning("%s is not known, for reading it fails: %s", name, error, exc_info=True)
            return {}

    @property
    def is_enabled(self) -> bool:
        """Whether anything is measured."""
        return self._here is not None


def _timer_metrics(name: str, labels: dict[str, str], seen: Durations) -> TimerMetrics:
    return TimerMetrics(
        name=name,
        labels=labels,
        count=seen.count,
        errors=seen.errors,
        total=seen.total,
        minimum=seen.minimum if seen.count else 0.0,
        maximum=seen.maximum,
        p50=seen.percentile(0.50),
        p95=seen.percentile(0.95),
        p99=seen.percentile(0.99),
    )


_instrumentation = Instrumentation()


def get_instrumentation() -> Instrumentation:
    """The registry of this process."""
    return _instrumentation


def _named(name: object, decorator: str) -> None:
    if not isinstance(name, str):
        raise TypeError(f'@{decorator} needs a name: @{decorator}("my.function").')


def timed(name: str, /, **labels: object) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorate a function, or coroutine function, so that each call is timed under `name`."""
    _named(name, "timed")
    return _instrumentation.timer(name, **labels)


def counted(name: str, /, **labels: object) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorate a function, or coroutine function, so that each call adds 1 to the counter `name`.

    A call that raises adds 1 to `<name>.errors`, too.
    """
    _named(name, "counted")
    called = partial(_instrumentation.increment_counter, name, 1, **labels)
    failed = partial(_instrumentation.increment_counter, f"{name}.errors", 1, **labels)

    @contextmanager
    def counting() -> Iterator[None]:
        called()
        try:
            yield
        except BaseException:
            failed()
            raise

    return lambda function: each_call(function, counting)
