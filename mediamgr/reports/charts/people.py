"""Owns the pictures of the people report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks
from mediamgr.reports.charts.circle import people_on_a_circle, ties_across_it

__all__ = ["people", "people_careers", "people_collaborations", "people_filmography", "people_network"]

_MOST: Final = 20
_MOST_OF_EACH: Final = 10
_MOST_PAIRS: Final = 120
_LONGEST_NAME: Final = 26
_ROLES: Final = ("director", "actor", "writer")
_FILMS, _SHOWS = "#4c78a8", "#f58518"
_STATES: Final = {"watched": "#4c78a8", "there, not watched": "#9ecae9", "not there": "#bab0ac"}
_CIRCLES: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d31", "#5e4fa2")
_BETWEEN: Final = "#c4c4c4"
_EDGE: Final = 1.7
"""How far the picture of a circle goes, where the circle has 1: names need the rest."""


def _told_apart(name: str, person_id: str) -> pl.Expr:
    """Names, with the id where several people have the same."""
    shared = pl.col(person_id).n_unique().over(name) > 1
    numbered = pl.format("{} (#{})", looks.labelled(name, _LONGEST_NAME - 8), person_id)
    return pl.when(shared).then(numbered).otherwise(looks.labelled(name, _LONGEST_NAME)).alias(name)


def people(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.FacetChart:
    """Films and shows of each, a panel a role."""
    most = _MOST_OF_EACH if given["role"] == "all" else _MOST
    rows = frame.group_by("role", maintain_order=True).head(most).with_columns(_told_apart("name", "person_id"))
    kinds = rows.select("role", "name", "titles", "films", "shows").unpivot(
        ["films", "shows"], index=["role", "name", "titles"], variable_name="kind", value_name="count"
    )
    bars = alt.Chart(kinds, width=looks.WIDTH - 170, height=alt.Step(looks.ROW)).mark_bar()
    drawn = bars.encode(
        x=alt.X("count:Q", title="titles", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("name:N", title=None, sort=alt.EncodingSortField("titles", op="max", order="descending")),
        color=alt.Color("kind:N", title=None, scale=alt.Scale(domain=["films", "shows"], range=[_FILMS, _SHOWS])),
    )
    roles = list(_ROLES) if given["role"] == "all" else [given["role"]]
    panels = drawn.facet(
        alt.Facet("role:N", title=None, sort=roles), columns=1, title="Who made most of it", padding=12
    )
    return panels.resolve_scale(y="independent")


def people_filmography(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Titles by decade: watched, there, not there."""
    seen, here, gone = _STATES
    state = pl.when(pl.col("watched") > 0).then(pl.lit(seen)).when(pl.col("there") > 0).then(pl.lit(here))
    decade = (pl.col("year") // 10 * 10).cast(pl.String) + "s"
    rows = frame.select(decade.alias("decade"), state.otherwise(pl.lit(gone)).alias("state"))
    counted = rows.group_by("decade", "state").len("titles").sort("decade", "state", nulls_last=True)
    whose = frame.select(looks.labelled("name", _LONGEST_NAME)).item(0, 0) if frame.height else "nobody"
    drawn = looks.chart(counted.with_columns(looks.labelled("decade")), f"Titles of {whose} by decade")
    return drawn.mark_bar().encode(
        x=alt.X("decade:O", title=None, sort=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("titles:Q", title="titles", axis=alt.Axis(tickMinStep=1)),
        color=alt.Color("state:N", title=None, scale=alt.Scale(domain=list(_STATES), range=list(_STATES.values()))),
    )


def people_careers(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """A row each, a dot a decade or year: the larger, the more titles; the darker, the better rated; grey: not."""
    rows = frame.with_columns(_told_apart("name", "person_id"))
    order = rows["name"].unique(maintain_order=True).to_list()
    title = f"Titles of each {given['role'].replace('_', ' ')} by {given['step']}"
    drawn = looks.chart(rows, title, height=looks.ROW * max(len(order), 1), width=looks.WIDTH - 60)
    is_year = given["step"] == "year"
    dots = drawn.mark_circle(opacity=1, invalid=None).encode(
        x=_period(is_year),
        y=alt.Y("name:N", title=None, sort=order),
        size=alt.Size(
            "titles:Q",
            title="titles",
            scale=alt.Scale(range=[10, 90 if is_year else 380]),
            legend=alt.Legend(tickCount=min(4, rows.select(pl.col("titles").max()).item() or 1)),
        ),
        color=alt.Color("rating:Q", title="rating", scale=alt.Scale(scheme="viridis", reverse=True)),
    )
    return dots.configure_scale(invalid=alt.ScaleInvalidDataConfig(color={"value": _BETWEEN}))


def _period(is_year: bool) -> alt.X:
    axis = alt.Axis(labelAngle=0, format="d")
    if is_year:
        return alt.X("period:Q", title=None, axis=axis, scale=alt.Scale(zero=False))
    return alt.X("period:O", title=None, axis=axis)


def people_collaborations(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """A bar a pair."""
    rows = frame.head(_MOST).with_columns(looks.labelled("name", _LONGEST_NAME), looks.labelled("other", _LONGEST_NAME))
    pair = pl.format("{} & {}", "name", "other")
    number = pl.int_range(pl.len()).over("name", "other")
    rows = rows.with_columns(pair=pl.when(number > 0).then(pl.format("{} ({})", pair, number + 1)).otherwise(pair))
    drawn = looks.chart(rows, "Titles together", height=looks.ROW * max(rows.height, 1), width=looks.WIDTH - 200)
    return drawn.mark_bar(color=looks.BAR).encode(
        x=alt.X("together:Q", title="titles", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("pair:N", title=None, sort=None, axis=alt.Axis(labelLimit=330)),
    )


def people_network(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.LayerChart:
    """A circle of people, joined by what they made together: of many pairs, those with most titles."""
    pairs = frame.head(_MOST_PAIRS)
    places = people_on_a_circle(pairs).with_columns(_told_apart("name", "person_id"))
    ties = ties_across_it(pairs, places).with_columns(_coloured().alias("color"))
    places = places.with_columns(_coloured().alias("color"))
    lines = (
        alt.Chart(ties)
        .mark_line(interpolate="basis", opacity=0.65)
        .encode(
            x=_axis("x"),
            y=_axis("y"),
            detail="pair:N",
            order="step:O",
            color=alt.Color("color:N", scale=None),
            strokeWidth=alt.StrokeWidth(
                "together:Q", title="titles together", scale=alt.Scale(range=[1, 8]), legend=alt.Legend(tickCount=4)
            ),
        )
    )
    dots = alt.Chart(places).mark_circle(opacity=1)
    people = dots.encode(x=_axis("x"), y=_axis("y"), size=_size(), color=alt.Color("color:N", scale=None))
    sides = [_names(places.filter(is_left=left), "right" if left else "left") for left in (False, True)]
    drawn = alt.layer(lines, people, *sides, title=f"Who works with whom: {pairs.height} pairs", padding=12)
    return drawn.properties(width=looks.WIDTH, height=looks.WIDTH).configure_view(stroke=None)


def _coloured() -> pl.Expr:
    numbered = dict(enumerate(_CIRCLES))
    return pl.col("circle").replace_strict(numbered, default=_BETWEEN, return_dtype=pl.String)


def _axis(name: str) -> alt.X | alt.Y:
    axis = alt.X if name == "x" else alt.Y
    return axis(f"{name}:Q", axis=None, scale=alt.Scale(domain=[-_EDGE, _EDGE]))


def _size() -> alt.Size:
    return alt.Size("titles:Q", title="titles", scale=alt.Scale(range=[30, 300]), legend=alt.Legend(tickCount=4))


def _names(places: pl.DataFrame, align: Literal["left", "right"]) -> alt.Chart:
    """Names along their spokes, beginning, or on the left half ending, at the circle."""
    outside = places.with_columns(pl.col("x") * 1.07, pl.col("y") * 1.07)
    text = alt.Chart(outside).mark_text(align=align, baseline="middle", fontSize=10)
    return text.encode(x=_axis("x"), y=_axis("y"), text="name:N", angle=alt.Angle("turn:Q", scale=None))
