"""Owns the registry of timers and counters of this process. Totals are right under threads."""

from __future__ import annotations

import functools
import inspect
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar, cast

from mediamgr.instrumentation._records import CounterMetrics, Metrics, TimerMetrics

__all__ = ["Instrumentation", "counted", "get_instrumentation", "timed"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Instrumentation:
    """A registry of timers and counters.

    Args:
        clock: Returns seconds; injected by tests.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._timers: dict[str, TimerMetrics] = {}
        self._counters: dict[str, int] = {}

    @contextmanager
    def timer(self, name: str) -> Iterator[None]:
        """Time the body under `name`. Nests; an exception is counted as an error and passes through."""
        started = self._clock()
        failed = True
        try:
            yield
            failed = False
        finally:
            self._record(name, self._clock() - started, failed)

    def increment_counter(self, name: str, amount: int = 1) -> None:
        """Add `amount` to the counter `name`, which starts at 0."""
        with self._lock:
            self._counters[name] = self._counters.get(name, 0) + amount

    def get_timer_metrics(self, name: str) -> TimerMetrics:
        """Metrics of one timer; all zero when it has not run."""
        return self._timers.get(name, TimerMetrics(name))

    def get_counter_metrics(self, name: str) -> CounterMetrics:
        """Metrics of one counter; 0 when nothing was counted."""
        return CounterMetrics(name, self._counters.get(name, 0))

    def get_all_metrics(self) -> Metrics:
        """Every timer and counter, as one consistent sample."""
        with self._lock:
            timers, counters = dict(self._timers), dict(self._counters)
        return Metrics(
            timers={name: timers[name] for name in sorted(timers)},
            counters={name: CounterMetrics(name, counters[name]) for name in sorted(counters)},
        )

    def get_summary(self) -> str:
        """All metrics as text, a line each, timers first."""
        metrics = self.get_all_metrics()
        lines = [
            f"{t.name}: {t.count} × {t.mean * 1000:.2f} ms = {t.total * 1000:.1f} ms"
            + (f", {t.errors} failed" if t.errors else "")
            for t in metrics.timers.values()
        ]
        return "\n".join([*lines, *(f"{c.name}: {c.value}" for c in metrics.counters.values())])

    def export_to_log(self, logger: logging.Logger | None = None) -> None:
        """Write the summary to `logger` (default: "mediamgr.instrumentation"), one INFO line a metric."""
        target = logger or logging.getLogger("mediamgr.instrumentation")
        for line in self.get_summary().splitlines():
            target.info("%s", line)

    def reset(self) -> None:
        """Forget everything measured so far."""
        with self._lock:
            self._timers.clear()
            self._counters.clear()

    def _record(self, name: str, seconds: float, failed: bool) -> None:
        with self._lock:
            seen = self._timers.get(name)
            self._timers[name] = TimerMetrics(
                name=name,
                count=(seen.count if seen else 0) + 1,
                errors=(seen.errors if seen else 0) + failed,
                total=(seen.total if seen else 0.0) + seconds,
                minimum=min(seen.minimum, seconds) if seen else seconds,
                maximum=max(seen.maximum, seconds) if seen else seconds,
            )


_instrumentation = Instrumentation()


def get_instrumentation() -> Instrumentation:
    """The registry of this process."""
    return _instrumentation


def timed(name: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorate a function, or coroutine function, so that each call is timed under `name`."""

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        if inspect.iscoroutinefunction(function):

            @functools.wraps(function)
            async def run_async(*args: _P.args, **kwargs: _P.kwargs) -> Any:
                with _instrumentation.timer(name):
                    return await function(*args, **kwargs)

            return cast("Callable[_P, _R]", run_async)

        @functools.wraps(function)
        def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            with _instrumentation.timer(name):
                return function(*args, **kwargs)

        return run

    return decorate


def counted(name: str) -> Callable[[Callable[_P, _R]], Callable[_P, _R]]:
    """Decorate a function, or coroutine function, so that each call adds 1 to the counter `name`."""

    def decorate(function: Callable[_P, _R]) -> Callable[_P, _R]:
        @functools.wraps(function)
        def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            _instrumentation.increment_counter(name)
            return function(*args, **kwargs)

        return run

    return decorate
