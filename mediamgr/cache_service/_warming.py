"""Owns asking again in the background for what is looked at most, before anybody has to wait for it."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable
from concurrent.futures import as_completed
from dataclasses import dataclass

import polars as pl

from mediamgr.cache_service._entry import Entry
from mediamgr.cache_service._keys import Key, read_key
from mediamgr.cache_service._loading import Loaded
from mediamgr.errors import InputError
from mediamgr.workers import Task

__all__ = ["Recipe", "Warming", "chosen"]

Recipe = Callable[[Key, str, Entry | None], Loaded]
"""Asks a provider for a key again, given what its answer said of how to (`Answer.recipe`), and what is kept."""


@dataclass(frozen=True, slots=True)
class Warming:
    """Questions that are asked in the background.

    Attributes:
        keys: Which.
        unknown: Keys nobody knows how to ask for.
    """

    keys: tuple[str, ...]
    unknown: tuple[str, ...]
    _tasks: tuple[Task[bool], ...]

    @property
    def done(self) -> int:
        """How many were asked."""
        return sum(task.done() for task in self._tasks)

    def wait(self, timeout: float | None = None, *, on_each: Callable[[], object] = lambda: None) -> int:
        """How many were answered, when all were asked. Raises `TimeoutError` after so many seconds.

        `on_each` is called as each is.
        """
        answered = 0
        for task in as_completed(self._tasks, timeout):
            answered += not task.cancelled() and task.result()
            on_each()
        return answered

    def cancel(self) -> None:
        """Ask no more."""
        for task in self._tasks:
            task.cancel()

    def __repr__(self) -> str:
        unknown = f", {len(self.unknown)} nobody knows how to ask for" if self.unknown else ""
        return f"Warming({self.done} of {len(self.keys)} asked{unknown})"


def chosen(what: Iterable[Key | str] | pl.DataFrame | str | None, entries: pl.DataFrame, most: int) -> list[str]:
    """The keys meant: as given; or of entries that match a pattern, or all, those given most that end first.

    Raises `InputError` for a frame without a column `key`.
    """
    if isinstance(what, pl.DataFrame):
        if "key" not in what.columns:
            raise InputError(
                f"To warm the keys of a frame it needs a column 'key', not only {', '.join(what.columns)}."
            )
        return what["key"].to_list()[:most]
    if what is not None and not isinstance(what, str):
        return [read_key(key) for key in what][:most]
    wanted = entries.filter(pl.col("hits") > 0) if what is None else _matching(entries, what)
    ends_in = pl.col("ttl_seconds") - pl.col("age_seconds")
    return wanted.sort([pl.col("hits"), ends_in], descending=[True, False])["key"].to_list()[:most]


def _matching(entries: pl.DataFrame, pattern: str) -> pl.DataFrame:
    keys = set(fnmatch.filter(entries["key"].to_list(), pattern))
    return entries.filter(pl.col("key").is_in(list(keys)))
