"""Owns budgets: what a body may cost, and whether that was kept."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from mediamgr.errors import BudgetExceeded, InputError
from mediamgr.instrumentation._caller import calling_line
from mediamgr.instrumentation._decorating import each_call, no_generator
from mediamgr.instrumentation._registry import get_instrumentation
from mediamgr.instrumentation._spans import Recording, current

__all__ = ["Budget", "Spent", "budget"]

_P = ParamSpec("_P")
_R = TypeVar("_R")
_STATEMENT: Final = "store.statement"
_MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Spent:
    """What a body that had a budget cost; a limit of None is none.

    Attributes:
        seconds: How long it took.
        statements: How many statements DuckDB was asked.
        most_ms: Milliseconds it might take.
        most_statements: Statements it might ask.
        times: What took longest, as (timer, runs, seconds), longest first.
    """

    seconds: float
    statements: int
    most_ms: float | None
    most_statements: int | None
    times: tuple[tuple[str, int, float], ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether it cost no more than it might."""
        in_time = self.most_ms is None or self.seconds * 1000 <= self.most_ms
        return in_time and (self.most_statements is None or self.statements <= self.most_statements)

    def __str__(self) -> str:
        limits = []
        if self.most_ms is not None:
            limits.append(f"{self.seconds * 1000:,.0f} of {self.most_ms:,.10g} ms")
        if self.most_statements is not None:
            limits.append(f"{self.statements:,} of {self.most_statements:,} statements")
        return f"budget {'kept' if self.is_kept else 'broken'}: {', '.join(limits)}"


class Budget:
    """What a body may cost: in `with`, or as a decorator of functions and coroutine functions. See `budget`.

    One may be used as often as one likes, also by several threads or tasks at a time: each body has all of it.
    """

    def __init__(self, most_ms: float | None, most_statements: int | None, fails: bool) -> None:
        self._limits = most_ms, most_statements
        self._fails = fails
        self._heard: list[Recording] = []

    def __enter__(self) -> Budget:
        if self._limits[1] is not None and not get_instrumentation().is_enabled:
            raise InputError("Statements are not counted while measuring is disabled; enable it, or state only ms.")
        heard = Recording("budget")
        heard.start()
        self._heard.append(heard)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        heard = self._innermost()
        self._heard.remove(heard)
        heard.stop()
        heard.root.facts["spent"] = spent = _spent(heard, *self._limits)
        if kind is None and not spent.is_kept:
            self._tell(BudgetExceeded(_explained(spent)))

    def __call__(self, function: Callable[_P, _R]) -> Callable[_P, _R]:
        """Have each call of a function keep it."""
        no_generator(function, "have it keep a budget with `with budget(...)`")
        return each_call(function, lambda: self)

    def _innermost(self) -> Recording:
        """Which of its recordings this thread, or task, is in; the last one when the body was begun elsewhere."""
        span = current()
        around = span.recording.and_around() if span else ()
        return next((heard for heard in around if heard in self._heard), self._heard[-1])

    def _tell(self, broken: BudgetExceeded) -> None:
        if self._fails:
            raise broken
        # how far away the user's code is depends on how it was called
        file, line = calling_line() or ("<unknown>", 0)
        warnings.warn_explicit(broken, BudgetExceeded, file, line)


def budget(ms: float | None = None, *, statements: int | None = None, fails: bool = False) -> Budget:
    """What a body, or each call of a function, may cost. Broken, it warns, and says what took so long.

        with budget(ms=500):
            ...

        @budget(ms=50, statements=3, fails=True)
        def page(): ...

    Args:
        ms: Milliseconds it may take.
        statements: Statements that DuckDB may be asked.
        fails: Raise `BudgetExceeded` in place of warning, for tests; `-W error::mediamgr.errors.BudgetExceeded` has
            all of them fail.

    What `lib.workers()` and asyncio do counts; other threads do where their work is `carried` there.

    Raises:
        InputError: Neither is given, or one is no number of 0 or more; statements are to be counted, and nothing is
            while `get_instrumentation()` is disabled.
    """
    if ms is None and statements is None:
        raise InputError("A budget needs a limit; give one, such as budget(ms=500) or budget(statements=3).")
    if not _is_limit(ms, int, float) or not _is_limit(statements, int):
        raise InputError(f"A budget's limits are numbers, statements whole ones, not {ms!r} and {statements!r}.")
    return Budget(ms, statements, fails)


def _is_limit(given: object, *kinds: type) -> bool:
    return given is None or (isinstance(given, kinds) and not isinstance(given, bool) and given >= 0)  # type: ignore[operator]


def _spent(heard: Recording, most_ms: float | None, most_statements: int | None) -> Spent:
    statements, _ = heard.times.get(_STATEMENT, (0, 0.0))
    times = sorted(((name, runs, took) for name, (runs, took) in heard.times.items()), key=lambda each: -each[2])
    return Spent(heard.root.seconds or 0.0, statements, most_ms, most_statements, tuple(times[:_MOST_NAMED]))


def _explained(spent: Spent) -> str:
    took = "; ".join(f"{name} {runs:,} × = {seconds * 1000:,.0f} ms" for name, runs, seconds in spent.times)
    return f"{str(spent).capitalize()}{f' ({took})' if took else ''}."
