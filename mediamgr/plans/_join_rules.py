"""Owns advice on joins and on memory: rows that all meet each other, a side that was misjudged, what did not fit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediamgr.plans._advice import ROW_GROUP, Advice, Structure, seconds_of, share_of_time
from mediamgr.plans._conditions import alternatives
from mediamgr.plans._layout import WARM_SHARE
from mediamgr.plans._records import Operator, Plan
from mediamgr.wording import human_bytes

__all__ = ["on_joins", "on_memory"]

_MANY_MET: Final = 10_000_000
"""Pairs of rows that a cross join may give."""
_MANY_COMPARED: Final = 1_000_000
"""Pairs of rows that may be compared one by one."""
_MISJUDGED: Final = 4
"""Times as many rows as expected, from which DuckDB may have kept the wrong side of a join in memory."""
_LARGER: Final = 1.5
"""Times as many rows as the other side has, from which that matters."""
_NESTED: Final = frozenset({"NESTED_LOOP_JOIN", "BLOCKWISE_NL_JOIN"})
_SORTED: Final = frozenset({"PIECEWISE_MERGE_JOIN", "IE_JOIN"})
"""Both sides are sorted by what is to be greater; all else is compared one by one."""
_HOLDS_ROWS: Final = ("ORDER_BY", "HASH_GROUP_BY", "HASH_JOIN", "WINDOW", "TOP_N", "CTE")


def on_joins(plan: Plan, structure: Structure) -> Iterator[Advice]:
    """What is to be said of the joins of a plan."""
    for operator in plan.operators():
        if operator.name == "CROSS_PRODUCT":
            yield from _crossed(plan, operator)
        elif operator.name in _NESTED or (operator.name in _SORTED and _has_alternatives(operator)):
            yield from _nested(plan, operator)
        elif operator.name == "HASH_JOIN":
            yield from _misjudged(plan, operator)


def on_memory(plan: Plan, structure: Structure) -> Iterator[Advice]:
    """What is to be said when memory did not suffice."""
    holding = [each for each in plan.operators() if each.name in _HOLDS_ROWS]
    if not plan.bytes_spilled or not holding:
        return
    most = max(holding, key=lambda operator: operator.seconds or 0.0)
    matter = f"{human_bytes(plan.bytes_spilled)} did not fit into memory, were written to disk and read again."
    remedy = (
        f"Let {most.name} hold less: narrow the rows before it, and take only the columns it needs; the ids of what is"
        " wanted first, and the rest of their columns by id."
    )
    yield _advice("spill", plan, most, matter, remedy)


def _crossed(plan: Plan, join: Operator) -> Iterator[Advice]:
    pairs = _pairs(join)
    if pairs > _MANY_MET:
        matter = f"Every row of the one side meets every row of the other: {_sides(join)}, {pairs:,} pairs."
        yield _advice("cross join", plan, join, matter, "Say which rows belong together: join … on ….")


def _nested(plan: Plan, join: Operator) -> Iterator[Advice]:
    pairs = _pairs(join)
    if pairs <= _MANY_COMPARED:
        return
    matter = f"Each row of the one side is compared with each of the other: {_sides(join)}, {pairs:,} pairs."
    remedy = "Join on something that is equal on both sides, and narrow by the rest; a hash table then finds the pairs."
    if _has_alternatives(join):
        remedy = "Join once for each side of the OR, on what is equal, and put the answers together with UNION."
    yield _advice("nested loop", plan, join, matter, remedy)


def _has_alternatives(join: Operator) -> bool:
    return any(len(alternatives(condition)) > 1 for condition in join.conditions)


def _misjudged(plan: Plan, join: Operator) -> Iterator[Advice]:
    """The side that is kept in memory turned out to be the larger one."""
    gone_through, kept = join.children
    rows, expected = kept.rows, kept.estimated_rows
    if rows is None or expected is None or rows <= ROW_GROUP or rows < _MISJUDGED * expected:
        return
    # a join narrows the other side while that is read; kept in memory, it would have been as large as was expected
    other = max(gone_through.rows or 0, gone_through.estimated_rows or 0)
    share = share_of_time(plan, join, *kept.walk())
    if rows < _LARGER * other or (share or 0.0) < WARM_SHARE:
        return
    matter = (
        f"DuckDB expected {expected:,} rows of the side it keeps in memory, and {rows:,} came: the other one, of"
        f" {other:,} rows, would have been smaller."
    )
    remedy = (
        "Conditions that go together are counted as if each narrowed by itself: leave out those that follow from"
        " others, or give the small side as a materialized CTE and select from the large one where … in (…)."
    )
    yield _advice("estimate", plan, join, matter, remedy)


def _advice(rule: str, plan: Plan, operator: Operator, matter: str, remedy: str) -> Advice:
    return Advice(rule, operator, matter, remedy, None, seconds_of(plan, operator))


def _pairs(join: Operator) -> int:
    one, other = (_rows(child) for child in join.children)
    return one * other if min(one, other) > 1 else 0


def _sides(join: Operator) -> str:
    return " and ".join(f"{_rows(child):,} rows" for child in join.children)


def _rows(operator: Operator) -> int:
    return (operator.rows if operator.rows is not None else operator.estimated_rows) or 0
