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
_SHOW_TITLES = """
update media_item i
set show_title = told.show_title
from (
    select o.id, coalesce(g.title, p.title) as show_title
    from media_item o
    left join media_item p on p.id = o.parent_id
    left join media_item g on g.id = p.parent_id
    where o.id in (select id from heir)
) told
where i.id = told.id and i.show_title is distinct from told.show_title
"""
_LOSSES = """
update media_item i
set is_missing = told.is_missing
from (
    with holder as materialized (
        select o.id, coalesce(o.shared_file_item_id, o.id) as holder_id
        from media_item o
        where o.id in (select id from heir) or o.shared_file_item_id in (select id from heir)
    ),
    file as (
        select f.media_item_id, bool_and(f.missing_since is not null) as is_missing
        from media_file f
        where f.file_role = 'main' and f.media_item_id in (select holder_id from holder)
        group by all
    )
    select h.id, coalesce(f.is_missing, false) as is_missing
    from holder h
    left join file f on f.media_item_id = h.holder_id
) told
where i.id = told.id and i.is_missing is distinct from told.is_missing
"""


def inherit(connection: duckdb.DuckDBPyConnection, items: str, *, with_parts: bool) -> None:
    """Bring items up to date that were written, or whose files were; the caller holds the transaction.

    `items`: a SELECT of their ids as `id`. `with_parts`: shows or seasons may have other titles now, which their
    seasons and episodes keep.
    """
    heirs = _WITH_PARTS.format(items=items) if with_parts else items
    for statement in (
        f"create or replace temp table heir as {heirs}",
        _SHOW_TITLES,
        _LOSSES,
        "drop table heir",
    ):
        connection.execute(statement).fetchall()
