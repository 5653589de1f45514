"""Owns what ids of two items say: the same by one of them, or different, or both at once."""

from __future__ import annotations

from typing import Final

import polars as pl

from mediamgr.reports.duplicates._linking import neighbours

__all__ = ["agreement", "long_ids", "sharing"]

_REACH: Final = 8
_NONE: Final = r":\D*0*$"
"""Ids that stand for none: "0", "tt0000000", "-"."""


def long_ids(items: pl.DataFrame) -> pl.DataFrame:
    """Ids a row each: thing, space ("imdb/movie"), text ("imdb tt0083658"). `items`: thing, ids ("imdb/movie:tt…")."""
    split = pl.col("ids").str.splitn(":", 2)
    return (
        items.select("thing", "ids")
        .explode("ids", empty_as_null=False)
        .filter(pl.col("ids").is_not_null(), ~pl.col("ids").str.contains(_NONE))
        .select(
            "thing",
            space=split.struct.field("field_0"),
            text=pl.concat_str(pl.col("ids").str.extract("^([^/]*)/"), pl.lit(" "), split.struct.field("field_1")),
        )
    )


def sharing(ids: pl.DataFrame) -> pl.DataFrame:
    """Pairs that share an id: a, b. An id that stands at hundreds of items joins each to those about it."""
    shared = ids.filter(pl.struct("space", "text").is_duplicated()).sort("space", "text", "thing")
    return neighbours(shared, "thing", ["space", "text"], _REACH)


def agreement(pairs: pl.DataFrame, ids: pl.DataFrame) -> pl.DataFrame:
    """Of pairs whose ids can be compared: a, b, agreeing, differing; each the ids in words, null when there are none.

    Two that share one id of a source agree by that source, whatever else it calls them.
    """
    ours, theirs = (ids.rename({"thing": end, "text": f"text_{end}"}) for end in ("a", "b"))
    met = pairs.select("a", "b").join(ours, on="a").join(theirs, on=["b", "space"])
    is_one = pl.col("text_a") == pl.col("text_b")
    apart = pl.concat_str("text_a", pl.lit(" and "), pl.col("text_b").str.replace(r"^\S+ ", ""))
    by_space = met.group_by("a", "b", "space").agg(
        agreeing=pl.col("text_a").filter(is_one).min(), differing=apart.filter(~is_one).min()
    )
    differing = pl.when(pl.col("agreeing").is_null()).then("differing")
    return by_space.group_by("a", "b").agg(agreeing=pl.col("agreeing").min(), differing=differing.min()).sort("a", "b")
