"""Owns reading what a provider's facts are compared with before they are written."""

from __future__ import annotations

import polars as pl

from mediamgr.store.database import Database

__all__ = ["WritingRepository"]


class WritingRepository:
    """Reads what items hold and who filled it. For sources, not for notebooks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def items(self, work_ids: list[int]) -> pl.DataFrame:
        """Films and shows with their seasons and episodes: id, work_id, work_title, library and what sources fill."""
        return self._database.query("writing/items", item_ids=work_ids)

    def field_sources(self, item_ids: list[int]) -> pl.DataFrame:
        """Who filled which field: media_item_id, field_name, source, is_locked."""
        return self._database.query("writing/field_sources", item_ids=item_ids)

    def external_ids(self, item_ids: list[int]) -> pl.DataFrame:
        """What others call items: media_item_id, source, id_space, external_id."""
        return self._database.query("items/external_ids", item_ids=item_ids)

    def listed(self, show_ids: list[int], provider: str) -> pl.DataFrame:
        """The episodes that the provider listed: every column of listed_episode."""
        return self._database.query("writing/listed", item_ids=show_ids, provider=provider)
