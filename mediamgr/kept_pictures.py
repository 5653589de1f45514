"""Owns that a picture stays downloaded, whoever names its address again: it is not had twice."""

from __future__ import annotations

from typing import Final

import polars as pl

from mediamgr.repository import ArtworkRepository
from mediamgr.store.records import TABLES, Records

__all__ = ["keeping_pictures"]

_KEPT: Final = ("path", "width", "height", "download_status")


def keeping_pictures(memory: ArtworkRepository, records: Records) -> Records:
    """The records with what became of downloading their pictures, by address; what lies beside files stays as it is."""
    artwork = records.frames.get("artwork")
    if artwork is None or "url" not in artwork.columns:
        return records
    urls = artwork.filter(download_status="pending")["url"].drop_nulls().unique().to_list()
    known = memory.known(urls) if urls else pl.DataFrame()
    if known.is_empty():
        return records
    absent = [
        pl.lit(None, TABLES["artwork"].columns[name]).alias(name) for name in _KEPT if name not in artwork.columns
    ]
    joined = artwork.with_columns(absent).join(known, on="url", how="left", suffix="_kept", maintain_order="left")
    is_kept = pl.col("download_status_kept").is_not_null() & (pl.col("download_status") == "pending")
    kept = joined.with_columns(
        pl.when(is_kept).then(pl.coalesce(f"{name}_kept", name)).otherwise(name).alias(name) for name in _KEPT
    ).select(*artwork.columns, *(column.meta.output_name() for column in absent))
    return Records(records.library, {**records.frames, "artwork": kept}, source=records.source)
