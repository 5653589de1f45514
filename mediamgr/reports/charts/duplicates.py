"""Owns the pictures of the duplicates report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import altair as alt
import polars as pl

from mediamgr.reports.charts import looks

__all__ = ["duplicates", "duplicates_summary"]

_MOST: Final = 20
_SURE: Final = ("certain", "likely", "doubtful")
# tells without hue, too: the surer, the darker
_COLOURS: Final = ("#08519c", "#6baed6", "#d9a441")


def duplicates(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Groups by how many copies they are of."""
    sizes = frame.group_by("group_number").agg(copies=pl.len())
    counted = sizes.group_by("copies").agg(groups=pl.len()).sort("copies").head(_MOST)
    drawn = looks.chart(counted, "Groups by number of copies")
    return drawn.mark_bar(color=looks.BAR).encode(
        x=alt.X("copies:O", title="copies in a group", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("groups:Q", title="groups", axis=alt.Axis(tickMinStep=1)),
    )


def duplicates_summary(frame: pl.DataFrame, given: Mapping[str, Any]) -> alt.Chart:
    """Bytes that would be freed, by what told it, and how surely."""
    rows, unit = looks.scaled_bytes(frame, "freed_bytes")
    kinds = max(frame["kind"].n_unique(), 1)
    rows = rows.with_columns(place=pl.col("certainty").replace_strict(_SURE, range(len(_SURE)), return_dtype=pl.Int64))
    drawn = looks.chart(rows, "Freed by what told that copies are the same", height=2 * looks.ROW * kinds)
    return drawn.mark_bar().encode(
        x=alt.X("freed_bytes:Q", title=unit),
        y=alt.Y("kind:N", title=None, sort="-x"),
        color=alt.Color("certainty:N", title=None, scale=alt.Scale(domain=_SURE, range=_COLOURS)),
        order=alt.Order("place:Q"),
    )
