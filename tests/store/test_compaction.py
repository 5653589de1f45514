"""A library made small and quick again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import duckdb
import polars as pl
import pytest

import mediamgr
from mediamgr.errors import LibraryDamaged, LibraryError
from mediamgr.library import Library, build_demo
from mediamgr.progress import silent
from mediamgr.store import Database, Records, compaction, publishing
from mediamgr.store.compaction import ORDERS
from mediamgr.store.generations import wal_of
from mediamgr.store.migrations import schema_sql
from tests.builders import copy_of
from tests.store.children import batch, child


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A library of 2,000 items."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    build_demo(path, items=2_000).close()
    return path.read_bytes()


@pytest.fixture
def lib(tmp_path: Path, demo: bytes) -> Iterator[Library]:
    """The same, to change."""
    with copy_of(demo, tmp_path / "demo.duckdb") as lib:
        yield lib


def contents(lib: Library) -> dict[str, int]:
    """A hash of the rows of each table, in whatever order they lie."""
    tables = lib.about.sizes()["table"].to_list()
    return {name: lib.sql(f"select coalesce(sum(hash(t)), 0) as rows from {name} t").item() for name in tables}


class TestWritingAnew:
    """compact(full=True)."""

    def test_keeps_every_row_and_the_schema(self, lib: Library) -> None:
        """Rules, comments, macros, and the next id."""
        before, schema = contents(lib), schema_sql(lib._open)
        search = lib.search("the desert")
        report = lib.compact(full=True)
        assert report.is_rewritten
        after = contents(lib)
        changes = {name for name in before if before[name] != after[name]}
        assert changes <= {"index_state", "word", "item_word", "person_word"}
        assert schema_sql(lib._open) == schema
        assert lib.search("the desert").equals(search)
        assert lib.check()["found"].sum() == 0
        highest = lib.sql("select max(id) from media_item").item()
        lib.load(batch(1))
        assert (
            lib.sql("select min(id) from media_item where library_id = (select max(id) from library)").item() > highest
        )

    def test_drops_dead_space(self, lib: Library) -> None:
        """Without being asked to, when there is much of it."""
        _leave_dead_space(lib)
        report = lib.compact()
        assert report.is_rewritten
        assert report.bytes_after < 0.8 * report.bytes_before
        assert not lib.compact().is_rewritten

    def test_brings_rows_into_order(self, lib: Library) -> None:
        """Items that were written again lie among their neighbours."""
        with lib.writing("test") as (connection, _):
            connection.execute("update media_item set genres = ['Noir'] where id % 7 = 0").fetchall()
        assert not lib.sql("select id from media_item")["id"].is_sorted()
        lib.compact(full=True)
        assert lib.sql("select id from media_item")["id"].is_sorted()

    def test_who_reads_goes_on(self, lib: Library) -> None:
        """With what there was, and then with the new file."""
        with child("read", lib.path) as reader, mediamgr.open(lib.path, follow=False) as pinned:
            reader.line()
            titles = pinned.items.get_all(5)
            lib.compact(full=True)
            assert pinned.items.get_all(5).equals(titles)
            assert len(reader.end()["sizes"]) == 1

    def test_a_job_that_comes_in_between_is_kept(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Though it left a log beside the file."""
        monkeypatch.setattr(publishing, "_SMALL_FILE", 0)
        begin = Database.replacing

        def busy(database: Database, job: str) -> AbstractContextManager[tuple[Path, Path]]:
            lib.load(batch(7))
            assert wal_of(lib.path).exists()
            return begin(database, job)

        monkeypatch.setattr(Database, "replacing", busy)
        before = lib.items.count_all()
        assert lib.compact(full=True).is_rewritten
        assert lib.items.count_all() > before
        assert lib.check().filter(pl.col("found") > 0).is_empty()
        assert not wal_of(lib.path).exists()

    def test_an_interruption_leaves_it_as_it_was(self, lib: Library) -> None:
        """And nothing half beside it."""
        path = lib.path

        def interrupt(table: str) -> None:
            if table == "credit":
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            lib.compact(full=True, on_table=interrupt)
        assert lib.items.count_all() == 2_000
        assert lib._open.writer() is None
        assert not list(lib.path.parent.rglob("*.partial*"))
        lib.close()
        assert [each.name for each in path.parent.iterdir()] == ["demo.duckdb"]

    def test_rows_that_are_lost_on_the_way_stop_it(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """The old file stays."""
        counted = iter(range(1000))
        monkeypatch.setattr(compaction, "_rows", lambda connection, table: next(counted))
        with pytest.raises(LibraryDamaged, match="could not be copied whole"):
            lib.compact(full=True)
        monkeypatch.undo()
        assert lib.items.count_all() == 2_000

    def test_every_table_has_an_order(self, lib: Library) -> None:
        """One that is added later must be given one."""
        with lib._open.reading() as connection:
            tables = connection.execute("select table_name from duckdb_tables()").fetchall()
        assert {name for (name,) in tables} == set(ORDERS)


class TestDerived:
    """compact()."""

    def test_words_are_written_anew_where_something_changed(self, lib: Library) -> None:
        """And not again when nothing did."""
        lib.compact()
        assert not lib.compact().is_indexed_anew
        lib.load(batch(1))
        assert lib.sql("select items from index_state").item() == 30
        assert lib.compact().is_indexed_anew
        assert lib.sql("select items from index_state").item() == 0

    def test_few_changes_are_left_where_they_are(self, lib: Library) -> None:
        """All words are not written anew for one item."""
        lib.compact()
        one = {"media_item": batch(1).frames["media_item"].head(1)}
        lib.load(Records("Batches", one, source="test"))
        assert not lib.compact().is_indexed_anew
        assert lib.sql("select items from index_state").item() == 1
        assert lib.search("b1-0").height == 1

    def test_what_another_program_spoilt_is_found_and_mended(self, lib: Library) -> None:
        """Words and places that are not those of the titles."""
        with lib.writing("test") as (connection, _):
            connection.execute(
                "update media_item set title_rank = 1 where title_rank = (select max(title_rank) from media_item)"
            ).fetchall()
            connection.execute("delete from item_word where media_item_id = 7").fetchall()
        assert lib.check().filter(pl.col("found") > 0)["check"].to_list() == [
            "words of an item kept wrongly",
            "item out of its place among titles",
        ]
        lib.compact(full=True)
        assert lib.check()["found"].sum() == 0

    def test_any_duckdb_opens_what_was_written(self, lib: Library) -> None:
        """It is a plain file."""
        lib.compact(full=True)
        path = lib.path
        lib.close()
        with duckdb.connect(str(path), read_only=True) as connection:
            assert connection.execute("select count(*) from media_item").fetchall() == [(2_000,)]


class TestAfterAJob:
    """What a job does by itself at its end."""

    @pytest.fixture(autouse=True)
    def _large(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(compaction, "_LEAST_BYTES", 0)

    def test_that_changed_much_and_left_dead_space(self, lib: Library) -> None:
        """The file is written anew, with a bar."""
        shown = []

        def show(title: str, total: int | None) -> AbstractContextManager[Callable[[int], None]]:
            shown.append(title)
            return silent(title, total)

        _leave_dead_space(lib)
        before = lib.path.stat()
        lib.load([batch(number) for number in range(10)], show_progress=show)
        assert shown == ["Loading", "Compacting"]
        assert lib.path.stat().st_ino != before.st_ino
        assert lib.path.stat().st_size < before.st_size
        assert lib.items.count_all() == 2_300

    def test_that_scattered_what_belongs_together(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """As an import of credits for items here and there does; rows lie as they are asked for after it."""
        monkeypatch.setattr(compaction, "_ROW_GROUP", 100)
        monkeypatch.setattr(compaction, "_MOST_DEAD", 1.0)
        lib.compact(full=True)
        with lib._open.reading() as connection:
            assert not compaction._is_worn(connection)
        with lib.write():
            with lib.writing("test") as (connection, _):
                for number in range(6):
                    connection.execute(
                        f"update media_item set genres = ['Noir'], is_indexed = false where id % 7 = {number}"
                    ).fetchall()
            assert not lib.sql("select id from media_item")["id"].is_sorted()
        assert lib.sql("select id from media_item")["id"].is_sorted()

    def test_that_changed_little(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Does not pay for what others left."""
        _leave_dead_space(lib)
        monkeypatch.setattr(compaction, "_rewrite", pytest.fail)
        lib.load(batch(1))
        with lib._open.reading() as connection:
            assert compaction._is_worn(connection)

    def test_keeps_what_it_did_when_there_is_no_room(
        self, lib: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """And says what was not done."""

        def refuse(*_: object) -> None:
            raise LibraryError("no room")

        _leave_dead_space(lib)
        monkeypatch.setattr(compaction, "_rewrite", refuse)
        lib.load([batch(number) for number in range(10)])
        assert lib.items.count_all() == 2_300
        assert "was not compacted: no room" in caplog.text


def _leave_dead_space(lib: Library) -> None:
    with lib.writing("test") as (connection, _):
        connection.execute("create table ballast as select random() as x from range(2000000)").fetchall()
        connection.execute("force checkpoint").fetchall()
        connection.execute("update person set name = name || '.'").fetchall()
        connection.execute("force checkpoint").fetchall()
        connection.execute("drop table ballast").fetchall()
