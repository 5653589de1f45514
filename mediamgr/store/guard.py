"""Owns what a person may ask in SQL: one statement that reads this library and nothing else.

Decided by parsing, before DuckDB sees it: no writes, no files, no network, no settings.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

import sqlglot
from rapidfuzz import fuzz, process
from sqlglot import exp

from mediamgr.errors import QueryError

__all__ = ["nearest", "no_table", "read_only"]

# it reports statements it only passes through; those are refused here
logging.getLogger("sqlglot").setLevel(logging.ERROR)

_WRITES = (
    exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Create, exp.Drop, exp.Alter, exp.TruncateTable,
    exp.Copy, exp.Attach, exp.Detach, exp.Pragma, exp.Set, exp.Command, exp.Use, exp.LoadData, exp.Export,
    exp.Install, exp.Into,
)  # fmt: skip
# functions that reach beyond the library: files, environment, settings, other databases
_REACHES = ("read_", "scan_", "parquet_", "sniff_", "glob", "getenv", "duckdb_secrets", "duckdb_settings",
            "which_secret", "query", "query_table", "pragma_", "write_log", "sqlite_", "postgres_", "mysql_",
            "json_execute", "from_substrait", "arrow_scan", "pandas_scan", "python_", "seq_scan", "load_",
            "current_setting", "force_checkpoint", "checkpoint", "enable_", "disable_", "delta_", "iceberg_",
            "st_read", "http", "csv_")  # fmt: skip


def read_only(sql: str, tables: Collection[str]) -> str:
    """The statement as it may run. Raises `QueryError` that says what is not allowed and what to do instead.

    `tables`: the names that may stand in FROM, besides the statement's own CTEs.
    """
    if not isinstance(sql, str):
        raise QueryError(f"A statement is text, not {sql!r}.")
    _refuse_questions(sql)
    parsed = _parsed(sql)
    for node in parsed.walk():
        _refuse(node)
    if not isinstance(parsed, exp.Query):
        raise QueryError(f"Only one SELECT is allowed here, not {sql.strip()!r}; begin with select, with or from.")
    _refuse_unknown_tables(parsed, tables)
    return sql.strip().rstrip(";")


_WRITE_REMEDY = "to change the library use scan, import or load."
_TABLES_REMEDY = "lib.tables() or `mediamgr tables` lists tables and columns, and says what they mean."
# what people ask a database about itself, and what answers here
_QUESTIONS = {
    "explain": "lib.explain(...) or `mediamgr sql --analyze` shows how a SELECT is answered.",
    "describe": _TABLES_REMEDY,
    "desc": _TABLES_REMEDY,
    "show": _TABLES_REMEDY,
    "summarize": "lib.sql(...) gives a frame, and its describe() counts, means and extremes.",
}


def _refuse_questions(sql: str) -> None:
    first = sql.split(maxsplit=1)[:1]
    word = first[0].lower().rstrip(";") if first else ""
    if word in _QUESTIONS:
        raise QueryError(f"{word.upper()} is not asked in SQL here: {_QUESTIONS[word]}")


def _parsed(sql: str) -> exp.Expr:
    try:
        statements = [each for each in sqlglot.parse(sql, dialect="duckdb") if each is not None]
    except sqlglot.errors.SqlglotError as error:
        where = error.errors[0] if isinstance(error, sqlglot.errors.ParseError) and error.errors else {}
        place = f" at line {where['line']}, column {where['col']}" if "line" in where else ""
        raise QueryError(f"This SQL cannot be read{place}: {where.get('description', error)}") from None
    if len(statements) != 1:
        raise QueryError(f"One statement at a time, please; this holds {len(statements)}.")
    return statements[0]


def _refuse(node: exp.Expr) -> None:
    if isinstance(node, _WRITES):
        raise QueryError(f"{node.key.upper()} is not allowed here; {_WRITE_REMEDY}")
    if isinstance(node, exp.Func):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
        if name.startswith(_REACHES) or type(node).__name__ in ("ReadCSV", "ReadParquet"):
            raise QueryError(f"The function {name}() reaches beyond the library and is not allowed here.")


def _refuse_unknown_tables(parsed: exp.Expr, tables: Collection[str]) -> None:
    own = {cte.alias_or_name.lower() for cte in parsed.find_all(exp.CTE)}
    known = {name.lower() for name in tables} | own
    for table in parsed.find_all(exp.Table):
        if isinstance(table.this, exp.Func):
            continue
        name = table.name.lower()
        if table.catalog or table.db not in ("", "main", "information_schema"):
            raise QueryError(f"{table.sql()} is outside this library; name its tables without a database.")
        if table.db != "information_schema" and name not in known:
            raise no_table(table.name, known)


def no_table(name: str, tables: Collection[str]) -> QueryError:
    """The error for a table or view that is not there."""
    return QueryError(f"There is no table {name!r}; {nearest(name, sorted(tables))} lib.tables() lists all.")


def nearest(name: str, names: Collection[str]) -> str:
    """A hint naming what comes closest: "did you mean 'year' or 'genre'?"."""
    close = [
        match
        for match, score, _ in process.extract(name.lower(), list(names), scorer=fuzz.ratio, limit=3)
        if score >= 60
    ]
    if close:
        return f"did you mean {' or '.join(map(repr, close))}?"
    return f"there are {', '.join(sorted(names))}."
