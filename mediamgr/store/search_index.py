"""Owns what search and filmographies look up: which words titles and names have, and the credits of people by person.

All of it is said elsewhere in the library. What changed is marked (`is_indexed`) and brought over before others see it;
when much has changed all is written anew, in an order in which what is asked for together lies together.
"""

from __future__ import annotations

from typing import Final

import duckdb

from mediamgr.instrumentation import Timer
from mediamgr.store.transaction import transaction

__all__ = ["build", "index_changed", "is_worth_building"]

_INDEXING: Final = Timer("store.word_indexing", "Bringing words and credits by person up to date")

_MOST_CHANGED = 50_000
"""Changed items and people from which writing all anew costs less than bringing them over."""
_LARGEST_SHARE = 0.1
"""Share of items or people, changed since all was written in order, from which a job does so again."""
_LEAST_SHARE = 0.01
"""The same, from which it is worth doing so when asked to."""

_ITEMS_SAID = """
select
    i.id, i.rating,
    unnest(string_split(i.title_key, ' ')) as word,
    generate_subscripts(string_split(i.title_key, ' '), 1) = 1 as is_first,
    not contains(i.title_key, ' ') as is_whole,
from media_item i
where {which}
union all
select i.id, i.rating, unnest(string_split(split_part(i.search_text, ' | ', 2), ' ')), false, false
from media_item i
where {which} and contains(i.search_text, ' | ')
"""
_NAMES_SAID = "select p.id, unnest(string_split(p.name_key, ' ')) as word from person p where {which}"
_POSTINGS = """
select w.id as word_id, s.id as media_item_id, bool_or(s.is_first), bool_or(s.is_whole), any_value(s.rating) as rating
from item_said s join word w on w.word = s.word
group by w.id, s.id
"""
_CHANGED = "{0}.is_indexed is not true"

_BUILD = (
    f"create or replace temp table item_said as {_ITEMS_SAID.format(which='true')}",
    f"create or replace temp table name_said as {_NAMES_SAID.format(which='true')}",
    "delete from word",
    "delete from item_word",
    "delete from person_word",
    "delete from person_credit",
    "delete from index_state",
    """
    insert into word
    select row_number() over (order by word), word, sum(items), sum(people)
    from (
        select word, count(*) as items, 0 as people from item_said group by all
        union all
        select word, 0, count(*) from name_said group by all
    )
    group by word
    order by word
    """,
    f"insert into item_word {_POSTINGS} order by word_id, rating desc nulls last, media_item_id",
    """
    insert into person_word
    select distinct w.id, s.id from name_said s join word w on w.word = s.word order by 1, 2
    """,
    """
    insert into person_credit
    select person_id, media_item_id, department, role, "character", "position", source
    from credit order by person_id, media_item_id
    """,
    "update media_item set is_indexed = true where is_indexed is not true",
    "update person set is_indexed = true where is_indexed is not true",
    "insert into index_state values (cast(now() at time zone 'UTC' as timestamp), 0, 0)",
    "drop table item_said",
    "drop table name_said",
)
_BRING_OVER = (
    f"create or replace temp table changed_item as select id from media_item i where {_CHANGED.format('i')}",
    f"create or replace temp table changed_person as select id from person p where {_CHANGED.format('p')}",
    f"create or replace temp table item_said as {_ITEMS_SAID.format(which=_CHANGED.format('i'))}",
    f"create or replace temp table name_said as {_NAMES_SAID.format(which=_CHANGED.format('p'))}",
    "delete from item_word where media_item_id in (select id from changed_item)",
    "delete from person_credit where media_item_id in (select id from changed_item)",
    "delete from person_word where person_id in (select id from changed_person)",
    """
    insert into word
    select (select coalesce(max(id), 0) from word) + row_number() over (order by s.word), s.word, 0, 0
    from (select word from item_said union select word from name_said) s
    where not exists (from word w where w.word = s.word)
    """,
    f"insert into item_word {_POSTINGS}",
    """
    update word w set items = w.items + said.items
    from (select word, count(*) as items from item_said group by all) said where said.word = w.word
    """,
    """
    update word w set people = w.people + said.people
    from (select word, count(*) as people from name_said group by all) said where said.word = w.word
    """,
    "insert into person_word select distinct w.id, s.id from name_said s join word w on w.word = s.word",
    """
    insert into person_credit
    select person_id, media_item_id, department, role, "character", "position", source
    from credit where media_item_id in (select id from changed_item)
    """,
    "update media_item set is_indexed = true where id in (select id from changed_item)",
    "update person set is_indexed = true where id in (select id from changed_person)",
    """
    update index_state set
        items = items + (select count(*) from changed_item), people = people + (select count(*) from changed_person)
    """,
    *(f"drop table {name}" for name in ("changed_item", "changed_person", "item_said", "name_said")),
)
_COUNTS = f"""
select
    (select count(*) from media_item i where {_CHANGED.format("i")}),
    (select count(*) from person p where {_CHANGED.format("p")}),
    (select count(*) from media_item), (select count(*) from person),
    (select items from index_state), (select people from index_state)
"""


def index_changed(connection: duckdb.DuckDBPyConnection, *, is_over: bool) -> None:
    """Bring over what changed; write all anew when that is worth it, but not before the job is over."""
    items, people, all_items, all_people, items_before, people_before = _counts(connection)
    if not items and not people and items_before is not None:
        return
    is_much = (
        items_before is None
        or people_before is None
        or items + people > _MOST_CHANGED
        or items_before + items > _LARGEST_SHARE * all_items
        or people_before + people > _LARGEST_SHARE * all_people
    )
    with _INDEXING.run(), transaction(connection):
        if is_much and is_over:
            _run(connection, _BUILD)
        elif not is_much:
            _run(connection, _BRING_OVER)


def is_worth_building(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether enough changed since all was written in order; less than that lies behind it and costs nothing."""
    items, people, all_items, all_people, items_before, people_before = _counts(connection)
    if items_before is None or people_before is None:
        return True
    return items_before + items > _LEAST_SHARE * all_items or people_before + people > _LEAST_SHARE * all_people


def build(connection: duckdb.DuckDBPyConnection) -> None:
    """Write all anew."""
    with _INDEXING.run(), transaction(connection):
        _run(connection, _BUILD)


def _counts(connection: duckdb.DuckDBPyConnection) -> tuple[int, int, int, int, int | None, int | None]:
    """(changed items, changed people, items, people, items and people that changed before; None when never built)."""
    (row,) = connection.execute(_COUNTS).fetchall()
    items, people, all_items, all_people, items_before, people_before = row
    return items, people, all_items, all_people, items_before, people_before


def _run(connection: duckdb.DuckDBPyConnection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(statement).fetchall()
