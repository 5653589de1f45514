"""Owns the pictures of the report of missing episodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["missing_episodes", "missing_episodes_matrix", "missing_episodes_shows"]

_MOST: Final = 20
_SEASONS: Final = 20
_EPISODES: Final = 60
_COLOURS: Final = {
    "held": "#c9d8e8", "missing": "#d1495b", "file gone": "#3d1f5c", "special": "#e8a33d", "unaired": "#b9b9b9",
}  # fmt: skip
"""Of each status: what there is recedes, what lacks stands out, and light differs as well as hue."""


def missing_episodes(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """The shows that lack most, by what became of their episodes."""
    counted = frame.group_by("library", "show", "status").agg(episodes=pl.len())
    most = counted.group_by("library", "show").agg(
        all=pl.col("episodes").sum(), lost=pl.col("episodes").filter(pl.col("status") != "unaired").sum()
    )
    most = most.sort("lost", "all", "show", "library", descending=[True, True, False, False]).head(_MOST)
    rows = counted.join(most, on=("library", "show")).sort(
        "lost", "all", "show", "library", "status", descending=[True, True, False, False, False]
    )
    # titles that two libraries have are told apart
    is_double = pl.col("library").n_unique().over("show") > 1
    both = pl.concat_str(pl.col("show").str.slice(0, 24), pl.lit(" · "), pl.col("library"))
    rows = rows.with_columns(pl.when(is_double).then(both).otherwise("show").alias("show"))
    rows = rows.with_columns(looks.told_apart("show", 40))
    drawn = looks.chart(rows, "Shows that lack most episodes", height=looks.ROW * max(most.height, 1))
    return drawn.mark_bar().encode(
        x=alt.X("sum(episodes):Q", title="episodes", axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("show:N", title=None, sort=None),
        color=_coloured(rows),
    )


def missing_episodes_shows(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """How many shows are how complete."""
    tenths = pl.col("share").mul(10).floor().clip(upper_bound=9).cast(pl.Int64)
    names = [f"{10 * tenth}–{10 * tenth + 9} %" for tenth in range(9)] + ["90–99 %", "100 %"]
    rows = (
        frame.filter(pl.col("share").is_not_null())
        .select(place=pl.when(pl.col("share") >= 1).then(10).otherwise(tenths))
        .group_by("place")
        .agg(shows=pl.len())
        .sort("place")
        .with_columns(complete=pl.col("place").replace_strict(dict(enumerate(names)), return_dtype=pl.String))
    )
    return (
        looks.chart(rows, "Shows by how complete they are")
        .mark_bar(color=looks.BAR)
        .encode(
            x=alt.X(
                "complete:N", title="of all that has aired", scale=alt.Scale(domain=names), axis=alt.Axis(labelAngle=0)
            ),
            y=alt.Y("shows:Q", title="shows", axis=alt.Axis(tickMinStep=1)),
        )
    )


def missing_episodes_matrix(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Seasons by episodes of one show: what is there, and what is not."""
    # a long run of numbers across seasons is broken into rows
    first = (pl.col("episode") - 1).clip(lower_bound=0) // _EPISODES * _EPISODES + 1
    numbered = frame.filter(pl.col("episode").is_not_null()).with_columns(
        row=pl.coalesce("season", first),
        column=pl.when(pl.col("season").is_null()).then(pl.col("episode") - first + 1).otherwise(pl.col("episode")),
    )
    rows = numbered.filter((pl.col("column") <= _EPISODES) & pl.col("row").is_in(_first(numbered["row"]).implode()))
    name = (rows.select(looks.labelled("show", 50)).to_series().to_list() or ["a show"])[0]
    drawn = looks.chart(
        rows,
        f"Episodes of {name}" + (" (as far as shown)" if rows.height < numbered.height else ""),
        height=looks.ROW * max(rows["row"].n_unique(), 1),
    )
    is_across = not rows.is_empty() and rows["season"].null_count() == rows.height
    # numbers of which nothing is known keep their place
    all_places = pl.int_range(pl.col("column").min(), pl.col("column").max() + 1)
    places = rows.select(all_places).to_series().to_list() if rows.height else []
    return drawn.mark_rect(stroke="white").encode(
        x=alt.X("column:O", title="episode", axis=_every_fifth(), scale=alt.Scale(domain=places)),
        y=alt.Y("row:O", title="from number" if is_across else "season"),
        color=_coloured(rows),
    )


def _every_fifth() -> alt.Axis:
    """More numbers than that run into one another."""
    return alt.Axis(labelAngle=0, ticks=False, labelExpr="datum.value == 1 || datum.value % 5 == 0 ? datum.value : ''")


def _first(rows: pl.Series) -> pl.Series:
    return rows.unique().sort().head(_SEASONS)


def _coloured(rows: pl.DataFrame) -> alt.Color:
    """Each status in its own colour; the legend names those there are."""
    found = set(rows["status"])
    there = [status for status in _COLOURS if status in found]
    scale = alt.Scale(domain=there, range=[_COLOURS[status] for status in there])
    return alt.Color("status:N", title=None, scale=scale, legend=alt.Legend(orient="bottom"))
