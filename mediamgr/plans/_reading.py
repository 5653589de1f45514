"""Owns reading what DuckDB tells of a plan: `EXPLAIN (FORMAT json)`, and the profile of a statement that was run."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from mediamgr.errors import InputError
from mediamgr.plans._columns import output_names
from mediamgr.plans._records import Operator, Plan
from mediamgr.plans._short import conditions, keys, short, table, told

__all__ = ["answered_while_planning", "read_plan"]

_PLANNING: Final = ("planner", "optimizer", "physical_planner")


def read_plan(json_text: str, sql: str) -> Plan:
    """The plan of `sql` that `EXPLAIN (FORMAT json)`, with ANALYZE or without, or a profile gave.

    Raises `InputError` when it is none: profiling was off, or several statements ran.
    """
    try:
        told = json.loads(json_text)
        measured = told if isinstance(told, dict) else {}
        (tree,) = measured["operator"] if measured else told
        return _measured(measured, tree, sql) if measured else Plan(sql, _operator(tree, _names(tree)), False)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"DuckDB gave no plan of this statement ({error!r}); ask for that of one SELECT.") from None


def _measured(profile: Mapping[str, Any], tree: Mapping[str, Any], sql: str) -> Plan:
    query, system = profile["query"], profile["system"]
    return Plan(
        sql,
        _collected(_operator(tree, _names(tree))),
        is_measured=True,
        total_seconds=float(query["total_time"]),
        planning_seconds=sum(float(profile[phase]["total_time"]) for phase in _PLANNING),
        rows_scanned=int(query["total_rows_scanned"]),
        row_groups_scanned=int(query["total_row_groups_scanned"]),
        row_groups=int(query["total_row_groups_to_scan"]),
        bytes_read=int(profile["io"]["total_bytes_read"]),
        bytes_spilled=int(system["total_bytes_spilled"]),
        peak_memory_bytes=int(system["peak_buffer_memory"]),
    )


def _collected(root: Operator) -> Operator:
    """The tree of a profile, whose first step hands the rows over and does not count them."""
    if root.name != "RESULT_COLLECTOR" or not root.children:
        return root
    (child,) = root.children
    if child.name == "EXPLAIN_ANALYZE":
        (child,) = child.children
    return Operator(
        root.name,
        "hands over the answer",
        rows=child.rows,
        estimated_rows=child.estimated_rows,
        seconds=root.seconds,
        children=(child,),
        columns=child.columns,
    )


def _operator(tree: Mapping[str, Any], names: Mapping[str, str]) -> Operator:
    children = tuple(_operator(child, names) for child in tree.get("children", ()))
    facts = told(tree["extra_info"])
    columns = output_names(tree["name"], facts, [child.columns for child in children])
    given = children[0].columns if children else ()
    is_scan = "rows_scanned" in tree and "Table" in facts
    return Operator(
        _name(tree["name"], facts),
        short(tree["name"], facts, given, names),
        rows=_rows(tree, children),
        estimated_rows=_whole(facts.get("Estimated Cardinality")),
        seconds=float(tree["timing"]) if "timing" in tree else None,
        children=children,
        table=table(facts),
        columns=columns,
        conditions=conditions(facts),
        keys=keys(facts, given),
        rows_scanned=int(tree["rows_scanned"]) if is_scan else None,
        row_groups_scanned=int(tree["row_groups_scanned"]) if is_scan else None,
        row_groups=int(tree["total_row_groups_to_scan"]) if is_scan else None,
        told=tuple((name, ", ".join(values)) for name, values in facts.items()),
    )


def _rows(tree: Mapping[str, Any], children: tuple[Operator, ...]) -> int | None:
    """What it gave; DuckDB does not count what only passes through a CTE or a union."""
    if "intermediate_rows" not in tree:
        return None
    if tree["name"] == "CTE":
        return children[-1].rows
    if tree["name"] == "UNION":
        return sum(child.rows or 0 for child in children)
    return int(tree["intermediate_rows"])


def _name(name: str, facts: Mapping[str, tuple[str, ...]]) -> str:
    return "INDEX_SCAN" if name == "SEQ_SCAN" and facts.get("Type") == ("Index Scan",) else str(name)


def _whole(values: tuple[str, ...] | None) -> int | None:
    return int(values[0]) if values else None


def _names(tree: Mapping[str, Any]) -> dict[str, str]:
    """The names of CTEs by the numbers that their scans go by."""
    return {
        facts["Table Index"]: facts["CTE Name"]
        for facts in (each["extra_info"] for each in _walk(tree))
        if "CTE Name" in facts and "Table Index" in facts
    }


def _walk(tree: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield tree
    for child in tree.get("children", ()):
        yield from _walk(child)


def answered_while_planning(plan: Plan, rows: int, seconds: float) -> Plan:
    """The plan of what was answered from what DuckDB knows of a table: nothing ran."""
    root = replace(plan.root, rows=rows, seconds=0.0)
    return Plan(plan.sql, root, True, seconds, seconds, 0, 0, 0, bytes_read=0, bytes_spilled=0, peak_memory_bytes=0)
