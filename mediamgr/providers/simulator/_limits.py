"""Owns how many requests a provider takes: a bucket of tokens that fills up as time passes."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass

from mediamgr.errors import InputError

__all__ = ["Bucket", "Limit", "Limits"]


@dataclass(frozen=True, slots=True)
class Limit:
    """So many calls in so many seconds.

    Attributes:
        calls: How many may come at once.
        seconds: How long it takes until as many may come again. They come back one by one.
    """

    calls: int
    seconds: float


class Bucket:
    """What is left of a limit.

    Args:
        limit: None lets everything pass.
        clock: Seconds that only rise.
    """

    def __init__(self, limit: Limit | None, clock: Callable[[], float]) -> None:
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        self._tokens = float(limit.calls if limit else 0)
        self._at = clock()

    def take(self) -> float:
        """Seconds to wait until a call is welcome; 0 when this one is, and was counted."""
        if self._limit is None:
            return 0.0
        rate = self._limit.calls / self._limit.seconds
        with self._lock:
            now = self._clock()
            self._tokens = min(self._limit.calls, self._tokens + (now - self._at) * rate)
            self._at = now
            if self._tokens >= 1:
                self._tokens -= 1
                return 0.0
            return math.inf if rate == 0 else (1 - self._tokens) / rate


class Limits(MutableMapping[str, Limit | None]):
    """Provider to how many requests it takes; None takes all. Setting one begins anew.

    Args:
        usual: Those that hold at first, unless they are not `are_on`.
        clock: Seconds that only rise.
        are_on: Whether there are any at first.
    """

    def __init__(self, usual: Mapping[str, Limit | None], clock: Callable[[], float], *, are_on: bool) -> None:
        self._clock = clock
        self._limits = {provider: limit if are_on else None for provider, limit in usual.items()}
        self._buckets = {provider: Bucket(limit, clock) for provider, limit in self._limits.items()}

    def take(self, provider: str) -> float:
        """Seconds until a request is welcome; 0 when this one is, and was counted."""
        return self._buckets[provider].take()

    def __getitem__(self, provider: str) -> Limit | None:
        return self._limits[provider]

    def __setitem__(self, provider: str, limit: Limit | None) -> None:
        if provider not in self._limits:
            raise InputError(f"There is no provider {provider!r}; there are {', '.join(self._limits)}.")
        self._limits[provider] = limit
        self._buckets[provider] = Bucket(limit, self._clock)

    def __delitem__(self, provider: str) -> None:
        self[provider] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._limits)

    def __len__(self) -> int:
        return len(self._limits)
