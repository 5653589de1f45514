"""Owns the pictures of the changes report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["changes", "changes_growth", "changes_pace", "changes_summary"]

_MOST: Final = 20
_MOST_PERIODS: Final = 48
_MORE, _LESS, _OTHER = looks.BAR, "#e45756", "#b8b8b8"
_COLOURS: Final = alt.Scale(domain=["more", "less", "the same"], range=[_MORE, _LESS, _OTHER])
_BELOW: Final = alt.Legend(title=None, orient="bottom", columns=4)
_FLOWS: Final = {"size_added": "came", "size_replaced": "replaced", "size_removed": "went"}


def changes(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """The things that changed most, and by how many bytes."""
    rows = frame.head(_MOST).with_columns(looks.labelled("item", 44))
    rows = rows.with_columns(pl.concat_str("item", pl.lit(" · "), "kind").alias("item")).unique(
        "item", maintain_order=True
    )
    return _bars(rows, "item", "The largest changes" if given["kind"] == "all" else f"The largest: {given['kind']}")


def changes_summary(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """What each kind of change did to the bytes."""
    counted = pl.concat_str("kind", pl.lit("  ("), "things", pl.lit(")")).alias("kind")
    return _bars(frame.with_columns(counted), "kind", "Bytes by kind of change (how many things)")


def changes_growth(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Bytes of each library, one upon the other, over time."""
    rows, unit = looks.scaled_bytes(_few_libraries(frame), "size_bytes")
    drawn = looks.chart(rows, "Bytes over time, by library", height=looks.HEIGHT)
    return drawn.mark_area(interpolate="step-after", line=False).encode(
        x=alt.X("taken_at:T", title=None),
        y=alt.Y("size_bytes:Q", title=unit, stack=True),
        color=alt.Color("library:N", legend=_BELOW, scale=alt.Scale(scheme="tableau10"), sort=None),
    )


def changes_pace(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Bytes that came, were replaced and went in each period; what went is below the line."""
    rows = frame.tail(_MOST_PERIODS).with_columns(size_removed=-pl.col("size_removed"))
    rows = rows.unpivot(list(_FLOWS), index="period", variable_name="flow", value_name="size_bytes")
    rows = rows.with_columns(pl.col("flow").replace(_FLOWS))
    scaled, unit = _scaled(rows, "size_bytes")
    drawn = looks.chart(scaled, f"Bytes that came and went, by {given['by']}")
    return drawn.mark_bar().encode(
        x=alt.X(
            "yearmonthdate(period):O", title=None, axis=alt.Axis(labelOverlap=True, format="%b %Y", labelAngle=-45)
        ),
        y=alt.Y("size_bytes:Q", title=unit),
        color=alt.Color(
            "flow:N", legend=_BELOW, scale=alt.Scale(domain=list(_FLOWS.values()), range=[_MORE, "#72b7b2", _LESS])
        ),
    )


def _bars(frame: pl.DataFrame, label: str, title: str) -> alt.Chart:
    """A bar a row, from zero to the right for more bytes, to the left for less."""
    rows, unit = _scaled(frame, "size_change")
    change = pl.col("size_change")
    told = pl.when(change > 0).then(pl.lit("more")).when(change < 0).then(pl.lit("less")).otherwise(pl.lit("the same"))
    rows = rows.with_columns(told.alias("which"))
    return (
        looks.chart(rows, title, height=looks.ROW * max(rows.height, 1))
        .mark_bar()
        .encode(
            x=alt.X("size_change:Q", title=f"{unit} more or less", axis=alt.Axis(tickCount=8)),
            y=alt.Y(f"{label}:N", title=None, sort=None, axis=alt.Axis(labelLimit=300)),
            color=alt.Color("which:N", legend=None, scale=_COLOURS),
        )
    )


def _scaled(frame: pl.DataFrame, column: str) -> tuple[pl.DataFrame, str]:
    """As `looks.scaled_bytes`, by the largest value on either side of zero."""
    sizes, unit = looks.scaled_bytes(frame.select(pl.col(column).abs()), column)
    sign = frame[column].cast(pl.Float64).sign()
    return frame.with_columns((sizes[column].cast(pl.Float64) * sign).alias(column)), unit


def _few_libraries(frame: pl.DataFrame) -> pl.DataFrame:
    """The nine libraries with the most bytes, and the rest as one."""
    largest = frame.group_by("library").agg(pl.col("size_bytes").max()).sort("size_bytes", "library", descending=True)
    kept = largest["library"].head(9).to_list()
    named = frame.with_columns(
        pl.when(pl.col("library").is_in(kept)).then("library").otherwise(pl.lit("others")).alias("library")
    ).with_columns(looks.labelled("library", 30))
    return named.group_by("taken_at", "library", maintain_order=True).agg(pl.col("size_bytes").sum())
