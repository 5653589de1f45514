"""Owns questions typed by a person: checked, run on a connection that only reads, explained."""

from __future__ import annotations

import re

import duckdb
import polars as pl

from mediamgr.errors import QueryError
from mediamgr.instrumentation import timed
from mediamgr.store.database import Database
from mediamgr.store.guard import nearest, no_table, read_only

__all__ = ["explain", "run", "table_or_select"]

_UNKNOWN_COLUMN = re.compile(r'column "([^"]+)" not found|does not have a column named "([^"]+)"')


@timed("store.query.sql")
def run(database: Database, sql: str) -> pl.DataFrame:
    """The rows of one SELECT. Raises `QueryError`; an unknown column is answered with the nearest names."""
    return _answer(database, read_only(sql, _tables(database)))


def table_or_select(database: Database, asked: str) -> pl.DataFrame:
    """The rows of a table or view, by its name, or of one SELECT. Raises `QueryError`."""
    name = asked.strip().strip('"') if isinstance(asked, str) else ""
    if not name or len(asked.split()) > 1:
        return run(database, asked)
    tables = _tables(database)
    if name.lower() not in map(str.lower, tables):
        raise no_table(name, tables)
    return run(database, f'from "{name}"')


def explain(database: Database, sql: str, *, analyze: bool = False) -> str:
    """The plan of one SELECT as text; with `analyze` it is run, and rows and times are shown."""
    checked = read_only(sql, _tables(database))
    frame = _answer(database, f"explain {'analyze ' if analyze else ''}{checked}")
    return str(frame.row(0)[1])


def _answer(database: Database, sql: str) -> pl.DataFrame:
    try:
        with database.reading() as connection:
            frame: pl.DataFrame = connection.sql(sql).pl()
            return frame
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
