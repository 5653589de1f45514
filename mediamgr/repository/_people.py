"""Owns reading people and credits."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from mediamgr.repository._filters import page_bounds
from mediamgr.search import parse_query
from mediamgr.store.database import Database

__all__ = ["PersonRepository"]


class PersonRepository:
    """Reads people and what they did."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def search(self, name: str, *, limit: int = 100, offset: int = 0) -> pl.DataFrame:
        """People whose name holds every word, most credits first: id, name, matched_by, credits."""
        asked = parse_query(name)
        bounds = page_bounds(limit, offset)
        found = self._database.query("people/search", text=asked.text, words=list(asked.words), **bounds)
        return found if asked.text else found.clear()

    def get_many(self, person_ids: Sequence[int]) -> pl.DataFrame:
        """People by id in the order asked for: id, person_key, name, name_key, matched_by."""
        return self._database.query("people/get_many", ids=list(person_ids))

    def filmography(self, person_id: int) -> pl.DataFrame:
        """What a person worked on, newest first: media_item_id, title, year, role, character, ..."""
        return self._database.query("people/filmography", person_id=person_id)

    def cast(self, item_id: int) -> pl.DataFrame:
        """Who worked on an item, cast in billing order and then crew: person_id, name, role, character, ..."""
        return self.credits([item_id])

    def credits(self, item_ids: Sequence[int]) -> pl.DataFrame:
        """Who worked on items; as `cast`, for many at once."""
        return self._database.query("people/credits", item_ids=list(item_ids))
