"""Owns the schema's history: which migrations there are, which a file has, and applying the rest.

Each runs in one transaction with the record of its checksum. A migration that fails, was edited or is
missing leaves the file as it was.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb
import sqlglot

from mediamgr.errors import LibraryDamaged, LibraryError, LibraryTooNew, MigrationError
from mediamgr.instrumentation import Timer
from mediamgr.resources import shipped
from mediamgr.store.clock import utc_now
from mediamgr.store.copying import copy
from mediamgr.store.database import Database
from mediamgr.store.opening import require
from mediamgr.store.transaction import transaction

__all__ = [
    "Applied",
    "Migration",
    "MigrationReport",
    "landed",
    "migrate",
    "pending",
    "require_current",
    "schema_sql",
    "version",
    "versions",
]

_MIGRATION: Final = Timer("store.migration", "Applying one migration")
_FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")
_CREATE_RECORD = """
create table if not exists schema_migration (
    version    integer primary key,
    name       varchar not null,
    checksum   varchar not null,
    applied_at timestamp not null
)
"""
_MADE = """
select sql from duckdb_sequences() union all select sql from duckdb_tables()
union all select sql from duckdb_indexes()
union all select sql from duckdb_views() where not internal order by 1
"""
_MACROS = """
select format(
    'CREATE MACRO {}({}) AS {}{};',
    function_name, array_to_string(parameters, ', '), if(function_type = 'macro', '', 'TABLE '), macro_definition)
from duckdb_functions() where function_type in ('macro', 'table_macro') and not internal order by function_name
"""
_MEANINGS = """
with meaning as (
    select table_name, -1 as place, 'TABLE ' || table_name as what, comment from duckdb_tables()
    union all
    select table_name, column_index, 'COLUMN ' || table_name || '.' || column_name, comment from duckdb_columns()
    union all
    select view_name, -1, 'VIEW ' || view_name, comment from duckdb_views() where not internal
)
select format('COMMENT ON {} IS ''{}'';', what, replace(comment, $$'$$, $$''$$))
from meaning where comment is not null
order by table_name, place
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file of `sql/migrations`.

    Attributes:
        version: Its number, from 1, without gaps.
        name: What follows the number.
        path: The file.
        sql: Its text.
    """

    version: int
    name: str
    path: Path
    sql: str

    @property
    def checksum(self) -> str:
        """SHA-256 of the text; line ends of any platform count the same."""
        return hashlib.sha256(self.sql.replace("\r\n", "\n").encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Applied:
    """The record of a migration in a library.

    Attributes:
        version: Its number.
        name: Its name when it was applied.
        checksum: Of its text when it was applied.
    """

    version: int
    name: str
    checksum: str


@dataclass(frozen=True, slots=True)
class MigrationReport:
    """What `migrate` did, or would do in a dry run.

    Attributes:
        applied: Migrations in order; empty when the file was up to date.
        backup: Copy made before the first change; None when the file held nothing yet, or in a dry run.
    """

    applied: tuple[Migration, ...]
    backup: Path | None


def landed(folder: Path | None = None) -> tuple[Migration, ...]:
    """The migrations in `folder` (default: those shipped), in order.

    Raises `MigrationError` for a file that is not named NNNN_name.sql, and for a gap or a repeated number.
    """
    root = folder or shipped("sql") / "migrations"
    found = [_read(path) for path in sorted(root.glob("*.sql"))]
    for number, migration in enumerate(found, start=1):
        if migration.version != number:
            raise MigrationError(f"{migration.path}: expected number {number:04d}; restore the missing file.")
    return tuple(found)


def pending(applied: Sequence[Applied], files: Sequence[Migration], to: int | None = None) -> tuple[Migration, ...]:
    """Decide what is left to apply, up to and including version `to` (None: all). Touches nothing.

    Raises:
        LibraryTooNew: The library has migrations that come after the last file.
        MigrationError: A file was edited or renamed after it was applied, or `to` is not ahead.
    """
    if applied and applied[-1].version > (files[-1].version if files else 0):
        newest = applied[-1]
        raise LibraryTooNew(
            f"The library is at version {newest.version} ({newest.name}), this mediamgr knows up to"
            f" {files[-1].version if files else 0}; upgrade mediamgr."
        )
    for record, file in zip(applied, files, strict=False):
        if (record.version, record.checksum) != (file.version, file.checksum):
            raise MigrationError(
                f"{file.path} was edited after it was applied as {record.version:04d}_{record.name};"
                " restore it and put the change into a new migration."
            )
    last = len(files) if to is None else to
    if not len(applied) <= last <= len(files):
        raise MigrationError(
            f"There is no way from version {len(applied)} to {last}; choose {len(applied)} to {len(files)}."
        )
    return tuple(files[len(applied) : last])


def versions(connection: duckdb.DuckDBPyConnection) -> tuple[Applied, ...]:
    """The migrations a library has, in order; empty for a file without tables.

    Raises `LibraryDamaged` for a DuckDB file that holds tables of somebody else.
    """
    tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
    if "schema_migration" not in tables:
        if tables:
            raise LibraryDamaged(
                f"This DuckDB file holds other tables ({', '.join(sorted(tables)[:3])}) and is no mediamgr"
                " library; name another file."
            )
        return ()
    rows = connection.execute("select version, name, checksum from schema_migration order by version")
    return tuple(Applied(*row) for row in rows.fetchall())


def version(database: Database) -> tuple[int, int]:
    """(version of the library, number of pending migrations). Raises as `pending` does."""
    with database.reading() as connection:
        applied = versions(connection)
    return len(applied), len(pending(applied, landed()))


def require_current(database: Database) -> None:
    """Raise `MigrationError` for a library that lacks migrations; and as `pending` does."""
    found, left = version(database)
    if left:
        raise MigrationError(
            f"{database.path} is at version {found}, {left} behind this mediamgr;"
            " run `mediamgr migrate` (it keeps a copy)."
        )


def migrate(
    database: Database,
    *,
    to: int | None = None,
    dry_run: bool = False,
    folder: Path | None = None,
    create: bool = True,
) -> MigrationReport:
    """Bring the library to version `to` (None: the latest); with `create` the file is made when there is none.

    A library that holds migrations already is copied to `<name>.v<version>.<time>.backup` beside it first.
    """
    files = landed(folder)
    if not create:
        require(database.path)
    if dry_run:
        return MigrationReport(pending(_applied(database), files, to), None)
    fresh = create and not database.path.exists()
    if fresh:
        _make_folder(database.path)
    try:
        with database.writing("migrate", create=create) as connection:
            applied = versions(connection)
            todo = pending(applied, files, to)
            backup = _copy_aside(connection, database.path, len(applied)) if todo and applied else None
            for migration in todo:
                _apply(connection, migration)
    except BaseException:
        if fresh:
            database.remove()
            database.close()
        raise
    return MigrationReport(todo, backup)


def _make_folder(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"{path} cannot be made: {error.strerror}; name another file.") from error


def _applied(database: Database) -> tuple[Applied, ...]:
    if not database.path.exists():
        return ()
    with database.reading() as connection:
        return versions(connection)


def _read(path: Path) -> Migration:
    match = _FILE_NAME.fullmatch(path.name)
    if not match:
        raise MigrationError(f"{path}: a migration is named NNNN_name.sql, in lower case; rename it.")
    return Migration(int(match[1]), match[2], path, path.read_text(encoding="utf-8"))


def _copy_aside(connection: duckdb.DuckDBPyConnection, path: Path, at_version: int) -> Path:
    connection.execute("force checkpoint")
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%f")
    backup = path.with_name(f"{path.name}.v{at_version}.{stamp}.backup")
    copy(path, backup)
    return backup


def _apply(connection: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    with _MIGRATION.run(), transaction(connection):
        connection.execute(_CREATE_RECORD)
        for number, statement in enumerate(_statements(connection, migration), start=1):
            _run(connection, migration, number, statement)
        connection.execute(
            "insert into schema_migration values (?, ?, ?, ?)",
            [migration.version, migration.name, migration.checksum, utc_now()],
        )


def _statements(connection: duckdb.DuckDBPyConnection, migration: Migration) -> Sequence[duckdb.Statement]:
    try:
        return connection.extract_statements(migration.sql)
    except duckdb.Error as error:
        raise MigrationError(f"{migration.path}: {error}; the library is as it was.") from error


def _run(connection: duckdb.DuckDBPyConnection, migration: Migration, number: int, statement: duckdb.Statement) -> None:
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        text = " ".join(statement.query.split())[:160]
        raise MigrationError(
            f"{migration.path}, statement {number} ({text}): {error}; the library is as it was."
        ) from error


def schema_sql(database: Database) -> str:
    """All that migrations make of a library as SQL, sorted, then what it means: `sql/schema.sql`."""
    with database.reading() as connection:
        macros = connection.execute(_MACROS).fetchall()
        made = connection.execute(_MADE).fetchall()
        meanings = connection.execute(_MEANINGS).fetchall()
    head = "-- Generated after the last migration by `make schema`; not run by anything."
    rules = [row[0] for row in macros]
    return (
        "\n\n".join([head, *rules, *(_wrapped(row[0]) for row in made), "\n".join(row[0] for row in meanings)]) + "\n"
    )


def _wrapped(sql: str) -> str:
    """One column a line, so that a review shows which changed."""
    return sqlglot.transpile(sql, read="duckdb", write="duckdb", pretty=True)[0] + ";"
