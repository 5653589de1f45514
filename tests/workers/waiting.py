"""What tests of workers share: waits for conditions, and threads by name."""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic, sleep

__all__ = ["LIMIT_SECONDS", "threads_of", "until"]

LIMIT_SECONDS = 30


def until(is_so: Callable[[], object]) -> None:
    """Wait until it is so."""
    given_up_at = monotonic() + LIMIT_SECONDS
    while not is_so():
        assert monotonic() < given_up_at
        sleep(0.005)


def threads_of(name: str) -> list[threading.Thread]:
    """Its threads that are there."""
    return [thread for thread in threading.enumerate() if thread.name.startswith(name)]
