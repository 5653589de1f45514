"""Owns the pictures of the collection's shape."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["collection", "collection_overlaps", "collection_ratings"]

_MOST: Final = 20
_IN_ORDER: Final = ("decade", "rating", "user_rating", "runtime")
"""Properties whose values follow one another."""
_COMMUNITY, _OWN = "#4c78a8", "#f58518"
_FARTHEST: Final = 2.0
"""The lift, as a power of 2, at which a colour is fullest: four times as often, or a quarter."""
_INK: Final = alt.when("abs(datum.tone) > 1.3").then(alt.value("white")).otherwise(alt.value("black"))
_TONES: Final = alt.Scale(scheme="blueorange", domain=[-_FARTHEST, _FARTHEST])
_TOLD: Final = alt.Legend(
    values=[-2, -1, 0, 1, 2], labelExpr="['a quarter', 'half', 'chance', 'twice', '4 times'][datum.value + 2]"
)


def collection(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Titles by one property: upright in the order of its values, or lying with the most first."""
    by = given["by"]
    title = f"Titles by {by.replace('_', ' ')}"
    if by in _IN_ORDER:
        rows = frame.with_columns(looks.labelled("name", 20))
        return (
            looks.chart(rows, title)
            .mark_bar(color=looks.BAR)
            .encode(
                x=alt.X("name:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, labelLimit=90)),
                y=alt.Y("titles:Q", title="titles", axis=alt.Axis(tickMinStep=1)),
            )
        )
    rows = frame.head(_MOST).with_columns(looks.labelled("name", 40))
    drawn = looks.chart(rows, title, height=looks.ROW * max(rows.height, 1), width=looks.WIDTH - 140)
    return drawn.mark_bar(color=looks.BAR).encode(
        x=alt.X("titles:Q", title="titles", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("name:N", title=None, sort=None, axis=alt.Axis(labelLimit=240)),
    )


def collection_overlaps(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.LayerChart:
    """Fields of two properties: orange comes together more often than by chance, blue less; numbers are titles."""
    rows = frame.with_columns(looks.labelled("name", 24), looks.labelled("other_name", 24))
    if given["one"] == given["other"]:
        mirrored = rows.with_columns(name="other_name", other_name="name")
        rows = pl.concat([rows, mirrored])
    tone = pl.col("lift").log(2).clip(-_FARTHEST, _FARTHEST).round(2)
    rows = rows.with_columns(tone.alias("tone"))
    across, down = (rows.select(pl.col(name).unique().sort()).to_series().to_list() for name in ("other_name", "name"))
    title = f"{given['one']} by {given['other']}: titles, and how often they come together".capitalize()
    fields = alt.Chart(rows).encode(
        x=alt.X("other_name:N", title=None, sort=across, axis=alt.Axis(labelAngle=-40, labelLimit=140)),
        y=alt.Y("name:N", title=None, sort=down, axis=alt.Axis(labelLimit=160)),
    )
    squares = fields.mark_rect().encode(color=alt.Color("tone:Q", title="as often", scale=_TONES, legend=_TOLD))
    numbers = fields.mark_text(fontSize=10).encode(text="titles:Q", color=_INK)
    drawn = alt.LayerChart(layer=[squares, numbers], title=title, padding=12)
    return drawn.properties(height=looks.ROW * max(len(down), 1), width=looks.WIDTH - 140)


def collection_ratings(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Shares of titles by rating, the community's beside one's own."""
    shares = frame.select("stars", community="community_share", own="own_share").fill_null(0)
    rows = shares.unpivot(["community", "own"], index="stars", variable_name="whose", value_name="share")
    scale = alt.Scale(domain=["community", "own"], range=[_COMMUNITY, _OWN])
    return (
        looks.chart(rows, "Ratings: the community's and one's own")
        .mark_bar()
        .encode(
            x=alt.X("stars:O", title="rating", axis=alt.Axis(labelAngle=0)),
            xOffset=alt.XOffset("whose:N"),
            y=alt.Y("share:Q", title="share of the titles rated", axis=alt.Axis(format="%")),
            color=alt.Color("whose:N", title=None, scale=scale),
        )
    )
