"""Owns asking DuckDB one statement: it is timed and counted, can be stopped, and its plan is had where that is wanted.

A plan costs: as measured, a millisecond or two, so that is for who asks for all of them; as made,
the time to plan it, so that is for those statements that took long anyway.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import duckdb
import polars as pl

from mediamgr.errors import InputError
from mediamgr.instrumentation import Counter, Run, Span, Timer, calling_line
from mediamgr.plans import Plan, answered_while_planning, read_plan
from mediamgr.store.interruption import interruptible
from mediamgr.store.plan_json import explained, profiled
from mediamgr.store.slow import is_slow, remember

__all__ = ["asked", "fetched"]

_STATEMENT: Final = Timer("store.statement", "A statement asked of DuckDB, until its rows are here", "statement")
_ROWS: Final = Counter("store.rows_read", "Rows that statements answered", unit="rows")
_BYTES: Final = Counter("store.bytes_read", "Size in memory of what statements answered", unit="B")
_WORTH_A_PLAN_SECONDS: Final = 0.02


def fetched(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any], *, label: str, library: Path,
    line: tuple[str, int] | None = None,
) -> pl.DataFrame:  # fmt: skip
    """The rows of a statement.

    Args:
        connection: Which nobody else uses meanwhile.
        sql: The statement.
        parameters: By name.
        label: What it is counted as, such as "items/page".
        library: The file, for who reads of a slow one later.
        line: The line of the user's code that asks; None: it is that which called this.
    """
    return asked(connection, sql, parameters, label=label, library=library, line=line)[0]


def asked(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any], *, label: str, library: Path,
    line: tuple[str, int] | None = None, with_plan: bool = False,
) -> tuple[pl.DataFrame, str | None]:  # fmt: skip
    """(the rows of a statement, how DuckDB ran it, as JSON, where `with_plan` says so or who listens wants that)."""

    def rows() -> pl.DataFrame:
        frame: pl.DataFrame = connection.sql(sql, params=dict(parameters)).pl()
        return frame

    with _STATEMENT.run(statement=label) as run, interruptible(connection):
        if with_plan or _wants_all(run.span):
            frame, plan = profiled(connection, sql, parameters, rows)
        else:
            frame, plan = rows(), None
        _ROWS.add(frame.height)
        _BYTES.add(int(frame.estimated_size()))
    # what follows is none of its cost
    slow = is_slow(run.seconds)
    if slow or run.span:
        line = line or calling_line()
    told = plan or (_made(connection, sql, parameters) if slow or _is_worth_a_plan(run) else None)
    if run.span is not None:
        run.span.facts |= {"sql": sql, "parameters": dict(parameters), "line": line, **_read(told, sql)}
        if plan and (drawn := run.span.facts.get("plan")) and not drawn.is_measured:
            run.span.facts["plan"] = answered_while_planning(drawn, frame.height, run.seconds)
    if slow:
        remember(run.seconds, label, sql, parameters, frame.height, library, line, told)
    return frame, plan


def _wants_all(span: Span | None) -> bool:
    return span is not None and span.recording.plans == "all"


def _is_worth_a_plan(run: Run) -> bool:
    return run.span is not None and run.seconds >= _WORTH_A_PLAN_SECONDS


def _made(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]) -> str | None:
    """How DuckDB would run it; None of what has no plan, such as a plan."""
    try:
        return explained(connection, sql, parameters)
    except duckdb.Error:
        return None


def _read(plan: str | None, sql: str) -> dict[str, Plan]:
    try:
        return {"plan": read_plan(plan, sql)} if plan else {}
    except InputError:
        return {}
