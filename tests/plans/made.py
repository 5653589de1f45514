"""Plans made by hand, of which everything is known."""

from __future__ import annotations

from typing import Any

from mediamgr.plans import Operator, Plan


def step(
    name: str, does: str = "", *children: Operator, seconds: float = 0.001, rows: int = 10, **more: Any
) -> Operator:
    """An operator that took a millisecond and gave ten rows, as expected, unless told otherwise."""
    return Operator(name, does, rows, more.pop("estimated_rows", rows), seconds, children, **more)


def plan(root: Operator, sql: str = "select 1", **more: Any) -> Plan:
    """A measured plan of 20 ms."""
    measures: dict[str, Any] = {
        "total_seconds": 0.02, "planning_seconds": 0.001, "rows_scanned": 1_000, "row_groups_scanned": 2, "row_groups": 5,
        "bytes_read": 0, "bytes_spilled": 0, "peak_memory_bytes": 3_000_000,
    }  # fmt: skip
    return Plan(sql, root, is_measured=True, **(measures | more))


HOSTILE = "title = '<script>alert(1)</script>\x1b[2J\u202e\" onload=''x'''"

JOIN = plan(
    step(
        "TOP_N",
        "first 5 by n DESC",
        step(
            "PROJECTION",
            "title",
            step(
                "HASH_JOIN",
                "INNER on media_item_id = id",
                step("SEQ_SCAN", "credit where role = 'actor'", seconds=0.006, rows=1_699, estimated_rows=144_074),
                step("FILTER", f"where {HOSTILE}", step("SEQ_SCAN", "media_item", seconds=0.01, rows=200_000)),
                seconds=0.0015,
            ),
            seconds=0.0000001,
        ),
        seconds=0.0005,
    )
)
"""A join of two scans, the second of which took half of the time."""
