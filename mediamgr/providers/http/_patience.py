"""Owns how long and how often is tried before a question is given up."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Patience"]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often is tried.

    Attributes:
        connect_seconds: Until a server must take the connection.
        read_seconds: Until it must say something, and something more.
        whole_seconds: After which an answer that still comes is given up, and nothing is tried again.
        turn_seconds: At most so long is waited for a turn, or for what Retry-After says; at most an hour.
        attempts: In all, where it is worth it.
        backoff_seconds: Before the second attempt at most so long is waited, twice as long before each further one;
            how long is left to chance.
        most_backoff_seconds: But never longer.
    """

    connect_seconds: float = 10.0
    read_seconds: float = 30.0
    whole_seconds: float = 120.0
    turn_seconds: float = 60.0
    attempts: int = 4
    backoff_seconds: float = 1.0
    most_backoff_seconds: float = 20.0
