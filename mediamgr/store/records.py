"""Owns the shape of what sources hand to the store: record frames, one per table.

A source never knows database ids. It names things by natural keys (`item_key`, `person_key`, `path`)
and the loader turns these into ids. `TABLES` is the contract; a test holds it and the migrations together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

__all__ = ["TABLES", "Records", "TableSpec"]

_TEXT_LIST = pl.List(pl.String)
_UTC = pl.Datetime("us")


@dataclass(frozen=True, slots=True)
class TableSpec:
    """What a record frame for one table may and must hold.

    Attributes:
        name: The table.
        columns: Column name to Polars type, in table order, keys of other records included.
        required: Columns that must be present and not null.
        key: Columns that identify a row; the last of equal rows in one frame wins.
        references: Key column to (table, id column it becomes), for columns that name other records.
        owner: The key column whose rows are replaced together (per `source`, where the table has one);
            empty for tables that are upserted row by row.
        keeps_known: Whether a null leaves a value that is there already; else a null erases it.
    """

    name: str
    columns: Mapping[str, pl.DataType | type[pl.DataType]]
    required: frozenset[str]
    key: tuple[str, ...]
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    owner: str = ""
    keeps_known: bool = False


_ITEM = TableSpec(
    name="media_item",
    columns={
        "item_key": pl.String,
        "media_type": pl.String,
        "parent_key": pl.String,
        "shared_file_key": pl.String,
        "title": pl.String,
        "sort_title": pl.String,
        "original_title": pl.String,
        "year": pl.Int16,
        "season_number": pl.Int32,
        "episode_number": pl.Int32,
        "absolute_number": pl.Int32,
        "premiered_on": pl.Date,
        "runtime_minutes": pl.Int32,
        "rating": pl.Float64,
        "votes": pl.Int64,
        "user_rating": pl.Float64,
        "content_rating": pl.String,
        "tagline": pl.String,
        "plot": pl.String,
        "genres": _TEXT_LIST,
        "tags": _TEXT_LIST,
        "countries": _TEXT_LIST,
        "studios": _TEXT_LIST,
        "original_language": pl.String,
        "collection": pl.String,
        "series_status": pl.String,
        "added_at": _UTC,
    },
    required=frozenset({"item_key", "media_type", "title"}),
    key=("item_key",),
    references={
        "parent_key": ("media_item", "parent_id"),
        "shared_file_key": ("media_item", "shared_file_item_id"),
    },
    keeps_known=True,
)

_FILE = TableSpec(
    name="media_file",
    columns={
        "item_key": pl.String,
        "path": pl.String,
        "path_bytes": pl.Binary,
        "file_role": pl.String,
        "part_number": pl.Int32,
        "size_bytes": pl.Int64,
        "mtime_ns": pl.Int64,
        "container": pl.String,
        "duration_seconds": pl.Float64,
        "bitrate_kbps": pl.Int32,
        "edition": pl.String,
        "quality_source": pl.String,
        "release_group": pl.String,
        "fingerprint": pl.String,
        "problem": pl.String,
        "missing_since": _UTC,
        "added_at": _UTC,
    },
    required=frozenset({"item_key", "path"}),
    key=("path",),
    references={"item_key": ("media_item", "media_item_id")},
)

_STREAM = TableSpec(
    name="media_stream",
    columns={
        "path": pl.String,
        "stream_index": pl.Int32,
        "stream_type": pl.String,
        "codec": pl.String,
        "profile": pl.String,
        "bit_depth": pl.Int32,
        "width": pl.Int32,
        "height": pl.Int32,
        "frame_rate": pl.Float64,
        "hdr_format": pl.String,
        "channels": pl.Int32,
        "bitrate_kbps": pl.Int32,
        "language": pl.String,
        "language_raw": pl.String,
        "title": pl.String,
        "is_default": pl.Boolean,
        "is_forced": pl.Boolean,
        "is_hearing_impaired": pl.Boolean,
    },
    required=frozenset({"path", "stream_index", "stream_type"}),
    key=("path", "stream_index"),
    references={"path": ("media_file", "media_file_id")},
    owner="path",
)

_PERSON = TableSpec(
    name="person",
    columns={"person_key": pl.String, "name": pl.String},
    required=frozenset({"person_key", "name"}),
    key=("person_key",),
)

_CREDIT = TableSpec(
    name="credit",
    columns={
        "item_key": pl.String,
        "person_key": pl.String,
        "department": pl.String,
        "role": pl.String,
        "character": pl.String,
        "position": pl.Int32,
        "source": pl.String,
    },
    required=frozenset({"item_key", "person_key", "department", "role", "source"}),
    key=("item_key", "person_key", "role", "character"),
    references={
        "item_key": ("media_item", "media_item_id"),
        "person_key": ("person", "person_id"),
    },
    owner="item_key",
)

_EXTERNAL_ID = TableSpec(
    name="external_id",
    columns={
        "item_key": pl.String,
        "person_key": pl.String,
        "source": pl.String,
        "id_space": pl.String,
        "external_id": pl.String,
    },
    required=frozenset({"source", "id_space", "external_id"}),
    key=("item_key", "person_key", "source", "id_space"),
    references={
        "item_key": ("media_item", "media_item_id"),
        "person_key": ("person", "person_id"),
    },
)

_ARTWORK = TableSpec(
    name="artwork",
    columns={
        "item_key": pl.String,
        "artwork_type": pl.String,
        "path": pl.String,
        "url": pl.String,
        "width": pl.Int32,
        "height": pl.Int32,
        "language": pl.String,
        "download_status": pl.String,
        "source": pl.String,
        "position": pl.Int32,
    },
    required=frozenset({"item_key", "artwork_type", "download_status", "source"}),
    key=("item_key", "artwork_type", "path", "url"),
    references={"item_key": ("media_item", "media_item_id")},
    owner="item_key",
)

_SUBTITLE = TableSpec(
    name="subtitle",
    columns={
        "item_key": pl.String,
        "path": pl.String,
        "url": pl.String,
        "language": pl.String,
        "language_raw": pl.String,
        "format": pl.String,
        "is_default": pl.Boolean,
        "is_forced": pl.Boolean,
        "is_hearing_impaired": pl.Boolean,
        "download_status": pl.String,
        "source": pl.String,
    },
    required=frozenset({"item_key", "download_status", "source"}),
    key=("item_key", "path", "url"),
    references={"item_key": ("media_item", "media_item_id")},
    owner="item_key",
)

_HISTORY = TableSpec(
    name="history_event",
    columns={
        "item_key": pl.String,
        "event_type": pl.String,
        "user_name": pl.String,
        "occurred_at": _UTC,
        "value": pl.Float64,
        "source": pl.String,
    },
    required=frozenset({"item_key", "event_type", "occurred_at", "source"}),
    key=("item_key", "event_type", "user_name", "occurred_at"),
    references={"item_key": ("media_item", "media_item_id")},
)

_FIELD_SOURCE = TableSpec(
    name="field_source",
    columns={
        "item_key": pl.String,
        "field_name": pl.String,
        "source": pl.String,
        "set_at": _UTC,
    },
    required=frozenset({"item_key", "field_name", "source", "set_at"}),
    key=("item_key", "field_name"),
    references={"item_key": ("media_item", "media_item_id")},
)

_LISTED = TableSpec(
    name="listed_episode",
    columns={
        "item_key": pl.String,
        "source": pl.String,
        "season_number": pl.Int32,
        "episode_number": pl.Int32,
        "absolute_number": pl.Int32,
        "title": pl.String,
        "premiered_on": pl.Date,
        "runtime_minutes": pl.Int32,
        "external_id": pl.String,
    },
    required=frozenset({"item_key", "source"}),
    key=("item_key", "source", "season_number", "episode_number", "external_id"),
    references={"item_key": ("media_item", "media_item_id")},
    owner="item_key",
)

TABLES: Mapping[str, TableSpec] = {
    spec.name: spec
    for spec in (
        _ITEM,
        _FILE,
        _STREAM,
        _PERSON,
        _CREDIT,
        _EXTERNAL_ID,
        _ARTWORK,
        _SUBTITLE,
        _HISTORY,
        _FIELD_SOURCE,
        _LISTED,
    )
}
"""Every table a source may fill, parents before children."""


@dataclass(frozen=True, slots=True)
class Records:
    """One batch of records for one library, loaded in one transaction.

    Attributes:
        library: Name of the library the items belong to; created when new.
        frames: Table name to frame, columns as in `TABLES` (those a source does not know may be left out).
            A batch with a frame of owned children (streams, credits, artwork, subtitles, listed episodes) holds all
            of those that `source` knows for each item or file in the batch: they replace what it said before. So do
            those of another source, for each item that it says anything of: a child, or a field (field_source).
        source: Who says so ("scan", "nfo", "import", ...): fills a `source` column that is left out.
    """

    library: str
    frames: Mapping[str, pl.DataFrame]
    source: str = ""
