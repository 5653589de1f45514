"""Write sql/schema.sql: the schema after the last migration, so that a review shows what a migration changes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from mediamgr.store import Database
from mediamgr.store.migrations import migrate, schema_sql

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "schema.duckdb")
        migrate(database)
        Path("sql/schema.sql").write_text(schema_sql(database), encoding="utf-8")
        database.close()
