"""Owns questions typed by a person: checked, run on a connection that only reads, explained."""

from __future__ import annotations

import re

import duckdb
import polars as pl

from mediamgr.errors import QueryError
from mediamgr.instrumentation import timed
from mediamgr.store.database import Database
from mediamgr.store.guard import nearest, read_only

__all__ = ["explain", "run"]

_UNKNOWN_COLUMN = re.compile(r'column "([^"]+)" not found|does not have a column named "([^"]+)"')


@timed("store.query.sql")
def run(database: Database, sql: str) -> pl.DataFrame:
    """The rows of one SELECT. Raises `QueryError`; an unknown column is answered with the nearest names."""
    return _answer(database, read_only(sql, _tables(database)))


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
    except QueryError as error:
        unknown = _UNKNOWN_COLUMN.search(str(error))
        if not unknown:
            raise
        name = unknown[1] or unknown[2]
        raise QueryError(f"There is no column {name!r}; {nearest(name, _columns(database))}") from error


def _tables(database: Database) -> list[str]:
    with database.reading() as connection:
        return _names(connection, "select table_name from duckdb_tables() where not internal")


def _columns(database: Database) -> list[str]:
    with database.reading() as connection:
        return _names(connection, "select distinct column_name from duckdb_columns() where not internal")


def _names(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    return [row[0] for row in connection.execute(sql).fetchall()]
