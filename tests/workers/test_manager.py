"""Tasks handed in: answers, errors, taking back, deadlines, the queue, and how it all ends."""

from __future__ import annotations

import gc
import logging
import threading
import weakref
from collections.abc import Iterator
from concurrent.futures import as_completed, wait
from contextlib import ExitStack

import pytest

from mediamgr.errors import Cancelled, InputError, WorkersClosed
from mediamgr.workers import Task, WorkerManager, all_stats, check_cancelled, on_cancel
from tests.workers.waiting import LIMIT_SECONDS, threads_of, until


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """Tasks may wait for it; it comes at the end at the latest."""
    event = threading.Event()
    yield event
    event.set()


def hold(workers: WorkerManager, held: threading.Event, count: int = 1) -> list[Task[bool]]:
    """Tasks that run until `held` comes."""
    before = workers.active_count
    tasks = [workers.submit(held.wait) for _ in range(count)]
    until(lambda: workers.active_count == before + count)
    return tasks


class TestSubmitting:
    """What is handed in is done."""

    def test_gives_what_the_function_gives(self) -> None:
        """Or raises what it raises, again and again."""
        with WorkerManager(2) as workers:
            assert workers.submit(divmod, 7, 2).result() == (3, 1)
            failed = workers.submit(divmod, 7, 0)
            for _ in range(2):
                with pytest.raises(ZeroDivisionError):
                    failed.result()
            assert isinstance(failed.exception(), ZeroDivisionError)

    def test_two_threads_a_core_by_default(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """And processes one a core."""
        monkeypatch.setattr("os.cpu_count", lambda: 3)
        assert WorkerManager().stats().max_thread_count == 6
        assert WorkerManager(kind="processes").stats().max_thread_count == 3
        assert WorkerManager(max_thread_count=8).stats().max_thread_count == 8

    def test_threads_are_made_as_they_are_needed(self, held: threading.Event) -> None:
        """None before the first task, none for a task that finds one idle, and no more than allowed."""
        with WorkerManager(3) as workers:
            assert workers.stats().threads == 0
            for _ in range(5):
                workers.submit(int).result()
                until(lambda: workers._crew._idle == 1)
            assert workers.stats().threads == 1
            tasks = hold(workers, held, 3)
            waiting = workers.submit(int)
            assert (workers.stats().threads, workers.active_count, workers.queue_depth) == (3, 3, 1)
            held.set()
            assert waiting.result() == 0
            assert all(task.result() for task in tasks)

    def test_futures_of_the_standard_library(self, held: threading.Event) -> None:
        """`wait` and `as_completed` take tasks, those taken back included; callbacks are called."""
        told: list[bool] = []
        with WorkerManager(1) as workers:
            (running,) = hold(workers, held)
            waiting, dropped = workers.submit(int), workers.submit(int)
            dropped.add_done_callback(lambda task: told.append(task.cancelled()))
            assert dropped.cancel()
            assert wait([dropped], timeout=LIMIT_SECONDS).done == {dropped}
            assert told == [True]
            held.set()
            assert set(as_completed([running, waiting, dropped], timeout=LIMIT_SECONDS)) == {running, waiting, dropped}

    def test_waiting_has_a_limit(self, held: threading.Event) -> None:
        """Who has no more time is told, and the task goes on."""
        with WorkerManager(1) as workers:
            (task,) = hold(workers, held)
            with pytest.raises(TimeoutError, match=r"not done within 0.01 seconds"):
                task.result(timeout=0.01)
            held.set()
            assert task.result()

    @pytest.mark.parametrize("wrong", [0, -1, 2.5, True, "4"])
    def test_numbers_are_whole_and_positive(self, wrong: object) -> None:
        """Anything else is refused by name."""
        with pytest.raises(InputError, match="max_thread_count is a whole number from 1"):
            WorkerManager(wrong)  # type: ignore[arg-type]
        with pytest.raises(InputError, match="max_queued"):
            WorkerManager(max_queued=wrong)  # type: ignore[arg-type]
        with WorkerManager(1) as workers, pytest.raises(InputError, match="batch_size"):
            workers.map(abs, [], batch_size=wrong)  # type: ignore[arg-type]

    def test_a_kind_there_is_not(self) -> None:
        """It says which there are."""
        with pytest.raises(InputError, match="'threads' or 'processes', not 'fibres'"):
            WorkerManager(kind="fibres")  # type: ignore[arg-type]


class TestTakingBack:
    """Tasks that are not wanted any more."""

    def test_what_waits_never_runs(self, held: threading.Event) -> None:
        """Its place in the queue is free at once, and who waits for it is told."""
        ran: list[int] = []
        with WorkerManager(1, max_queued=1) as workers:
            hold(workers, held)
            task = workers.submit(ran.append, 1)
            assert task.cancel()
            assert workers.queue_depth == 0
            with pytest.raises(Cancelled):
                task.result()
            assert isinstance(task.exception(), Cancelled)
            workers.submit(ran.append, 2)
            held.set()
        assert ran == [2]

    def test_what_runs_is_told(self) -> None:
        """By `check_cancelled`, and by what was given to `on_cancel` while its body runs, and not later."""
        called, begun, left = threading.Event(), threading.Event(), threading.Event()

        def work() -> None:
            with on_cancel(left.set):
                pass
            with on_cancel(called.set):
                begun.set()
                assert called.wait(LIMIT_SECONDS)
            with on_cancel(again.set):
                pass
            check_cancelled()

        again = threading.Event()
        with WorkerManager(1) as workers:
            task = workers.submit(work)
            assert begun.wait(LIMIT_SECONDS)
            assert not task.cancel()
            with pytest.raises(Cancelled):
                task.result(LIMIT_SECONDS)
            assert again.is_set()
            assert not left.is_set()
            assert workers.stats().cancelled == 1
            assert not task.cancel()

    def test_outside_of_a_task_nothing_is_taken_back(self) -> None:
        """Functions that ask whether to go on work anywhere."""
        check_cancelled()
        with on_cancel(pytest.fail):
            check_cancelled()

    def test_a_callback_that_fails_does_no_harm(self, caplog: pytest.LogCaptureFixture) -> None:
        """It is logged; the others are called."""
        begun, called = threading.Event(), threading.Event()

        def work() -> None:
            with on_cancel(lambda: 1 / 0), on_cancel(called.set):
                begun.set()
                called.wait(LIMIT_SECONDS)

        with WorkerManager(1) as workers:
            task = workers.submit(work)
            assert begun.wait(LIMIT_SECONDS)
            task.cancel()
            assert task.result(LIMIT_SECONDS) is None
        assert "ZeroDivisionError" in caplog.text


class TestDeadlines:
    """Tasks that have so long."""

    def test_what_waits_for_too_long_is_dropped(self, held: threading.Event) -> None:
        """With an error that says why."""
        with WorkerManager(1) as workers:
            hold(workers, held)
            task = workers.submit(int, deadline=0.01)
            with pytest.raises(Cancelled, match="not done before its deadline"):
                task.result(LIMIT_SECONDS)
            assert workers.queue_depth == 0
            held.set()

    def test_who_waits_for_what_hangs_is_let_go(self, held: threading.Event) -> None:
        """The function is told; if it does not hear, nobody waits for it, not even the end."""
        told = threading.Event()

        def hang() -> None:
            with on_cancel(told.set):
                held.wait()

        with WorkerManager(1, name="hangs") as workers:
            task = workers.submit(hang, deadline=0.01)
            with pytest.raises(Cancelled, match="deadline"):
                task.result(LIMIT_SECONDS)
            assert told.wait(LIMIT_SECONDS)
            assert workers.active_count == 1
        assert threads_of("hangs")
        held.set()
        until(lambda: not threads_of("hangs"))
        assert workers.stats().cancelled == 1

    def test_what_is_done_sooner_is_not_touched(self) -> None:
        """The first to end is answered first, whatever the order of the deadlines; nothing is left to watch."""
        with WorkerManager(1) as workers:
            tasks = [workers.submit(int, deadline=seconds) for seconds in (1000.0, 500.0, 2000.0)]
            assert [task.result() for task in tasks] == [0, 0, 0]
        from mediamgr.workers import _deadlines

        until(lambda: not _deadlines._coming)

    def test_one_that_is_over_already(self) -> None:
        """It ends as any other."""
        with WorkerManager(1) as workers, ExitStack() as later:
            held = threading.Event()
            later.callback(held.set)
            task = workers.submit(held.wait, deadline=-1)
            with pytest.raises(Cancelled):
                task.result(LIMIT_SECONDS)


class TestQueue:
    """The queue is bounded."""

    def test_who_hands_in_too_much_waits(self, held: threading.Event) -> None:
        """Until a task begins."""
        handed_in: list[int] = []
        with WorkerManager(1, max_queued=2) as workers:
            hold(workers, held)

            def hand_in() -> None:
                for number in range(5):
                    workers.submit(int)
                    handed_in.append(number)

            other = threading.Thread(target=hand_in)
            other.start()
            until(lambda: len(handed_in) == 2)
            assert workers.queue_depth == 2
            held.set()
            other.join(LIMIT_SECONDS)
            assert len(handed_in) == 5

    def test_a_task_may_hand_in_any_number(self) -> None:
        """And wait for them: nobody waits for who waits for him, were there one thread and no room."""

        def count(depth: int) -> int:
            tasks = [workers.submit(count, depth - 1) for _ in range(3)] if depth else []
            return 1 + sum(task.result(LIMIT_SECONDS) for task in tasks)

        with WorkerManager(1, max_queued=1) as workers:
            assert workers.submit(count, 3).result(LIMIT_SECONDS) == 1 + 3 + 9 + 27

    def test_waiting_for_too_long_is_warned_of_once(
        self, held: threading.Event, caplog: pytest.LogCaptureFixture
    ) -> None:
        """While all threads are busy; and again when it happens again."""
        caplog.set_level(logging.WARNING)
        with WorkerManager(1, name="few", starved_seconds=0.01) as workers:
            hold(workers, held)
            waiting = workers.submit(int)
            for _ in range(2):
                with pytest.raises(TimeoutError):
                    waiting.result(0.05)
            until(lambda: "A task of 'few' waited" in caplog.text)
            workers.submit(int)
            assert len(caplog.records) == 1
            assert "all 1 of its threads were busy" in caplog.text
            assert "max_thread_count" in caplog.text
            held.set()
            waiting.result()
            until(lambda: not workers.active_count and not workers.queue_depth)
            held.clear()
            hold(workers, held)
            with pytest.raises(TimeoutError):
                workers.submit(int).result(0.05)
            until(lambda: len(caplog.records) == 2)
            held.set()


class TestFigures:
    """What is told of the tasks."""

    def test_every_task_is_counted_once(self, held: threading.Event) -> None:
        """As soon as its answer is there."""
        with WorkerManager(1) as workers:
            workers.submit(int).result()
            workers.submit(int, "x").exception()
            (running,) = hold(workers, held)
            workers.submit(int).cancel()
            held.set()
            running.result()
            stats = workers.stats()
            assert (stats.submitted, stats.done, stats.failed, stats.cancelled) == (4, 2, 1, 1)
            assert stats.wait_seconds.count == stats.run_seconds.count == 3
            assert 0 < stats.run_seconds.mean <= stats.run_seconds.longest
            assert repr(workers) == "WorkerManager('mediamgr', 0 of 1 at work, 0 waiting)"


class TestEnding:
    """Shutting down."""

    def test_a_body_that_ends_well_waits(self) -> None:
        """For all that was handed in; no thread is left, and no more is taken."""
        ran: list[int] = []
        with WorkerManager(2, name="graceful") as workers:
            for number in range(100):
                workers.submit(ran.append, number)
        assert sorted(ran) == list(range(100))
        assert not threads_of("graceful")
        with pytest.raises(WorkersClosed, match="'graceful' were shut down"):
            workers.submit(int)

    def test_a_body_that_fails_ends_all_at_once(self, held: threading.Event) -> None:
        """What waits is dropped, what runs is told and not waited for."""
        told = threading.Event()

        def work() -> None:
            with on_cancel(told.set):
                held.wait()

        workers = WorkerManager(1)
        running = workers.submit(work)
        until(lambda: workers.active_count)
        waiting = workers.submit(int)
        with pytest.raises(KeyboardInterrupt), workers:
            raise KeyboardInterrupt
        assert told.is_set()
        assert not running.done()
        with pytest.raises(Cancelled):
            waiting.result()

    def test_not_waiting_for_what_is_still_done(self, held: threading.Event) -> None:
        """`wait=False, cancel_futures=False`: all is done by and by."""
        workers = WorkerManager(1, name="by-and-by")
        hold(workers, held)
        task = workers.submit(int, "7")
        workers.shutdown(wait=False, cancel_futures=False)
        held.set()
        assert task.result(LIMIT_SECONDS) == 7
        until(lambda: not threads_of("by-and-by"))

    def test_who_waits_for_room_is_told(self, held: threading.Event) -> None:
        """When there will never be any."""
        workers = WorkerManager(1, max_queued=1)
        hold(workers, held)
        workers.submit(int)
        refused: list[BaseException] = []

        def hand_in() -> None:
            try:
                workers.submit(int)
            except WorkersClosed as error:
                refused.append(error)

        other = threading.Thread(target=hand_in)
        other.start()
        workers.shutdown(wait=False)
        other.join(LIMIT_SECONDS)
        assert refused

    def test_threads_with_nothing_to_do_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that is forgotten without being shut down leaves nothing behind."""
        monkeypatch.setattr("mediamgr.workers._crew._IDLE_SECONDS", 0.01)
        workers = WorkerManager(2, name="forgotten")
        workers.submit(int).result()
        until(lambda: not threads_of("forgotten"))
        assert workers.submit(int, "3").result() == 3
        until(lambda: not threads_of("forgotten"))
        forgotten = weakref.ref(workers)
        del workers
        gc.collect()
        assert forgotten() is None

    def test_an_idle_thread_keeps_no_answer(self) -> None:
        """What nobody holds any more is gone."""

        class Answer:
            """Something large."""

        with WorkerManager(1) as workers:
            answer = weakref.ref(workers.submit(Answer).result())
            gc.collect()
            assert answer() is None


class TestAllOfThem:
    """all_stats()."""

    def test_are_those_that_are_there(self, held: threading.Event) -> None:
        """By name, the oldest first, with what they do; those that nobody holds any more are gone."""
        first = WorkerManager(2, name="first")
        with WorkerManager(4, name="second") as second:
            hold(second, held)
            told = {each.name: each for each in all_stats() if each.name in ("first", "second")}
            assert list(told) == ["first", "second"]
            assert (told["second"].active_count, told["first"].active_count) == (1, 0)
            assert not told["second"].is_closed
            held.set()
        assert second.stats().is_closed
        del first
        gc.collect()
        assert "first" not in [each.name for each in all_stats()]

    def test_say_how_much_of_their_time_they_worked(self, held: threading.Event) -> None:
        """What runs now counts; a share is never more than all of it."""
        with WorkerManager(2) as workers:
            assert workers.stats().utilisation == 0
            hold(workers, held)
            until(lambda: workers.stats().busy_seconds > 0.05)
            now = workers.stats()
            assert 0 < now.utilisation == now.busy_seconds / (2 * now.age_seconds) <= 0.5
            held.set()
        done = workers.stats()
        assert done.busy_seconds == done.run_seconds.total > now.busy_seconds

    def test_one_that_is_closed_grows_no_older(self, held: threading.Event) -> None:
        """So that the share of its time in which it worked stays; tasks that were left are a part of it."""
        workers = WorkerManager(1)
        hold(workers, held)
        workers.shutdown(wait=False)
        closed = workers.stats()
        until(lambda: workers.stats().age_seconds > closed.age_seconds + 0.05)
        held.set()
        until(lambda: not workers.stats().active_count)
        over = workers.stats()
        assert over.is_closed
        assert over.age_seconds >= over.busy_seconds > 0.05
        assert (workers.stats().age_seconds, workers.stats().utilisation) == (over.age_seconds, over.utilisation)
