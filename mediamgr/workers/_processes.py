"""Owns processes for what computes: a thread of the crew hands a call to one of them, and waits for it.

So queue, deadlines and figures are those of threads. What runs in a process is not told to stop: who waits is let go.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final, TypeVar

from mediamgr.errors import Cancelled, WorkersClosed, WorkersLost
from mediamgr.workers._exit import end_at_exit
from mediamgr.workers._task import LOOK_SECONDS, check_cancelled, on_cancel

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

__all__ = ["Processes"]

_Answer = TypeVar("_Answer")
_GONE_SECONDS: Final = 5.0
_LOST: Final = (
    "A process of {name!r} ended by itself: it was killed, ran out of memory, or could not start because the script"
    ' that is run lacks `if __name__ == "__main__":` around what it does.'
)


class Processes:
    """As many as `count`, made when first asked. Functions, arguments and answers go there and back pickled."""

    def __init__(self, name: str, count: int) -> None:
        self._name, self._count = name, count
        self._lock = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None
        self._is_over = False

    def call(self, function: Callable[..., _Answer], *args: Any) -> _Answer:
        """What the function gives, called in one of them. Raises what it raises, and `WorkersLost`."""
        # imported by whoever has made the pool
        from concurrent.futures.process import BrokenProcessPool

        try:
            return self._answer(self._opened().submit(function, *args))
        except BrokenProcessPool as error:
            check_cancelled()
            raise WorkersLost(_LOST.format(name=self._name)) from error

    def end(self) -> None:
        """End now, whatever they do; they are gone when this returns."""
        with self._lock:
            self._is_over = True
        if self._pool is None:
            return
        # python 3.14 has kill_workers() for this; once it is shut down, it makes no more of them, and forgets these
        made, manager = self._pool._processes or {}, getattr(self._pool, "_executor_manager_thread", None)
        self._pool.shutdown(wait=False, cancel_futures=True)
        running = list(made.values())
        for process in running:
            process.kill()
        for process in running:
            process.join(_GONE_SECONDS)
        # its thread closes the pipe that python 3.11 writes to at the program's end: not at the same moment
        if manager is not None and manager is not threading.current_thread():
            manager.join(_GONE_SECONDS)

    def _answer(self, future: Future[_Answer]) -> _Answer:
        with on_cancel(future.cancel):
            while not future.done():
                wait([future], LOOK_SECONDS)
                check_cancelled()
        try:
            return future.result()
        except CancelledError:
            raise Cancelled("This was cancelled; ask again.") from None

    def _opened(self) -> ProcessPoolExecutor:
        with self._lock:
            if self._is_over:
                raise WorkersClosed(f"The processes of {self._name!r} were ended; make a new WorkerManager.")
            if self._pool is None:
                from concurrent.futures import ProcessPoolExecutor
                from multiprocessing import get_context

                # spawn: DuckDB and Polars hold threads, which a forked child would inherit broken
                self._pool = ProcessPoolExecutor(self._count, get_context("spawn"), _leave_interrupts)
                end_at_exit(self)
            return self._pool


def _leave_interrupts() -> None:
    """Ctrl-C reaches the whole process group; the parent alone answers it."""
    with suppress(ValueError):
        signal.signal(signal.SIGINT, signal.SIG_IGN)
