"""Owns reading what hangs on items: files and streams, artwork, subtitles, history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Unpack

import polars as pl

from mediamgr.repository._filters import ItemFilters, chosen, page_bounds
from mediamgr.store.database import Database

__all__ = ["ArtworkRepository", "FileRepository", "HistoryRepository", "SubtitleRepository"]

_ALL = 2**62


class FileRepository:
    """Reads files and their streams."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def technical(self, *, limit: int | None = None, offset: int = 0, **filters: Unpack[ItemFilters]) -> pl.DataFrame:
        """One wide row a file: codec, resolution, bitrate, GB per hour, HDR, languages, size, ...

        `limit`: None gives all. Columns and units are in `sql/queries/files/technical.sql`.
        """
        bounds = page_bounds(_ALL if limit is None else limit, offset)
        return self._database.query("files/technical", chosen(filters), **bounds)

    def of_items(self, item_ids: Sequence[int]) -> pl.DataFrame:
        """The files of items; an episode that shares a file with another gets that file."""
        return self._database.query("files/of_items", item_ids=list(item_ids))

    def streams(self, file_ids: Sequence[int]) -> pl.DataFrame:
        """The video, audio and subtitle streams of files, by file and index."""
        return self._database.query("files/streams", file_ids=list(file_ids))


class ArtworkRepository:
    """Reads pictures."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_items(self, item_ids: Sequence[int]) -> pl.DataFrame:
        """The pictures of items."""
        return self._database.query("artwork/of_items", item_ids=list(item_ids))


class SubtitleRepository:
    """Reads subtitles that lie beside files."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_items(self, item_ids: Sequence[int]) -> pl.DataFrame:
        """The subtitles of items."""
        return self._database.query("subtitles/of_items", item_ids=list(item_ids))


class HistoryRepository:
    """Reads what was played, rated and added."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_items(self, item_ids: Sequence[int]) -> pl.DataFrame:
        """What happened to items, newest first."""
        return self._database.query("history/of_items", item_ids=list(item_ids))

    def recent(self, event_type: str = "played", *, limit: int = 100, offset: int = 0) -> pl.DataFrame:
        """The newest events of a kind, with the titles."""
        return self._database.query("history/recent", event_type=event_type, **page_bounds(limit, offset))
