"""Owns asking DuckDB for plans, and knowing what a library has to find rows by."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import duckdb

from mediamgr.plans import Plan, Structure, Table, answered_while_planning, read_plan
from mediamgr.store.asking import asked
from mediamgr.store.compaction import ORDERS
from mediamgr.store.database import Database
from mediamgr.store.plan_json import explained

__all__ = ["measured", "planned", "structure"]

_TWINS: Final = {"credit": "person_credit", "person_credit": "credit"}
_TITLES: Final = ("title", "sort_title", "sort_key", "title_key")
_OFFERS: Final[Mapping[str, Mapping[str, Any]]] = {
    "media_item": {
        "ranks": tuple((column, "title_rank") for column in _TITLES),
        "searched": frozenset({"title", "original_title", "title_key", "search_text"}),
        "search": "lib.search",
        "ordering": "lib.items.ordering",
    },
    "person": {"searched": frozenset({"name", "name_key"}), "search": "lib.people.search"},
}
"""What tables offer beyond indexes and the order of their rows."""


def planned(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None) -> Plan:
    """How DuckDB would run one SELECT; it is not run."""
    return read_plan(explained(connection, sql, parameters or {}), sql)


def measured(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any] | None = None, *, library: Path,
    line: tuple[str, int] | None = None,
) -> Plan:  # fmt: skip
    """How DuckDB ran one SELECT just now, counted as "sql"; its rows are thrown away. `library`, `line`: as `asked`."""
    began = perf_counter()
    frame, told = asked(connection, sql, parameters or {}, label="sql", library=library, line=line, with_plan=True)
    plan = read_plan(told or "", sql)
    return plan if plan.is_measured else answered_while_planning(plan, frame.height, perf_counter() - began)


def structure(database: Database) -> Structure:
    """What the library has to find rows by, as its catalogue says; twins only while they are up to date."""
    has_twins = not database.fact("items/unindexed")
    rows = database.query("library/structure").iter_rows(named=True)
    return Structure(tuple(_table(row, has_twins=has_twins) for row in rows))


def _table(row: Mapping[str, Any], *, has_twins: bool) -> Table:
    name = row["table"]
    return Table(
        name,
        row["rows"],
        key=row["key"],
        indexed=frozenset(row["indexed"]),
        ordered_by=ORDERS[name].split(",")[0].split()[0] if name in ORDERS else None,
        twin=_TWINS.get(name) if has_twins else None,
        **_OFFERS.get(name, {}),
    )
