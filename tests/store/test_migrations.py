"""The schema's history."""

from __future__ import annotations

from pathlib import Path

import duckdb
import polars as pl
import pytest

from mediamgr.errors import LibraryDamaged, LibraryTooNew, MigrationError
from mediamgr.resources import shipped
from mediamgr.store import TABLES, Database
from mediamgr.store.migrations import landed, migrate, schema_sql, version
from tests.builders import films, library_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two migrations."""
    folder = tmp_path / "migrations"
    folder.mkdir()
    (folder / "0001_first.sql").write_text("create table a (x integer);\ninsert into a values (1);")
    (folder / "0002_second.sql").write_text("alter table a add column y integer;")
    return folder


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A database that is not there yet."""
    return Database(tmp_path / "library.duckdb")


def tables(path: Path) -> set[str]:
    """Names of the tables in a file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}


class TestMigrate:
    """migrate()."""

    def test_applies_all_in_order(self, database: Database, folder: Path) -> None:
        """Each migration is applied once."""
        assert [m.name for m in migrate(database, folder=folder).applied] == ["first", "second"]
        assert migrate(database, folder=folder).applied == ()

    def test_dry_run_writes_nothing(self, database: Database, folder: Path) -> None:
        """A dry run says what it would do and does not even make the file."""
        assert len(migrate(database, folder=folder, dry_run=True).applied) == 2
        assert not database.path.exists()

    def test_stops_at_a_version(self, database: Database, folder: Path) -> None:
        """`to` names the last version applied; going back is refused."""
        assert len(migrate(database, to=1, folder=folder).applied) == 1
        with pytest.raises(MigrationError, match="from version 1 to 0"):
            migrate(database, to=0, folder=folder)

    def test_keeps_a_copy_before_changing_a_library(self, database: Database, folder: Path) -> None:
        """A library that holds migrations is copied aside first."""
        migrate(database, to=1, folder=folder)
        backup = migrate(database, folder=folder).backup
        assert backup is not None
        with duckdb.connect(str(backup), read_only=True) as copy:
            assert copy.execute("select * from a").fetchall() == [(1,)]

    def test_a_failing_statement_leaves_the_library_as_it_was(self, database: Database, folder: Path) -> None:
        """The error names file and statement; nothing of the migration stays."""
        migrate(database, folder=folder)
        (folder / "0003_third.sql").write_text("create table b (x integer); insert into nowhere values (1);")
        with pytest.raises(MigrationError, match=r"0003_third\.sql, statement 2 \(insert into nowhere"):
            migrate(database, folder=folder)
        database.close()
        assert tables(database.path) == {"a", "schema_migration"}

    def test_a_failing_first_migration_leaves_no_file(self, database: Database, folder: Path) -> None:
        """A library that could not be made is not there."""
        (folder / "0001_first.sql").write_text("create tabel a (x integer);")
        with pytest.raises(MigrationError, match="0001_first"):
            migrate(database, folder=folder)
        assert not database.path.exists()

    def test_refuses_an_edited_file(self, database: Database, folder: Path) -> None:
        """A landed file may not change; line ends do not count."""
        migrate(database, folder=folder)
        first = folder / "0001_first.sql"
        first.write_bytes(first.read_bytes().replace(b"\n", b"\r\n"))
        assert migrate(database, folder=folder).applied == ()
        first.write_text("create table a (x bigint);")
        with pytest.raises(MigrationError, match=r"0001_first\.sql was edited"):
            migrate(database, folder=folder)

    def test_refuses_a_gap(self, folder: Path) -> None:
        """Numbers have no gaps."""
        (folder / "0001_first.sql").unlink()
        with pytest.raises(MigrationError, match="expected number 0001"):
            landed(folder)

    def test_refuses_a_newer_library(self, database: Database, folder: Path) -> None:
        """A library of a newer program is left alone."""
        migrate(database, folder=folder)
        (folder / "0002_second.sql").unlink()
        with pytest.raises(LibraryTooNew, match=r"version 2 \(second\)"):
            migrate(database, folder=folder)

    def test_refuses_somebody_elses_database(self, database: Database, folder: Path) -> None:
        """A DuckDB file with other tables is no library."""
        with duckdb.connect(str(database.path)) as connection:
            connection.execute("create table sales (x integer)")
        with pytest.raises(LibraryDamaged, match="sales"):
            migrate(database, folder=folder)


class TestShippedMigrations:
    """The files in sql/migrations."""

    def test_schema_sql_is_current(self, database: Database) -> None:
        """sql/schema.sql is what the migrations make; `make schema` writes it."""
        migrate(database)
        assert (shipped("sql") / "schema.sql").read_text(encoding="utf-8") == schema_sql(database)

    def test_agree_with_the_record_frames(self, database: Database) -> None:
        """Each column a source may fill is a column of its table, or a key that becomes one."""
        migrate(database)
        assert version(database) == (len(landed()), 0)
        for name, spec in TABLES.items():
            with database.reading() as connection:
                schema = connection.sql(f"from {name} limit 0").pl().schema
            for column, dtype in spec.columns.items():
                if column in spec.references:
                    assert spec.references[column][1] in schema, f"{name}.{column}"
                else:
                    assert schema[column] == dtype, f"{name}.{column}"

    def test_every_table_and_column_is_explained(self, database: Database) -> None:
        """COMMENT ON teaches: no table, view or column is without one, the record of migrations included."""
        migrate(database)
        with database.reading() as connection:
            unexplained = connection.execute(
                "select table_name from duckdb_tables() where not internal and comment is null"
                " union all select view_name from duckdb_views() where not internal and comment is null"
                " union all select table_name || '.' || column_name from duckdb_columns()"
                " where not internal and comment is null"
            ).fetchall()
        assert unexplained == []
        frame = library_of(database.path, films()).tables()
        assert (frame["meaning"].null_count(), frame["table_meaning"].null_count()) == (0, 0)
        key = frame.row(by_predicate=(pl.col("table") == "media_item") & (pl.col("column") == "item_key"), named=True)
        assert "follows the name" in key["meaning"]

    def test_schema_sql_says_what_columns_mean(self) -> None:
        """A review shows the words as well; quotes in them are escaped."""
        text = (shipped("sql") / "schema.sql").read_text(encoding="utf-8")
        assert "COMMENT ON COLUMN media_item.runtime_minutes IS 'Minutes, as a source says" in text
        assert "COMMENT ON COLUMN media_item.user_rating IS 'One''s own rating" in text
