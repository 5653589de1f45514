"""Owns advice on what is read: an index, the order of rows, their twin in another order or search would spare it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from mediamgr.plans._advice import Advice, Structure, Table, seconds_of
from mediamgr.plans._conditions import Condition, alternatives, understood
from mediamgr.plans._records import Plan
from mediamgr.plans._rewriting import from_twin, with_table_first
from mediamgr.plans._scans import Scan, scans

__all__ = ["on_scans"]

_MOST_LOOKED_UP: Final = 1_000
"""Values of one IN that are still looked up by an index."""
_LEAST_GROUPS: Final = 4
"""Row groups of a table whose rows can be out of order to a degree that matters."""
_MOST_GROUPS: Final = 0.5
"""Share of the row groups of a table in which the rows of one value may lie, before they are out of order."""
_SPREADS: Final = frozenset({"%", "*", "/"})
"""What is done with a column to take rows from everywhere, so that no index could help."""
_PLAIN: Final = re.compile(r"[%_.*^$\\()\[\]?+|{}']+")
_WHOLE_NUMBER: Final = re.compile(r"'?(-?(?:0|[1-9]\d*))(?:\.0+)?'?")

_Rule = Callable[[Scan, Plan, Structure], Iterator[Advice]]


def on_scans(plan: Plan, structure: Structure) -> Iterator[Advice]:
    """What is to be said of the scans of a plan; the first thing that would help each."""
    for scan in scans(plan, structure):
        if scan.is_by_index or not scan.is_wasteful:
            continue
        for rule in _RULES:
            if advice := next(rule(scan, plan, structure), None):
                yield advice
                break


def _beside_others(scan: Scan, plan: Plan, structure: Structure) -> Iterator[Advice]:
    """`external_id = ? and source = ?`."""
    for one in scan.conditions:
        if _is_indexed(one, scan.table) and scan.has_others:
            matter = (
                f"{scan.read_for()}, though there is an index on {one.column}: DuckDB goes by an index only for a"
                " condition that stands alone."
            )
            remedy = f"Look up {one.column} first, in a materialized CTE, and narrow what it gives."
            yield _advice("index unused", scan, plan, matter, remedy, _first(scan, plan, _said(one)))


def _through(scan: Scan, plan: Plan, structure: Structure) -> Iterator[Advice]:
    """`lower(external_id) = ?`, `id::varchar = ?`."""
    for one in scan.conditions:
        is_found_by = one.column in scan.table.indexed or one.column == scan.table.ordered_by
        if not one.through or one.through in _SPREADS or one.operator not in ("=", "in") or not is_found_by:
            continue
        means = "index" if one.column in scan.table.indexed else "order of its rows"
        does = "a cast" if one.through == "CAST" else f"{one.through}()" if one.through.isidentifier() else one.through
        matter = f"{scan.read_for()}: {does} stands between {one.column} and its {means}."
        meant = _meant(one)
        remedy = f"Compare {one.column} itself" + (f": {meant}." if meant else ", with values as they are kept.")
        yield _advice("filter hides column", scan, plan, matter, remedy, _first(scan, plan, meant) if meant else None)


def _or(scan: Scan, plan: Plan, structure: Structure) -> Iterator[Advice]:
    """`id = ? or id = ?`; `media_item_id = ? or person_id = ?`."""
    for text in scan.texts:
        sides = [understood(side) for side in alternatives(text)]
        parts = [part for side in sides if (part := _found_by(side, scan.table, structure))]
        if len(sides) < 2 or len(parts) != len(sides):
            continue
        matter = f"{scan.read_for()}: with OR between them, none of these conditions leads to the rows."
        one = understood(text)
        if one and scan.is_list(one.column):
            continue
        if one:
            meant = _said(one)
            yield _advice("or", scan, plan, matter, f"Ask for a list: {meant}.", _first(scan, plan, meant))
        else:
            remedy = "Ask for each by itself, and put the answers together with UNION ALL."
            yield _advice("or", scan, plan, matter, remedy, _united(scan, plan, parts))


def _twin(scan: Scan, plan: Plan, structure: Structure) -> Iterator[Advice]:
    """`credit` by `person_id`."""
    twin = structure.table(scan.table.twin)
    if twin is None:
        return
    asked = {each.column for each in scan.conditions if each.is_lookup} | set(scan.joined_on)
    if twin.ordered_by in asked and scan.table.ordered_by not in asked:
        matter = f"{scan.read_for()}: they lie by {scan.table.ordered_by}, and {twin.ordered_by} is asked for."
        remedy = f"Read {twin.name}: the same rows, by {twin.ordered_by}."
        better = from_twin(plan.sql, scan.table.name, twin.name) if scan.is_only else None
        yield _advice("other order", scan, plan, matter, remedy, better)


def _search(scan: Scan, plan: Plan, structure: Structure) -> Iterator[Advice]:
    """`title ilike '%…%'`."""
    for one in scan.conditions:
        if one.column not in scan.table.searched or not _looks_through(one):
            continue
        text = " ".join(_PLAIN.sub(" ", one.value).split()).lower()
        if not text:
            continue
        matter = f"{scan.read_for()}: every {one.column} is looked through for {one.value}."
        remedy = (
            f"{scan.table.search}({text!r}) looks words up, whatever their case and accents, and takes filters; the ids"
            " it gives can be asked for in SQL."
        )
        yield _advice("search", scan, plan, matter, remedy)


def _scattered(scan: Scan, plan: Plan, structure: Structure) -> Iterator[Advice]:
    """`media_item_id = ?` where rows no longer lie by that."""
    groups, read = scan.operator.row_groups or 0, scan.operator.row_groups_scanned or 0
    asked = [each.column for each in scan.conditions if each.is_lookup and each.column == scan.table.ordered_by]
    if asked and groups >= _LEAST_GROUPS and read > groups * _MOST_GROUPS:
        matter = (
            f"{scan.read_for()}: the rows of one {asked[0]} should lie together, but {read} of {groups} row groups may"
            " hold some."
        )
        remedy = "lib.compact(), or `mediamgr compact`, brings the library into order."
        yield _advice("out of order", scan, plan, matter, remedy)


_RULES: Final[Sequence[_Rule]] = (_beside_others, _through, _or, _twin, _search, _scattered)


def _advice(rule: str, scan: Scan, plan: Plan, matter: str, remedy: str, better: str | None = None) -> Advice:
    return Advice(rule, scan.operator, matter, remedy, better, seconds_of(plan, scan.operator))


def _is_indexed(condition: Condition | None, table: Table) -> bool:
    is_short = condition is not None and condition.value.count(",") < _MOST_LOOKED_UP
    return condition is not None and condition.is_lookup and is_short and condition.column in table.indexed


def _found_by(condition: Condition | None, table: Table, structure: Structure) -> tuple[str, str] | None:
    """(where to read, the condition) when that leads to its rows: by an index, the order of the table or its twin."""
    if condition is None or not condition.is_lookup:
        return None
    if _is_indexed(condition, table) or condition.column == table.ordered_by:
        return table.name, _said(condition)
    twin = structure.table(table.twin)
    return (twin.name, _said(condition)) if twin and condition.column == twin.ordered_by else None


def _said(condition: Condition) -> str:
    return f"{condition.column} in ({condition.value})" if condition.operator == "in" else condition.text


def _meant(condition: Condition) -> str | None:
    """What a cast of a whole number asks for: "id = 5000"; None of what could mean several values."""
    number = _WHOLE_NUMBER.fullmatch(condition.value)
    return f"{condition.column} = {number[1]}" if condition.through == "CAST" and number else None


def _looks_through(condition: Condition) -> bool:
    pattern = condition.value.strip("'")
    if condition.operator in ("like", "ilike"):
        return pattern.startswith(("%", "_"))
    if condition.operator == "regexp":
        return not pattern.startswith("^")
    return condition.operator == "contains" or (condition.operator == "=" and condition.through in ("lower", "upper"))


def _first(scan: Scan, plan: Plan, condition: str) -> str | None:
    name = scan.table.name
    return with_table_first(plan.sql, name, f"select * from main.{name} where {condition}") if scan.is_only else None


def _united(scan: Scan, plan: Plan, parts: Sequence[tuple[str, str]]) -> str | None:
    """Each part without the rows of those before it."""
    if not scan.is_only:
        return None
    said = []
    for number, (table, condition) in enumerate(parts):
        besides = "".join(f" and ({before}) is not true" for _, before in parts[:number])
        said.append(f"select * from main.{table} where {condition}{besides}")
    return with_table_first(plan.sql, scan.table.name, "\n    union all by name\n    ".join(said))
