"""Owns the health of a library file: `sql/checks` run one after the other. Reads only."""

from __future__ import annotations

import polars as pl

from mediamgr.resources import shipped
from mediamgr.store.database import Database

__all__ = ["check"]


def check(database: Database) -> pl.DataFrame:
    """One row a rule: check, found (rows that break it), example (one of them; null when none does)."""
    files = sorted((shipped("sql") / "checks").glob("*.sql"))
    return pl.concat(database.run(path.read_text(encoding="utf-8"), label=f"check.{path.stem}") for path in files)
