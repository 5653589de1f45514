"""Owns reading about the library itself: its parts, its jobs, its tables."""

from __future__ import annotations

import polars as pl

from mediamgr.store.database import Database

__all__ = ["LibraryRepository"]


class LibraryRepository:
    """Reads what the library is made of."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def libraries(self) -> pl.DataFrame:
        """One row a library: id, name, roots, items, episodes, files, size_bytes, last_scan_at (UTC)."""
        return self._database.query("library/list")

    def jobs(self, limit: int = 20) -> pl.DataFrame:
        """The last jobs, newest first."""
        return self._database.query("library/jobs", limit=limit)

    def tables(self) -> pl.DataFrame:
        """Tables and columns with types and meaning."""
        return self._database.query("library/tables")

    def sizes(self) -> pl.DataFrame:
        """Rows of every table: table, rows."""
        return self._database.query("library/sizes")
