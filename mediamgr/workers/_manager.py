"""Owns the face of the workers: threads or processes that do many things at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sized
from contextlib import closing
from functools import partial
from time import monotonic
from types import TracebackType
from typing import Any, Final, Literal, TypeVar

from mediamgr.errors import InputError
from mediamgr.progress import ShowProgress, silent
from mediamgr.workers._crew import Crew
from mediamgr.workers._deadlines import alarm
from mediamgr.workers._jobs import Record, recorded
from mediamgr.workers._mapping import Batches, Outcome, each_here, each_of
from mediamgr.workers._processes import Processes
from mediamgr.workers._tally import WorkerStats
from mediamgr.workers._task import Task

__all__ = ["WorkerManager"]

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")
_MOST_QUEUED: Final = 1_000
_UNDER_WAY_A_THREAD: Final = 2


class WorkerManager:
    """Does many things at a time, in threads or processes.

        with WorkerManager() as workers:
            task = workers.submit(fetch, url, deadline=30)
            for outcome in workers.map(fetch, urls, ordered=False):
                print(outcome.item, outcome.error or outcome.value)

    A body that ends well waits for what was handed in; one that raises, Ctrl-C included, ends all at once. At the
    program's end what waits is dropped, what runs is told (`check_cancelled`) and, after two seconds, left to itself.

    Args:
        max_thread_count: Threads, or processes, at most. None: two a core for threads, as the work waits for disks and
            networks; one a core for processes.
        kind: "threads"; or "processes", for what computes: functions, arguments and answers must be picklable.
        max_queued: So many tasks may wait; whoever hands in another waits until one begins. None is 1,000.
        name: Of the threads, and in what is said.
        record: Called with each job (`map`) that is over; what it raises is logged, and fails no work.
        starved_seconds: That a task waits longer than this, while no thread has time, is warned of in the log.
    """

    def __init__(
        self,
        max_thread_count: int | None = None,
        *,
        kind: Literal["threads", "processes"] = "threads",
        max_queued: int | None = None,
        name: str = "mediamgr",
        record: Record | None = None,
        starved_seconds: float = 30.0,
    ) -> None:
        if kind not in ("threads", "processes"):
            raise InputError(f"kind is 'threads' or 'processes', not {kind!r}.")
        cores = os.cpu_count() or 1
        count = _at_least_one("max_thread_count", max_thread_count) or (2 * cores if kind == "threads" else cores)
        queued = _at_least_one("max_queued", max_queued) or _MOST_QUEUED
        self._crew = Crew(name, count, queued, starved_seconds)
        self._processes = Processes(name, count) if kind == "processes" else None
        self._record = record

    def submit(self, function: Callable[..., _Value], *args: Any, deadline: float | None = None) -> Task[_Value]:
        """Call the function with these arguments as soon as a thread has time; waits while the queue is full.

        `deadline`: seconds from now after which it ends with `Cancelled`. Raises `WorkersClosed` after `shutdown`.
        """
        task: Task[_Value] = (
            Task(self._crew, self._processes.call, function, *args)
            if self._processes
            else Task(self._crew, function, *args)
        )
        self._crew.put(task)
        if deadline is not None:
            timer = alarm(deadline - (monotonic() - task.queued_at), task.expire)
            task.add_done_callback(lambda _: timer.off())
        return task

    def map(
        self,
        function: Callable[[_Item], _Value],
        items: Iterable[_Item],
        *,
        batch_size: int | None = None,
        ordered: bool = True,
        deadline: float | None = None,
        show_progress: ShowProgress = silent,
        title: str = "Working",
        job_type: str = "work",
    ) -> Iterator[Outcome[_Item, _Value]]:
        """Call the function on each thing, and say what became of it. Nothing begins before the first is asked for.

        What one raises is in its outcome, and the others go on. Leaving early takes back what is under way.

        Args:
            function: Called in many threads at a time.
            items: Taken as there is room for them: an endless generator is fine.
            batch_size: Things that go to a thread together. None: one, and more as long as they are quick.
            ordered: As the things come; else as they are done.
            deadline: Seconds from the first; things not done by then have `Cancelled` as error, no more are taken.
            show_progress: Called with `title` and how many things there are, if that is known; gives a context.
            title: What is shown.
            job_type: By which it is recorded.
        """
        size = _at_least_one("batch_size", batch_size)
        return self._mapped(function, items, size, ordered, deadline, show_progress, title, job_type)

    def _mapped(
        self,
        function: Callable[[_Item], _Value],
        items: Iterable[_Item],
        size: int | None,
        ordered: bool,
        deadline: float | None,
        show_progress: ShowProgress,
        title: str,
        job_type: str,
    ) -> Iterator[Outcome[_Item, _Value]]:
        submit = partial(self.submit, each_of if self._processes else each_here, function)
        most = _UNDER_WAY_A_THREAD * self._crew.most_threads
        batches = Batches(self._crew, submit, items, size, most, is_ordered=ordered, deadline=deadline)
        total = len(items) if isinstance(items, Sized) else None
        with (
            recorded(job_type, self._record) as counts,
            show_progress(title, total) as advance,
            closing(batches.__iter__()) as given,
        ):
            for batch in given:
                for outcome in batch.outcomes():
                    counts[outcome.ending] = counts.get(outcome.ending, 0) + 1
                    yield outcome
                advance(len(batch.items))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool | None = None) -> None:
        """Take no more.

        Args:
            wait: Until what was handed in is done; else return at once.
            cancel_futures: Drop what has not begun. None: when not waiting; then what runs is told to stop, too, and
                processes end.
        """
        is_immediate = not wait and cancel_futures is None
        self._crew.close(is_dropping=is_immediate or bool(cancel_futures), is_telling=is_immediate)
        if wait:
            self._crew.join()
        if self._processes and (wait or is_immediate):
            # nobody waits for what they may still do
            self._processes.end()

    def stats(self) -> WorkerStats:
        """What was done, what is done now, and how long it waited and took."""
        return self._crew.stats()

    @property
    def active_count(self) -> int:
        """Tasks that run."""
        return self.stats().active_count

    @property
    def queue_depth(self) -> int:
        """Tasks that wait."""
        return self.stats().queue_depth

    def __enter__(self) -> WorkerManager:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shutdown(wait=error is None)

    def __repr__(self) -> str:
        now = self.stats()
        return (
            f"WorkerManager({self._crew.name!r}, {now.active_count} of {now.max_thread_count} at work,"
            f" {now.queue_depth} waiting)"
        )


def _at_least_one(name: str, value: int | None) -> int | None:
    if value is not None and (not isinstance(value, int) or isinstance(value, bool) or value < 1):
        raise InputError(f"{name} is a whole number from 1 on, not {value!r}.")
    return value
