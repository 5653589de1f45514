"""Owns pairs and what they come to: neighbours in an order, everything that hangs together, stars about the best.

Pairs are frames of `a` and `b`, numbers of things. No step is more than linear in things and pairs.
"""

from __future__ import annotations

import polars as pl

__all__ = ["components", "neighbours", "stars"]


def neighbours(ordered: pl.DataFrame, thing: str, block: list[str], reach: int) -> pl.DataFrame:
    """Each thing with up to `reach` that follow it in the same block: a, b; each pair once, a < b.

    Args:
        ordered: Things, those of a block beside each other.
        thing: The column that numbers them.
        block: Columns whose values are the same within a block.
        reach: How far to look: a block of n gives fewer than n times reach pairs, however large.
    """
    found = [
        ordered.lazy()
        .select(pl.col(thing), pl.col(thing).shift(-step).alias("other"), _is_same(block, step).alias("same"))
        .filter("same", pl.col(thing) != pl.col("other"))
        .select(a=pl.min_horizontal(thing, "other"), b=pl.max_horizontal(thing, "other"))
        for step in range(1, reach + 1)
    ]
    return pl.concat(found).unique().sort("a", "b").collect()


def _is_same(block: list[str], step: int) -> pl.Expr:
    return pl.all_horizontal(pl.col(name) == pl.col(name).shift(-step) for name in block)


def components(pairs: pl.DataFrame) -> pl.DataFrame:
    """Everything that hangs together by pairs: thing, label (the least thing that it hangs together with)."""
    both = _both_ways(pairs)
    labels = both.select(thing="a", label="a").unique().sort("thing")
    while True:
        near = both.join(labels, left_on="b", right_on="thing").group_by("a").agg(pl.col("label").min().alias("near"))
        lower = labels.join(near, left_on="thing", right_on="a").select(
            "thing", label=pl.min_horizontal("label", "near")
        )
        # what the label itself has been given meanwhile: long chains are done in a few rounds
        lower = lower.join(lower, left_on="label", right_on="thing").select("thing", label="label_right").sort("thing")
        if lower.equals(labels):
            return labels
        labels = lower


def stars(pairs: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """The best things with those that a pair joins to them directly: member, centre; each thing is in one at most.

    Who is better than all it is paired with is a centre, and takes them, each where its pair weighs most; then the
    same with what is left. What is like a member only is not in: likeness does not add up.

    Args:
        pairs: a, b, weight.
        ranks: thing, rank; the lowest is the best, no two are the same.
    """
    left = _ranked(pairs, ranks)
    taken = [pl.DataFrame(schema={"member": pairs["a"].dtype, "centre": pairs["a"].dtype})]
    while left.height:
        rivals = left.group_by("a").agg(pl.col("rank_b").min(), pl.col("rank_a").first())
        centres = rivals.filter(pl.col("rank_a") < pl.col("rank_b")).select(centre="a")
        joined = left.join(centres, left_on="b", right_on="centre").sort(["weight", "rank_b"], descending=[True, False])
        members = joined.unique("a", keep="first", maintain_order=True).select(member="a", centre="b")
        taken.append(members)
        gone = pl.concat([centres["centre"], members["member"]])
        left = left.filter(~pl.col("a").is_in(gone.implode()), ~pl.col("b").is_in(gone.implode()))
    return pl.concat(taken).sort("member")


def _ranked(pairs: pl.DataFrame, ranks: pl.DataFrame) -> pl.DataFrame:
    """Pairs both ways, each end with its rank."""
    return (
        _both_ways(pairs)
        .join(ranks.rename({"rank": "rank_a"}), left_on="a", right_on="thing")
        .join(ranks.rename({"rank": "rank_b"}), left_on="b", right_on="thing")
    )


def _both_ways(pairs: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([pairs, pairs.rename({"a": "b", "b": "a"}).select(pairs.columns)]).filter(
        pl.col("a") != pl.col("b")
    )
