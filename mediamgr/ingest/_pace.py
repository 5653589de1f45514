"""Owns how many videos go in at once: few where reading them is slow, for what is not in yet is what Ctrl-C costs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

__all__ = ["Pace"]

_FEWEST = 50
_MOST = 1_000
_QUICK_SECONDS = 3.0
_SLOW_SECONDS = 10.0


class Pace:
    """Groups grow while they are quick and shrink when they are slow."""

    def __init__(self) -> None:
        self._group = _FEWEST

    def group(self) -> int:
        """About how many videos the next group should have."""
        return self._group

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Take the time of one group."""
        began = monotonic()
        yield
        took = monotonic() - began
        if took < _QUICK_SECONDS:
            self._group = min(self._group * 2, _MOST)
        elif took > _SLOW_SECONDS:
            self._group = max(self._group // 2, _FEWEST)
