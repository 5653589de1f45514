"""Owns how sure one can be that two copies are one, in numbers that compare and in words."""

from __future__ import annotations

from typing import Final, Literal

import polars as pl

__all__ = ["CERTAIN", "DOUBTFUL", "LIKELY", "Certainty", "in_words", "level", "levels"]

Certainty = Literal["certain", "likely", "doubtful"]

DOUBTFUL: Final = 1
LIKELY: Final = 2
CERTAIN: Final = 3
_WORDS: Final[dict[Certainty, int]] = {"certain": CERTAIN, "likely": LIKELY, "doubtful": DOUBTFUL}


def level(word: Certainty) -> int:
    """The number of a word: the higher, the surer."""
    return _WORDS[word]


def in_words(levels: pl.Expr) -> pl.Expr:
    """Numbers as words; null stays null."""
    return levels.replace_strict(list(_WORDS.values()), list(_WORDS), return_dtype=pl.String)


def levels(words: pl.Expr) -> pl.Expr:
    """Words as numbers; null stays null."""
    return words.replace_strict(list(_WORDS), list(_WORDS.values()), return_dtype=pl.Int64)
