"""Owns what an item keeps of others, so that showing it reads one table: its show's title, whether its files are gone.

Set in the transaction that writes any of them; the check of invariants compares.
"""

from __future__ import annotations

import duckdb

__all__ = ["inherit"]

_WITH_PARTS = """
with own as materialized ({items}),
part as materialized (select i.id from media_item i where i.parent_id in (select id from own))
select id from own
union
select id from part
union
select i.id from media_item i where i.parent_id in (select id from part)
"""
# one after the other, so that each knows how few the last one left, and looks only those up
_SHOW_TITLES = (
    """
    create or replace temp table heir as
    select o.id, o.parent_id, coalesce(o.shared_file_item_id, o.id) as holder_id
    from media_item o
    where o.id in (select id from written)
    """,
    """
    create or replace temp table heir_parent as
    select p.id, p.parent_id, p.title
    from media_item p
    where p.id in (select parent_id from heir)
    """,
    """
    create or replace temp table heir_show as
    select g.id, g.title
    from media_item g
    where g.id in (select parent_id from heir_parent)
    """,
    """
    update media_item i
    set show_title = told.show_title, is_in_snapshot = false
    from (
        select h.id, coalesce(g.title, p.title) as show_title
        from heir h
        left join heir_parent p on p.id = h.parent_id
        left join heir_show g on g.id = p.parent_id
    ) told
    where i.id = told.id and i.show_title is distinct from told.show_title
    """,
)
_LOSSES = (
    # those that share a file with what was written lose it, too
    """
    insert into heir
    select o.id, o.parent_id, o.shared_file_item_id
    from media_item o
    where o.shared_file_item_id in (select id from written) and o.id not in (select id from written)
    """,
    """
    create or replace temp table heir_file as
    select f.media_item_id as holder_id, bool_and(f.missing_since is not null) as is_missing
    from media_file f
    where f.file_role = 'main' and f.media_item_id in (select holder_id from heir)
    group by all
    """,
    """
    update media_item i
    set is_missing = told.is_missing, is_in_snapshot = false
    from (
        select h.id, coalesce(f.is_missing, false) as is_missing
        from heir h
        left join heir_file f on f.holder_id = h.holder_id
    ) told
    where i.id = told.id and i.is_missing is distinct from told.is_missing
    """,
)
_MADE = ("written", "heir", "heir_parent", "heir_show", "heir_file")


def inherit(connection: duckdb.DuckDBPyConnection, items: str, *, with_parts: bool) -> None:
    """Bring items up to date that were written, or whose files were; the caller holds the transaction.

    `items`: a SELECT of their ids as `id`. `with_parts`: shows or seasons may have other titles now, which their
    seasons and episodes keep.
    """
    written = _WITH_PARTS.format(items=items) if with_parts else items
    for statement in (
        f"create or replace temp table written as {written}",
        *_SHOW_TITLES,
        *_LOSSES,
        *(f"drop table {name}" for name in _MADE),
    ):
        connection.execute(statement).fetchall()
