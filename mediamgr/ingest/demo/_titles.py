"""Owns what the demo library's works are called and told about: titles, sort titles, plots, taglines."""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import below, chance, lookup
from mediamgr.ingest.demo._grammar import build_grammar
from mediamgr.ingest.demo._prose import OPENINGS, PROSE_WORDS, TAGLINES, TURNS
from mediamgr.ingest.demo._words import TITLES, WORDS

__all__ = ["native_title", "plot", "shown_title", "sort_title", "tagline"]

_TITLES = build_grammar(TITLES, WORDS)
_OPENINGS = build_grammar([OPENINGS], PROSE_WORDS)
_TURNS = build_grammar([TURNS], PROSE_WORDS)
_TAGLINES = build_grammar([TAGLINES], PROSE_WORDS)
_LANGUAGE = pl.UInt32


def native_title(key: pl.Expr, lang: pl.Expr) -> pl.Expr:
    """The title in the work's own language."""
    return _TITLES.text(key, "title", lang)


def shown_title(key: pl.Expr, lang: pl.Expr) -> pl.Expr:
    """The title in the library: the work's own, or for most foreign works an English one."""
    translated = chance(key, "translated", 0.6)
    return _TITLES.text(key, "title", pl.when(translated).then(pl.lit(0, dtype=_LANGUAGE)).otherwise(lang))


def sort_title(title: pl.Expr) -> pl.Expr:
    """The title without its English article; null for a title that has none."""
    bare = title.str.replace(r"^(?:The|A|An) (.+)$", "${1}")
    return pl.when(bare != title).then(bare)


def plot(key: pl.Expr, absent: float) -> pl.Expr:
    """Two or three sentences; null for that share."""
    third = lookup(below(key, "plot.long", 2), pl.Series(["", " "]))
    ending = pl.when(third == " ").then(pl.concat_str(third, _TURNS.text(key, "plot.3"))).otherwise(pl.lit(""))
    told = pl.concat_str(_OPENINGS.text(key, "plot.1"), pl.lit(" "), _TURNS.text(key, "plot.2"), ending)
    return pl.when(~chance(key, "plot.absent", absent)).then(told)


def tagline(key: pl.Expr) -> pl.Expr:
    """A line for the poster; null for nearly half."""
    return pl.when(chance(key, "tagline", 0.55)).then(_TAGLINES.text(key, "tagline.text"))
