"""Owns bringing up to date what is derived from the tables, before others see what was written.

What was not brought up to date, because the process died, is only slower to ask.
"""

from __future__ import annotations

import logging

import duckdb

from mediamgr.store.title_order import give_places

__all__ = ["settle"]

_log = logging.getLogger(__name__)
_IS_LIBRARY = "select count(*) = 1 from duckdb_columns() where table_name = 'media_item' and column_name = 'title_rank'"


def settle(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring everything up to date, in a transaction of its own; a file that is no library yet has nothing derived."""
    try:
        if connection.execute(_IS_LIBRARY).fetchall() == [(True,)]:
            give_places(connection)
    except duckdb.Error as error:
        # what was committed is not to be lost over this; the next job tries again
        _log.warning("the order of titles is not up to date: %s", error)
