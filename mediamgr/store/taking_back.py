"""Owns taking back what a provider said of a film or show: the wrong one was taken for it."""

from __future__ import annotations

from typing import Final

import duckdb

from mediamgr.store.records import TABLES
from mediamgr.store.titles import sorted_anew

__all__ = ["take_back"]

_NOW: Final = "cast(now() at time zone 'UTC' as timestamp)"
_PARTS: Final = """
with season as materialized (select s.id from media_item s where s.parent_id = $item)
select i.id from media_item i
where i.id = $item or i.parent_id = $item or i.parent_id in (select id from season)
"""
_FILLED: Final = """
select s.media_item_id, s.field_name
from field_source s
where s.source = $source and not s.is_locked and s.field_name <> 'title' and s.media_item_id in (select id from part)
"""
_FIELDS: Final = TABLES["media_item"].columns
_SAID: Final = ("credit", "artwork", "listed_episode")


def take_back(connection: duckdb.DuckDBPyConnection, item_id: int, source: str) -> None:
    """Empty the fields that a source filled in an item and its parts, and drop what else it said of them.

    The caller holds the transaction. Titles stay, and stay the source's to change. Of ids those go that it gave,
    whatever site they are of; those that others gave stay.
    """

    def run(sql: str) -> list[tuple[object, ...]]:
        # a statement is given the parameters that it names
        given = {name: value for name, value in (("item", item_id), ("source", source)) if f"${name}" in sql}
        return connection.execute(sql, given).fetchall()

    run(f"create or replace temp table part as {_PARTS}")
    run(f"create or replace temp table filled as {_FILLED}")
    for name in sorted({str(name) for (name,) in run("select distinct field_name from filled")} & {*_FIELDS}):
        run(
            f"update media_item i set {', '.join(_emptied(name))}, is_indexed = false, updated_at = {_NOW}"
            f" from filled f where f.media_item_id = i.id and f.field_name = '{name}'"
        )
    run(
        "delete from field_source where (media_item_id, field_name) in (select (media_item_id, field_name) from filled)"
    )
    run("update media_item i set is_indexed = false where id in (select id from part)")
    for table in _SAID:
        run(f"delete from {table} where source = $source and media_item_id in (select id from part)")
    run(
        "delete from external_id where media_item_id in (select id from part) and (source = $source"
        " or (media_item_id, 'id:' || source) in (select (media_item_id, field_name) from filled))"
    )
    run("drop table part")
    run("drop table filled")


def _emptied(name: str) -> list[str]:
    """What an UPDATE of `i` sets when a field is emptied, with what is derived from it."""
    more = ["search_text = split_part(i.search_text, ' | ', 1)"] if name == "original_title" else []
    if name == "original_language":
        more = sorted_anew({name: "null"}, "i")
    return [f'"{name}" = null', *more]
