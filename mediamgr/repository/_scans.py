"""Owns reading what earlier scans saw: what a rescan compares with."""

from __future__ import annotations

import polars as pl

from mediamgr.store.database import Database

__all__ = ["ScanRepository"]

_NO_IDS = pl.DataFrame(schema=dict.fromkeys(("source", "id_space", "external_id", "item_key"), pl.String()))


class ScanRepository:
    """Reads the memory of scans. A library that is not there has none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def roots(self, library: str) -> list[str]:
        """The folders it was scanned from, as text; none for a library that is not there."""
        return self._database.query("scan/roots", library=library)["root"].to_list()

    def entries(self, library: str) -> pl.DataFrame:
        """Every file the last scan saw: path, size_bytes, mtime_ns, problem."""
        return self._database.query("scan/entries", library=library)

    def lost_files(self, library: str, paths: list[str]) -> pl.DataFrame:
        """Files that are missing or were at these paths: path, size_bytes, fingerprint, is_just_gone."""
        return self._database.query("scan/lost_files", library=library, paths=paths)

    def items_of_paths(self, library: str, paths: list[str]) -> pl.DataFrame:
        """Items that own any of these files: path, item_key, media_type, show_key, is_missing; a row for each file."""
        return self._database.query("scan/items_of_paths", library=library, paths=paths)

    def items_of_ids(self, library: str, external_ids: list[str]) -> pl.DataFrame:
        """Items by external id: source, id_space, external_id, item_key."""
        if not external_ids:
            return _NO_IDS
        # one after the other: joined in one statement, all ids and items there are would be read
        with self._database.steady() as fixed:
            ids = fixed.query("scan/external_ids", external_ids=external_ids)
            items = ids["media_item_id"].drop_nulls().unique().to_list()
            keys = fixed.query("scan/keys_of_items", ids=items).filter(library=library)
        return ids.join(keys, on="media_item_id").select(_NO_IDS.columns)

    def items_named(self, library: str, title_keys: list[str], item_keys: list[str]) -> pl.DataFrame:
        """Films and shows: item_key, media_type, title_key, year, sources, external_ids (lists that go together)."""
        return self._database.query("scan/items_named", library=library, title_keys=title_keys, item_keys=item_keys)

    def parts_of_shows(self, library: str, show_keys: list[str]) -> pl.DataFrame:
        """Seasons and episodes: show_key, item_key, path; a row for each file, and one where there is none."""
        return self._database.query("scan/parts_of_shows", library=library, show_keys=show_keys)

    def item_keys(self, library: str) -> pl.DataFrame:
        """Natural keys of all items: item_key, media_type, title_key and year of films and shows."""
        return self._database.query("scan/item_keys", library=library)

    def item_ids(self, library: str) -> pl.DataFrame:
        """Items by external id: source, id_space, external_id, item_key."""
        return self._database.query("scan/item_ids", library=library)

    def people_named(self, name_keys: list[str], external_ids: list[str]) -> pl.DataFrame:
        """People by normalised name or external id: person_key, name_key, ids ("source:id")."""
        return self._database.query("scan/people_named", name_keys=name_keys, external_ids=external_ids)

    def guesses(self, rules: str, names: list[str]) -> pl.DataFrame:
        """Those of these file names that were understood by these rules: name, guess (JSON)."""
        return self._database.query("scan/guesses", rules=rules, names=names)

    def told_fields(self, library: str, item_keys: list[str]) -> pl.DataFrame:
        """Fields of items that an NFO, a provider or the user filled: item_key, title, fields."""
        return self._database.query("scan/told_fields", library=library, item_keys=item_keys)

    def sidecars(self, table: str, library: str, item_keys: list[str]) -> pl.DataFrame:
        """Pictures (table "artwork") or subtitles ("subtitle") on disk of some items, as records for the loader."""
        return self._database.query(f"scan/{table}", library=library, item_keys=item_keys)
