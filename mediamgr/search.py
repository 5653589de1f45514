"""Owns the rules of text search: how text is normalised, what a query matches, how matches rank.

Titles and queries pass through the same `normalise`, so that case, accents and punctuation never
matter. Pure functions; the SQL that applies them is in sql/queries.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import polars as pl

__all__ = [
    "LEAST_TITLE",
    "LEAST_WORD",
    "TextQuery",
    "normalise",
    "normalise_expr",
    "normalise_series",
    "parse_query",
    "search_text_expr",
]

LEAST_TITLE: Final = 0.88
"""Jaro-Winkler similarity below which two titles share little more than their length."""
LEAST_WORD: Final = 0.9
"""The same for one word of a name; words are short, and "mark" and "mary" have 0.88."""

# letters that Unicode does not decompose
_LETTERS = {
    "æ": "ae", "œ": "oe", "ø": "o", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
# a fraction decomposes to digits that would run into those before it
_FRACTIONS = {
    "½": " 1 2", "⅓": " 1 3", "⅔": " 2 3", "¼": " 1 4", "¾": " 3 4", "⅛": " 1 8",
}  # fmt: skip
_APOSTROPHES = r"['’‘ʼ`´]"
_LATIN_MARKS = "[\u0300-\u036f]"
_NOT_WORD = r"[^\p{L}\p{N}\p{M}]+"


@dataclass(frozen=True, slots=True)
class TextQuery:
    """A query as search sees it.

    Attributes:
        text: The normalised query, words separated by one blank; "" matches nothing by itself.
        words: Its distinct words, longest first, so that the rarest is tried first.
        squeezed: The query without blanks.
        run: A pattern of the squeezed query that begins with a word and may run across others, so that "walle" finds
            "WALL·E".
    """

    text: str
    words: tuple[str, ...]
    squeezed: str
    run: str

    @property
    def is_one_word(self) -> bool:
        """Whether it is one word, said once."""
        return self.words == (self.text,)


def normalise_expr(text: pl.Expr) -> pl.Expr:
    """Text as search sees it: lower case, no accents, words separated by one blank. Null stays null.

    Text of nothing but punctuation ("...") is kept as it is, in lower case.
    """
    words = (
        text.str.replace_many(_FRACTIONS)
        .str.normalize("NFKD")
        .str.replace_all(_LATIN_MARKS, "")
        .str.normalize("NFC")
        .str.to_lowercase()
        .str.replace_many(_LETTERS)
        .str.replace_all(_APOSTROPHES, "")
        .str.replace_all(_NOT_WORD, " ")
        .str.strip_chars()
    )
    return words.replace("", None).fill_null(text.str.to_lowercase().str.strip_chars())


def normalise_series(texts: pl.Series) -> pl.Series:
    """Many texts as search sees them: what `normalise_expr` gives, several times as fast where most are ASCII."""
    plain = (texts.str.len_bytes() == texts.str.len_chars()).fill_null(value=True)
    quick = (
        texts.str.to_lowercase()
        .str.replace_all("['`]", "")
        .str.replace_all("[^0-9a-z]+", " ")
        .str.strip_chars(" ")
        .alias("quick")
    )
    # texts of nothing but punctuation go the long way as well
    plain &= (quick != "").fill_null(value=True)
    if plain.all():
        return quick.alias(texts.name)
    rest = texts.filter(~plain).to_frame("rest").select(normalise_expr(pl.col("rest")))["rest"]
    place = pl.when(~plain).then((~plain).cum_sum() - 1)
    return pl.select(pl.when(plain).then(quick).otherwise(pl.lit(rest).gather(place))).to_series().alias(texts.name)


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """One text as search sees it; "Amélie!" becomes "amelie"."""
    return str(pl.select(normalise_expr(pl.lit(text))).item())


def search_text_expr(title_key: pl.Expr, original_key: pl.Expr) -> pl.Expr:
    """The searchable spellings of an item from its normalised titles: " words | words".

    Every word follows a blank, so that " blad" finds words that begin so.
    """
    original = pl.when(original_key.is_not_null() & (original_key != title_key)).then(original_key)
    return pl.concat_str(pl.lit(" "), title_key, (pl.lit(" | ") + original).fill_null(""))


def parse_query(text: str) -> TextQuery:
    """A typed query, decided: what must match and in which spelling."""
    key = normalise(text)
    words = sorted(set(key.split()), key=lambda word: (-len(word), word))
    squeezed = key.replace(" ", "")
    run = " " + " ?".join(map(re.escape, squeezed))
    return TextQuery(text=key, words=tuple(words), squeezed=squeezed, run=run)
