"""Owns the pictures of the report of metadata health."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["health", "health_languages", "health_score"]

_LIBRARIES: Final = 10
_LANGUAGES: Final = 12


def health(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.LayerChart | alt.FacetChart:
    """Which share of what could have a complaint has it, by library."""
    rows = _of_few_libraries(frame).with_columns(_spoken(), text=(pl.col("share") * 100).round(1))
    rows = rows.with_columns(looks.told_apart("library", 20))
    order = rows.group_by("complaint").agg(pl.col("share").max()).sort("share", "complaint", descending=[True, False])
    base = alt.Chart().encode(
        x=alt.X("library:N", title=None, axis=alt.Axis(labelAngle=0, orient="top")),
        y=alt.Y("complaint:N", title=None, sort=order["complaint"].to_list()),
    )
    scale = alt.Scale(domain=[0, 1], range=["#f7f1e3", "#8c2d04"])
    squares = base.mark_rect().encode(color=alt.Color("share:Q", legend=None, scale=scale))
    dark = alt.condition("datum.share > 0.5", alt.value("white"), alt.value("#222222"))
    numbers = base.mark_text().encode(text="text:Q", color=dark)
    height = looks.ROW * max(order.height, 1)
    title = "Share that has a complaint, in percent"
    return alt.layer(squares, numbers, data=rows, title=title, width=looks.WIDTH, height=height, padding=12)


def health_score(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """What each library loses of 100, by complaint."""
    least = frame.filter(pl.col("points") > 0).with_columns(_spoken())
    totals = (
        least.group_by("complaint").agg(all=pl.col("points").sum()).sort("all", "complaint", descending=[True, False])
    )
    kept = totals["complaint"].head(len(_PARTS) - 1).to_list()
    rows = _of_few_libraries(least).with_columns(looks.told_apart("library", 24))
    rows = rows.with_columns(
        complaint=pl.when(pl.col("complaint").is_in(kept)).then("complaint").otherwise(pl.lit(_OTHERS)),
        library=pl.concat_str(
            pl.col("library"),
            pl.lit(" ("),
            pl.col("score").round(0).cast(pl.Int64).cast(pl.String),
            pl.lit(")"),
        ),
    )
    domain = [*kept, _OTHERS] if totals.height > len(kept) else kept
    drawn = looks.chart(
        rows, "Points lost of 100, by library (score)", height=2 * looks.ROW * max(rows["library"].n_unique(), 1)
    )
    return drawn.mark_bar(stroke="white").encode(
        x=alt.X("sum(points):Q", title="points lost"),
        y=alt.Y("library:N", title=None, sort=None),
        color=alt.Color(
            "complaint:N", title=None, legend=alt.Legend(orient="bottom", columns=4),
            scale=alt.Scale(domain=domain, range=_PARTS[: len(kept)] + [_PARTS[-1]] * (len(domain) - len(kept))),
        ),
        order=alt.Order("points:Q", sort="descending"),
    )  # fmt: skip


def health_languages(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """What is heard and what is read in each language."""
    totals = frame.group_by("language").agg(pl.col("audio", "subtitles", "either").sum())
    most = totals.sort("either", "language", descending=[True, False], nulls_last=True).head(_LANGUAGES)
    rows = most.with_columns(looks.labelled("language")).rename({"audio": "sound"})
    rows = rows.unpivot(["sound", "subtitles"], index="language", variable_name="kind", value_name="items")
    drawn = looks.chart(rows, "Films and episodes by language", height=32 * max(most.height, 1))
    return drawn.mark_bar().encode(
        x=alt.X("items:Q", title="films and episodes", axis=alt.Axis(tickCount=8)),
        y=alt.Y("language:N", title=None, sort=None),
        yOffset="kind:N",
        color=alt.Color(
            "kind:N", title=None, legend=alt.Legend(orient="bottom"),
            scale=alt.Scale(domain=["sound", "subtitles"], range=[looks.BAR, "#f2a541"]),
        ),
    )  # fmt: skip


_OTHERS: Final = "all others"
_PARTS: Final = ["#4c78a8", "#f58518", "#54a24b", "#b279a2", "#eeca3b", "#9d755d", "#72b7b2", "#bab0ac"]


def _spoken() -> pl.Expr:
    return pl.col("complaint").str.replace_all("_", " ")


def _of_few_libraries(frame: pl.DataFrame) -> pl.DataFrame:
    """Only the first libraries: more would not be readable."""
    first = frame["library"].unique(maintain_order=True).head(_LIBRARIES)
    return frame.filter(pl.col("library").is_in(first.implode()))
