"""Owns decorating a function so that each of its calls is the body of a `with`, also of a coroutine function."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, ParamSpec, TypeVar, cast

__all__ = ["each_call", "no_generator"]

_P = ParamSpec("_P")
_R = TypeVar("_R")


def each_call(function: Callable[_P, _R], within: Callable[[], AbstractContextManager[object]]) -> Callable[_P, _R]:
    """The function, each call of which runs within what `within()` returns for it; a coroutine until it is done."""
    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def run_async(*args: _P.args, **kwargs: _P.kwargs) -> Any:
            with within():
                return await function(*args, **kwargs)

        return cast("Callable[_P, _R]", run_async)

    @functools.wraps(function)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with within():
            return function(*args, **kwargs)

    return run


def no_generator(function: Callable[..., object], remedy: str) -> None:
    """Raise `TypeError` for a generator function: its calls end before anything is done."""
    if inspect.isgeneratorfunction(function) or inspect.isasyncgenfunction(function):
        raise TypeError(f"{function.__qualname__} is a generator; {remedy} in its body.")
