"""Owns the ids that providers give to what the library has no id for: made from its number, and back.

They begin above all ids that providers and demo libraries use, so that the two never meet.
"""

from __future__ import annotations

import re
import zlib
from typing import Final

__all__ = [
    "PEOPLE_FROM",
    "derived",
    "derived_imdb",
    "number_of_imdb",
    "number_of_name",
    "underived",
]

_FROM: Final = 1_000_000_000
PEOPLE_FROM: Final = 3_000_000_000
"""Where people begin, at a provider that numbers works and people together."""
_IMDB_FROM: Final = 90_000_000
_IMDB: Final = re.compile(r"(tt|nm)([0-9]{8,18})")


def derived(number: int) -> int:
    """The id for what has this number in the library; different for each."""
    return _FROM + number


def underived(text: str) -> int | None:
    """The number that `derived` was given; None for what it never gives."""
    value = int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
    return value - _FROM if value > _FROM else None


def derived_imdb(letters: str, number: int) -> str:
    """The IMDb id ("tt" for works, "nm" for people) for what has this number in the library."""
    return f"{letters}{_IMDB_FROM + number}"


def number_of_imdb(letters: str, text: str) -> int | None:
    """The number that `derived_imdb` was given; None for what it never gives."""
    found = _IMDB.fullmatch(text)
    if found is None or found[1] != letters or int(found[2]) <= _IMDB_FROM:
        return None
    return int(found[2]) - _IMDB_FROM


def number_of_name(kind: str, name: str) -> int:
    """An id for what the library has only a name for, such as a genre; the same for the same name."""
    return zlib.crc32(f"{kind}:{name}".encode()) % 1_000_000_000
