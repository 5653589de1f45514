"""Owns the pages that are held, a bounded number of them, and counts what they were good for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

from mediamgr.instrumentation import Counter

__all__ = ["PageStats", "Pages"]

_PAGES: Final = Counter(
    "lazy_model.pages", "Pages: hit, miss, prefetched, wasted, cancelled, as in PageStats", "outcome"
)
_TOLD: Final[Mapping[str, Callable[..., None]]] = {
    "hits": _PAGES.of(outcome="hit"),
    "misses": _PAGES.of(outcome="miss"),
    **{outcome: _PAGES.of(outcome=outcome) for outcome in ("prefetched", "wasted", "cancelled")},
}


@dataclass(frozen=True, slots=True)
class PageStats:
    """What became of pages since the model was made.

    Attributes:
        hits: Wanted and held.
        misses: Wanted, and had to be read then.
        prefetched: Read before they were wanted.
        wasted: Of those, let go without ever being wanted.
        cancelled: Not read ahead after all, for one went elsewhere.
        held: There now.
    """

    hits: int = 0
    misses: int = 0
    prefetched: int = 0
    wasted: int = 0
    cancelled: int = 0
    held: int = 0


class Pages:
    """Pages by their number, from 0.

    Args:
        most: How many are held at most.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[int, pl.DataFrame] = OrderedDict()
        self._unseen: set[int] = set()
        self._counts: dict[str, int] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._held

    def take(self, number: int) -> pl.DataFrame | None:
        """A page that is wanted; None when it has to be read."""
        found = self._held.get(number)
        self.count("misses" if found is None else "hits")
        if found is not None:
            self._held.move_to_end(number)
            self._unseen.discard(number)
        return found

    def put(self, number: int, page: pl.DataFrame, *, is_ahead: bool) -> None:
        """Hold a page; the one looked at least recently goes when there are too many."""
        if is_ahead and number not in self._held:
            self.count("prefetched")
            self._unseen.add(number)
        self._held[number] = page
        self._held.move_to_end(number)
        while len(self._held) > self.most:
            self._let_go(next(iter(self._held)))

    def clear(self) -> None:
        """Hold none."""
        for number in list(self._held):
            self._let_go(number)

    def count(self, what: str, by: int = 1) -> None:
        """Count one more of what `PageStats` names."""
        self._counts[what] = self._counts.get(what, 0) + by
        _TOLD[what](by)

    @property
    def stats(self) -> PageStats:
        """All counts until now."""
        return PageStats(**self._counts, held=len(self._held))

    def _let_go(self, number: int) -> None:
        del self._held[number]
        if number in self._unseen:
            self._unseen.discard(number)
            self.count("wasted")
