"""Owns what the store remembers of scans: entries seen, names understood, files gone or moved."""

from __future__ import annotations

import duckdb
import polars as pl

from mediamgr.store import snapshots
from mediamgr.store.inherited import inherit
from mediamgr.store.transaction import transaction

__all__ = [
    "drop_roots",
    "forget",
    "mark_missing",
    "move_files",
    "remember_entries",
    "remember_guesses",
    "rename_items",
    "set_roots",
]

_LIBRARY = "(select id from library where name = $library)"
_NOW = "cast(now() at time zone 'UTC' as timestamp)"
_OWNERS = "select f.media_item_id as id from media_file f join incoming m on m.path = f.path"


def remember_entries(connection: duckdb.DuckDBPyConnection, library: str, entries: pl.DataFrame) -> None:
    """Note what was looked at: path, size_bytes, mtime_ns, problem (null when there was none)."""
    _with_frame(
        connection,
        entries,
        f"delete from scan_entry where library_id = {_LIBRARY} and path in (select path from incoming)",
        f"insert into scan_entry select {_LIBRARY}, path, size_bytes, mtime_ns, problem from incoming",
        library=library,
    )


def forget(connection: duckdb.DuckDBPyConnection, library: str, paths: pl.DataFrame) -> None:
    """Drop the memory of entries that are gone; the files themselves are marked by `mark_missing`."""
    _with_frame(
        connection,
        paths,
        f"delete from scan_entry where library_id = {_LIBRARY} and path in (select path from incoming)",
        library=library,
    )


def mark_missing(connection: duckdb.DuckDBPyConnection, library: str, paths: pl.DataFrame) -> int:
    """Note that these files were not found; return how many were there before.

    Nothing is deleted. Those marked earlier keep their time.
    """
    return _with_frame(
        connection,
        paths,
        f"update media_file set missing_since = {_NOW} where library_id = {_LIBRARY}"
        " and missing_since is null and path in (select path from incoming)",
        library=library,
        owners_change=True,
    )


def move_files(connection: duckdb.DuckDBPyConnection, library: str, moves: pl.DataFrame) -> None:
    """Give files their new paths, so that they keep their items: old_path, path, path_bytes."""
    _with_frame(
        connection,
        moves,
        "update media_file f set path = m.path, path_bytes = m.path_bytes, missing_since = null"
        f" from incoming m where f.library_id = {_LIBRARY} and f.path = m.old_path",
        library=library,
        owners_change=True,
    )


def rename_items(connection: duckdb.DuckDBPyConnection, library: str, names: pl.DataFrame) -> None:
    """Give items other natural keys: old_key, new_key. All at once, so that keys may be handed on or exchanged."""
    _with_frame(
        connection,
        names,
        "update media_item i set item_key = n.new_key from incoming n"
        f" where i.library_id = {_LIBRARY} and i.item_key = n.old_key",
        library=library,
    )


def remember_guesses(connection: duckdb.DuckDBPyConnection, guesses: pl.DataFrame) -> None:
    """Keep what names were understood as: name, guess (JSON), rules; guesses by other rules are dropped."""
    _with_frame(
        connection,
        guesses,
        "delete from name_guess where rules not in (select rules from incoming)",
        "delete from name_guess where name in (select name from incoming)",
        "insert into name_guess select name, guess, rules from incoming",
    )


def set_roots(connection: duckdb.DuckDBPyConnection, library: str, roots: list[str]) -> None:
    """Name the folders of a library, made when new; folders named earlier stay."""
    connection.execute("insert or ignore into library (name) values ($library)", {"library": library}).fetchall()
    connection.execute(
        "update library set roots = list_sort(list_distinct(list_concat(roots, $roots))) where name = $library",
        {"library": library, "roots": roots},
    ).fetchall()


def drop_roots(connection: duckdb.DuckDBPyConnection, library: str, roots: list[str]) -> None:
    """Look at these folders no more."""
    connection.execute(
        "update library set roots = list_filter(roots, lambda root: not list_contains($roots, root))"
        " where name = $library",
        {"library": library, "roots": roots},
    ).fetchall()


def _with_frame(
    connection: duckdb.DuckDBPyConnection,
    frame: pl.DataFrame,
    *statements: str,
    library: str | None = None,
    owners_change: bool = False,
) -> int:
    """Run statements over `incoming` in one transaction; return how many rows the last one touched.

    Nothing is done for an empty frame. `owners_change`: the files at its paths are there, or not, unlike before.
    """
    if frame.is_empty():
        return 0
    touched = 0
    connection.register("incoming", frame)
    try:
        with transaction(connection):
            for statement in statements:
                given = {"library": library} if "$library" in statement else {}
                touched = int(connection.execute(statement, given).fetchall()[0][0])
            if owners_change:
                inherit(connection, _OWNERS, with_parts=False)
                snapshots.mark(connection, _OWNERS)
    finally:
        connection.unregister("incoming")
    return touched
