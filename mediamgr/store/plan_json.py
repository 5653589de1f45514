"""Owns having DuckDB tell a plan, as JSON: as it would be run, and as it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

import duckdb

__all__ = ["explained", "profiled"]

_Rows = TypeVar("_Rows")


def explained(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any]) -> str:
    """How DuckDB would run one SELECT; it is not run. Raises `duckdb.Error` of what cannot be."""
    ((_, told),) = connection.execute(f"explain (format json) {sql}", dict(parameters)).fetchall()
    return str(told)


def profiled(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, Any], run: Callable[[], _Rows]
) -> tuple[_Rows, str]:
    """(what `run` gives, which runs the statement on the connection; how DuckDB ran it)."""
    connection.execute("pragma enable_profiling = 'no_output'").fetchall()
    try:
        rows = run()
        told = str(connection.get_profiling_information())
    except BaseException:
        # a transaction that failed takes no pragma, and what it failed of is what matters
        with suppress(duckdb.Error):
            connection.execute("pragma disable_profiling").fetchall()
        raise
    connection.execute("pragma disable_profiling").fetchall()
    # duckdb 2.0: what is answered from statistics alone has no operator, and is called an error
    return rows, told if '"operator"' in told else explained(connection, sql, parameters)
