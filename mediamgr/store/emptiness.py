"""Owns taking a library away again that nothing came into."""

from __future__ import annotations

from mediamgr.store.database import Database
from mediamgr.store.records import TABLES

__all__ = ["remove_if_empty"]


def remove_if_empty(database: Database) -> bool:
    """Remove the file unless anything is in it; whether it was removed. Nobody else writes meanwhile."""
    with database.writing("remove") as connection:
        filled = " or ".join(f"exists(from {name})" for name in TABLES)
        if connection.execute(f"select {filled}").fetchall() != [(False,)]:
            return False
        database.remove()
    database.close()
    return True
