"""Owns the pictures of the report on quality upgrades."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["upgrades", "upgrades_by", "upgrades_scores"]

_MOST: Final = 20
_PANELS: Final = 6
_ABOVE: Final = alt.Axis(labelAngle=0, orient="top")
_FACTORS: Final = ("source", "resolution", "codec", "hdr", "sound")


def upgrades(frame: pl.DataFrame, given: Mapping[str, Any]) -> looks.Layers:
    """The factors of the items that come first: the darker, the more each costs."""
    rows = frame.head(_MOST).with_row_index("place")
    labels = rows.select(looks.labelled("item", 44))["item"].to_list()
    factors = rows.select("place", **{name: f"{name}_factor" for name in _FACTORS})
    cells = factors.unpivot(list(_FACTORS), index="place", variable_name="part", value_name="shown")
    drawn = alt.Chart(cells).encode(
        x=alt.X("part:N", title=None, sort=None, axis=_ABOVE),
        y=alt.Y("place:O", title=None, axis=looks.named(labels)),
    )
    scale = alt.Scale(scheme="blues", domain=[0.4, 1], reverse=True, clamp=True)
    shown = _cells(drawn, scale, ".2f", "datum.shown < 0.7")
    title = "What costs the first ones their score: the factors"
    return looks.layered(*shown, title=title, height=looks.ROW * max(len(labels), 1), width=360)


def upgrades_by(frame: pl.DataFrame, given: Mapping[str, Any]) -> looks.Layers:
    """The share of items that lack each thing, one row a value."""
    rows = frame.with_columns(looks.told_apart(length=40))
    kept = rows["value"].unique(maintain_order=True).head(_MOST).to_list()
    rows = rows.filter(pl.col("value").is_in(kept)).select("value", "reason", shown="share")
    drawn = alt.Chart(rows).encode(
        x=alt.X("reason:N", title=None, sort=None, axis=_ABOVE),
        y=alt.Y("value:N", title=None, sort=None, axis=alt.Axis(labelLimit=300)),
    )
    shown = _cells(drawn, alt.Scale(scheme="blues", domain=[0, 1]), ".0%", "datum.shown > 0.5")
    title = f"Share of the items that lack it, by {given['by']}"
    return looks.layered(*shown, title=title, height=looks.ROW * max(len(kept), 1), width=480)


def _cells(drawn: alt.Chart, scale: alt.Scale, format: str, is_dark: str) -> tuple[alt.Chart, alt.Chart]:
    """Cells coloured by `shown`, and that number in them, white on those that are dark."""
    written = drawn.mark_text(fontSize=11).encode(
        text=alt.Text("shown:Q", format=format),
        color=alt.condition(is_dark, alt.value("white"), alt.value("black")),
    )
    return drawn.mark_rect().encode(color=alt.Color("shown:Q", scale=scale, legend=None)), written


def upgrades_scores(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Items by score in steps of ten, one panel a value."""
    rows = frame.with_columns(looks.told_apart(length=40))
    most = rows.group_by("value").agg(pl.col("items").sum()).sort("items", "value", descending=[True, False])
    kept = most["value"].head(_PANELS).to_list()
    rows = rows.filter(pl.col("value").is_in(kept)).with_columns(score_to=pl.col("score_from") + 10)
    drawn = looks.chart(rows, f"Items by score, by {given['by']}", height=looks.ROW * 2)
    return drawn.mark_bar(color=looks.BAR).encode(
        x=alt.X("score_from:Q", title="score", scale=alt.Scale(domain=[0, 100]), bin="binned"),
        x2="score_to:Q",
        y=alt.Y("items:Q", title=None, axis=alt.Axis(tickCount=2)),
        row=alt.Row("value:N", title=None, sort=kept, header=looks.heading()),
    )
