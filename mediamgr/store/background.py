"""Owns questions that are answered in the background, and may be taken back; also by Ctrl-C."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import wait
from contextvars import Context, copy_context
from typing import Generic, TypeVar

from mediamgr.store.interruption import Interruptible, cancelled
from mediamgr.workers import Task, WorkerManager, on_cancel, start_thread

__all__ = ["Asked", "stopped_by_ctrl_c"]

_Answer = TypeVar("_Answer")
_AGAIN_SECONDS = 0.02
# one that was forked has none of the threads below
_PROCESS = os.getpid()
_workers = WorkerManager(2, name="mediamgr-query")
_typed = WorkerManager(1, name="mediamgr-typed")


class Asked(Generic[_Answer]):
    """Questions that are answered in the background.

    Args:
        work: Asks them; whatever it asks of a database can be stopped.
        workers: Who does it; None are those of everybody, in which nobody may wait for another.
    """

    def __init__(self, work: Callable[[], _Answer], workers: WorkerManager | None = None) -> None:
        self._interruptible = Interruptible()
        self._is_cancelled = False
        self._answer: Task[_Answer] = (workers or _workers).submit(self._run, work)

    @property
    def is_answered(self) -> bool:
        """Whether `answer` would not wait."""
        return self._answer.done()

    def answer(self) -> _Answer:
        """What `work` gave, once it is there. Raises `Cancelled` if it was taken back, and what `work` raises."""
        answer = self._answer.result()
        if self._is_cancelled:
            raise cancelled()
        return answer

    def abandon(self) -> None:
        """Nobody waits for it any more; it stops soon, and this does not wait for that."""
        if not self._answer.cancel() and not self._answer.done():
            start_thread(self.cancel, "mediamgr-abandon")

    def cancel(self) -> None:
        """Take it back: who waits for it is told, and DuckDB has stopped. Does nothing to what is answered."""
        if self._answer.done() or self._answer.cancel():
            return
        self._is_cancelled = True
        while not self._answer.done():
            # what interrupts a statement right before it begins is lost
            self._interruptible.interrupt()
            wait([self._answer], timeout=_AGAIN_SECONDS)

    def _run(self, work: Callable[[], _Answer]) -> _Answer:
        with on_cancel(self._interruptible.interrupt), self._interruptible.working():
            return work()


def stopped_by_ctrl_c(work: Callable[[], _Answer]) -> _Answer:
    """What `work` gives, which asks a database something that may take long.

    DuckDB looks for Ctrl-C between its tasks, of which one may take for ever: the main thread waits for another one.
    """
    if threading.current_thread() is not threading.main_thread() or os.getpid() != _PROCESS:
        return work()
    context = copy_context()
    # of what is heard only the work is a part, and no waiting for a thread
    asked = Context().run(Asked, lambda: context.run(work), _typed)
    try:
        return asked.answer()
    except KeyboardInterrupt:
        asked.cancel()
        raise
