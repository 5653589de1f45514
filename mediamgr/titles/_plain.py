"""Owns titles reduced to what seldom differs between two that are one, for many at once: what candidates are found by.

Coarser than `spellings`, by the same words: two that are the same here may be told apart there.
"""

from __future__ import annotations

from typing import Final

import polars as pl

from mediamgr.search import normalise_series
from mediamgr.titles._spelling import AND, ARTICLES, EDITION_WORDS, PART, ROMAN, SPOKEN

__all__ = ["edition_words_expr", "plain_series", "split_title"]

_UNCOUNTED: Final = sorted(ARTICLES | AND | PART)
_EDITION: Final = rf" ({EDITION_WORDS})$"
_HEAD: Final = r"^(.*?\S)(?::\s+|\s+[-–—]\s+|：)"


def plain_series(keys: pl.Series) -> pl.Series:
    """Normalised titles without blanks, articles, “and”, “part” and words of an edition, numbers as digits.

    A title of nothing else is kept as it is.
    """
    words = pl.col("key").str.replace(_EDITION, "").str.split(" ")
    # a title may begin with a word that only looks like a numeral: "I, Robot"
    first = words.list.first().replace(SPOKEN)
    rest = words.list.slice(1).list.eval(_counted(pl.element().replace(ROMAN | SPOKEN))).list.join("")
    whole = pl.concat_str(pl.when(~first.is_in(_UNCOUNTED)).then(first).otherwise(pl.lit("")), rest)
    kept = pl.when(whole == "").then(pl.col("key").str.replace_all(" ", "")).otherwise(whole)
    return keys.to_frame("key").select(kept.alias(keys.name)).to_series()


def edition_words_expr(key: pl.Expr) -> pl.Expr:
    """The words of an edition that a normalised title ends with; null when it does not."""
    return key.str.extract(_EDITION)


def split_title(titles: pl.Series) -> pl.Series:
    """Titles without their subtitle, normalised; null where there is none."""
    heads = titles.to_frame("title").select(pl.col("title").str.extract(_HEAD)).to_series()
    return normalise_series(heads.alias(titles.name))


def _counted(words: pl.Expr) -> pl.Expr:
    return words.filter(~words.is_in(_UNCOUNTED))
