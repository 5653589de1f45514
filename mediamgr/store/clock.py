"""Owns what time it is as a library keeps it: UTC, without a zone, wherever the machine is."""

from __future__ import annotations

from datetime import UTC, datetime

__all__ = ["utc_now"]


def utc_now() -> datetime:
    """Now, UTC without zone, as columns named `…_at` hold it."""
    return datetime.now(UTC).replace(tzinfo=None)
