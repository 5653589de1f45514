"""Owns what copies say of each other: which cut they are of, which hold the same bytes, which last as long."""

from __future__ import annotations

from typing import Final

import polars as pl

from mediamgr.reports.duplicates._certainty import CERTAIN, DOUBTFUL, LIKELY
from mediamgr.reports.duplicates._ids import agreement
from mediamgr.reports.duplicates._linking import neighbours
from mediamgr.search import normalise_expr
from mediamgr.titles import edition_words_expr

__all__ = ["SAME_BYTES", "by_duration", "copies_of", "same_content", "same_size"]

_REACH: Final = 8
_SAME_SECONDS, _SAME_SHARE, _NEAR_SHARE = 120, 0.02, 0.05
_EDGE: Final = ("a", "b", "kind", "certainty", "reason")
SAME_BYTES: Final = "same size, and the same first and last 64 KiB"


def copies_of(rows: pl.DataFrame, works: pl.DataFrame) -> pl.DataFrame:
    """Copies, numbered, each with its work and its cut; of a path that two libraries list, the first.

    The cut is its edition, in words that count; "" for the usual one. A copy that does not say takes it from others of
    the same bytes.
    """
    copies = _listed_once(rows.filter(pl.col("paths").is_not_null()))
    said = pl.coalesce(
        normalise_expr(pl.col("edition")),
        pl.when(pl.col("media_type") == "movie").then(edition_words_expr(pl.col("title_key"))),
    )
    cut = said.str.replace_all(r"\b(?:the|cut|edition|version|theatrical)\b", "").str.replace_all(r"\s+", " ")
    copies = copies.with_columns(cut=cut.str.strip_chars().fill_null(""))
    copies = _named_by_content(copies).join(works.select("work", "media_item_id"), on="media_item_id")
    return copies.sort("media_item_id", pl.col("media_file_ids").list.first()).with_row_index("copy")


def _listed_once(rows: pl.DataFrame) -> pl.DataFrame:
    numbered = rows.sort(pl.col("media_file_ids").list.min()).with_row_index("row")
    paths = numbered.select("row", "paths").explode("paths", empty_as_null=True)
    again = paths.filter(~pl.col("paths").is_first_distinct())["row"].unique()
    return numbered.filter(~pl.col("row").is_in(again.implode())).drop("row")


def _named_by_content(copies: pl.DataFrame) -> pl.DataFrame:
    named = copies.filter(pl.col("cut") != "", pl.col("fingerprint").is_not_null()).group_by("fingerprint")
    known = named.agg(names=pl.col("cut").n_unique(), known=pl.col("cut").first()).filter(pl.col("names") == 1)
    told = copies.join(known.drop("names"), on="fingerprint", how="left")
    is_silent = (pl.col("cut") == "") & pl.col("known").is_not_null()
    return told.with_columns(cut=pl.when(is_silent).then("known").otherwise("cut")).drop("known")


def same_content(copies: pl.DataFrame, pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Pairs of copies of different works with the same bytes: a, b, kind, certainty, reason, is_one_work.

    Args:
        copies: As `copies_of` gives them.
        pairs: Works that may be one.
        ids: As `long_ids` gives them, of works.

    Where the titles agree, too, both are one work; else one of them is called wrongly, and that says nothing of what
    else it holds. A film that is a special of a show as well belongs in both places, and is no pair.
    """
    marked = copies.filter(pl.col("fingerprint").is_duplicated(), pl.col("fingerprint").is_not_null())
    met = _of_two_works(_beside(marked, "fingerprint", copies))
    met = met.filter(pl.col("media_type") == pl.col("media_type_b"), pl.col("cut") == pl.col("cut_b"))
    met = met.join(pairs.select(work="a", work_b="b", known="certainty"), on=["work", "work_b"], how="left")
    differing = agreement(met.select(a="work", b="work_b").unique(), ids).select(
        work="a", work_b="b", differ="differing"
    )
    return _told(met.join(differing, on=["work", "work_b"], how="left"))


def _told(met: pl.DataFrame) -> pl.DataFrame:
    is_film = pl.col("media_type") == "movie"
    apart = (pl.col("year") - pl.col("year_b")).abs().fill_null(0) > 1
    named_alike = is_film & (pl.col("title_key") == pl.col("title_key_b")) & ~apart
    differ = pl.col("differ").is_not_null()
    one = ~differ & (pl.col("known").is_not_null() | named_alike)
    return met.select(
        "a",
        "b",
        kind=pl.lit("same content"),
        certainty=pl.when(one).then(CERTAIN).when(is_film & ~differ).then(LIKELY).otherwise(DOUBTFUL).cast(pl.Int64),
        reason=pl.when(one)
        .then(pl.lit(SAME_BYTES))
        .when(differ)
        .then(pl.concat_str(pl.lit(f"{SAME_BYTES}; but their ids differ: "), "differ"))
        .otherwise(pl.lit(f"{SAME_BYTES}, under another title: one of them is called wrongly")),
        is_one_work=one,
    )


def same_size(copies: pl.DataFrame) -> pl.DataFrame:
    """Pairs of copies of different works of the same size and length, not both of known content: weak evidence."""
    known = copies.filter(pl.col("size_bytes") > 0, pl.col("duration_seconds") > 0)
    known = known.with_columns(about=pl.concat_str("media_type", "size_bytes", pl.col("duration_seconds").round(0)))
    marked = known.filter(pl.col("about").is_duplicated())
    met = _of_two_works(_beside(marked, "about", copies))
    met = met.filter(
        pl.col("fingerprint").is_null() | pl.col("fingerprint_b").is_null(), pl.col("cut") == pl.col("cut_b")
    )
    return met.select(
        "a",
        "b",
        kind=pl.lit("same size"),
        certainty=pl.lit(DOUBTFUL, dtype=pl.Int64),
        reason=pl.lit("the same size to the byte, and the same length: weak evidence, their content was not compared"),
        is_one_work=pl.lit(value=False),
    )


def _beside(marked: pl.DataFrame, key: str, copies: pl.DataFrame) -> pl.DataFrame:
    told = copies.select("copy", "work", "media_type", "cut", "title_key", "year", "fingerprint")
    pairs = neighbours(marked.sort(key, "copy"), "copy", [key], _REACH)
    return pairs.join(told, left_on="a", right_on="copy").join(told, left_on="b", right_on="copy", suffix="_b")


def _of_two_works(met: pl.DataFrame) -> pl.DataFrame:
    # copies are in the order of works, so that the first is of the lower
    return met.filter(pl.col("work") != pl.col("work_b"))


def by_duration(ours: pl.Expr, theirs: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """(how sure two copies can be at most, by how long they are; words for what is amiss, "" when nothing is)."""
    apart = (ours - theirs).abs()
    longer = pl.max_horizontal(ours, theirs)
    same = apart <= pl.max_horizontal(pl.lit(_SAME_SECONDS), longer * _SAME_SHARE)
    near = apart <= longer * _NEAR_SHARE
    minutes = pl.concat_str((apart / 60).round(0).cast(pl.Int64), pl.lit(" minutes "))
    by = pl.when(ours > theirs).then(pl.lit("longer")).otherwise(pl.lit("shorter"))
    sure = pl.when(apart.is_null() | (near & ~same)).then(LIKELY).when(same).then(CERTAIN).otherwise(DOUBTFUL)
    words = (
        pl.when(apart.is_null())
        .then(pl.lit("; how long they are is not known"))
        .when(same)
        .then(pl.lit(""))
        .when(near)
        .then(pl.concat_str(pl.lit("; "), minutes, by))
        .otherwise(pl.concat_str(pl.lit("; "), minutes, by, pl.lit(": another cut, or cut short")))
    )
    return sure, words
