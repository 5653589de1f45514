"""Owns transactions: all of the body or nothing, and Ctrl-C inside a statement comes out as Ctrl-C."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import duckdb

__all__ = ["interrupts", "transaction"]

_INTERRUPTED = re.compile(r"^Query interrupted$|failed: KeyboardInterrupt")


_under_way: set[int] = set()
"""Connections, by id, that are in a transaction; DuckDB would spoil it if asked."""


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit when the body ends well, else roll back. Inside another one it is a part of that."""
    if id(connection) in _under_way:
        yield
        return
    _under_way.add(id(connection))
    try:
        with _own(connection):
            yield
    finally:
        _under_way.remove(id(connection))


@contextmanager
def _own(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    with interrupts():
        connection.execute("begin").fetchall()
        try:
            yield
            connection.execute("commit").fetchall()
        except BaseException:
            # an interrupted statement may have ended it already
            with suppress(duckdb.TransactionException):
                connection.execute("rollback").fetchall()
            raise


@contextmanager
def interrupts() -> Iterator[None]:
    """Ctrl-C while a statement runs reaches Python as an error of DuckDB's: make it a `KeyboardInterrupt` again."""
    try:
        yield
    except (RuntimeError, duckdb.Error) as error:
        # a query that runs ends with the first, a frame that is read with the second
        if isinstance(error, duckdb.InterruptException) or _INTERRUPTED.search(str(error)):
            raise KeyboardInterrupt from None
        raise
