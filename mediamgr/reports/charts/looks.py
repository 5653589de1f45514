"""Owns how charts look: sizes, colours, and how bytes stand on an axis."""

from __future__ import annotations

import json
from typing import Final

import altair as alt
import polars as pl

__all__ = [
    "BAR",
    "HEIGHT",
    "ROW",
    "WIDTH",
    "Layers",
    "chart",
    "heading",
    "labelled",
    "layered",
    "legend",
    "named",
    "scaled_bytes",
    "told_apart",
]

WIDTH: Final = 620
HEIGHT: Final = 240
ROW: Final = 22
"""Pixels of one bar among bars that lie."""
BAR: Final = "#4c78a8"
Layers = alt.LayerChart | alt.FacetChart
_UNKNOWN: Final = "not known"
# vl-convert 1.9 ends the whole process on characters that XML does not allow
_NOT_IN_SVG: Final = r"[\p{Cc}\x{FFFE}\x{FFFF}]"


def chart(frame: pl.DataFrame, title: str, *, height: int = HEIGHT, width: int = WIDTH) -> alt.Chart:
    """A chart of a frame, to be given marks and encodings."""
    return alt.Chart(frame, title=title, width=width, height=height, padding=12)


def layered(*layers: alt.Chart, title: str, height: int = HEIGHT, width: int = WIDTH) -> Layers:
    """Bare charts on top of each other; the sizes and the title are of all."""
    return alt.layer(*layers, title=title, width=width, height=height, padding=12)


def labelled(column: str = "value", length: int = 60) -> pl.Expr:
    """A column as labels: what is not known says so, what is long is cut, what no picture can hold is a space."""
    text = pl.col(column).cast(pl.String).fill_null(_UNKNOWN).str.replace_all(_NOT_IN_SVG, " ")
    cut = text.str.len_chars() > length
    return pl.when(cut).then(text.str.slice(0, length - 1) + "…").otherwise(text).alias(column)


def told_apart(column: str = "value", length: int = 60) -> pl.Expr:
    """As `labelled`; texts that only the part cut off tells apart are numbered: two libraries are not one bar."""
    text, label = pl.col(column).fill_null(_UNKNOWN), labelled(column, length)
    number = pl.format("{} ({})", label, text.rank("dense").over(label).cast(pl.Int64))
    return pl.when(text.n_unique().over(label) > 1).then(number).otherwise(label).alias(column)


def named(labels: list[str]) -> alt.Axis:
    """An axis of places from 0 that shows their labels: two rows of one name stay two."""
    return alt.Axis(labelExpr=f"{json.dumps(labels)}[datum.value]", labelLimit=300)


def legend() -> alt.Legend:
    """A legend below, so that pictures keep their width."""
    return alt.Legend(orient="bottom", columns=4, labelLimit=140)


def heading() -> alt.Header:
    """Names of panels above each other, each above its panel."""
    return alt.Header(labelOrient="top", labelAnchor="start", labelPadding=2)


def scaled_bytes(frame: pl.DataFrame, column: str) -> tuple[pl.DataFrame, str]:
    """(the frame with the column in the unit that suits its largest value, that unit): decimal, as disks are sold."""
    most = float(frame[column].max() or 0) if frame.height else 0.0  # type: ignore[arg-type]
    for factor, unit in ((1e15, "PB"), (1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if most >= factor:
            return frame.with_columns((pl.col(column) / factor).alias(column)), unit
    return frame, "bytes"
