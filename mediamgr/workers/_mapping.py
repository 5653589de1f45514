"""Owns calling a function on many things: in batches, a few of which are under way at a time.

Things are taken when there is room for them, so that there may be any number, and those to come may not be known yet.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, Final, Generic, Protocol, TypeVar

from mediamgr.errors import Cancelled
from mediamgr.workers._deadlines import alarm
from mediamgr.workers._measuring import at_work
from mediamgr.workers._task import LOOK_SECONDS, Task, Watched, check_cancelled

__all__ = ["Batch", "Batches", "Outcome", "each_here", "each_of", "resized"]

_Item = TypeVar("_Item")
_Value = TypeVar("_Value")
_Pairs = list[tuple[Any, Exception | None]]

_LARGEST: Final = 1_000
_QUICK_SECONDS: Final = 0.005
_SLOW_SECONDS: Final = 0.05


@dataclass(frozen=True, slots=True)
class Outcome(Generic[_Item, _Value]):
    """What became of one thing.

    Attributes:
        item: The thing.
        value: What the function gave; None when it raised.
        error: What it raised; `Cancelled` when the deadline was sooner; None when all is well.
    """

    item: _Item
    value: _Value | None = None
    error: Exception | None = None

    def result(self) -> _Value:
        """The value. Raises the error."""
        if self.error is not None:
            raise self.error
        return self.value  # type: ignore[return-value]

    @property
    def ending(self) -> str:
        """How it ended: "done", "failed" or "cancelled"."""
        return "done" if self.error is None else "cancelled" if isinstance(self.error, Cancelled) else "failed"


def each_of(function: Callable[[Any], Any], items: list[Any], pairs: _Pairs) -> _Pairs:
    """Add to `pairs` what the function gives, or raises, for each; and give them. Stops when its task is told to."""
    for item in items:
        check_cancelled()
        try:
            pairs.append((function(item), None))
        except Exception as error:
            pairs.append((None, error))
    return pairs


def each_here(function: Callable[[Any], Any], items: list[Any], pairs: _Pairs) -> _Pairs:
    """The same, in a thread, and measured."""
    with at_work(len(items)):
        return each_of(function, items, pairs)


class Submit(Protocol):
    """Hands in a call of `each_of`."""

    def __call__(self, items: list[Any], pairs: _Pairs) -> Task[_Pairs]:
        """The task."""


class Batch(Generic[_Item]):
    """Things that are one task."""

    def __init__(self, items: list[_Item], submit: Submit) -> None:
        self.items = items
        # in a thread this fills as it goes; from a process there comes another
        self._pairs: _Pairs = []
        self.task = submit(items, self._pairs)

    def outcomes(self) -> Iterator[Outcome[_Item, Any]]:
        """What became of each, in order, once the task is done. Raises what is no `Exception`."""
        error = self.task.exception()
        pairs = list(self._pairs) if error else self.task.result()
        for item, (value, raised) in zip(self.items, pairs, strict=False):
            yield Outcome(item, value, raised)
        if error is not None and not isinstance(error, Exception):
            raise error
        for item in self.items[len(pairs) :]:
            yield Outcome(item, None, error)


class Batches(Generic[_Item]):
    """Batches of things, as they are done; leaving takes back those under way.

    Args:
        crew: Whose threads they are done in.
        submit: Hands one in.
        items: Taken one by one.
        size: Of a batch; None begins with 1, and makes them larger while they are quick.
        is_ordered: Given in the order of the things.
        deadline: Seconds from now; what is not done by then ends with `Cancelled`, and no more is taken.
    """

    def __init__(
        self,
        crew: Watched,
        submit: Submit,
        items: Iterable[_Item],
        size: int | None,
        most: int,
        *,
        is_ordered: bool,
        deadline: float | None,
    ) -> None:
        self._crew, self._submit, self._items = crew, submit, iter(items)
        self._size, self._is_fixed = size or 1, size is not None
        self._most, self._is_ordered, self._deadline = most, is_ordered, deadline
        self._under_way: dict[Batch[_Item], None] = {}
        self._ready: SimpleQueue[Batch[_Item]] = SimpleQueue()
        self._is_over = False

    def __iter__(self) -> Generator[Batch[_Item]]:
        timer = alarm(self._deadline, self._expire) if self._deadline is not None else None
        try:
            while self._has_more():
                yield self._next()
        finally:
            self._is_over = True
            if timer:
                timer.off()
            for batch in self._under_way:
                batch.task.cancel()

    def _has_more(self) -> bool:
        """Take some more, one batch at least if there is room, and as many as there is room for while none is ready."""
        while len(self._under_way) < self._most and (items := self._taken()):
            batch = Batch(items, self._submit)
            self._under_way[batch] = None
            if self._is_over:
                batch.task.expire()
            if not self._is_ordered:
                batch.task.add_done_callback(partial(self._tell, batch))
            if self._is_ready():
                break
        return bool(self._under_way)

    def _taken(self) -> list[_Item]:
        """The next things; fewer than the size when they come slowly."""
        taken: list[_Item] = []
        until = monotonic() + _SLOW_SECONDS
        while not self._is_over and len(taken) < self._size and (self._is_fixed or monotonic() < until):
            try:
                taken.append(next(self._items))
            except StopIteration:
                break
        return taken

    def _is_ready(self) -> bool:
        return next(iter(self._under_way)).task.done() if self._is_ordered else not self._ready.empty()

    def _next(self) -> Batch[_Item]:
        batch = self._first() if self._is_ordered else self._quickest()
        del self._under_way[batch]
        if not self._is_fixed:
            self._size = resized(self._size, batch.task.run_seconds)
        return batch

    def _first(self) -> Batch[_Item]:
        batch = next(iter(self._under_way))
        batch.task.exception()
        return batch

    def _quickest(self) -> Batch[_Item]:
        while True:
            if self._ready.empty():
                any(self._crew.help(batch.task) for batch in self._under_way)
            try:
                return self._ready.get(timeout=LOOK_SECONDS)
            except Empty:
                self._crew.look()

    def _tell(self, batch: Batch[_Item], task: object) -> None:
        self._ready.put(batch)

    def _expire(self) -> None:
        self._is_over = True
        for batch in list(self._under_way):
            batch.task.expire()


def resized(size: int, seconds: float) -> int:
    """How large the next batch is, after one of `size` that took so long: the cost of handing over is not to count."""
    if seconds < _QUICK_SECONDS:
        return min(2 * size, _LARGEST)
    return max(size // 2, 1) if seconds > _SLOW_SECONDS else size
