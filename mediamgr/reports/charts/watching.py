"""Owns the pictures of the watching report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = [
    "watching",
    "watching_binges",
    "watching_left",
    "watching_never",
    "watching_rewatches",
    "watching_streaks",
    "watching_taste",
    "watching_week",
]

_MOST: Final = 20
_WEEKS: Final = 53
_YEARS: Final = 2
"""From so many years on they say more than days."""
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_FIRST_WEEK: Final = "date(datum.value) <= 7 ? timeFormat(datum.value, '%b') : ''"
_HOURS: Final = [f"{hour:02}" for hour in range(24)]
_LYING: Final = ("person", "library", "type")
_NARROW: Final = 440
"""Pixels of bars that have long labels."""
_SHADES: Final = alt.Scale(range=["#f2f6fa", "#08519c"], domainMin=0)


def watching(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Plays by one property: bars, and days as a calendar of the last year that has plays."""
    title = f"Plays by {given['by']}"
    if given["by"] == "day":
        return _calendar(frame, "Plays a day")
    if given["by"] == "month":
        months = frame.select(pl.col("value").str.to_date("%Y-%m", strict=False), "plays").drop_nulls()
        return (
            looks.chart(months, title)
            .mark_bar(color=looks.BAR)
            .encode(
                x=alt.X("yearmonth(value):T", title=None, axis=alt.Axis(labelOverlap="greedy", labelSeparation=4)),
                y=alt.Y("plays:Q", title="plays"),
            )
        )
    if given["by"] in _LYING:
        return _bars(frame.with_columns(looks.labelled()), title, "plays", "value")
    standing = looks.chart(frame, title).mark_bar(color=looks.BAR)
    every = alt.Scale(domain=_HOURS) if given["by"] == "hour" else alt.Undefined
    return standing.encode(
        x=alt.X("value:O", title=None, sort=None, scale=every, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("plays:Q", title="plays"),
    )


def watching_week(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Plays by weekday and hour: the darker, the more."""
    every = pl.DataFrame({"weekday": range(1, 8)}, schema={"weekday": pl.Int64}).join(
        pl.DataFrame({"hour": range(24)}, schema={"hour": pl.Int64}), how="cross"
    )
    rows = every.join(frame, on=["weekday", "hour"], how="left").with_columns(
        pl.col("plays").fill_null(0),
        pl.col("weekday").replace_strict(dict(enumerate(_WEEKDAYS, 1)), return_dtype=pl.String),
    )
    fields = looks.chart(rows.drop("hours"), f"Plays by weekday and hour ({given['timezone']})", height=180)
    return fields.mark_rect(stroke="white").encode(
        x=alt.X("hour:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("weekday:O", title=None, sort=list(_WEEKDAYS)),
        color=alt.Color("plays:Q", title="plays", scale=_SHADES),
    )


def watching_streaks(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """The longest streaks."""
    rows = frame.head(_MOST).with_columns(pl.format("{} from {}", "person", "first_on").alias("label"))
    return _bars(rows.with_columns(looks.labelled("label")), "Longest streaks, days in a row", "days", "label")


def watching_binges(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """The longest binges."""
    rows = frame.head(_MOST).with_columns(
        pl.format("{}: {}, {}", looks.labelled("person", 15), looks.labelled("item", 30), "first_on").alias("label")
    )
    return _bars(rows, "Longest binges, episodes in a row", "episodes", "label", _NARROW)


def watching_rewatches(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """What took the most hours to see again."""
    rows = frame.head(_MOST).with_columns(_numbered("item"))
    return _bars(rows, "Hours spent on watching again", "hours", "item", _NARROW)


def watching_never(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """The largest that might go."""
    rows, unit = looks.scaled_bytes(frame.head(_MOST).with_columns(_numbered("item")), "size_bytes")
    title = "The largest never watched" if given["watched_days"] is None else "The largest long not watched"
    return _bars(rows.select("item", pl.col("size_bytes").alias(unit)), title, unit, "item", _NARROW)


def watching_taste(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Shares of each year: the darker, the more; what has most plays of all above."""
    most = (
        frame.group_by("value").agg(pl.col("plays").sum()).sort("plays", "value", descending=[True, False]).head(_MOST)
    )
    if given["by"] == "decade":
        most = most.sort("value", nulls_last=True)
    rows = frame.filter(pl.col("value").is_in(most["value"].implode(), nulls_equal=True)).with_columns(looks.labelled())
    order = most.select(looks.labelled())["value"].to_list()
    fields = looks.chart(
        rows.drop("hours"), f"Share of the plays of each year, by {given['by']}", height=looks.ROW * max(len(order), 1)
    )
    return fields.mark_rect(stroke="white").encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("value:O", title=None, sort=order),
        color=alt.Color("share:Q", title="share", scale=_SHADES, legend=alt.Legend(format=".0%")),
    )


def watching_left(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Years that it takes, or days; hours where there is no pace to tell by."""
    rows = frame.head(_MOST).with_columns(looks.labelled())
    most = rows["years"].max()
    told = "hours" if not isinstance(most, float) else "years" if most >= _YEARS else "days"
    return _bars(rows, f"{told.capitalize()} to watch what is left, by {given['by']}", told, "value")


def _bars(rows: pl.DataFrame, title: str, length: str, label: str, width: int = looks.WIDTH) -> alt.Chart:
    step = 1 if rows.schema[length].is_integer() else 0
    lying = looks.chart(rows.select(label, length), title, height=looks.ROW * max(rows.height, 1), width=width)
    return lying.mark_bar(color=looks.BAR).encode(
        x=alt.X(f"{length}:Q", title=length, axis=alt.Axis(tickMinStep=step)),
        y=alt.Y(f"{label}:N", title=None, sort=None, axis=alt.Axis(labelLimit=300)),
    )


def _numbered(column: str) -> pl.Expr:
    """Titles as labels of bars; one that comes again gets a number, since bars of one label would lie on another."""
    label = looks.labelled(column, 50)
    turn = pl.int_range(pl.len()).over(label)
    return pl.when(turn > 0).then(pl.format("{} ({})", label, turn + 1)).otherwise(label).alias(column)


def _calendar(frame: pl.DataFrame, title: str) -> alt.Chart:
    """Days as weeks from left to right, those without plays too."""
    days = frame.select(day=pl.col("value").str.to_date(strict=False), plays="plays").drop_nulls()
    last = days["day"].max()
    if isinstance(last, date):
        first = _monday(last) - timedelta(weeks=_WEEKS - 1)
        every = pl.date_range(first, last, eager=True).alias("day").to_frame()
        days = every.join(days, on="day", how="left").with_columns(pl.col("plays").fill_null(0))
    weeks = days.select(
        pl.col("day").dt.truncate("1w").alias("week"),
        pl.col("day")
        .dt.weekday()
        .replace_strict(dict(enumerate(_WEEKDAYS, 1)), return_dtype=pl.String)
        .alias("weekday"),
        "plays",
    )
    fields = looks.chart(weeks, f"{title}, the last year", height=160)
    return fields.mark_rect(stroke="white").encode(
        x=alt.X("yearmonthdate(week):O", title=None, axis=alt.Axis(labelExpr=_FIRST_WEEK, labelAngle=0, ticks=False)),
        y=alt.Y("weekday:O", title=None, sort=list(_WEEKDAYS)),
        color=alt.Color("plays:Q", title="plays", scale=_SHADES),
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
