"""Owns the sums of an answer: copies to spare by what told them and how surely."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from mediamgr.reports.duplicates._certainty import levels
from mediamgr.reports.duplicates._deciding import decided

__all__ = ["summed"]


def summed(rows: pl.DataFrame, given: Mapping[str, Any]) -> pl.DataFrame:
    """kind, certainty, groups, copies, freed_bytes of the copies that need not be kept; the surest first."""
    copies = decided(rows, {**given, "least": "doubtful"}).filter(~pl.col("keep"))
    found = copies.group_by("kind", "certainty").agg(
        groups=pl.col("group_number").n_unique().cast(pl.Int64),
        copies=pl.len().cast(pl.Int64),
        freed_bytes=pl.col("freed_bytes").sum().cast(pl.Int64),
    )
    return found.sort(-levels(pl.col("certainty")), "freed_bytes", "kind", descending=[False, True, False])
