"""Owns what happened while somebody listened: a tree of spans, each a timer's run, with what was counted in it.

Nobody listens by default; then a timer asks one context variable and goes on. Where work goes to another thread, who
sends it takes the span along with `carried`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import takewhile
from typing import Any, Final, Literal, ParamSpec, TypeAlias, TypeVar

from mediamgr.instrumentation._cells import Key, labels_of, name_of, total_of

__all__ = ["Plans", "Recording", "Span", "carried", "current", "recording"]

Plans: TypeAlias = Literal["slow", "all"]
"""Of which statements plans are wanted: those that took long, as they were planned; or all, each measured."""

_P = ParamSpec("_P")
_R = TypeVar("_R")
_MOST_SPANS: Final = 2_000


class Span:
    """One run of a timer, in a recording.

    Attributes:
        name: The timer.
        labels: Of the timer.
        recording: What it is a part of.
        parent: What it happened within; None for the whole.
        thread: The name of the thread.
        began: Seconds on the recording's clock.
        seconds: How long it took; None while it runs.
        error: The type of the exception it ended in; None when it ended well.
        facts: What was said of it, by name.
        counts: What was counted within it, but not within its children, by counter and labels.
        children: What happened within it, in the order in which it began.
    """

    __slots__ = (
        "began", "children", "counts", "error", "facts", "labels", "name", "parent", "recording", "seconds", "thread",
    )  # fmt: skip

    def __init__(self, key: Key, recording: Recording, parent: Span | None, began: float) -> None:
        self.name, self.labels = name_of(key), labels_of(key)
        self.recording, self.parent, self.began = recording, parent, began
        self.thread = threading.current_thread().name
        self.seconds: float | None = None
        self.error: str | None = None
        self.facts: dict[str, Any] = {}
        self.counts: dict[Key, float] = {}
        self.children: list[Span] = []

    @property
    def room(self) -> str:
        """The part of the name before the first dot."""
        return self.name.partition(".")[0]

    def begin(self, key: Key, began: float) -> Span:
        """What begins within this one."""
        return self.recording.begun(key, self, began)

    def end(self, seconds: float, error: str | None) -> None:
        """It is over."""
        self.seconds, self.error = seconds, error
        self.recording.ended(self)

    def count(self, key: Key, amount: float) -> None:
        """Something was counted within it."""
        self.recording.counted(self, key, amount)

    def walk(self) -> Iterator[Span]:
        """This one and all within it, each before its children."""
        yield self
        for child in self.children:
            yield from child.walk()

    def ancestors(self) -> Iterator[Span]:
        """What it happened within, the nearest first."""
        span = self.parent
        while span is not None:
            yield span
            span = span.parent

    def __repr__(self) -> str:
        took = "runs" if self.seconds is None else f"{self.seconds * 1000:.1f} ms"
        return f"Span({self.name}, {took}, {len(self.children)} within)"


class Recording:
    """Listens from `start()` to `stop()`: to this thread, and to what it hands to others.

    What happens after `stop()`, in threads that go on, is not heard. Of the spans the first so many are kept; `counts`,
    `rooms` and `times` hold what happened in all of them. Within another recording both hear, and what is kept, of both
    together, is as much as the outermost keeps.

    Args:
        name: Of the whole.
        plans: Of which statements plans are wanted; None: of none.
        most_spans: At most so many are kept; within another recording that one's number holds.
        clock: Returns seconds; the registry's.

    Attributes:
        root: The whole.
        counts: What was counted, by counter and labels; see `total`.
        times: Timer name to (runs, seconds), seconds of several threads added up.
        rooms: Seconds by room: how long its outermost spans took.
        left_out: Spans that were not kept; within another recording that one counts them.
    """

    def __init__(
        self,
        name: str,
        *,
        plans: Plans | None = None,
        most_spans: int = _MOST_SPANS,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._plans = plans
        self.counts: dict[Key, float] = {}
        self.times: dict[str, tuple[int, float]] = {}
        self.rooms: dict[str, float] = {}
        self.left_out = 0
        self._left = most_spans
        self._clock = clock
        # a finalizer may come while this thread holds it, and count something
        self._lock = threading.RLock()
        self._is_open = False
        self._keeper = self
        self.root = Span(name, self, None, 0.0)

    def start(self) -> None:
        """Listen from now on."""
        self.root.parent = before = _current.get()
        self.root.began = self._clock()
        self._is_open = True
        if before is not None:
            self._keeper = before.recording._kept_by()
            self._keeper._keep(self.root, before)
        _current.set(self.root)

    def stop(self) -> None:
        """Listen no more."""
        self.root.seconds = self._clock() - self.root.began
        with self._lock:
            self._is_open = False
        # a generator that is not done yet may have left a span of its own there, or run on where others listen
        if (span := _current.get()) is not None and self in span.recording.and_around():
            _current.set(self.root.parent)

    @property
    def plans(self) -> Plans | None:
        """Of which statements plans are wanted, by this one or one that it is within; None: of none."""
        wanted = {heard._plans for heard in self.and_around()}
        return "all" if "all" in wanted else "slow" if "slow" in wanted else None

    def begun(self, key: Key, parent: Span, began: float) -> Span:
        """What begins; it is kept while there is room."""
        span = Span(key, self, parent, began)
        self._kept_by()._keep(span, parent)
        return span

    def ended(self, span: Span) -> None:
        """What has ended is added up."""
        for heard in self.and_around():
            heard._add_time(span)

    def counted(self, span: Span, key: Key, amount: float) -> None:
        """What was counted is added up."""
        with self._lock:
            span.counts[key] = span.counts.get(key, 0) + amount
        for heard in self.and_around():
            heard._add_count(key, amount)

    def total(self, name: str, /, **labels: object) -> float:
        """What a counter counted, in all its series that have these labels together."""
        return total_of(self.counts, name, labels)

    def and_around(self) -> Iterator[Recording]:
        """This one, and those that it is within."""
        heard: Recording | None = self
        while heard is not None:
            yield heard
            around = heard.root.parent
            heard = around.recording if around else None

    def _kept_by(self) -> Recording:
        """The outermost that still listens."""
        return self._keeper if self._keeper._is_open else self

    def _keep(self, span: Span, parent: Span) -> None:
        with self._lock:
            if self._is_open and self._left > 0:
                self._left -= 1
                parent.children.append(span)
            elif self._is_open:
                self.left_out += 1

    def _add_time(self, span: Span) -> None:
        seconds = span.seconds or 0.0
        is_outermost = all(
            each.room != span.room for each in takewhile(lambda each: each is not self.root, span.ancestors())
        )
        with self._lock:
            if self._is_open:
                runs, before = self.times.get(span.name, (0, 0.0))
                self.times[span.name] = runs + 1, before + seconds
                if is_outermost:
                    self.rooms[span.room] = self.rooms.get(span.room, 0.0) + seconds

    def _add_count(self, key: Key, amount: float) -> None:
        with self._lock:
            if self._is_open:
                self.counts[key] = self.counts.get(key, 0) + amount


_current: ContextVar[Span | None] = ContextVar("mediamgr_span", default=None)


def current() -> Span | None:
    """The span that this thread, or coroutine, is in; None when nobody listens."""
    return _current.get()


@contextmanager
def recording(name: str, *, plans: Plans | None = None) -> Iterator[Recording]:
    """Listen while the body runs; what was heard."""
    heard = Recording(name, plans=plans)
    heard.start()
    try:
        yield heard
    finally:
        heard.stop()


def carried(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """A function that, called in another thread, happens within the span that this is in now."""
    span = _current.get()
    if span is None:
        return function

    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        before = _current.get()
        _current.set(span)
        try:
            return function(*args, **kwargs)
        finally:
            _current.set(before)

    return run
