"""A function called on many things: in order or not, in batches, with what each raised, for as long as there is time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count

import pytest

from mediamgr.errors import Cancelled
from mediamgr.workers import JobRecord, Outcome, WorkerManager, check_cancelled
from mediamgr.workers._mapping import resized
from tests.workers.waiting import LIMIT_SECONDS, threads_of, until

SIZES = [None, 1, 7, 1000]


class TestOutcomes:
    """What becomes of each."""

    @pytest.mark.parametrize("size", SIZES)
    @pytest.mark.parametrize("ordered", [True, False])
    def test_each_thing_comes_once_with_its_value(self, size: int | None, ordered: bool) -> None:
        """In order, if that is asked for."""
        with WorkerManager(3) as workers:
            outcomes = list(workers.map(lambda n: n * n, range(500), batch_size=size, ordered=ordered))
        pairs = [(outcome.item, outcome.result()) for outcome in outcomes]
        assert (pairs if ordered else sorted(pairs)) == [(n, n * n) for n in range(500)]

    @pytest.mark.parametrize("size", SIZES)
    def test_what_one_raises_stays_with_it(self, size: int | None) -> None:
        """The others go on."""
        with WorkerManager(2) as workers:
            outcomes = list(workers.map(lambda n: 12 // n, [3, 0, 4], batch_size=size))
            assert workers.stats().failed == 0
        assert [outcome.value for outcome in outcomes] == [4, None, 3]
        assert [type(outcome.error) for outcome in outcomes] == [type(None), ZeroDivisionError, type(None)]
        with pytest.raises(ZeroDivisionError):
            outcomes[1].result()

    def test_in_order_the_first_comes_first(self) -> None:
        """Were the second done sooner; else as they are done."""
        slow = threading.Event()

        def work(name: str) -> str:
            if name == "slow":
                assert slow.wait(LIMIT_SECONDS)
            return name

        with WorkerManager(2) as workers:
            outcomes = workers.map(work, ["slow", "quick"], ordered=False, batch_size=1)
            assert next(outcomes).item == "quick"
            slow.set()
            assert next(outcomes).item == "slow"
            slow.clear()
            outcomes = workers.map(work, ["slow", "quick"], batch_size=1)
            threading.Timer(0.05, slow.set).start()
            assert [outcome.item for outcome in outcomes] == ["slow", "quick"]

    def test_what_is_no_exception_ends_it(self) -> None:
        """As it would end a loop."""
        with WorkerManager(1) as workers, pytest.raises(SystemExit):
            list(workers.map(exit, [1]))

    def test_nothing_to_do(self) -> None:
        """No things, no outcomes, no thread."""
        with WorkerManager(1) as workers:
            assert list(workers.map(abs, [])) == []
            assert workers.stats().threads == 0

    def test_within_a_task_of_the_same_manager(self) -> None:
        """Who waits helps, so that one thread is enough."""

        def total(n: int) -> int:
            return sum(outcome.result() for outcome in workers.map(int, range(n), batch_size=1, ordered=n % 2 == 0))

        with WorkerManager(1, max_queued=1) as workers:
            assert [outcome.result() for outcome in workers.map(total, range(6))] == [0, 0, 1, 3, 6, 10]


class TestTaking:
    """Things are taken as there is room for them."""

    @pytest.mark.parametrize("ordered", [True, False])
    def test_of_an_endless_number_a_few_are_under_way(self, ordered: bool) -> None:
        """Twice as many as there are threads, and one for each that was seen."""
        taken: list[int] = []

        def things() -> Iterator[int]:
            for number in count():
                taken.append(number)
                yield number

        with WorkerManager(2) as workers:
            outcomes = workers.map(abs, things(), batch_size=1, ordered=ordered)
            assert taken == []
            for _ in range(10):
                next(outcomes)
            assert len(taken) <= 4 + 10
            outcomes.close()  # type: ignore[attr-defined]

    @pytest.mark.parametrize("ordered", [True, False])
    def test_what_is_ready_is_given_before_more_is_asked_for(self, ordered: bool) -> None:
        """Things may come slowly: the first outcome does not wait for them."""
        given: list[int] = []

        def things() -> Iterator[int]:
            yield 0
            until(lambda: workers._crew._idle)
            yield 1
            assert given == [0]
            yield 2

        with WorkerManager(4) as workers:
            for outcome in workers.map(abs, things(), batch_size=1, ordered=ordered):
                given.append(outcome.item)
        assert sorted(given) == [0, 1, 2]

    def test_leaving_early_takes_back_the_rest(self) -> None:
        """What waits never runs, what runs is told, and is not waited for."""
        all_taken, begun, told = threading.Event(), threading.Semaphore(0), threading.Semaphore(0)
        held = threading.Event()
        ran: list[int] = []

        def things() -> Iterator[int]:
            yield from range(3)
            all_taken.set()
            yield 3

        def work(number: int) -> None:
            assert all_taken.wait(LIMIT_SECONDS)
            ran.append(number)
            if number:
                begun.release()
                held.wait(LIMIT_SECONDS)
                with suppress(Cancelled):
                    check_cancelled()
                    return
                told.release()

        with WorkerManager(2) as workers:
            for outcome in workers.map(work, things(), batch_size=1):
                assert outcome.item == 0
                for _ in range(2):
                    assert begun.acquire(timeout=LIMIT_SECONDS)
                break
            assert (workers.active_count, workers.queue_depth, workers.stats().cancelled) == (2, 0, 1)
            held.set()
            for _ in range(2):
                assert told.acquire(timeout=LIMIT_SECONDS)
        assert sorted(ran) == [0, 1, 2]

    def test_what_the_things_raise_is_raised(self) -> None:
        """And nothing is left under way."""

        def things() -> Iterator[int]:
            yield from range(3)
            raise OSError("the drive is gone")

        with WorkerManager(1) as workers:
            with pytest.raises(OSError, match="drive is gone"):
                list(workers.map(abs, things()))
            until(lambda: not workers.active_count and not workers.queue_depth)

    def test_batches_grow_while_they_are_quick(self) -> None:
        """And shrink when they are slow; a given size stays."""
        assert [resized(8, seconds) for seconds in (0.001, 0.02, 0.2)] == [16, 8, 4]
        assert (resized(1000, 0.0), resized(1, 1.0)) == (1000, 1)
        with WorkerManager(1) as workers:
            assert len(list(workers.map(abs, range(10_000)))) == 10_000
            quick = workers.stats().submitted
            list(workers.map(abs, range(100), batch_size=10))
            assert workers.stats().submitted == quick + 10
        assert quick < 1_000


class TestDeadline:
    """All of it has so long."""

    @pytest.mark.parametrize("ordered", [True, False])
    def test_what_is_not_done_by_then_is_cancelled(self, ordered: bool) -> None:
        """What was done is there, were it in the same batch; no more is taken; it ends."""
        held, done = threading.Event(), threading.Event()

        def work(number: int) -> int:
            if number == 2:
                assert done.wait(LIMIT_SECONDS)
                held.wait(LIMIT_SECONDS)
            return number

        with WorkerManager(1) as workers:
            threading.Timer(0.02, done.set).start()
            outcomes = list(workers.map(work, count(), batch_size=4, deadline=0.1, ordered=ordered))
            held.set()
        assert [outcome.value for outcome in outcomes[:4]] == [0, 1, None, None]
        assert {type(outcome.error) for outcome in outcomes[2:]} == {Cancelled}
        assert len(outcomes) == 8


class TestTelling:
    """Bars and records."""

    def test_progress_is_shown(self) -> None:
        """With the number of things, if that is known."""
        shown: list[object] = []

        @contextmanager
        def show(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
            shown.extend([title, total])
            yield shown.append
            shown.append("end")

        with WorkerManager(1) as workers:
            list(workers.map(abs, range(5), batch_size=2, show_progress=show, title="Counting"))
            list(workers.map(abs, iter([1]), show_progress=show))
        assert shown == ["Counting", 5, 2, 2, 1, "end", "Working", None, 1, "end"]

    def test_each_is_recorded_as_a_job(self) -> None:
        """How it ended, when, and what was counted."""
        jobs: list[JobRecord] = []
        with WorkerManager(1, record=jobs.append) as workers:
            list(workers.map(lambda n: 1 // n, [1, 0, 1], job_type="divide"))
            workers.submit(int).result()
        (job,) = jobs
        assert (job.job_type, job.status, job.error) == ("divide", "succeeded", None)
        assert job.counts == {"done": 2, "failed": 1}
        assert job.started_at <= job.finished_at

    @pytest.mark.parametrize(
        ("raised", "status", "error"),
        [
            (KeyboardInterrupt(), "interrupted", "stopped by the user"),
            (OSError("no drive"), "failed", "OSError: no drive"),
        ],
    )
    def test_one_that_ends_early_says_why(self, raised: BaseException, status: str, error: str) -> None:
        """Ctrl-C is no failure."""
        jobs: list[JobRecord] = []

        def things() -> Iterator[int]:
            yield from range(2)
            raise raised

        with WorkerManager(1, record=jobs.append) as workers, pytest.raises(type(raised)):
            list(workers.map(abs, things()))
        assert [(job.status, job.error) for job in jobs] == [(status, error)]

    def test_one_that_is_left_says_so(self) -> None:
        """What was seen is counted."""
        jobs: list[JobRecord] = []
        with WorkerManager(1, record=jobs.append) as workers:
            for _ in workers.map(abs, count(), batch_size=1):
                break
        assert [(job.status, job.error, job.counts) for job in jobs] == [
            ("interrupted", "left before all was done", {"done": 1})
        ]

    def test_a_record_that_fails_fails_no_work(self, caplog: pytest.LogCaptureFixture) -> None:
        """It is logged."""
        with WorkerManager(1, record=lambda job: 1 / 0) as workers:
            assert [outcome.value for outcome in workers.map(abs, [-1], job_type="enrich")] == [1]
        assert "a job enrich could not be recorded" in caplog.text


def test_many_maps_at_a_time() -> None:
    """Each has its own things, whoever's threads do them; no thread is left."""

    def total(n: int) -> int:
        outcomes: Iterator[Outcome[int, int]] = workers.map(abs, range(n), ordered=False)
        return sum(outcome.result() for outcome in outcomes)

    found: dict[int, int] = {}
    with WorkerManager(2, name="shared", max_queued=3) as workers:
        callers = [threading.Thread(target=lambda n=n: found.update({n: total(n)})) for n in (10, 100, 1000)]
        for caller in callers:
            caller.start()
        for caller in callers:
            caller.join(LIMIT_SECONDS)
    assert found == {10: 45, 100: 4950, 1000: 499_500}
    assert not threads_of("shared")
