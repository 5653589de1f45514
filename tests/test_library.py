"""What a person holds."""

from __future__ import annotations

import gc
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

import mediamgr
from mediamgr import library
from mediamgr.errors import (
    InputError,
    LibraryClosed,
    LibraryDamaged,
    LibraryLocked,
    LibraryNotFound,
    MigrationError,
    QueryError,
)
from mediamgr.library import Library
from mediamgr.store import Database, migrations
from tests.builders import films, library_of, series

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Ten films and a show."""
    return library_of(tmp_path_factory.mktemp("library") / "films.duckdb", films(), series())


class TestOpen:
    """open()."""

    def test_a_library_that_is_not_there(self, tmp_path: Path) -> None:
        """The error says how to make one."""
        with pytest.raises(LibraryNotFound, match="mediamgr scan"):
            mediamgr.open(tmp_path / "none.duckdb")

    @pytest.mark.parametrize("content", [b"", b"no database at all" * 1000], ids=["empty", "foreign"])
    def test_a_file_that_is_no_library(self, tmp_path: Path, content: bytes) -> None:
        """The file is named and left alone."""
        path = tmp_path / "x.duckdb"
        path.write_bytes(content)
        with pytest.raises(LibraryDamaged, match=r"x\.duckdb is not a DuckDB file"):
            mediamgr.open(path)
        assert path.read_bytes() == content

    def test_a_library_that_is_cut_short(self, tmp_path: Path) -> None:
        """Half a file is said to be half a file."""
        whole = library_of(tmp_path / "whole.duckdb", films())
        whole.close()
        half = tmp_path / "half.duckdb"
        half.write_bytes(whole_bytes := (tmp_path / "whole.duckdb").read_bytes()[: 2**19])
        assert len(whole_bytes) == 2**19
        with pytest.raises(LibraryDamaged, match=r"cut short|damaged"):
            mediamgr.open(half).sql("select * from media_item")

    def test_an_older_library_is_not_changed_by_opening(self, tmp_path: Path) -> None:
        """One is told to migrate, which keeps a copy."""
        migrations.migrate(Database(tmp_path / "old.duckdb"), to=1)
        with pytest.raises(MigrationError, match="run `mediamgr migrate`"):
            mediamgr.open(tmp_path / "old.duckdb")

    def test_a_closed_library_says_so(self, tmp_path: Path) -> None:
        """Using it afterwards is an error with a remedy."""
        with library_of(tmp_path / "l.duckdb", films()) as closed:
            pass
        with pytest.raises(LibraryClosed, match=r"mediamgr\.open"):
            closed.people.search("ford")
        with pytest.raises(LibraryClosed, match=r"mediamgr\.open"):
            closed.check()


class TestLatest:
    """latest()."""

    def test_those_that_are_gone_leave_nothing(self, tmp_path: Path) -> None:
        """However many were opened; the last that is open still is given."""
        library_of(tmp_path / "l.duckdb", films()).close()
        kept = mediamgr.open(tmp_path / "l.duckdb")
        gc.collect()
        before = len(library._opened)
        for _ in range(5):
            mediamgr.open(tmp_path / "l.duckdb").close()
        gc.collect()
        assert len(library._opened) == before
        last = mediamgr.open(tmp_path / "l.duckdb")
        assert library.latest() is last
        last.close()
        assert library.latest() is kept
        kept.close()


class TestSharing:
    """Several processes."""

    def test_a_writer_elsewhere_is_named(self, tmp_path: Path) -> None:
        """The error says which process holds the file; when it lets go, reading goes on."""
        library_of(tmp_path / "l.duckdb", films()).close()
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path / "l.duckdb")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert holder.stdin is not None
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LibraryLocked, match=f"process {holder.pid}"):
            mediamgr.open(tmp_path / "l.duckdb", wait=0.2)
        holder.stdin.close()
        holder.wait(60)
        assert mediamgr.open(tmp_path / "l.duckdb", wait=60).items.count_all() == 10

    def test_an_idle_reader_lets_another_process_write(self, tmp_path: Path) -> None:
        """A notebook that once asked something does not keep a scan waiting for long."""
        lib = library_of(tmp_path / "l.duckdb", films())
        assert lib.items.count_all() == 10
        write = (
            "import sys, mediamgr; from tests.builders import series;mediamgr.open(sys.argv[1], wait=60).load(series())"
        )
        subprocess.run([sys.executable, "-c", write, str(lib.path)], check=True, timeout=300)
        assert lib.items.count_all() == 16

    def test_a_killed_writer_leaves_what_it_committed(self, tmp_path: Path) -> None:
        """After kill -9 the library opens, and the job is known to have been interrupted."""
        library_of(tmp_path / "l.duckdb", films()).close()
        code = (
            "import sys, time, mediamgr; from tests.builders import series\n"
            "def batches():\n"
            "    yield series()\n"
            "    print('loaded', flush=True); sys.stdin.read()\n"
            "mediamgr.open(sys.argv[1]).load(batches())"
        )
        writer = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path / "l.duckdb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"loaded\n"
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait(60)
        lib = mediamgr.open(tmp_path / "l.duckdb", wait=60)
        assert lib.items.count_all() == 16
        lib.load(films())
        assert lib.about.jobs()["status"].to_list() == ["succeeded", "interrupted", "succeeded"]


class TestSql:
    """sql() and explain()."""

    def test_gives_frames(self, lib: Library) -> None:
        """CTEs, FROM first and scalar subqueries are all reading."""
        assert lib.sql("with f as (from media_item where year = 2001) select count(*) from f").item() == 2
        assert lib.sql("from media_item;").height == 16
        assert "media_item where year = 2001" in str(lib.explain("select count(*) from media_item where year = 2001"))

    @pytest.mark.parametrize(
        "statement",
        [
            "insert into library (name) values ('x')",
            "update media_item set title = 'x'",
            "delete from media_item",
            "drop table media_item",
            "create table x (y integer)",
            "create or replace view media_item as select 1",
            "copy media_item to '/tmp/x.csv'",
            "attach '/tmp/x.duckdb' as x",
            "pragma database_size",
            "set threads = 1",
            "call force_checkpoint()",
            "install fts",
            "load fts",
            "export database '/tmp/x'",
            "with gone as (delete from person returning *) select * from gone",
            "select 1; drop table person",
            "select * from read_csv('/etc/passwd')",
            "select read_text('/etc/passwd')",
            "from '/etc/passwd'",
            'select * from "/etc/passwd"',
            "select * from (from 'x.parquet')",
            "select * from glob('/*')",
            "select getenv('HOME')",
            "select * from query('drop table person')",
            "select * from duckdb_secrets()",
            "select current_setting('temp_directory')",
            "select * from other.main.person",
            "select nextval('person_id')",
            "",
            "selec 1",
        ],
    )
    def test_refuses_whatever_is_not_reading_this_library(self, lib: Library, statement: str) -> None:
        """No writes, no files, no network, no settings."""
        with pytest.raises(QueryError):
            lib.sql(statement)
        assert lib.items.count_all() == 16

    def test_python_variables_are_not_tables(self, lib: Library) -> None:
        """A frame that happens to be in scope is not read."""
        stray = pl.DataFrame({"x": [1]})
        assert stray.height == 1
        with pytest.raises(QueryError, match="no table 'stray'"):
            lib.sql("select * from stray")

    def test_what_no_frame_can_hold_is_told(self, lib: Library) -> None:
        """With what to do about it."""
        with pytest.raises(QueryError, match="cast the column"):
            lib.sql("select interval 1 month")

    def test_names_what_comes_nearest(self, lib: Library) -> None:
        """A mistyped table or column is answered with names that are there."""
        with pytest.raises(QueryError, match=r"did you mean .*'person'"):
            lib.sql("select * from persn")
        with pytest.raises(QueryError, match=r"no column 'titel'; did you mean 'title'"):
            lib.sql("select titel from media_item")
        with pytest.raises(QueryError, match=r"no column 'nme'; did you mean 'name'"):
            lib.sql("select p.nme from person p")

    @pytest.mark.parametrize(
        ("asked", "answered"),
        [
            pytest.param("show tables", "lib.tables()", id="show"),
            pytest.param("describe person", "lib.tables()", id="describe"),
            pytest.param("explain select 1", "lib.explain", id="explain"),
        ],
    )
    def test_what_people_ask_a_database_about_itself_is_answered(self, lib: Library, asked: str, answered: str) -> None:
        """The error says what answers here."""
        with pytest.raises(QueryError, match=re.escape(answered)):
            lib.sql(asked)

    def test_a_table_by_its_name(self, lib: Library) -> None:
        """What is neither a table nor a SELECT is answered with the nearest table."""
        assert lib.frame("person").height == 3
        assert lib.frame("select * from person").height == 3
        with pytest.raises(QueryError, match=r"no table 'persons'; did you mean .*'person'"):
            lib.frame("persons")
        with pytest.raises(QueryError, match="no table 'persons'"):
            lib.tables("persons")
        assert set(lib.tables("person")["table"]) == {"person"}
        assert lib.tables()["meaning"].null_count() == 0


class TestShowing:
    """How it shows itself."""

    def test_in_a_terminal(self, lib: Library) -> None:
        """A line a library."""
        assert "Films: 10 titles, 3 files, 46.0 GB" in repr(lib)

    def test_in_a_notebook(self, tmp_path: Path) -> None:
        """Names are text, never markup."""
        lib = library_of(tmp_path / "<b>.duckdb", films())
        with lib.writing("test") as (connection, _):
            connection.execute("update library set name = '<script>alert(1)</script>'").fetchall()
        shown = lib._repr_html_()
        assert "&lt;script&gt;" in shown
        assert "<script>" not in shown
        assert "&lt;b&gt;.duckdb" in shown


class TestCareTaking:
    """backup(), check()."""

    def test_a_backup_is_a_library(self, lib: Library, tmp_path: Path) -> None:
        """It opens and holds the same; a name that is taken is not overwritten."""
        copy = lib.backup(tmp_path)
        with mediamgr.open(copy) as opened:
            assert opened.sql("select id, title from media_item order by id").equals(
                lib.sql("select id, title from media_item order by id")
            )
        with pytest.raises(InputError, match="there already"):
            lib.backup(copy)
        assert [path.name for path in tmp_path.iterdir()] == ["films.duckdb"]

    def test_no_backup_of_what_cannot_be_read(self, tmp_path: Path) -> None:
        """A spoilt block, though the file opens, is found before anybody relies on the copy."""
        path = tmp_path / "films.duckdb"
        library_of(path, films()).close()
        with duckdb.connect(str(path), read_only=True) as connection:
            block, offset = connection.execute(
                "select block_id, block_offset from pragma_storage_info('media_item')"
                " where column_name = 'title' and persistent and block_id >= 0 limit 1"
            ).fetchall()[0]
        with path.open("r+b") as file:
            # blocks of 256 KiB after three headers
            file.seek(3 * 4096 + block * 262_144 + offset + 16)
            file.write(b"X" * 16)
        with mediamgr.open(path) as lib, pytest.raises(LibraryDamaged, match="restore a backup"):
            lib.backup(tmp_path / "copy.duckdb")
        assert [each.name for each in tmp_path.iterdir()] == ["films.duckdb"]

    def test_a_sound_library_passes(self, lib: Library) -> None:
        """No rule is broken."""
        assert lib.check()["found"].sum() == 0

    def test_what_is_broken_is_named(self, tmp_path: Path) -> None:
        """Counts and an example for each rule that does not hold."""
        lib = library_of(tmp_path / "l.duckdb", films())
        with lib.writing("test") as (connection, _):
            connection.execute("delete from person where name = 'Ridley Scott'").fetchall()
            connection.execute("insert into history_event from history_event").fetchall()
        found = lib.check().filter(pl.col("found") > 0)
        assert found.select("check", "found").rows() == [("play recorded twice", 1), ("credit without person", 1)]


class TestExport:
    """to_csv(), to_parquet(), to_json()."""

    def test_structs_are_json_in_csv(self, lib: Library, tmp_path: Path) -> None:
        """A cell holds what a column holds, however nested."""
        asked = "select {'a': 1} as one, [{'b': 'x'}] as many"
        assert lib.to_csv(asked, tmp_path / "a.csv").read_text() == 'one,many\n"{""a"":1}","[{""b"":""x""}]"\n'

    def test_csv_survives_commas_quotes_and_lists(self, lib: Library, tmp_path: Path) -> None:
        """A comma in a genre breaks nothing; accents are right in a spreadsheet."""
        frame = pl.DataFrame({"title": ['Say "Hi", Amélie\n2'], "genres": [["Sci-Fi, hard", "Noir"]]})
        path = lib.to_csv(frame, tmp_path / "x.csv", bom=True)
        assert path.read_bytes() == ('\ufefftitle,genres\n"Say ""Hi"", Amélie\n2","Sci-Fi, hard; Noir"\n'.encode())
        kept = lib.to_csv(frame, tmp_path / "y.csv", lists="json")
        assert pl.read_csv(kept)["genres"].to_list() == ['["Sci-Fi, hard","Noir"]']

    def test_parquet_and_json_keep_everything(self, lib: Library, tmp_path: Path) -> None:
        """A table by name, a SELECT, a frame: all come back as they are."""
        whole = lib.sql("from media_item")
        assert pl.read_parquet(lib.to_parquet("media_item", tmp_path / "i.parquet")).equals(whole)
        path = lib.to_json("select title, genres from media_item where year = 1982", tmp_path / "i.json")
        assert pl.read_json(path).to_dicts() == [{"title": "Blade Runner", "genres": ["Sci-Fi", "Noir"]}]

    def test_a_folder_that_cannot_be_written(self, lib: Library, tmp_path: Path) -> None:
        """The file is named, and no half file is left."""
        (tmp_path / "file").write_text("")
        (tmp_path / "folder.csv").mkdir()
        with pytest.raises(InputError, match=r"folder\.csv cannot be written"):
            lib.to_csv("media_item", tmp_path / "folder.csv")
        assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.csv"]
        with pytest.raises(InputError, match="there is no folder"):
            lib.to_csv("person", tmp_path / "file" / "x.csv")

    def test_a_raw_duckdb_sees_the_tables(self, lib: Library) -> None:
        """The file is plain DuckDB for whoever wants it."""
        lib._open.close()
        with duckdb.connect(str(lib.path), read_only=True) as connection:
            assert connection.execute("select count(*) from media_item").fetchall() == [(16,)]
