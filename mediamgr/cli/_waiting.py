"""Owns waiting for Ctrl-C, which is how a verb that serves ends."""

from __future__ import annotations

import signal
from contextlib import suppress

__all__ = ["until_stopped"]


def until_stopped() -> None:
    """Wait for Ctrl-C."""
    # polars 2.1 takes SIGINT so that a wait for an event is not interrupted by it
    with suppress(KeyboardInterrupt):
        while True:
            signal.pause()
