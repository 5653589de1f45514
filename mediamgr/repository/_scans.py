"""Owns reading what earlier scans saw: what a rescan compares with."""

from __future__ import annotations

import polars as pl

from mediamgr.store.database import Database

__all__ = ["ScanRepository"]


class ScanRepository:
    """Reads the memory of scans. A library that is not there has none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, library: str) -> pl.DataFrame:
        """Every file the last scan saw: path, size_bytes, mtime_ns."""
        return self._database.query("scan/entries", library=library)

    def files(self, library: str) -> pl.DataFrame:
        """Media files and whose they are: path, size_bytes, mtime_ns, fingerprint, item_key, ..."""
        return self._database.query("scan/files", library=library)

    def item_keys(self, library: str) -> pl.DataFrame:
        """Natural keys of all items: item_key."""
        return self._database.query("scan/item_keys", library=library)

    def item_ids(self, library: str) -> pl.DataFrame:
        """Items by external id: source, id_space, external_id, item_key."""
        return self._database.query("scan/item_ids", library=library)

    def guesses(self, rules: str) -> pl.DataFrame:
        """File names understood by these rules: name, guess (JSON)."""
        return self._database.query("scan/guesses", rules=rules)

    def told_fields(self, library: str) -> pl.DataFrame:
        """Fields of items that an NFO filled: item_key, title, fields."""
        return self._database.query("scan/told_fields", library=library)

    def sidecars(self, table: str, library: str, item_keys: list[str]) -> pl.DataFrame:
        """Pictures (table "artwork") or subtitles ("subtitle") on disk of some items, as records for the loader."""
        return self._database.query(f"scan/{table}", library=library, item_keys=item_keys)
