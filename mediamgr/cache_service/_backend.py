"""Owns what every place that keeps answers can do. One contract, tested against each of them as it really is.

A backend knows bytes by place, a text "namespace/provider:name", and the moment after which nobody wants them. What
they mean, and when they are good, is none of its business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

__all__ = ["Backend", "BackendFailed", "Listed", "Use"]


class BackendFailed(Exception):
    """It cannot be used now: not reached, full, not writable, or another process's. Says why and what to do."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What a listing says of an entry.

    Attributes:
        place: Where it is.
        head: Its first `HEAD_BYTES` bytes.
        stored_bytes: How large it is there.
        hits: How often it was given, as far as was told.
        used_at: When it was last given or written, as far as was told, in seconds since 1970.
    """

    place: str
    head: bytes
    stored_bytes: int
    hits: int
    used_at: float


class Use(NamedTuple):
    """That an entry was given so many times, last at `at`, in seconds since 1970."""

    hits: int
    at: float


class Backend(Protocol):
    """Keeps bytes by place. Every method may raise `BackendFailed`, and nothing else; all may be called by any thread.

    Attributes:
        name: 'db', 'disk' or 'redis'.
        seen_again_after: Seconds until what other processes changed must be noticed; how long a copy in memory will do.
    """

    name: str
    seen_again_after: float

    def get(self, place: str) -> bytes | None:
        """The bytes, unless they are not there or their moment has passed."""

    def set(self, place: str, packed: bytes, kept_seconds: float) -> None:
        """Keep them so long, in place of what was there."""

    def delete(self, places: Iterable[str]) -> int:
        """Remove them; how many were there."""

    def clear(self, namespace: str | None) -> int:
        """Remove all entries, or all of a namespace, and what was counted of them; how many there were."""

    def clear_expired(self) -> int:
        """Remove what nobody wants any more; how many. A server that does so by itself finds none."""

    def listed(self, namespace: str | None = None) -> Iterator[Listed]:
        """All that is kept, in no order."""

    def used(self, uses: Mapping[str, Use]) -> None:
        """Remember that entries were given; those that are gone are passed over."""

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """Add to what is counted by namespace and name."""

    def counts(self) -> dict[str, dict[str, int]]:
        """What was counted so far, by all processes, by namespace and name."""

    def lock(self, place: str, token: str, seconds: float) -> bool:
        """Be the only one of all processes to load that place, for so long at most; False when another one is."""

    def holder(self, place: str) -> str:
        """The token of who loads that place; "" when nobody does."""

    def unlock(self, place: str, token: str) -> None:
        """Let others load it; nothing when the lock is not ours any more."""

    def compact(self) -> None:
        """Give back the room of what is gone, where that does not happen by itself."""

    def size_bytes(self) -> int:
        """What it takes on disk, or in the memory of a server."""

    def close(self) -> None:
        """Let go of it; used again, it is opened again."""

    def __repr__(self) -> str:
        """Where it is, without secrets."""
