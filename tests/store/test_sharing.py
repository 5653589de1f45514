"""Tests of one library read and written at once: generations, the lease, what a reader chose to see."""

from __future__ import annotations

import json
import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

import mediamgr
from mediamgr.errors import LibraryDamaged, LibraryError, LibraryLocked, LibraryNotFound, LibraryTooNew, QueryError
from mediamgr.library import Library
from mediamgr.store import Database, publishing
from tests.builders import films, library_of, series
from tests.parts import without_rights
from tests.store.children import Child, batch, child


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library of ten films that nobody has open."""
    file = tmp_path / "films.duckdb"
    library_of(file, films()).close()
    return file


def beside(path: Path) -> list[str]:
    """What lies in the folder of a library."""
    return sorted(each.name for each in path.parent.iterdir())


class TestReading:
    """What a reader sees, and when."""

    def test_follows_what_others_commit(self, path: Path) -> None:
        """At the next query, without opening anew."""
        with mediamgr.open(path) as lib, child("write", path, 1) as other:
            assert lib.items.count_all() == 10
            _wait_for_commit(other)
            written = other.end()["next"] - 1
            assert lib.items.count_all() == 10 + 30 * written

    def test_stays_where_it_is_until_refreshed(self, path: Path) -> None:
        """With follow=False the same rows, however much is committed meanwhile."""
        with mediamgr.open(path, follow=False) as lib, mediamgr.open(path) as other:
            before = lib.items.get_all()
            for number in range(3):
                other.load(batch(number))
            assert lib.items.get_all().equals(before)
            lib.refresh()
            assert lib.items.count_all() == 100

    def test_who_writes_reads_what_it_wrote(self, path: Path) -> None:
        """At once, whether it follows or not; in the body and after it."""
        with mediamgr.open(path, follow=False) as lib:
            assert lib.items.count_all() == 10
            with lib.write():
                lib.load(series())
                assert lib.items.count_all() == 16
            assert lib.items.count_all() == 16

    def test_a_snapshot_does_not_move(self, path: Path) -> None:
        """Not even in the hands of who writes; it has what was committed when it was taken."""
        database = Database(path)
        with mediamgr.open(path) as lib, lib.write():
            lib.load(series())
            with database.snapshot() as fixed:
                lib.load(batch(1))
                assert fixed.query("items/count").item() == 16
                assert lib.items.count_all() == 46

    def test_another_thread_reads_meanwhile(self, path: Path) -> None:
        """While one thread of a process writes, others read what is published."""
        seen: list[int] = []
        with mediamgr.open(path) as lib, lib.write():
            lib.load(series())
            reader = threading.Thread(target=lambda: seen.append(lib.items.count_all()))
            reader.start()
            reader.join()
        assert seen[0] in (10, 16)

    def test_leaves_nothing_but_the_file(self, path: Path) -> None:
        """The last one out removes what was published, which is made anew when it is wanted."""
        first, second = mediamgr.open(path), Database(path)
        assert first.items.count_all() == 10
        with child("read", path) as other:
            other.line()
            first.close()
            second.close()
            assert beside(path) == ["films.duckdb", "films.duckdb.published"]
            other.end()
        assert beside(path) == ["films.duckdb"]

    def test_the_file_goes_on_being_a_duckdb_file(self, path: Path) -> None:
        """Another program may change it while a notebook sits idle, and the notebook sees that."""
        with mediamgr.open(path) as lib:
            assert lib.items.count_all() == 10
            lib._open.close()
            with duckdb.connect(str(path)) as other:
                other.execute("delete from media_item where title = 'WALL·E'").fetchall()
            assert lib.items.count_all() == 9

    def test_a_pinned_reader_is_told_when_another_program_changed_the_file(self, path: Path) -> None:
        """What it had is not there any more; it does not read something else instead."""
        with mediamgr.open(path, follow=False) as lib:
            assert lib.items.count_all() == 10
            lib._open._handles._let_go_of_lent()
            with duckdb.connect(str(path)) as other:
                other.execute("delete from media_item where title = 'WALL·E'").fetchall()
            with pytest.raises(LibraryError, match=r"lib\.refresh"):
                lib.items.count_all()
            lib.refresh()
            assert lib.items.count_all() == 9

    def test_a_library_put_in_its_place_is_read(self, path: Path, tmp_path: Path) -> None:
        """A backup copied over the file, as people do."""
        other = tmp_path / "other" / "films.duckdb"
        other.parent.mkdir()
        library_of(other, series()).close()
        with mediamgr.open(path) as lib:
            assert lib.items.count_all() == 10
            os.replace(other, path)
            assert lib.items.count_all() == 6
            path.unlink()
            with pytest.raises(LibraryNotFound):
                lib.items.count_all()


class TestALogBesideTheFile:
    """Where copying the file is dear, a job's changes may stay in its log."""

    @pytest.fixture
    def logged(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """A library of sixteen items, six of them in its log."""
        monkeypatch.setattr(publishing, "_SMALL_FILE", 0)
        monkeypatch.setattr(publishing, "can_clone", lambda folder: False)
        with mediamgr.open(path) as lib:
            lib.load(series())
        assert path.with_name("films.duckdb.wal").exists()
        return path

    def test_is_part_of_the_library(self, logged: Path) -> None:
        """For readers, for the next writer, for a backup and for any DuckDB."""
        with mediamgr.open(logged) as lib:
            assert lib.items.count_all() == 16
            lib.load(batch(1))
            assert lib.items.count_all() == 46
            backup = lib.backup(logged.with_name("backup.duckdb"))
        for file in (backup, logged):
            with duckdb.connect(str(file)) as connection:
                assert connection.execute("select count(*) from media_item").fetchall() == [(46,)]

    def test_goes_into_the_file_when_it_is_compacted(self, logged: Path) -> None:
        """So that one file is all there is."""
        with mediamgr.open(logged) as lib:
            lib.compact(full=True)
            assert lib.items.count_all() == 16
        assert beside(logged) == ["films.duckdb"]

    def test_is_not_taken_for_that_of_a_backup_put_in_its_place(self, path: Path, logged: Path) -> None:
        """Which would bring back what the backup was to undo."""
        with mediamgr.open(logged) as lib:
            backup = lib.backup(logged.with_name("backup.duckdb"))
            lib.load(batch(1))
        shutil.copyfile(backup, logged)
        with pytest.raises(LibraryDamaged, match=r"lies the log of another file \(films\.duckdb\.wal\)"):
            mediamgr.open(logged)
        logged.with_name("films.duckdb.wal").unlink()
        with mediamgr.open(logged) as lib:
            assert lib.items.count_all() == 16


class TestWriting:
    """One at a time."""

    def test_the_second_writer_is_told_who_writes(self, path: Path) -> None:
        """Process, job and since when; and it gets its turn when that one is done."""
        with child("hold", path, "testing") as other:
            other.line()
            with mediamgr.open(path, wait=0.2) as lib:
                with pytest.raises(LibraryLocked, match=rf"process {other.pid} \(testing, since 20\d\d-"):
                    lib.load(series())
                holder = lib._open.writer()
                assert holder is not None
                assert (holder.pid, holder.job) == (other.pid, "testing")
                assert lib.items.count_all() == 10
                other.end()
                lib.load(series())
                assert lib.items.count_all() == 16

    def test_two_writers_take_turns(self, path: Path) -> None:
        """Everything of both is in, and whole."""
        with child("write", path, 1_000) as one, child("write", path, 2_000) as two:
            for each in (one, two):
                each.line()
                while "committed" not in each.line():
                    pass
            written = one.end()["next"] - 1_000 + two.end()["next"] - 2_000
        with mediamgr.open(path) as lib:
            assert lib.items.count_all() == 10 + 30 * written
            assert lib.check()["found"].sum() == 0

    def test_a_thread_waits_for_another(self, path: Path) -> None:
        """The lease is one thread's, and the error names this very process."""
        errors: list[Exception] = []

        def write() -> None:
            try:
                mediamgr.open(path, wait=0.1).load(series())
            except LibraryLocked as error:
                errors.append(error)

        with mediamgr.open(path) as lib, lib.write("a long job"):
            thread = threading.Thread(target=write)
            thread.start()
            thread.join()
        assert f"process {os.getpid()} (a long job" in str(errors[0])

    def test_what_a_dead_process_wrote_down_is_no_lease(self, path: Path) -> None:
        """Not after a reboot either, when another process has its number."""
        with mediamgr.open(path) as lib:
            lib.items.count_all()
            lease = path.with_name("films.duckdb.published") / "lease"
            told = {"pid": os.getppid(), "job": "scan", "since": "2020-01-01T00:00:00+00:00", "host": "before"}
            lease.write_text(json.dumps(told))
            assert lib._open.writer() is None
            lib.load(series())
            assert lib.items.count_all() == 16

    def test_a_failure_in_the_body_keeps_what_was_committed(self, path: Path) -> None:
        """And others see it."""
        with mediamgr.open(path) as lib:
            with pytest.raises(QueryError):
                _load_and_fail(lib)
            assert lib._open.writer() is None
        with mediamgr.open(path) as lib:
            assert lib.items.count_all() == 16


class TestTheReaderThatWasSuspended:
    """A laptop that slept, a process that was stopped."""

    def test_goes_on_with_what_it_read(self, path: Path) -> None:
        """Its generation was kept for it, then removed."""
        with child("read", path) as other, mediamgr.open(path) as lib:
            other.line()
            os.kill(other.pid, signal.SIGSTOP)
            try:
                for number in range(3):
                    lib.load(batch(number))
                assert lib.items.count_all() == 100
                assert [each.is_read for each in lib._open.generations()] == [True, True]
            finally:
                os.kill(other.pid, signal.SIGCONT)
            told = other.end()
            assert told["wrong"] == []
            assert set(told["sizes"]) <= {10, 40, 70, 100}
            lib.load(batch(3))
            assert [each.is_current for each in lib._open.generations()] == [True]


class TestWhatIsNotALibrary:
    """Each is named, is left as it is, and nothing is left beside it."""

    @pytest.mark.parametrize(
        ("spoil", "failure", "message"),
        [
            pytest.param(lambda whole: b"not a database, a shopping list" * 500, LibraryDamaged, "is not a DuckDB file", id="foreign"),
            pytest.param(lambda whole: b"SQLite format 3\0" + bytes(4080), LibraryDamaged, "is not a DuckDB file", id="sqlite"),
            pytest.param(lambda whole: whole[: len(whole) // 2], LibraryDamaged, "restore a backup", id="truncated"),
            pytest.param(lambda whole: whole[:100], LibraryDamaged, "restore a backup", id="a stump"),
        ],
    )  # fmt: skip
    def test_is_named(self, path: Path, spoil: object, failure: type[Exception], message: str) -> None:
        """For who reads and for who would write."""
        assert callable(spoil)
        spoilt = spoil(path.read_bytes())
        path.write_bytes(spoilt)
        with pytest.raises(failure, match=message):
            mediamgr.open(path).items.count_all()
        with pytest.raises(failure, match=message):
            mediamgr.open(path, create=True)
        assert path.read_bytes() == spoilt
        Database(path).close()
        assert beside(path) == ["films.duckdb"]

    def test_of_a_newer_mediamgr(self, path: Path) -> None:
        """Told by the migrations it had."""
        with duckdb.connect(str(path)) as connection:
            connection.execute("insert into schema_migration values (99, 'later', 'x', now())").fetchall()
        for create in (False, True):
            with pytest.raises(LibraryTooNew, match="upgrade mediamgr"):
                mediamgr.open(path, create=create)
        Database(path).close()
        assert beside(path) == ["films.duckdb"]


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A library, and settings, where every user can get at them, which the folders of pytest are not."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    monkeypatch.setenv("MEDIAMGR_CONFIG_DIR", str(folder))
    file = folder / "films.duckdb"
    library_of(file, films()).close()
    yield file
    folder.chmod(0o755)
    shutil.rmtree(folder)


class TestPlacesOneCannotWriteIn:
    """Read-only folders."""

    def test_is_read_where_it_is(self, public: Path) -> None:
        """Nothing is published; to write is refused with the reason."""
        public.parent.chmod(0o555)
        with without_rights(), mediamgr.open(public) as lib:
            assert lib.items.count_all() == 10
            with pytest.raises(LibraryError, match="cannot be written: Permission denied"):
                lib.load(series())
            assert lib.items.count_all() == 10
        assert beside(public) == ["films.duckdb"]

    def test_reads_what_is_published_while_another_writes(self, public: Path) -> None:
        """Who may not write in the folder follows who may."""
        with child("hold", public, "testing") as other:
            other.line()
            with without_rights(), mediamgr.open(public) as lib:
                assert lib.items.count_all() == 10
            other.end()

    def test_a_folder_one_may_not_enter(self, public: Path) -> None:
        """Is told as that, not as a library that is not there."""
        public.parent.chmod(0o700)
        with without_rights(), pytest.raises(LibraryError, match="cannot be looked at: Permission denied"):
            mediamgr.open(public)


def _load_and_fail(lib: Library) -> None:
    with lib.write():
        lib.load(series())
        lib.sql("no such thing")


def _wait_for_commit(writer: Child) -> None:
    while "committed" not in writer.line():
        pass


def test_long_jobs_publish_as_they_go(path: Path) -> None:
    """Somebody who reads beside a job sees it grow."""
    with child("write", path, 1, 10_000) as writer, mediamgr.open(path) as lib:
        while lib.items.count_all() == 10:
            _wait_for_commit(writer)
        seen = lib.items.count_all()
        while lib.items.count_all() == seen:
            _wait_for_commit(writer)
        assert lib._open.writer() is not None


def test_many_rows_are_published_before_the_time_comes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few rows wait for it."""
    monkeypatch.setattr(publishing, "_LEAST_PAUSE_SECONDS", 1e6)
    monkeypatch.setattr(publishing, "_SHARE_OF_TIME", 0)
    monkeypatch.setattr(publishing, "_MANY_ROWS", 300)
    newest = []
    with mediamgr.open(path) as lib, lib.write():
        for number in range(7):
            assert lib.load(batch(number)).rows in (121, 122)
            newest.append(lib.about.generations()["generation"].max())
    first = newest[0]
    assert newest == [first, first, first, first + 1, first + 1, first + 1, first + 2]


def test_a_library_of_libraries(tmp_path: Path) -> None:
    """Through a link it is the same library."""
    library_of(tmp_path / "films.duckdb", films()).close()
    (tmp_path / "link.duckdb").symlink_to(tmp_path / "films.duckdb")
    with mediamgr.open(tmp_path / "link.duckdb") as linked, mediamgr.open(tmp_path / "films.duckdb") as lib:
        assert isinstance(lib, Library)
        lib.load(series())
        assert linked.items.count_all() == 16
    assert (tmp_path / "link.duckdb").is_symlink()
