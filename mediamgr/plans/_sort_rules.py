"""Owns advice on sorting: a rank that has the order of a text as a number, and pages far behind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediamgr.plans._advice import ROW_GROUP, Advice, Structure, Table, seconds_of, share_of_time
from mediamgr.plans._layout import WARM_SHARE
from mediamgr.plans._records import Operator, Plan
from mediamgr.plans._rewriting import paged_by_rank, sorted_by_rank

__all__ = ["on_sorts"]

_DEEP: Final = 10_000
"""Rows passed over, from which a page costs more by being far behind."""
_NARROW: Final = 2
"""Columns of rows that are sorted for their ids alone."""


def on_sorts(plan: Plan, structure: Structure) -> Iterator[Advice]:
    """What is to be said of the sorts of a plan."""
    for above, sort in _sorts(plan.root, None):
        table = _sorted_table(sort, structure)
        if _rows_sorted(sort) <= ROW_GROUP or _is_cheap(plan, sort):
            continue
        skipped = _skipped(sort) or (_skipped(above) if above else 0)
        if skipped >= _DEEP and len(sort.columns) > _NARROW:
            yield _deep(plan, sort, table, skipped)
        elif sort.name == "ORDER_BY" and table and (rank := table.rank_of(_key(sort))):
            yield _ranked(plan, sort, table, rank)


def _deep(plan: Plan, sort: Operator, table: Table | None, skipped: int) -> Advice:
    matter = f"{_rows_sorted(sort):,} rows of {len(sort.columns)} columns are sorted to pass over {skipped:,} of them."
    go_on = "on from the last row seen, with where instead of offset, or find the ids of the page first."
    remedy = f"Go {go_on}"
    if table and table.ordering:
        remedy = f"{table.ordering}(sort=…)[{skipped}:…] gives any part of an order at one cost; in SQL go {go_on}"
    rank = table.rank_of(_key(sort)) if table else None
    better = paged_by_rank(plan.sql, table.name, table.key, rank) if table and table.key and rank else None
    if better:
        remedy += f" {rank} is the order of a library: {_LIBRARIAN}."
    return _advice("deep offset", plan, sort, matter, remedy, better)


_LIBRARIAN: Final = "articles, case and accents do not count, numbers go by their value"


def _ranked(plan: Plan, sort: Operator, table: Table, rank: str) -> Advice:
    key = _key(sort)
    matter = f"{_rows_sorted(sort):,} rows are sorted by {key}, and text sorts several times slower than a number."
    remedy = f"Sort by {rank}, which has the place of each {key} as a number in the order of a library: {_LIBRARIAN}."
    return _advice("rank", plan, sort, matter, remedy, sorted_by_rank(plan.sql, key, rank))


def _advice(rule: str, plan: Plan, sort: Operator, matter: str, remedy: str, better: str | None) -> Advice:
    return Advice(rule, sort, matter, remedy, better, seconds_of(plan, sort))


def _sorts(operator: Operator, above: Operator | None) -> Iterator[tuple[Operator | None, Operator]]:
    """Each sort, and what takes its rows; projections between them do not count."""
    if operator.name in ("ORDER_BY", "TOP_N"):
        yield above, operator
    for child in operator.children:
        yield from _sorts(child, above if operator.name == "PROJECTION" else operator)


def _sorted_table(sort: Operator, structure: Structure) -> Table | None:
    """The one table with an order of its own among those whose rows are sorted."""
    tables = [
        table for each in sort.walk() if (table := structure.table(each.table)) and (table.ranks or table.ordering)
    ]
    return tables[0] if len(tables) == 1 else None


def _key(sort: Operator) -> str:
    return sort.keys[0].split(" ")[0] if len(sort.keys) == 1 else ""


def _rows_sorted(sort: Operator) -> int:
    below = sort.children[0]
    return (below.rows if below.rows is not None else below.estimated_rows) or 0


def _is_cheap(plan: Plan, sort: Operator) -> bool:
    share = share_of_time(plan, sort)
    return share is not None and share < WARM_SHARE


def _skipped(operator: Operator) -> int:
    offset = dict(operator.told).get("Offset", "")
    return int(offset) if offset.isdigit() else 0
