"""Timers and counters."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

import pytest

from mediamgr.instrumentation import Instrumentation, TimerMetrics, counted, get_instrumentation, timed


class Ticks:
    """A clock that goes through the given readings."""

    def __init__(self, *readings: float) -> None:
        self._readings = iter(readings)

    def __call__(self) -> float:
        return next(self._readings)


class TestTimers:
    """timer()."""

    def test_keep_count_total_and_extremes(self) -> None:
        """Each run is recorded."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 2.0, 10.0, 11.0))
        for _ in range(2):
            with instrumentation.timer("work"):
                pass
        metrics = instrumentation.get_timer_metrics("work")
        assert metrics == TimerMetrics("work", count=2, errors=0, total=3.0, minimum=1.0, maximum=2.0)
        assert metrics.mean == 1.5

    def test_count_errors_apart_and_let_them_pass(self) -> None:
        """An exception is recorded and raised."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 1.0))
        with pytest.raises(ValueError, match="no"), instrumentation.timer("work"):
            raise ValueError("no")
        assert instrumentation.get_timer_metrics("work").errors == 1

    def test_nest(self) -> None:
        """An inner timer does not disturb the outer."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 1.0, 3.0, 6.0))
        with instrumentation.timer("outer"), instrumentation.timer("inner"):
            pass
        assert instrumentation.get_timer_metrics("outer").total == 6.0
        assert instrumentation.get_timer_metrics("inner").total == 2.0

    def test_an_unknown_one_is_all_zero(self) -> None:
        """Asking for what never ran is no error."""
        assert Instrumentation().get_timer_metrics("nothing").count == 0


class TestCounters:
    """increment_counter()."""

    def test_are_right_under_threads(self) -> None:
        """No increment is lost."""
        instrumentation = Instrumentation()
        with ThreadPoolExecutor(16) as pool:
            for _ in range(16):
                pool.submit(lambda: [instrumentation.increment_counter("hits") for _ in range(1000)])
        assert instrumentation.get_counter_metrics("hits").value == 16_000


class TestDecorators:
    """timed() and counted()."""

    def test_keep_names_and_results(self) -> None:
        """A decorated function is still itself."""
        get_instrumentation().reset()

        @timed("test.sum")
        @counted("test.calls")
        def total(numbers: list[int]) -> int:
            """Add up."""
            return sum(numbers)

        assert total([1, 2]) == 3
        assert total.__name__ == "total"
        assert get_instrumentation().get_timer_metrics("test.sum").count == 1
        assert get_instrumentation().get_counter_metrics("test.calls").value == 1

    def test_time_coroutines_to_their_end(self) -> None:
        """A coroutine is timed while it runs, not while it is made."""
        get_instrumentation().reset()

        @timed("test.async")
        async def answer() -> int:
            assert get_instrumentation().get_timer_metrics("test.async").count == 0
            return 42

        assert asyncio.run(answer()) == 42
        assert get_instrumentation().get_timer_metrics("test.async").count == 1


class TestReports:
    """Summary and log."""

    def test_summary_names_everything(self, caplog: pytest.LogCaptureFixture) -> None:
        """A line a metric, and the same lines in the log."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 0.25))
        with instrumentation.timer("store.load"):
            instrumentation.increment_counter("store.rows", 7)
        assert instrumentation.get_summary() == "store.load: 1 × 250.00 ms = 250.0 ms\nstore.rows: 7"
        assert list(instrumentation.get_all_metrics().timers) == ["store.load"]
        with caplog.at_level(logging.INFO):
            instrumentation.export_to_log()
        assert caplog.messages == instrumentation.get_summary().splitlines()
