"""What is measured is right: under threads, in coroutines, with labels, and after errors."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from mediamgr.instrumentation import (
    Counter,
    CounterMetrics,
    GaugeMetrics,
    Instrumentation,
    Timer,
    TimerMetrics,
    counted,
    get_instrumentation,
    recording,
    timed,
)


class Ticks:
    """A clock that goes through the given readings."""

    def __init__(self, *readings: float) -> None:
        self._readings = iter(readings)

    def __call__(self) -> float:
        return next(self._readings)


def lasting(*durations: float) -> Instrumentation:
    """A registry in which "work" ran so long, one after the other."""
    readings: list[float] = [reading for each in durations for reading in (0.0, each)]
    instrumentation = Instrumentation(clock=Ticks(*readings))
    for _ in durations:
        with instrumentation.timer("work"):
            pass
    return instrumentation


class Lingering(float):
    """A number while which is added the other threads have their turn; less any other it is itself."""

    def __radd__(self, other: float) -> float:
        time.sleep(0)
        return other + float(self)

    def __sub__(self, other: float) -> Lingering:
        return self


class Finalising(float):
    """A number while which is added something else is counted, as a finalizer does that comes just then."""

    registry: Instrumentation

    def __radd__(self, other: float) -> float:
        self.registry.increment_counter("finalised")
        return self


class TestTimers:
    """timer()."""

    def test_keep_count_total_and_extremes(self) -> None:
        """Each run is recorded."""
        metrics = lasting(2.0, 1.0).get_timer_metrics("work")
        assert (metrics.count, metrics.errors, metrics.total) == (2, 0, 3.0)
        assert (metrics.minimum, metrics.maximum, metrics.mean) == (1.0, 2.0, 1.5)

    def test_count_errors_apart_and_let_them_pass(self) -> None:
        """An exception is recorded and raised."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 1.0))
        with pytest.raises(ValueError, match="no"), instrumentation.timer("work"):
            raise ValueError("no")
        metrics = instrumentation.get_timer_metrics("work")
        assert (metrics.count, metrics.errors) == (1, 1)

    def test_nest(self) -> None:
        """An inner timer does not disturb the outer."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 1.0, 3.0, 6.0))
        with instrumentation.timer("outer"), instrumentation.timer("inner"):
            pass
        assert instrumentation.get_timer_metrics("outer").total == 6.0
        assert instrumentation.get_timer_metrics("inner").total == 2.0

    def test_nest_within_themselves(self) -> None:
        """As a function that calls itself does."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 1.0, 3.0, 6.0))

        @instrumentation.timer("sum")
        def total(numbers: list[int]) -> int:
            return numbers[0] + total(numbers[1:]) if len(numbers) > 1 else numbers[0]

        assert total([1, 2]) == 3
        assert instrumentation.get_timer_metrics("sum").total == 8.0

    def test_a_run_is_for_one_body_at_a_time(self) -> None:
        """Entered twice it says what to do."""
        run = Instrumentation().timer("work")
        with run, pytest.raises(RuntimeError, match="call timer"), run:
            pass

    def test_an_unknown_one_is_all_zero(self) -> None:
        """Asking for what never ran is no error."""
        assert Instrumentation().get_timer_metrics("nothing") == TimerMetrics("nothing")

    def test_are_right_under_threads(self) -> None:
        """No run is lost, and none counted twice, also of threads that ended."""
        instrumentation = Instrumentation(clock=lambda: Lingering(1.0))

        def work() -> None:
            for _ in range(100):
                with instrumentation.timer("work"):
                    pass

        for _ in range(10):
            threads = [threading.Thread(target=work) for _ in range(16)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        metrics = instrumentation.get_timer_metrics("work")
        assert metrics.count == metrics.total == 10 * 16 * 100
        assert metrics.minimum == metrics.p50 == metrics.maximum == 1.0


class TestPercentiles:
    """p50, p95 and p99."""

    @pytest.mark.parametrize("scale", [1e-7, 1e-3, 1.0, 1000.0])
    def test_are_right_to_three_percent(self, scale: float) -> None:
        """Whatever lasts a tenth of a microsecond or an hour."""
        metrics = lasting(*(scale * each for each in range(1, 1001))).get_timer_metrics("work")
        assert metrics.p50 == pytest.approx(500 * scale, rel=0.032)
        assert metrics.p95 == pytest.approx(950 * scale, rel=0.032)
        assert metrics.p99 == pytest.approx(990 * scale, rel=0.032)

    def test_lie_between_the_extremes(self) -> None:
        """Of one run each is what it lasted."""
        metrics = lasting(0.3).get_timer_metrics("work")
        assert (metrics.p50, metrics.p95, metrics.p99) == (0.3, 0.3, 0.3)

    def test_of_nothing_are_zero(self) -> None:
        """A clock that stands still is measured, too."""
        assert lasting(0.0, 0.0).get_timer_metrics("work").p99 == 0.0

    def test_take_the_same_memory_however_many_there_were(self) -> None:
        """A timer keeps how many runs lasted about so long, and no run."""
        instrumentation = lasting(*(1.001**each * 1e-6 for each in range(20_000)))
        kept = instrumentation._total().timers["work"].buckets
        assert sum(kept.values()) == 20_000
        assert len(kept) < 500


class TestCounters:
    """increment_counter()."""

    def test_are_right_under_threads(self) -> None:
        """No increment is lost."""
        instrumentation = Instrumentation()

        def work(_: int) -> None:
            for _ in range(100):
                instrumentation.increment_counter("hits", Lingering(1.0))
                instrumentation.increment_counter("hits", Lingering(1.0), kind="stale")

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(work, range(16)))
        assert instrumentation.get_counter_metrics("hits", kind="stale").value == 1_600
        assert instrumentation.get_counter_metrics("hits").value == 3_200

    def test_are_told_apart_by_labels(self) -> None:
        """Asked for without labels they are added up."""
        instrumentation = Instrumentation()
        instrumentation.increment_counter("hits", backend="disk", kind="fresh")
        instrumentation.increment_counter("hits", 2, kind="stale", backend="disk")
        instrumentation.increment_counter("hits", 4, kind="stale", backend="db")
        assert instrumentation.get_counter_metrics("hits").value == 7
        assert instrumentation.get_counter_metrics("hits", backend="disk").value == 3
        assert instrumentation.get_counter_metrics("hits", kind="stale", backend="disk").value == 2
        assert instrumentation.get_counter_metrics("hits", kind="unknown").value == 0
        assert list(instrumentation.get_all_metrics().counters) == [
            "hits{backend=db,kind=stale}",
            "hits{backend=disk,kind=fresh}",
            "hits{backend=disk,kind=stale}",
        ]


class TestGauges:
    """set_gauge()."""

    def test_are_what_was_said_last(self) -> None:
        """Whatever it was before."""
        instrumentation = Instrumentation()
        for length in (3, 0, 5):
            instrumentation.set_gauge("queue", length, of="one")
        instrumentation.set_gauge("queue", 2, of="other")
        assert instrumentation.get_gauge_metrics("queue", of="one") == GaugeMetrics("queue", {"of": "one"}, 5)
        assert instrumentation.get_gauge_metrics("queue").value == 7
        assert instrumentation.get_all_metrics().gauges["queue{of=other}"].value == 2


class TestLabels:
    """What series are told apart by."""

    def test_are_kept_as_text(self) -> None:
        """Whatever they are."""
        instrumentation = Instrumentation()
        instrumentation.increment_counter("http.answers", status=200)
        instrumentation.set_gauge("http.open", 2, port=80, of="x")
        with instrumentation.timer("http.call", status=200):
            pass
        metrics = instrumentation.get_all_metrics()
        assert [each.labels for each in metrics.timers.values()] == [{"status": "200"}]
        assert [each.labels for each in metrics.gauges.values()] == [{"of": "x", "port": "80"}]
        assert instrumentation.get_counter_metrics("http.answers", status=200) == CounterMetrics(
            "http.answers", {"status": "200"}, 1
        )
        assert instrumentation.get_timer_metrics("http.call", status="200").count == 1
        assert instrumentation.get_gauge_metrics("http.open", port=80).value == 2

    @pytest.mark.parametrize("label", ["name", "amount", "value", "seconds", "self"])
    def test_may_have_any_name(self, label: str) -> None:
        """Also one that a parameter has."""
        instrumentation, labels = Instrumentation(), {label: "a"}
        instrumentation.increment_counter("calls", 2, **labels)
        instrumentation.set_gauge("queue", 3, **labels)
        with instrumentation.timer("work", **labels):
            pass
        assert instrumentation.get_counter_metrics("calls", **labels).value == 2
        assert instrumentation.get_gauge_metrics("queue", **labels).value == 3
        assert instrumentation.get_timer_metrics("work", **labels).count == 1
        Timer(f"test.{label}", "", label).took(1.0, **labels)
        Counter(f"test.{label}s", "", label).add(**labels)


class TestFinalizers:
    """What counts while the same thread adds up."""

    @pytest.mark.parametrize("listens", [False, True])
    def test_does_not_wait_for_its_own_thread(self, listens: bool) -> None:
        """Neither in a thread that measured nothing so far, nor in a recording."""
        Finalising.registry = instrumentation = Instrumentation()
        instrumentation.increment_counter("work", Finalising(1))

        def recorded() -> None:
            with recording("cell"):
                instrumentation.increment_counter("work", Finalising(1))

        thread = threading.Thread(target=recorded if listens else instrumentation.get_all_metrics, daemon=True)
        thread.start()
        thread.join(30)
        assert not thread.is_alive()
        assert instrumentation.get_counter_metrics("finalised").value > 1


class TestWatchedGauges:
    """watch_gauge()."""

    def test_one_that_fails_spoils_nothing(self, caplog: pytest.LogCaptureFixture) -> None:
        """It is left out, and that is logged once."""
        instrumentation = Instrumentation()
        instrumentation.watch_gauge("broken", lambda: [({}, 1 / 0)])
        instrumentation.watch_gauge("queue", lambda: [({"of": "one"}, 3)])
        for _ in range(2):
            assert list(instrumentation.get_all_metrics().gauges) == ["queue{of=one}"]
        assert caplog.messages == ["broken is not known, for reading it fails: division by zero"]
        instrumentation.watch_gauge("broken", lambda: [({}, 1)])
        assert instrumentation.get_gauge_metrics("broken").value == 1

    def test_are_numbers(self) -> None:
        """A flag is 1 or 0, so that whoever reads them can."""
        instrumentation = Instrumentation()
        instrumentation.set_gauge("flag", True)
        instrumentation.watch_gauge("watched", lambda: [({}, False)])
        gauges = instrumentation.get_all_metrics().gauges
        assert [(type(each.value), each.value) for each in gauges.values()] == [(float, 1.0), (float, 0.0)]


@pytest.fixture
def measured() -> Iterator[Instrumentation]:
    """The registry of this process, in which nothing was measured yet."""
    get_instrumentation().reset()
    yield get_instrumentation()
    get_instrumentation().reset()


class TestDecorators:
    """timed() and counted()."""

    def test_keep_names_and_results(self, measured: Instrumentation) -> None:
        """A decorated function is still itself."""

        @timed("test.sum")
        @counted("test.calls")
        def total(numbers: list[int]) -> int:
            """Add up."""
            return sum(numbers)

        assert total([1, 2]) == 3
        assert (total.__name__, total.__doc__) == ("total", "Add up.")
        assert measured.get_timer_metrics("test.sum").count == 1
        assert measured.get_counter_metrics("test.calls") == CounterMetrics("test.calls", {}, 1)

    def test_time_coroutines_to_their_end(self, measured: Instrumentation) -> None:
        """A coroutine is timed while it runs, not while it is made."""

        @timed("test.async")
        @counted("test.async_calls")
        async def answer() -> int:
            assert measured.get_timer_metrics("test.async").count == 0
            return 42

        waiting = answer()
        assert measured.get_counter_metrics("test.async_calls").value == 0
        assert asyncio.run(waiting) == 42
        assert answer.__name__ == "answer"
        assert measured.get_timer_metrics("test.async").count == 1
        assert measured.get_counter_metrics("test.async_calls").value == 1

    def test_count_errors_apart(self, measured: Instrumentation) -> None:
        """Of functions and coroutine functions."""

        @timed("test.time")
        @counted("test.calls")
        def fail() -> None:
            raise ValueError("no")

        @timed("test.time")
        @counted("test.calls")
        async def fail_later() -> None:
            raise ValueError("no")

        with pytest.raises(ValueError, match="no"):
            fail()
        with pytest.raises(ValueError, match="no"):
            asyncio.run(fail_later())
        assert measured.get_timer_metrics("test.time").errors == 2
        assert measured.get_counter_metrics("test.calls").value == 2
        assert measured.get_counter_metrics("test.calls.errors").value == 2

    def test_need_a_name(self) -> None:
        """Which is said where they are written."""
        for decorator in (timed, counted):
            with pytest.raises(TypeError, match=r'needs a name: @\w+\("my.function"\)'):
                decorator(lambda: None)  # type: ignore[arg-type]

    def test_say_no_to_generators(self) -> None:
        """Their calls end before anything is done."""

        def numbers() -> Iterator[int]:
            yield 1

        with pytest.raises(TypeError, match="numbers is a generator"):
            timed("test.generator")(numbers)


class TestDisabled:
    """disable() and enable()."""

    def test_nothing_is_measured(self) -> None:
        """Neither what was made before nor what is made meanwhile; both are measured again afterwards."""
        instrumentation = Instrumentation()
        before = instrumentation.timer("work")(lambda: None)
        instrumentation.disable()
        meanwhile = instrumentation.timer("work")(lambda: None)
        with instrumentation.timer("work"):
            before(), meanwhile()
            instrumentation.increment_counter("calls")
            instrumentation.set_gauge("queue", 3)
        assert not instrumentation.is_enabled
        assert instrumentation.get_summary() == ""
        instrumentation.enable()
        before(), meanwhile()
        assert instrumentation.get_timer_metrics("work").count == 2

    def test_what_runs_when_it_is_disabled_ends_well(self) -> None:
        """It is not counted."""
        instrumentation = Instrumentation()
        with instrumentation.timer("work"):
            instrumentation.disable()
        assert instrumentation.get_timer_metrics("work").count == 0


class TestReports:
    """Summary and log."""

    def test_summary_names_everything(self, caplog: pytest.LogCaptureFixture) -> None:
        """A line a series, and the same lines in the log."""
        instrumentation = Instrumentation(clock=Ticks(0.0, 0.25))
        with instrumentation.timer("store.load"):
            instrumentation.increment_counter("store.rows", 7000)
            instrumentation.set_gauge("workers.queued", 3, pool="query")
        assert instrumentation.get_summary().splitlines() == [
            "store.load: 1 × 250.00 ms = 250.0 ms (p50 250.00, p95 250.00, p99 250.00)",
            "store.rows: 7,000",
            "workers.queued{pool=query}: 3",
        ]
        assert list(instrumentation.get_all_metrics().timers) == ["store.load"]
        with caplog.at_level(logging.INFO):
            instrumentation.export_to_log()
        assert caplog.messages == instrumentation.get_summary().splitlines()
