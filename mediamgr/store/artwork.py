"""Owns what became of downloading pictures: written by address, for all items that have the picture."""

from __future__ import annotations

from typing import Final

import duckdb
import polars as pl

__all__ = ["SCHEMA", "record"]

SCHEMA: Final = pl.Schema(
    {
        "url": pl.String(),
        "path": pl.String(),
        "width": pl.Int32(),
        "height": pl.Int32(),
        "download_status": pl.String(),
    }
)
"""What `record` takes, a row an address: path, width and height are null for "failed"."""


def record(connection: duckdb.DuckDBPyConnection, outcomes: pl.DataFrame) -> int:
    """Note where pictures are now, or that they cannot be had; how many rows of artwork that changed."""
    connection.register("incoming", outcomes.select(SCHEMA.names()).cast(SCHEMA))
    try:
        ((changed,),) = connection.execute(
            "update artwork a set path = n.path, width = coalesce(n.width, a.width),"
            " height = coalesce(n.height, a.height), download_status = n.download_status"
            " from incoming n where n.url = a.url and a.download_status <> 'local'"
            " and (n.path is distinct from a.path or n.download_status <> a.download_status)"
        ).fetchall()
    finally:
        connection.unregister("incoming")
    return int(changed)
