"""Owns groups of copies: what is certainly one hangs together, what is only like it stands about the best."""

from __future__ import annotations

import polars as pl

from mediamgr.reports.duplicates._certainty import CERTAIN, DOUBTFUL, LIKELY
from mediamgr.reports.duplicates._keeping import ranked
from mediamgr.reports.duplicates._linking import components, stars

__all__ = ["grouped"]


def grouped(copies: pl.DataFrame, works: pl.DataFrame, bytes_: pl.DataFrame) -> pl.DataFrame:
    """Copies that have others, ranked, the best of a group being the one to keep.

    Args:
        copies: copy, work, cut and what they are ranked by.
        works: Pairs of works: a, b, kind, certainty, reason.
        bytes_: Pairs of copies by their bytes, with is_one_work.

    Returns the copies with place, node (a cut of a work), cluster (nodes that certainly are one) and centre (the
    cluster they stand about); of_works says whether that is for what is known of works, not for the bytes of one file.
    """
    copies = copies.with_columns(node=pl.struct("work", "cut").rank("dense").cast(pl.UInt32))
    edges = _between_nodes(copies, works, bytes_)
    again = copies.filter(pl.col("node").is_duplicated())["node"].unique()
    active = pl.concat([edges["a"], edges["b"], again]).unique()
    held = ranked(copies.filter(pl.col("node").is_in(active.implode())))
    held = _clustered(held, edges.filter(pl.col("certainty") == CERTAIN))
    held = _centred(held, edges.filter(pl.col("certainty") < CERTAIN))
    return held.filter(pl.col("centre").is_duplicated())


def _between_nodes(copies: pl.DataFrame, works: pl.DataFrame, bytes_: pl.DataFrame) -> pl.DataFrame:
    """a, b, certainty, of_works of nodes: works in each cut that both are held in; copies of the same bytes."""
    nodes = copies.select("work", "cut", "node").unique()
    of_works = (
        works.join(nodes, left_on="a", right_on="work")
        .join(nodes, left_on=["b", "cut"], right_on=["work", "cut"], suffix="_b")
        .select(a="node", b="node_b", certainty="certainty", of_works=pl.lit(value=True))
    )
    node_of = copies.select("copy", "node")
    of_bytes = (
        bytes_.join(node_of, left_on="a", right_on="copy")
        .join(node_of, left_on="b", right_on="copy", suffix="_b")
        .select(a="node", b="node_b", certainty="certainty", of_works="is_one_work")
    )
    both = pl.concat([of_works, of_bytes]).filter(pl.col("a") != pl.col("b"))
    ends = {"a": pl.min_horizontal("a", "b"), "b": pl.max_horizontal("a", "b")}
    return both.select(**ends, certainty="certainty", of_works="of_works").unique()


def _clustered(held: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    labels = components(edges.select("a", "b")).rename({"thing": "node", "label": "cluster"})
    found = held.join(labels, on="node", how="left", maintain_order="left")
    return found.with_columns(pl.col("cluster").fill_null(pl.col("node")))


def _centred(held: pl.DataFrame, edges: pl.DataFrame) -> pl.DataFrame:
    """First what is likely, then what is doubtful with what is left: a doubt parts no two that are likely one."""
    cluster = held.select("node", "cluster").unique()
    pairs = (
        edges.join(cluster, left_on="a", right_on="node")
        .join(cluster, left_on="b", right_on="node", suffix="_b")
        .filter(pl.col("cluster") != pl.col("cluster_b"))
        .group_by(a=pl.min_horizontal("cluster", "cluster_b"), b=pl.max_horizontal("cluster", "cluster_b"))
        .agg(weight=pl.col("certainty").max(), of_works=pl.col("of_works").any())
    )
    ranks = held.group_by(thing="cluster").agg(rank=pl.col("place").min(), copies=pl.len())
    weighed = pairs.drop("of_works")
    places = ranks.drop("copies")
    likely = stars(weighed.filter(pl.col("weight") == LIKELY), places)
    doubtful = stars(_open(weighed.filter(pl.col("weight") == DOUBTFUL), likely, ranks), places)
    ends = {"a": pl.min_horizontal("member", "centre"), "b": pl.max_horizontal("member", "centre")}
    centres = pl.concat([likely, doubtful]).with_columns(**ends).join(pairs.drop("weight"), on=["a", "b"])
    centres = centres.select("centre", "of_works", cluster="member")
    found = held.join(centres, on="cluster", how="left", maintain_order="left")
    return found.with_columns(pl.col("centre").fill_null(pl.col("cluster")))


def _open(pairs: pl.DataFrame, taken: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """Pairs that may still be joined: no member of a star, and of a star's centre only with what is less good.

    What has certain copies of its own stays with them: a doubt is no reason to keep those.
    """
    members, centres = taken["member"].implode(), taken["centre"].unique().implode()
    free = pairs.filter(~pl.col("a").is_in(members), ~pl.col("b").is_in(members))
    free = free.join(ranks, left_on="a", right_on="thing").join(ranks, left_on="b", right_on="thing", suffix="_b")
    free = free.rename({"rank": "rank_a"})
    worse_copies = pl.when(pl.col("rank_a") > pl.col("rank_b")).then("copies").otherwise("copies_b")
    held_a, held_b = pl.col("a").is_in(centres), pl.col("b").is_in(centres)
    is_open = ~(held_a & held_b) & ~(held_a & (pl.col("rank_b") < pl.col("rank_a")))
    is_open &= ~(held_b & (pl.col("rank_a") < pl.col("rank_b")))
    return free.filter(is_open, worse_copies == 1).select(pairs.columns)
