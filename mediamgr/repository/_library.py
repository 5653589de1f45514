"""Owns reading about the library itself: its parts, its jobs, its tables."""

from __future__ import annotations

from dataclasses import astuple

import polars as pl

from mediamgr.repository._filters import page_bounds
from mediamgr.repository._reading import Repository

__all__ = ["LibraryRepository"]


_GENERATIONS = pl.Schema(
    [
        ("generation", pl.Int64()),
        ("published_at", pl.Datetime("us", "UTC")),
        ("size_bytes", pl.Int64()),
        ("is_current", pl.Boolean()),
        ("is_read", pl.Boolean()),
    ]
)


class LibraryRepository(Repository):
    """Reads what the library is made of."""

    _name = "lib.about"

    def libraries(self) -> pl.DataFrame:
        """One row a library: id, name, roots, items, episodes, files, size_bytes, last_scan_at (UTC)."""
        return self._database.query("library/list")

    def jobs(self, limit: int | None = 20) -> pl.DataFrame:
        """The last jobs, newest first."""
        return self._database.query("library/jobs", limit=page_bounds(limit, 0)["limit"])

    def snapshots(self, limit: int | None = None) -> pl.DataFrame:
        """The snapshots, newest first: id, taken_at (UTC), reason, movies, episodes, files, size_bytes.

        What changed between two of them is told by `lib.reports.changes()`.
        """
        return self._database.query("library/snapshots", limit=page_bounds(limit, 0)["limit"])

    def tables(self) -> pl.DataFrame:
        """Tables and columns with types and meaning."""
        return self._database.query("library/tables")

    def sizes(self) -> pl.DataFrame:
        """Rows of every table: table, rows."""
        return self._database.query("library/sizes")

    def stored(self) -> pl.DataFrame:
        """What each table takes in the file, largest first: table, rows, size_bytes.

        Blocks that several tables share count for each of them.
        """
        return self._database.query("library/stored")

    def indexes(self) -> pl.DataFrame:
        """Indexes, and keys that are kept by one: table, name (null for a key), columns, kind."""
        return self._database.query("library/indexes")

    def file(self) -> pl.DataFrame:
        """How the file is filled, one row: block_bytes, blocks, free_blocks (dead space, used for what comes next)."""
        return self._database.query("library/file")

    def memory(self) -> pl.DataFrame:
        """What DuckDB holds now for this library: purpose, memory_bytes, spilled_bytes (on disk)."""
        return self._database.query_once("library/memory")

    def generations(self) -> pl.DataFrame:
        """What is published: generation, published_at (UTC), size_bytes (beside the file), is_current, is_read."""
        return pl.DataFrame(list(map(astuple, self._database.generations())), schema=_GENERATIONS, orient="row")
