"""Owns where the people of a network stand: on a circle, side by side those who work with one another.

The same pairs give the same picture everywhere: places follow from an order, and are rounded.
"""

from __future__ import annotations

import math
from typing import Any, Final

import networkx as nx
import polars as pl

__all__ = ["people_on_a_circle", "ties_across_it"]

_BENT: Final = 0.35
"""How near to the rim the middle of a tie goes, where 0 is through the centre."""
_PLACES: Final = {
    "person_id": pl.Int64, "name": pl.String, "titles": pl.Int64, "circle": pl.Int64, "x": pl.Float64, "y": pl.Float64,
    "turn": pl.Float64, "is_left": pl.Boolean,
}  # fmt: skip


def people_on_a_circle(pairs: pl.DataFrame) -> pl.DataFrame:
    """Where everybody in `pairs` stands.

    Args:
        pairs: As `people_network` gives them: person_id, name, titles, other_id, other, other_titles, together.

    Gives person_id, name, titles, circle (who works with one another more than with the rest, 0 is the largest), x and
    y (-1 to 1), turn (degrees clockwise of a name along the spoke, never upside down), is_left (of the centre).
    """
    one = pairs.select("person_id", "name", "titles")
    other = pairs.select(
        pl.col("other_id").alias("person_id"), pl.col("other").alias("name"), other_titles="other_titles"
    )
    everybody = pl.concat([one, other.rename({"other_titles": "titles"})]).unique("person_id")
    circles = _circles(pairs)
    stood = everybody.with_columns(pl.col("person_id").replace_strict(circles, default=0).alias("circle"))
    in_order = stood.sort("circle", "titles", "person_id", descending=[False, True, False]).rows(named=True)
    placed = [row | _place(number / len(in_order)) for number, row in enumerate(in_order)]
    return pl.DataFrame(placed, schema=_PLACES)


def ties_across_it(pairs: pl.DataFrame, places: pl.DataFrame) -> pl.DataFrame:
    """Three points of each pair's line, bent to the centre: pair (a number), step, x, y, together, circle.

    `circle` is that of both of them; null of a pair from two circles.
    """
    place = places.select("person_id", "circle", "x", "y")
    joined = pairs.with_row_index("pair").join(place, on="person_id")
    joined = joined.join(place, left_on="other_id", right_on="person_id", suffix="_other").sort("pair")
    same = pl.when(pl.col("circle") == pl.col("circle_other")).then("circle")
    kept = joined.select("pair", "together", "x", "y", "x_other", "y_other", same.alias("circle"))
    middle = {axis: ((pl.col(axis) + pl.col(f"{axis}_other")) / 2 * _BENT).round(3) for axis in ("x", "y")}
    steps = [
        kept.with_columns(step=pl.lit(0)),
        kept.with_columns(step=pl.lit(1), **middle),
        kept.with_columns(step=pl.lit(2), x="x_other", y="y_other"),
    ]
    return pl.concat(steps).sort("pair", "step").select("pair", "step", "x", "y", "together", "circle")


def _circles(pairs: pl.DataFrame) -> dict[int, int]:
    """Person -> the number of their circle, the largest first: communities by modularity."""
    graph = nx.Graph()
    graph.add_weighted_edges_from(pairs.select("person_id", "other_id", "together").rows())
    if not graph:
        return {}
    found = nx.community.greedy_modularity_communities(graph, weight="weight")
    in_order = sorted(found, key=lambda people: (-len(people), min(people)))
    return {person: number for number, people in enumerate(in_order) for person in people}


def _place(share: float) -> dict[str, Any]:
    """The place at a share of the way around, clockwise from the top."""
    angle, is_left = 2 * math.pi * share, share >= 0.5
    turn = round(360 * share - 90 - 180 * is_left, 1)
    return {"x": round(math.sin(angle), 3), "y": round(math.cos(angle), 3), "turn": turn, "is_left": is_left}
