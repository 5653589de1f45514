"""Owns copies of a library file: whole, of what could be read to the last row, never over something that is there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from mediamgr.errors import InputError, LibraryError
from mediamgr.instrumentation import Timer
from mediamgr.store.copying import copy
from mediamgr.store.database import Database
from mediamgr.store.generations import wal_of
from mediamgr.store.migrations import version
from mediamgr.whole_files import whole_file

__all__ = ["backup"]

_BACKUP: Final = Timer("store.backup", "Copying a library, with a look at every row")


@_BACKUP
def backup(database: Database, target: Path) -> Path:
    """Copy the library to `target` (a file, or a folder that is there); return the file made.

    The copy appears under its name only when it is whole. Raises `InputError` when the name is taken, and
    `LibraryDamaged` when a part of the library cannot be read.
    """
    file = target / database.path.name if target.is_dir() else target
    if file.exists():
        raise InputError(f"{file} is there already; name another file.")
    try:
        with whole_file(file) as partial:
            with database.snapshot() as state, state.files() as (main, log):
                with state.reading() as connection:
                    _read_all(connection)
                copy(main, partial)
                if log.exists():
                    copy(log, wal_of(partial))
            _make_one_file(partial)
    except OSError as error:
        raise LibraryError(f"{file} cannot be written ({error}); the library is as it was.") from error
    return file


def _make_one_file(file: Path) -> None:
    """Fold what the log holds into the file, and see that it is a library."""
    database = Database(file, private=True)
    try:
        with database.writing() as connection:
            # so that the log of the library it is a copy of is not taken for its own when it is put in that one's place
            for statement in ("create table change (x integer)", "drop table change", "force checkpoint"):
                connection.execute(statement).fetchall()
        version(database)
    finally:
        database.close()
        wal_of(file).unlink(missing_ok=True)


def _read_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Read every value of every table: DuckDB checks a block when it reads it, and only then."""
    names = connection.execute("select table_name from duckdb_tables() where not temporary").fetchall()
    for (name,) in names:
        connection.execute(f"select bit_xor(hash(each)) from {name} each").fetchall()
