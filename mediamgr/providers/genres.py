"""Owns that a genre has one name, whichever site told it: else a library has Sci-Fi beside Science Fiction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

__all__ = ["same_genres"]

_TELLS_TWO: Final = " & "
_NAMES: Final = {
    "sci-fi": "Science Fiction", "scifi": "Science Fiction", "science-fiction": "Science Fiction",
    "speculative fiction": "Science Fiction", "film-noir": "Film Noir", "docu": "Documentary",
    "documentary film": "Documentary", "reality-tv": "Reality", "talk-show": "Talk", "game-show": "Game Show",
    "kids": "Children", "biographical": "Biography", "musical comedy": "Musical",
}  # fmt: skip


def same_genres(told: Iterable[str]) -> list[str]:
    """Genres as sites name them, by their usual names, each once; "Sci-Fi & Fantasy" are two."""
    each = (name.strip() for one in told for name in one.split(_TELLS_TWO))
    return list(dict.fromkeys(_NAMES.get(name.casefold(), name) for name in each if name))
