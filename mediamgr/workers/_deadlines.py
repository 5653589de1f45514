"""Owns calls made later, such as those of deadlines: one thread for all, which is there while any is to come."""

from __future__ import annotations

import threading
from bisect import bisect_left, insort
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from time import monotonic
from typing import Final

from mediamgr.workers._threads import start_thread

__all__ = ["Alarm", "alarm"]

_news: Final = threading.Condition()
_numbers: Final = count()
_coming: Final[list[Alarm]] = []
_watcher: threading.Thread | None = None


@dataclass(frozen=True, slots=True, order=True)
class Alarm:
    """A call to be made at a time.

    Attributes:
        at: When, by the monotonic clock.
        number: In the order of being made.
        call: What is called.
    """

    at: float
    number: int
    call: Callable[[], object] = field(compare=False)

    def off(self) -> None:
        """Make no call; does nothing when it is being made."""
        with _news:
            place = bisect_left(_coming, self)
            if place < len(_coming) and _coming[place] is self:
                del _coming[place]


def alarm(seconds: float, call: Callable[[], object]) -> Alarm:
    """Make the call, which must be quick and raise nothing, in so many seconds."""
    global _watcher
    made = Alarm(monotonic() + seconds, next(_numbers), call)
    with _news:
        insort(_coming, made)
        if _watcher is None:
            _watcher = start_thread(_watch, "mediamgr-deadlines")
        elif _coming[0] is made:
            _news.notify()
    return made


def _watch() -> None:
    while (due := _next()) is not None:
        due.call()


def _next() -> Alarm | None:
    """The first that is due, once it is; None when there are none."""
    global _watcher
    with _news:
        while _coming:
            left = _coming[0].at - monotonic()
            if left <= 0:
                return _coming.pop(0)
            _news.wait(min(left, threading.TIMEOUT_MAX))
        _watcher = None
        return None
