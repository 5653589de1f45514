"""Owns the threads of one manager and the queue before them, which is bounded.

A thread is made when a task comes and none is idle, and ends when it had nothing to do for a while: what is forgotten
without being shut down leaves nothing behind. All are daemons, so that one that hangs keeps nobody.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from time import monotonic
from typing import Any, Final

from mediamgr.errors import WorkersClosed
from mediamgr.workers._exit import end_at_exit
from mediamgr.workers._reporting import Reporting, pools
from mediamgr.workers._starvation import Starvation
from mediamgr.workers._tally import Tally, WorkerStats
from mediamgr.workers._task import LOOK_SECONDS, Task
from mediamgr.workers._threads import start_thread

__all__ = ["Crew", "all_stats"]

_IDLE_SECONDS: Final = 10.0
_LAST_SECONDS: Final = 2.0
_AGAIN_SECONDS: Final = 0.02
_log = logging.getLogger("mediamgr.workers")


class Crew:
    """Runs tasks in the order in which they come.

    Args:
        name: Of the threads, and in what is said.
        most_threads: At most so many.
        most_queued: So many tasks may wait; whoever brings another waits, too.
        starved_seconds: A task that waits longer is warned of.
    """

    def __init__(self, name: str, most_threads: int, most_queued: int, starved_seconds: float) -> None:
        self.name, self.most_threads, self.most_queued = name, most_threads, most_queued
        # reentrant, for what is collected meanwhile may take tasks back
        self._lock = threading.RLock()
        self._news = threading.Condition(self._lock)
        self._room = threading.Condition(self._lock)
        self._left = threading.Condition(self._lock)
        self._queue: deque[Task[Any]] = deque()
        self._threads: set[threading.Thread] = set()
        self._running: set[Task[Any]] = set()
        self._idle = 0
        self._is_closed = False
        self._tally = Tally()
        self._starvation = Starvation(name, starved_seconds)
        self.reporting = Reporting(self)
        self._made_at = self._last_at = monotonic()
        end_at_exit(self)

    def put(self, task: Task[Any]) -> None:
        """Let it be run; waits while the queue is full, unless a task of this crew asks. Raises `WorkersClosed`."""
        with self._lock:
            while self._open() and len(self._queue) >= self.most_queued and not self.is_here:
                self._room.wait(LOOK_SECONDS)
                self._warn()
            self._queue.append(task)
            self._tally.submitted += 1
            self._call_a_thread()
            self._warn()

    def drop(self, task: Task[Any]) -> bool:
        """See `Watched`."""
        with self._lock:
            if not self._taken_out(task):
                return False
            self._tally.endings["cancelled"] += 1
            self.reporting.ended("cancelled", None)
            return True

    def help(self, task: Task[Any]) -> bool:
        """See `Watched`: without it tasks that wait for tasks could wait for each other."""
        if not self.is_here:
            return False
        with self._lock:
            if not self._taken_out(task):
                return False
            self._begin(task)
        self._do(task)
        return True

    def look(self) -> None:
        """See `Watched`."""
        with self._lock:
            self._warn()

    @property
    def active(self) -> int:
        """See `Pool`."""
        return len(self._running)

    @property
    def queued(self) -> int:
        """See `Pool`."""
        return len(self._queue)

    @property
    def is_here(self) -> bool:
        """Whether this thread is one of the crew."""
        return threading.current_thread() in self._threads

    def close(self, *, is_dropping: bool, is_telling: bool) -> None:
        """Take no more; threads end when the queue is empty. `is_dropping` empties it, `is_telling` tells what runs."""
        with self._lock:
            self._is_closed = True
            self._last_at = monotonic()
            waiting = list(self._queue) if is_dropping else []
            running = list(self._running) if is_telling else []
            self._news.notify_all()
            self._room.notify_all()
        for task in [*waiting, *running]:
            task.cancel()

    def join(self, seconds: float | None = None) -> bool:
        """Wait until threads have ended, at most so many seconds; whether they have. Only after `close`.

        Those are not waited for that work at what is past its deadline: nobody waits for that.
        """
        until = None if seconds is None else monotonic() + seconds
        with self._lock:
            while self._wanted_threads():
                left = LOOK_SECONDS if until is None else min(LOOK_SECONDS, until - monotonic())
                if left <= 0:
                    return False
                self._left.wait(left)
        return True

    def end(self) -> None:
        """See `Ending`: what runs is told until it has ended, for a moment; then it is left to itself."""
        until = monotonic() + _LAST_SECONDS
        self.close(is_dropping=True, is_telling=True)
        while not self.join(_AGAIN_SECONDS) and monotonic() < until:
            for task in list(self._running):
                task.tell()

    def stats(self) -> WorkerStats:
        """What it has done and does now."""
        with self._lock:
            # one that is over grows no older, or what it made of its time would shrink
            is_over = self._is_closed and not self._running and not self._queue
            now = self._last_at if is_over else monotonic()
            return WorkerStats(
                name=self.name,
                is_closed=self._is_closed,
                age_seconds=now - self._made_at,
                busy_seconds=self._tally.ran.total + sum(now - task.began_at for task in self._running),
                threads=len(self._threads),
                max_thread_count=self.most_threads,
                active_count=self.active,
                queue_depth=self.queued,
                submitted=self._tally.submitted,
                wait_seconds=self._tally.waited,
                run_seconds=self._tally.ran,
                **self._tally.endings,
            )

    def _wanted_threads(self) -> int:
        others = len(self._threads - {threading.current_thread()})
        return others - sum(task.done() for task in self._running)

    def _open(self) -> bool:
        if self._is_closed:
            raise WorkersClosed(f"The workers of {self.name!r} were shut down; make a new WorkerManager.")
        return True

    def _call_a_thread(self) -> None:
        if len(self._queue) <= self._idle:
            self._news.notify()
        elif len(self._threads) < self.most_threads:
            try:
                self._threads.add(start_thread(self._work, f"{self.name}-{len(self._threads) + 1}"))
            except RuntimeError:
                # the system has no more of them: those that are there do it
                if not self._threads:
                    self._queue.pop()
                    raise

    def _taken_out(self, task: Task[Any]) -> bool:
        try:
            self._queue.remove(task)
        except ValueError:
            return False
        self._room.notify()
        return True

    def _work(self) -> None:
        while self._do_next():
            pass

    def _do_next(self) -> bool:
        # a frame of its own: an idle thread keeps no task and no answer
        task = self._next()
        if task is not None:
            self._do(task)
        return task is not None

    def _next(self) -> Task[Any] | None:
        with self._lock:
            self._warn()
            while (task := self._first()) is None:
                if self._is_closed or not self._waited():
                    self._threads.discard(threading.current_thread())
                    self._left.notify_all()
                    return None
            self._begin(task)
            self._room.notify()
            return task

    def _first(self) -> Task[Any] | None:
        try:
            return self._queue.popleft()
        except IndexError:
            return None

    def _waited(self) -> bool:
        """Wait for a task; False when none came for long."""
        self._idle += 1
        try:
            return self._news.wait(_IDLE_SECONDS) or bool(self._queue)
        finally:
            self._idle -= 1

    def _begin(self, task: Task[Any]) -> None:
        self._running.add(task)

    def _do(self, task: Task[Any]) -> None:
        task.run(lambda: self._end(task))

    def _end(self, task: Task[Any]) -> None:
        with self._lock:
            self._running.discard(task)
            self._last_at = monotonic()
            self._tally.endings[task.ending] += 1
            self._tally.waited += task.began_at - task.queued_at
            self._tally.ran += task.run_seconds
            self.reporting.ended(task.ending, task.began_at - task.queued_at)

    def _warn(self) -> None:
        waited = monotonic() - self._queue[0].queued_at if self._queue else 0.0
        is_busy = not self._idle and len(self._threads) >= self.most_threads
        said = self._starvation.look(waited, len(self._queue), len(self._threads) if is_busy else 0)
        if said:
            _log.warning("%s", said)


def all_stats() -> list[WorkerStats]:
    """What every manager of this process that is still there has done and does now, the oldest first."""
    crews = sorted((pool for pool in pools() if isinstance(pool, Crew)), key=lambda crew: crew._made_at)
    return [crew.stats() for crew in crews]
