"""Owns how what was said, and counted, in a span is shown: in a few words."""

from __future__ import annotations

from typing import Any, Final

from mediamgr.instrumentation import Key, labels_of, name_of
from mediamgr.wording import human_bytes

__all__ = ["said_of", "said_of_count"]

_LONGEST: Final = 160


def said_of(name: str, value: Any) -> str:
    """A fact."""
    if name == "spent":
        return str(value)
    return f"from {value}" if name == "line" else f"{name} {_short(value)}"


def said_of_count(key: Key, amount: float) -> str:
    """What a counter counted: `rows_read 400`, `bytes_read 8.0 kB`."""
    name = name_of(key).partition(".")[2]
    said = human_bytes(amount) if "bytes" in name else f"{amount:,.10g}"
    return " ".join([name, *labels_of(key).values(), said])


def _short(value: Any) -> str:
    """A value, cut where it is long."""
    if isinstance(value, dict):
        return ", ".join(f"{name}={_short(each)}" for name, each in value.items())
    text = value if isinstance(value, str) else repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
