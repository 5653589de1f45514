"""The DuckDB file: opening, migrating, loading and asking it. The only room that imports duckdb and sqlglot."""

from mediamgr.store import artwork, backup, checks, edits, jobs, matches, migrations, query, scan_memory, snapshots
from mediamgr.store.clock import utc_now
from mediamgr.store.database import Connection, Database
from mediamgr.store.loader import LoadReport, load
from mediamgr.store.records import TABLES, Records, TableSpec
from mediamgr.store.transaction import transaction

__all__ = [
    "TABLES",
    "Connection",
    "Database",
    "LoadReport",
    "Records",
    "TableSpec",
    "artwork",
    "backup",
    "checks",
    "edits",
    "jobs",
    "load",
    "matches",
    "migrations",
    "query",
    "scan_memory",
    "snapshots",
    "transaction",
    "utc_now",
]
