"""Owns what was asked: the last requests and how they were answered, and how many there were."""

from __future__ import annotations

import re
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from typing import Final

import polars as pl

__all__ = ["Asked", "Journal"]

_MOST: Final = 100_000
_SCHEMA: Final = pl.Schema(
    {
        "at": pl.Datetime("us", "UTC"),
        "provider": pl.String(),
        "method": pl.String(),
        "path": pl.String(),
        "status": pl.Int64(),
        "is_conditional": pl.Boolean(),
        "fault": pl.String(),
        "user_agent": pl.String(),
    }
)
_SECRET: Final = re.compile(r"(?i)\b(api_?key)=[^&]*")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request.

    Attributes:
        at: When it came, UTC.
        provider: "tmdb", ..., "images"; None for the page of the server itself and for what is nobody's.
        method: GET or HEAD.
        path: With parameters; keys are masked.
        status: Of the answer; None when none came, or not the whole of it.
        is_conditional: It had If-None-Match.
        fault: How the answer was spoilt; None when it was not.
        user_agent: As it was sent; "" for none.
    """

    at: datetime
    provider: str | None
    method: str
    path: str
    status: int | None
    is_conditional: bool
    fault: str | None
    user_agent: str


class Journal:
    """Requests in their order, the last 100,000; all are counted. Safe to use from several threads."""

    def __init__(self, on_request: Callable[[Asked], object] | None = None) -> None:
        self._lock = threading.Lock()
        self._last: deque[Asked] = deque(maxlen=_MOST)
        self._counts: Counter[str | None] = Counter()
        self._on_request = on_request

    def note(
        self, provider: str | None, method: str, path: str, status: int | None, is_conditional: bool, fault: str | None,
        user_agent: str,
    ) -> None:  # fmt: skip
        """Remember a request that was answered just now."""
        path = _SECRET.sub(r"\1=***", path)
        asked = Asked(datetime.now(UTC), provider, method, path, status, is_conditional, fault, user_agent)
        with self._lock:
            self._last.append(asked)
            self._counts[provider] += 1
        if self._on_request:
            self._on_request(asked)

    def frame(self) -> pl.DataFrame:
        """The requests, oldest first; the columns are the attributes of `Asked`."""
        with self._lock:
            rows = list(self._last)
        return pl.DataFrame([astuple(row) for row in rows], schema=_SCHEMA, orient="row")

    def count(self, provider: str | None = None) -> int:
        """How many came to a provider; None counts all."""
        with self._lock:
            return self._counts.total() if provider is None else self._counts[provider]

    def clear(self) -> None:
        """Forget all."""
        with self._lock:
            self._last.clear()
            self._counts.clear()
