"""Owns one task: a function to call, what became of it, and how it is told to stop.

A task is a future of `concurrent.futures`, so that `wait` and `as_completed` take it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, InvalidStateError
from contextlib import contextmanager, suppress
from time import monotonic
from typing import Any, Final, Protocol, TypeVar

from mediamgr.errors import Cancelled
from mediamgr.instrumentation import carried
from mediamgr.workers._reporting import Reporting

__all__ = ["LOOK_SECONDS", "Task", "Watched", "check_cancelled", "on_cancel"]

_Answer = TypeVar("_Answer")
_log = logging.getLogger("mediamgr.workers")
_here = threading.local()

# once polars is imported Ctrl-C does not end a wait without a limit
LOOK_SECONDS: Final = 0.1


class Watched(Protocol):
    """Whose queue a task is in.

    Attributes:
        reporting: Measures it.
    """

    reporting: Reporting

    def drop(self, task: Task[Any]) -> bool:
        """Take it out of the queue; whether it was there."""

    def help(self, task: Task[Any]) -> bool:
        """Do it here and now, if it waits and this thread is one of those it waits for; whether that was so."""

    def look(self) -> None:
        """See whether tasks wait for too long."""


class Task(Future[_Answer]):
    """A call that is made by another thread, or process."""

    def __init__(self, crew: Watched, function: Callable[..., _Answer], *args: Any) -> None:
        super().__init__()
        self._crew = crew

        def measured() -> _Answer:
            with crew.reporting.run():
                return function(*args)

        # what it does counts for whoever asked for it
        self._call: Callable[[], _Answer] | None = carried(measured)
        self._why: str | None = None
        self._lock = threading.RLock()
        self._listeners: list[Callable[[], object]] = []
        self.queued_at = self.began_at = monotonic()
        self.run_seconds = 0.0
        self.ending = "cancelled"

    def result(self, timeout: float | None = None) -> _Answer:
        """What the function gave, once it is done. Raises what it raised.

        Raises `Cancelled` when it was taken back or its deadline passed, `TimeoutError` after `timeout` seconds.
        """
        self._await(timeout)
        if self.cancelled():
            raise self._cancellation()
        return super().result(0)

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """What the function raised, once it is done; `Cancelled` when it was taken back; None when all is well."""
        self._await(timeout)
        return self._cancellation() if self.cancelled() else super().exception(0)

    def cancel(self) -> bool:
        """Take it back. True: it never runs. False: it is done, or it runs and is told (see `check_cancelled`)."""
        return self._take_back("This was cancelled; ask again.")

    def expire(self) -> None:
        """Its time is over: who waits is told at once, and what runs is told, too."""
        if not self._take_back("This was not done before its deadline; allow more seconds, or ask for less."):
            # done meanwhile
            with suppress(InvalidStateError):
                self.set_exception(self._cancellation())

    def tell(self) -> None:
        """Call what was given to `on_cancel`."""
        with self._lock:
            for listener in list(self._listeners):
                try:
                    listener()
                except Exception:
                    _log.exception("what was to stop a task failed")

    def run(self, on_end: Callable[[], object]) -> None:
        """Make the call, in this thread, unless it was taken back. Raises nothing.

        `on_end` is called before anybody is told of the answer; `ending` ("done", "failed" or "cancelled"),
        `began_at` and `run_seconds` are known then.
        """
        call, self._call = self._call, None
        if call is None or not self.set_running_or_notify_cancel():
            on_end()
            return
        before, _here.task = getattr(_here, "task", None), self
        self.began_at = monotonic()
        # its deadline may have been sooner: then who waits was told, and this is for nobody
        with suppress(InvalidStateError):
            try:
                answer = call()
            except BaseException as error:
                self._end("cancelled" if isinstance(error, Cancelled) else "failed", before)
                on_end()
                self.set_exception(error)
            else:
                self._end("done", before)
                on_end()
                self.set_result(answer)

    def _end(self, ending: str, before: Task[Any] | None) -> None:
        _here.task = before
        self.run_seconds = monotonic() - self.began_at
        self.ending = "cancelled" if self.done() else ending

    @property
    def is_told(self) -> bool:
        """Whether it was taken back, or its deadline passed."""
        return self._why is not None

    def _take_back(self, why: str) -> bool:
        self._why = self._why or why
        if not super().cancel():
            self.tell()
            return False
        if self._crew.drop(self):
            # no thread will: tell those who wait for several
            self.set_running_or_notify_cancel()
        return True

    def _await(self, timeout: float | None) -> None:
        until = None if timeout is None else monotonic() + timeout
        while not self.done():
            left = LOOK_SECONDS if until is None else min(LOOK_SECONDS, until - monotonic())
            if left <= 0:
                raise TimeoutError(f"This was not done within {timeout:g} seconds; wait longer, or cancel it.")
            if not self._crew.help(self):
                with suppress(TimeoutError, CancelledError):
                    super().exception(left)
                self._crew.look()

    def _cancellation(self) -> Cancelled:
        return Cancelled(self._why or "This was cancelled; ask again.")


def check_cancelled() -> None:
    """Raise `Cancelled` if the task this thread works at was taken back or its deadline passed; else do nothing."""
    task: Task[Any] | None = getattr(_here, "task", None)
    if task is not None and task.is_told:
        raise task._cancellation()


@contextmanager
def on_cancel(callback: Callable[[], object]) -> Iterator[None]:
    """Call it, in another thread, when the task this thread works at is told to stop while the body runs.

    It must be quick. It may be called more than once, and at once when the task was told already; outside of a task
    nothing calls it.
    """
    task: Task[Any] | None = getattr(_here, "task", None)
    if task is None:
        yield
        return
    with task._lock:
        task._listeners.append(callback)
    if task.is_told:
        callback()
    try:
        yield
    finally:
        with task._lock:
            task._listeners.remove(callback)
