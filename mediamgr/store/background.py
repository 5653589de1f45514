"""Owns questions that are answered in the background, and may be taken back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from typing import Generic, TypeVar

from mediamgr.store.interruption import Interruptible, cancelled

__all__ = ["Asked"]

_Answer = TypeVar("_Answer")
_AGAIN_SECONDS = 0.02
_workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mediamgr-query")


class Asked(Generic[_Answer]):
    """Questions that are answered in the background.

    Args:
        work: Asks them; whatever it asks of a database can be stopped.
        workers: Who does it; None are those of everybody, in which nobody may wait for another.
    """

    def __init__(self, work: Callable[[], _Answer], workers: ThreadPoolExecutor | None = None) -> None:
        self._interruptible = Interruptible()
        self._is_cancelled = False
        self._answer: Future[_Answer] = (workers or _workers).submit(self._run, work)

    @property
    def is_answered(self) -> bool:
        """Whether `answer` would not wait."""
        return self._answer.done()

    def answer(self) -> _Answer:
        """What `work` gave, once it is there. Raises `Cancelled` if it was taken back, and what `work` raises."""
        try:
            answer = self._answer.result()
        except CancelledError:
            raise cancelled() from None
        if self._is_cancelled:
            raise cancelled()
        return answer

    def abandon(self) -> None:
        """Nobody waits for it any more; it stops soon, and this does not wait for that."""
        if not self._answer.cancel() and not self._answer.done():
            threading.Thread(target=self.cancel, daemon=True).start()

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
        with self._interruptible.working():
            return work()
