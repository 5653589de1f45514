"""Owns the pictures of the storage report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["storage", "storage_density", "storage_growth", "storage_largest", "storage_savings"]

_MOST: Final = 20
_LINES: Final = 8
"""Areas that can be told apart in one picture; the rest are one."""
_FREED: Final = {"saved": "#e45756", "kept": looks.BAR}


def storage(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Bytes by one property, the most first."""
    return _bars(frame, "value", f"Bytes by {given['by']}")


def storage_largest(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """The largest items or shows, the most first."""
    return _bars(frame, "item", f"The largest {given['by']}s")


def _bars(frame: pl.DataFrame, label: str, title: str) -> alt.Chart:
    rows, unit = looks.scaled_bytes(frame.head(_MOST), "size_bytes")
    rows = rows.select(looks.labelled(label), "size_bytes").with_row_index("place")
    drawn = looks.chart(rows, title, height=looks.ROW * max(rows.height, 1))
    return drawn.mark_bar(color=looks.BAR).encode(
        x=alt.X("size_bytes:Q", title=unit),
        y=alt.Y("place:O", title=None, axis=looks.named(rows[label].to_list())),
    )


def storage_density(frame: pl.DataFrame, given: Mapping[str, Any]) -> looks.Layers:
    """Bits per pixel: of eight files of ten, without the densest and the thinnest, and of the middle one."""
    rows = frame.drop_nulls("bits_per_pixel").head(_MOST).with_columns(looks.told_apart())
    title = f"Bits per pixel by {given['by']}: eight files of ten, and the middle one"
    drawn = alt.Chart(rows)
    place = alt.Y("value:N", title=None, sort=None, axis=alt.Axis(labelLimit=300))
    spread = drawn.mark_bar(color=looks.BAR, opacity=0.5, size=10).encode(
        x=alt.X("bits_per_pixel_low:Q", title="bits per pixel"), x2="bits_per_pixel_high:Q", y=place
    )
    middle = drawn.mark_tick(color="black", thickness=2, size=16).encode(x="bits_per_pixel:Q", y=place)
    return looks.layered(spread, middle, title=title, height=looks.ROW * max(rows.height, 1))


def storage_growth(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """All that is held by when it came, one area a value."""
    named = _fewer(frame.select("period", looks.told_apart(length=24), "total_bytes"))
    rows, unit = looks.scaled_bytes(named, "total_bytes")
    drawn = looks.chart(rows, f"Bytes held, by {given['by']}, as they were added by the {given['every']}")
    return drawn.mark_area().encode(
        x=alt.X("period:T", title=None),
        y=alt.Y("total_bytes:Q", title=unit, stack=True),
        color=alt.Color("value:N", title=None, scale=alt.Scale(scheme="viridis"), legend=looks.legend()),
    )


def _fewer(rows: pl.DataFrame) -> pl.DataFrame:
    """The values that hold the most at the end by their names, all others as one."""
    most = (
        rows.group_by("value").agg(pl.col("total_bytes").max()).sort("total_bytes", "value", descending=[True, False])
    )
    kept = most["value"].head(_LINES).to_list()
    value = pl.when(pl.col("value").is_in(kept)).then("value").otherwise(pl.lit("all others")).alias("value")
    return rows.group_by("period", value, maintain_order=True).agg(pl.col("total_bytes").sum())


def storage_savings(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Of each row what would be saved, beside what would stay."""
    rows = frame.head(_MOST).select(looks.labelled(), saved="saved_bytes", kept="target_bytes").with_row_index("place")
    labels = rows["value"].to_list()
    parts = rows.unpivot(["saved", "kept"], index="place", variable_name="part", value_name="bytes")
    parts, unit = looks.scaled_bytes(parts, "bytes")
    title = f"What would be saved, by {given['by']}, old codecs encoded to {given['codec']}"
    drawn = looks.chart(parts, title, height=looks.ROW * max(rows.height, 1))
    scale = alt.Scale(domain=list(_FREED), range=list(_FREED.values()))
    return drawn.mark_bar().encode(
        x=alt.X("bytes:Q", title=unit),
        y=alt.Y("place:O", title=None, axis=looks.named(labels)),
        color=alt.Color("part:N", title=None, scale=scale, legend=looks.legend()),
        order=alt.Order("part:N", sort="descending"),
    )
