"""Owns questions typed by a person: checked, run on a connection that only reads, explained."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import duckdb
import polars as pl

from mediamgr.errors import QueryError
from mediamgr.instrumentation import calling_line
from mediamgr.plans import Explained, Plan, advise
from mediamgr.store.asking import fetched
from mediamgr.store.background import stopped_by_ctrl_c
from mediamgr.store.database import Database
from mediamgr.store.guard import nearest, no_table, read_only
from mediamgr.store.plans import measured, planned, structure

__all__ = ["explain", "run", "table_or_select"]

_Given = TypeVar("_Given")
_UNKNOWN_COLUMN = re.compile(r'column "([^"]+)" not found|does not have a column named "([^"]+)"')


def run(database: Database, sql: str) -> pl.DataFrame:
    """The rows of one SELECT. Raises `QueryError`; an unknown column is answered with the nearest names."""
    # it is asked by a thread that knows nothing of the user's code
    line = calling_line()

    def ask() -> pl.DataFrame:
        checked = read_only(sql, _tables(database))
        with database.reading() as connection:
            return fetched(connection, checked, {}, label="sql", library=database.path, line=line)

    return _asked(database, ask)


def table_or_select(database: Database, asked: str) -> pl.DataFrame:
    """The rows of a table or view, by its name, or of one SELECT. Raises `QueryError`."""
    name = asked.strip().strip('"') if isinstance(asked, str) else ""
    if not name or len(asked.split()) > 1:
        return run(database, asked)
    tables = _tables(database)
    if name.lower() not in map(str.lower, tables):
        raise no_table(name, tables)
    return run(database, f'from "{name}"')


def explain(database: Database, sql: str, *, analyze: bool) -> Explained:
    """How one SELECT is answered, and advice; with `analyze` it is run. Raises `QueryError` as `run` does."""
    line = calling_line()

    def ask() -> Plan:
        checked = read_only(sql, _tables(database))
        with database.reading() as connection:
            if analyze:
                return measured(connection, checked, library=database.path, line=line)
            return planned(connection, checked)

    plan = _asked(database, ask)
    return Explained(plan, advise(plan, structure(database)))


def _asked(database: Database, ask: Callable[[], _Given]) -> _Given:
    try:
        # what was not committed is seen by the thread that writes
        return ask() if database.is_writing else stopped_by_ctrl_c(ask)
    except pl.exceptions.PolarsError as error:
        raise QueryError(
            f"A frame cannot hold this answer ({error}); cast the column, for example to varchar."
        ) from None
    except QueryError as error:
        unknown = _UNKNOWN_COLUMN.search(str(error))
        if not unknown:
            # the cause says the same in more lines
            raise error from None
        name = unknown[1] or unknown[2]
        raise QueryError(f"There is no column {name!r}; {nearest(name, _columns(database))}") from None


def _tables(database: Database) -> list[str]:
    with database.reading() as connection:
        return _names(
            connection,
            """
            select table_name from duckdb_tables() where not internal
            union all select view_name from duckdb_views() where not internal
        """,
        )


def _columns(database: Database) -> list[str]:
    with database.reading() as connection:
        return _names(connection, "select distinct column_name from duckdb_columns() where not internal")


def _names(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return [row[0] for row in connection.execute(sql).fetchall()]
