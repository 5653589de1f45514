"""Owns bringing up to date what is derived from the tables, before others see what was written.

What was not brought up to date, because the process died, is only slower to ask.
"""

from __future__ import annotations

import logging

import duckdb

from mediamgr.store.search_index import index_changed
from mediamgr.store.title_order import give_places

__all__ = ["settle"]

_log = logging.getLogger(__name__)
_IS_LIBRARY = "select count(*) = 1 from duckdb_columns() where table_name = 'media_item' and column_name = 'is_indexed'"


def settle(connection: duckdb.DuckDBPyConnection, *, is_over: bool) -> None:
    """Bring everything up to date; what takes long only when the job is over.

    A file that is no library yet has nothing derived.
    """
    try:
        if connection.execute(_IS_LIBRARY).fetchall() == [(True,)]:
            give_places(connection, is_over=is_over)
            index_changed(connection, is_over=is_over)
    except duckdb.Error as error:
        # what was committed is not to be lost over this; the next job tries again
        _log.warning("search is slower until the next job, for its index could not be brought up to date: %s", error)
