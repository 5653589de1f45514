"""Owns where each thread measures: in cells of its own, which only it writes, so that nothing is locked or lost.

Who wants totals adds the cells of all threads up. Those of threads that ended are folded together.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from math import frexp
from typing import Final, TypeAlias

__all__ = ["Cells", "Durations", "Here", "Key", "as_text", "key_of", "labels_of", "name_of", "shown", "total_of"]

Key: TypeAlias = str | tuple[str, ...]
"""A name; with labels (name, label, value, label, value, …), sorted."""

_FOLDED_AT: Final = 64


class Durations:
    """The runs of one timer in one thread, in seconds.

    `buckets` counts them by 32 * exponent + the first five bits of the mantissa: 16 buckets where a duration doubles,
    a thousand in all at the very most.
    """

    __slots__ = ("buckets", "count", "errors", "maximum", "minimum", "total")

    def __init__(self) -> None:
        self.count = 0
        self.errors = 0
        self.total = 0.0
        self.minimum = float("inf")
        self.maximum = 0.0
        self.buckets: dict[int, int] = {}

    def took(self, seconds: float, is_failed: bool) -> None:
        """Count a run."""
        self.count += 1
        self.total += seconds
        if seconds < self.minimum:
            self.minimum = seconds
        if seconds > self.maximum:
            self.maximum = seconds
        mantissa, exponent = frexp(seconds)
        bucket = 32 * exponent + int(32 * mantissa)
        buckets = self.buckets
        buckets[bucket] = buckets.get(bucket, 0) + 1
        if is_failed:
            self.errors += 1

    def add(self, other: Durations) -> None:
        """Count another's runs, too."""
        self.count += other.count
        self.errors += other.errors
        self.total += other.total
        self.minimum = min(self.minimum, other.minimum)
        self.maximum = max(self.maximum, other.maximum)
        # a copy is made at once; the other may be written meanwhile
        for bucket, count in other.buckets.copy().items():
            self.buckets[bucket] = self.buckets.get(bucket, 0) + count

    def percentile(self, share: float) -> float:
        """What such a share of the runs did not take longer than; right to 3 %. 0.0 when there was none."""
        left = share * sum(self.buckets.values())
        for bucket in sorted(self.buckets):
            left -= self.buckets[bucket]
            if left <= 0:
                exponent, first = divmod(bucket, 32)
                middle = (first + 0.5) / 32 * 2.0**exponent if first else 0.0
                return float(min(max(middle, self.minimum), self.maximum))
        return self.maximum


class Cells:
    """What one thread has measured."""

    __slots__ = ("counts", "timers")

    def __init__(self) -> None:
        self.counts: dict[Key, float] = {}
        self.timers: dict[Key, Durations] = {}

    def add(self, other: Cells) -> None:
        """Take in what another thread measured."""
        for key, amount in other.counts.copy().items():
            self.counts[key] = self.counts.get(key, 0) + amount
        for key, durations in other.timers.copy().items():
            self.timers.setdefault(key, Durations()).add(durations)


class Here(threading.local):
    """The cells of the thread that asks, as `counts` and `timers`; `total()` adds up those of all."""

    counts: dict[Key, float]
    timers: dict[Key, Durations]

    # threading.local calls __init__ in each thread with what it was made with
    def __init__(self, everyone: _Everyone) -> None:
        cells = Cells()
        self.counts, self.timers = cells.counts, cells.timers
        everyone.join(cells)

    @staticmethod
    def beginning() -> tuple[Here, Callable[[], Cells]]:
        """(cells that nothing was measured in, how to add them up)."""
        everyone = _Everyone()
        return Here(everyone), everyone.total


class _Everyone:
    """The cells of all threads."""

    def __init__(self) -> None:
        # a finalizer may come while this thread holds it, and count something
        self._lock = threading.RLock()
        self._ended = Cells()
        self._threads: list[tuple[weakref.ref[threading.Thread], Cells]] = []

    def join(self, cells: Cells) -> None:
        with self._lock:
            if len(self._threads) >= _FOLDED_AT:
                self._fold()
            self._threads.append((weakref.ref(threading.current_thread()), cells))

    def total(self) -> Cells:
        with self._lock:
            return _sum([self._ended, *(cells for _, cells in self._threads)])

    def _fold(self) -> None:
        """Add up the cells of threads that ended, into new ones: a total may be under way."""
        living, ended = [], [self._ended]
        for thread, cells in self._threads:
            if (alive := thread()) is not None and alive.is_alive():
                living.append((thread, cells))
            else:
                ended.append(cells)
        self._ended, self._threads = _sum(ended), living


def _sum(parts: Iterable[Cells]) -> Cells:
    whole = Cells()
    for each in parts:
        whole.add(each)
    return whole


def as_text(labels: Mapping[str, object]) -> dict[str, str]:
    """Labels as they are kept: 200 is "200"."""
    return {label: value if isinstance(value, str) else str(value) for label, value in labels.items()}


def key_of(name: str, labels: Mapping[str, object]) -> Key:
    """What a series is measured under."""
    if not labels:
        return name
    if len(labels) == 1:
        # most have one, and sorting costs as much as all the rest
        ((label, value),) = labels.items()
        return name, label, value if isinstance(value, str) else str(value)
    return name, *(part for pair in sorted(as_text(labels).items()) for part in pair)


def name_of(key: Key) -> str:
    """The name in a key."""
    return key if isinstance(key, str) else key[0]


def labels_of(key: Key) -> dict[str, str]:
    """The labels in a key."""
    return {} if isinstance(key, str) else dict(zip(key[1::2], key[2::2], strict=True))


def total_of(values: Mapping[Key, float], name: str, labels: Mapping[str, object]) -> float:
    """The sum of all series of a name that have these labels."""
    wanted = as_text(labels).items()
    return sum(value for key, value in values.items() if name_of(key) == name and wanted <= labels_of(key).items())


def shown(key: Key) -> str:
    """A key as people read it: `name` or `name{label=value,…}`."""
    labels = ",".join(f"{label}={value}" for label, value in labels_of(key).items())
    return f"{name_of(key)}{{{labels}}}" if labels else name_of(key)
