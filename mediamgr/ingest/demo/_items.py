"""Owns the frame that the demo's modules pass on: item rows plus the columns that draws depend on."""

from __future__ import annotations

import polars as pl

from mediamgr.store.records import TABLES

__all__ = ["as_items", "media_items"]

_DRAWN = {
    "ordinal": pl.UInt64,  # number of the work in the whole demo
    "row": pl.UInt64,  # key of the item in its library
    "work": pl.UInt64,  # key of the work, the same in every library
    "cast": pl.UInt64,  # key of the work whose people and looks it shares
    "show": pl.UInt64,  # key of the show an episode belongs to
    "order": pl.Int64,  # place of an episode in its show, specials last
    "lang": pl.UInt32,  # number of the original language
    "added": pl.Int64,  # seconds from 1970
    "folder": pl.String,
    "stem": pl.String,
    "taste": pl.UInt64,  # key of the quality of the main file
    "content": pl.UInt64,  # key of the bytes of the main file
    "sharp": pl.UInt64,  # key of the 2160p version
    "only_sharp": pl.Boolean,
    "repeated": pl.Boolean,  # is the film in another library too?
    "has_file": pl.Boolean,
    "joined": pl.UInt32,  # 1 or 2 of the two episodes in one file, else 0
}


def as_items(frame: pl.DataFrame) -> pl.DataFrame:
    """The columns of media_item and those that draws depend on, in a fixed order; absent ones are null."""
    columns = {**TABLES["media_item"].columns, **_DRAWN}
    return frame.select(
        (pl.col(name) if name in frame.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in columns.items()
    )


def media_items(items: pl.DataFrame) -> pl.DataFrame:
    """The media_item frame of item rows."""
    return items.select(*TABLES["media_item"].columns)
