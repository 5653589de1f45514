"""Owns which films and shows are worth comparing: those whose titles are nearly the same, of about the same year.

Three ways, each linear: the same words that count, in any of their titles; titles that follow each other in the
alphabet, and in the alphabet of titles read backwards, among those of two years. A typing error leaves one half of a
title whole, and so puts it beside the right one in one of the two.
"""

from __future__ import annotations

from typing import Final

import polars as pl
from rapidfuzz import fuzz

from mediamgr.reports.duplicates._linking import neighbours
from mediamgr.search import normalise_series
from mediamgr.titles import plain_series, split_title

__all__ = ["LEAST_PERCENT", "candidates"]

LEAST_PERCENT: Final = 85.0
"""How alike titles are at least, without blanks and what does not count: one letter of seven."""
_SAME_REACH: Final = 10
"""Works of one title and about one year that each is compared with."""
_NEAR_REACH: Final = 5
"""Titles before and behind that each is compared with."""
_AT_ONCE: Final = 500_000
_PAIR: Final = {"a": pl.UInt32, "b": pl.UInt32}


def candidates(works: pl.DataFrame) -> pl.DataFrame:
    """Pairs to judge: a, b, numbers of works; each once.

    Args:
        works: work (their number), media_type, title, original_title, title_key, year.
    """
    names = _names(works)
    pairs = pl.concat([_of_one_title(names), _undated(names), _of_near_titles(names.filter(~pl.col("is_head")))])
    return pairs.unique().sort("a", "b")


def _names(works: pl.DataFrame) -> pl.DataFrame:
    """Every title a work goes by, plain: work, media_type, year, plain, is_head (without its subtitle)."""
    own = works.select("work", "media_type", "year", key="title_key", is_head=False)
    original = works.filter(pl.col("original_title").is_not_null()).with_columns(
        key=normalise_series(works["original_title"].drop_nulls())
    )
    heads = works.with_columns(key=split_title(works["title"]), is_head=True).filter(pl.col("key").is_not_null())
    names = pl.concat(
        [own, original.with_columns(is_head=False).select(own.columns), heads.select(own.columns)]
    ).filter(pl.col("key") != "")
    left_over = pl.concat_str(pl.lit(" "), pl.col("year").cast(pl.String))
    bare = pl.when(pl.col("key").str.ends_with(left_over)).then(pl.col("key").str.strip_suffix(left_over))
    names = names.with_columns(bare.otherwise("key").alias("key"))
    return names.with_columns(plain=plain_series(names["key"])).drop("key").unique(["work", "plain"], keep="first")


def _of_one_title(names: pl.DataFrame) -> pl.DataFrame:
    ordered = names.filter(pl.col("year").is_not_null()).sort("media_type", "plain", "year", "work")
    return neighbours(ordered, "work", ["media_type", "plain"], _SAME_REACH)


def _undated(names: pl.DataFrame) -> pl.DataFrame:
    """Those without a year, with the first few of that title."""
    title = ["media_type", "plain"]
    names = names.sort("work")
    undated = names.filter(pl.col("year").is_null())
    few = names.group_by(title, maintain_order=True).head(_SAME_REACH)
    met = undated.group_by(title).head(_SAME_REACH).join(few, on=title).filter(pl.col("work") != pl.col("work_right"))
    return met.select(a=pl.min_horizontal("work", "work_right"), b=pl.max_horizontal("work", "work_right"))


def _of_near_titles(names: pl.DataFrame) -> pl.DataFrame:
    dated = names.filter(pl.col("year").is_not_null())
    found = [_within(dated, (pl.col("year") + shift) // 2) for shift in (0, 1)]
    return pl.concat(found)


def _within(names: pl.DataFrame, years: pl.Expr) -> pl.DataFrame:
    """Works whose titles are beside each other among those of two years."""
    block = ["media_type", "years"]
    named = names.with_columns(years=years)
    titles = named.select(*block, "plain").unique().sort(*block, "plain").with_row_index("title")
    forth = neighbours(titles, "title", block, _NEAR_REACH)
    back = titles.with_columns(pl.col("plain").str.reverse()).sort(*block, "plain")
    alike = _alike(pl.concat([forth, neighbours(back, "title", block, _NEAR_REACH)]).unique(), titles["plain"])
    # no more works of a title than would be compared were it the same
    works = named.sort("work").group_by([*block, "plain"], maintain_order=True).head(_SAME_REACH)
    works = works.join(titles, on=[*block, "plain"]).select("title", "work")
    met = alike.join(works, left_on="a", right_on="title").join(works, left_on="b", right_on="title")
    met = met.filter(pl.col("work") != pl.col("work_right"))
    return met.select(a=pl.min_horizontal("work", "work_right"), b=pl.max_horizontal("work", "work_right"))


def _alike(pairs: pl.DataFrame, titles: pl.Series) -> pl.DataFrame:
    """Of these pairs of titles those that are alike enough, so many at once that memory stays bounded."""
    found = [_alike_at_once(part, titles) for part in pairs.iter_slices(_AT_ONCE)]
    return pl.concat(found) if found else pairs


def _alike_at_once(pairs: pl.DataFrame, titles: pl.Series) -> pl.DataFrame:
    met = pairs.with_columns(ours=titles.gather(pairs["a"]), theirs=titles.gather(pairs["b"]))
    lengths = pl.col("ours").str.len_chars(), pl.col("theirs").str.len_chars()
    shorter, longer = pl.min_horizontal(*lengths), pl.max_horizontal(*lengths)
    # what these lengths allow at most; titles of other numbers are parts of a series
    met = met.filter(200 * shorter >= LEAST_PERCENT * (shorter + longer), _digits("ours") == _digits("theirs"))
    alike = [
        fuzz.ratio(ours, theirs, score_cutoff=LEAST_PERCENT) > 0
        for ours, theirs in zip(met["ours"].to_list(), met["theirs"].to_list(), strict=True)
    ]
    return met.filter(pl.Series(alike, dtype=pl.Boolean)).select("a", "b")


def _digits(column: str) -> pl.Expr:
    return pl.col(column).str.replace_all(r"[^0-9]", "")
