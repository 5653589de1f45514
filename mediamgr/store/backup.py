"""Owns copies of a library file: whole, checked by opening, never over something that is there."""

from __future__ import annotations

import shutil
from pathlib import Path

from mediamgr.errors import InputError, LibraryError
from mediamgr.instrumentation import timed
from mediamgr.store.database import Database
from mediamgr.store.migrations import version
from mediamgr.whole_files import whole_file

__all__ = ["backup"]


@timed("store.backup")
def backup(database: Database, target: Path) -> Path:
    """Copy the library to `target` (a file, or a folder that is there); return the file made.

    The copy appears under its name only when it is whole. Raises `InputError` when the name is taken.
    """
    file = target / database.path.name if target.is_dir() else target
    if file.exists():
        raise InputError(f"{file} is there already; name another file.")
    try:
        with whole_file(file) as partial:
            with database.writing() as connection:
                connection.execute("force checkpoint").fetchall()
                shutil.copyfile(database.path, partial)
            copy = Database(partial)
            version(copy)
            copy.close()
    except OSError as error:
        raise LibraryError(f"{file} cannot be written ({error}); the library is as it was.") from error
    return file
