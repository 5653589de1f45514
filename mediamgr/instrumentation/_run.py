"""Owns one run of a timer: what is measured between entering and leaving a body."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from mediamgr.instrumentation._cells import Durations, Key
from mediamgr.instrumentation._decorating import each_call, no_generator
from mediamgr.instrumentation._spans import Span, _current

if TYPE_CHECKING:
    from mediamgr.instrumentation._registry import Instrumentation

__all__ = ["Nothing", "Run"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


class Run:
    """Times the body of a `with`, or as a decorator each call of a function, also of a coroutine function.

    Attributes:
        span: What is said of it while somebody listens; None when nobody does.
        seconds: How long the body took, once it ended; 0.0 while nothing is measured.
    """

    __slots__ = ("_began", "_key", "_registry", "seconds", "span")

    def __init__(self, registry: Instrumentation, key: Key) -> None:
        self._registry = registry
        self._key = key
        self._began: float | None = None

    def __enter__(self) -> Run:
        if self._began is not None:
            raise RuntimeError(f"This run of {self._key} has begun already; call timer() for each body.")
        parent = _current.get()
        self._began = began = self._registry._clock()
        if parent is None:
            self.span: Span | None = None
        else:
            self.span = span = parent.begin(self._key, began)
            _current.set(span)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        registry = self._registry
        self.seconds = seconds = registry._clock() - self._began  # type: ignore[operator]
        self._began = None
        if (here := registry._here) is not None:
            timers = here.timers
            # an index is quicker than setdefault, which would make what is there already
            try:
                seen = timers[self._key]
            except KeyError:
                seen = timers[self._key] = Durations()
            seen.took(seconds, kind is not None)
        if (span := self.span) is not None:
            # a generator may end where something else is current by now
            if _current.get() is span:
                _current.set(span.parent)
            span.end(seconds, None if kind is None else kind.__name__)

    def __call__(self, function: Callable[_P, _R]) -> Callable[_P, _R]:
        """Time each call of a function."""
        no_generator(function, "time what it does with timer()")
        return each_call(function, partial(self._registry.run_of, self._key))


class Nothing(Run):
    """What is done in place of a run while nothing is measured."""

    __slots__ = ()

    def __enter__(self) -> Run:
        self.span, self.seconds = None, 0.0
        return self

    def __exit__(self, *failure: object) -> None:
        return
