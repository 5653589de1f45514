"""Owns the places of items in the order of titles: numbers with gaps, so that a new title changes nobody else's.

Every item's `title_rank` sorts as its (sort_key, id) does. Items that are new or were renamed have none; they get one
between their neighbours, which is found among the few items after the nearest mark. When too many have none, or two
neighbours leave no room, all are numbered anew.
"""

from __future__ import annotations

from typing import Final

import duckdb

from mediamgr.instrumentation import Timer
from mediamgr.store.transaction import transaction

__all__ = ["give_places", "number_all"]

_ORDERING: Final = Timer("store.title_ordering", "Giving items their places in the order of titles")

_GAP = 2**20
"""Between neighbours when all are numbered: room for twenty titles in a row that each go before the last."""
_MARKED = 1024
"""Every so manyth item is a mark."""
_MOST_NEW = 50_000
"""Items without a place from which numbering all costs less."""
_LEAST_SHARE = 20
"""So is one part in so many of all items."""

_NUMBER_ALL = f"""
update media_item i set title_rank = numbered.number * {_GAP}
from (select id, row_number() over (order by sort_key, id) as number from media_item) numbered
where i.id = numbered.id
"""
_MARK = f"""
insert into title_mark
select title_rank, sort_key, id from media_item where title_rank % {_GAP * _MARKED} = 0 order by title_rank
"""
# (sort_key, id) as one value; no key of ICU's holds a zero
_WHOLE_KEY = "{0}.sort_key || '\\x00'::blob || unhex(lpad(hex({0}.id), 16, '0'))"
_PLACE = f"""
create or replace temp table placed as
with unplaced as (
    select u.id, u.sort_key, {_WHOLE_KEY.format("u")} as whole_key from media_item u where u.title_rank is null
),
-- sections begin with a mark; the first has none
section as (
    select u.id, u.sort_key, u.whole_key, coalesce(m.title_rank // {_GAP * _MARKED}, 0) as number
    from unplaced u
    asof left join (select title_rank, {_WHOLE_KEY.format("m")} as whole_key from title_mark m) m
        on u.whole_key > m.whole_key
),
neighbours as (
    select
        s.id, s.whole_key,
        coalesce(max(i.title_rank) filter (i.is_before), s.number * {_GAP * _MARKED}) as before,
        coalesce(min(i.title_rank) filter (not i.is_before), (s.number + 1) * {_GAP * _MARKED}) as after,
    from section s
    left join lateral (
        select o.title_rank, (o.sort_key, o.id) < (s.sort_key, s.id) as is_before
        from media_item o
        where o.title_rank // {_GAP * _MARKED} = s.number
    ) i on true
    group by s.id, s.whole_key, s.number
)
select
    id, before, after,
    row_number() over gap as number,
    count(*) over (partition by before, after) as together,
    before + (after - before) * row_number() over gap // (count(*) over (partition by before, after) + 1) as title_rank,
from neighbours
window gap as (partition by before, after order by whole_key)
"""


def give_places(connection: duckdb.DuckDBPyConnection, *, is_over: bool = True) -> None:
    """Give every item without a place its place; all of them new ones when that costs less, once the job is over."""
    new, items = _counts(connection)
    if not new:
        return
    is_much = new > _MOST_NEW or new * _LEAST_SHARE > items
    with _ORDERING.run(), transaction(connection):
        if (is_much or not _place_between(connection)) and is_over:
            _number(connection)


def number_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Give all items new places, whatever they had."""
    with _ORDERING.run(), transaction(connection):
        _number(connection)


def _place_between(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether there was room for each between its neighbours."""
    connection.execute(_PLACE).fetchall()
    ((crowded,),) = connection.execute("select count(*) from placed where after - before <= together").fetchall()
    if not crowded:
        connection.execute(
            "update media_item i set title_rank = p.title_rank from placed p where i.id = p.id"
        ).fetchall()
    connection.execute("drop table placed").fetchall()
    return not crowded


def _number(connection: duckdb.DuckDBPyConnection) -> None:
    for statement in (_NUMBER_ALL, "delete from title_mark", _MARK):
        connection.execute(statement).fetchall()


def _counts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """(items without a place, items)."""
    rows = connection.execute("select count(*) filter (title_rank is null), count(*) from media_item").fetchall()
    return int(rows[0][0]), int(rows[0][1])
