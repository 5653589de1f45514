"""The command line, run as a person runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import polars as pl
import pytest
import requests

import mediamgr
from mediamgr.store import Records
from tests.browser.lab_server import free_port
from tests.builders import films, library_of, series
from tests.media import Masters


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run mediamgr in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mediamgr", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "COLUMNS": "200", **environment},
    )


def end(process: subprocess.Popen[str]) -> None:
    """Terminate it; again when nothing comes of it: Jupyter loses a signal that arrives while it writes to its log."""
    for _ in range(12):
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=10)
            return
    process.kill()
    raise AssertionError("it does not end when it is terminated")


def bytes_in(folder: Path) -> int:
    """Of the files in a folder in which files come and go."""
    total = 0
    for path in folder.iterdir():
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    return total


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo library of 300 items."""
    path = tmp_path_factory.mktemp("cli") / "demo.duckdb"
    done = run("--db", str(path), "demo", "--items", "300")
    assert done.returncode == 0, done.stderr
    return path


class TestDemo:
    """mediamgr demo."""

    def test_says_what_it_made(self, demo: Path) -> None:
        """The library opens, is sound, and holds as many items as asked for."""
        assert run("--db", str(demo), "sql", "select count(*) as items from media_item").stdout.split() == [
            "items",
            "300",
        ]
        assert run("--db", str(demo), "check").returncode == 0

    def test_never_writes_over_a_library(self, demo: Path) -> None:
        """A file that is there stays as it is."""
        before = demo.read_bytes()
        again = run("--db", str(demo), "demo", "--items", "10")
        assert again.returncode == 1
        assert "is there already" in again.stderr.replace("\n", " ")
        assert demo.read_bytes() == before

    def test_interrupted_while_it_loads_leaves_nothing(self, tmp_path: Path) -> None:
        """Ctrl-C inside a statement of the database's is Ctrl-C, and half a library is no library."""
        process = subprocess.Popen(
            [sys.executable, "-m", "mediamgr", "--db", str(tmp_path / "demo.duckdb"), "demo", "--items", "200000"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        while bytes_in(tmp_path) < 2_000_000:
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=120)
        assert process.returncode == 130, said
        assert "Traceback" not in said
        assert said.endswith("Stopped; what was committed is kept.\n")
        assert list(tmp_path.iterdir()) == []


class TestReading:
    """search, sql, status, export."""

    def test_search_prints_titles(self, tmp_path: Path) -> None:
        """Best match first."""
        library_of(tmp_path / "l.duckdb", films()).close()
        shown = run("--db", str(tmp_path / "l.duckdb"), "search", "blad run").stdout
        assert [line.split()[1:3] for line in shown.splitlines()[1:]] == [["Blade", "Runner"]] * 2
        assert run("search", "blad", "run", "--db", str(tmp_path / "l.duckdb")).stdout == shown

    def test_episodes_are_named_with_their_show(self, tmp_path: Path) -> None:
        """By the code that people use."""
        library_of(tmp_path / "l.duckdb", series()).close()
        assert "The Harbour S01E02" in run("--db", str(tmp_path / "l.duckdb"), "search", "flow").stdout

    def test_lists_are_lists_of_words(self, tmp_path: Path) -> None:
        """Not the frame's own way of showing them."""
        library_of(tmp_path / "l.duckdb", films()).close()
        asked = "select genres from media_item where title = 'Blade Runner'"
        assert run("--db", str(tmp_path / "l.duckdb"), "sql", asked).stdout.split() == ["genres", "Sci-Fi,", "Noir"]

    def test_a_long_answer_is_cut_and_says_so(self, demo: Path) -> None:
        """A terminal shows some rows; a file takes all."""
        asked = "select id from media_item order by id"
        done = run("--db", str(demo), "sql", asked, "-n", "7")
        assert len(done.stdout.split()) == 8
        assert "the first 7 of 300 rows" in done.stderr
        assert len(run("--db", str(demo), "sql", asked).stdout.split()) == 101

    def test_a_statement_is_explained(self, demo: Path) -> None:
        """As it is planned, or with times after it was run; no row of the answer is shown."""
        asked = "select title from media_item where year = 1999"
        planned = run("--db", str(demo), "sql", "--explain", asked).stdout
        assert planned.startswith("planned, not run")
        measured = run("--db", str(demo), "sql", "--analyze", asked).stdout
        assert " ms · planning " in measured
        assert all("SEQ_SCAN  media_item where year = 1999" in shown for shown in (planned, measured))
        assert max(map(len, measured.splitlines())) <= 100

    def test_tables_teach(self, demo: Path) -> None:
        """All tables, or the columns of one, with what they mean."""
        assert "A film, show, season or episode" in run("--db", str(demo), "tables").stdout
        assert "search sees it" in run("--db", str(demo), "tables", "person").stdout
        assert "no table 'persn'" in run("--db", str(demo), "tables", "persn").stderr

    def test_hostile_titles_are_only_text(self, tmp_path: Path) -> None:
        """Markup and escape sequences in a title do nothing to the terminal."""
        film = {"item_key": "x", "media_type": "movie", "title": "[red]Blade\x1b[31m"}
        hostile = Records("Films", {"media_item": pl.DataFrame([film])}, source="test")
        library_of(tmp_path / "l.duckdb", hostile).close()
        shown = run("--db", str(tmp_path / "l.duckdb"), "search", "blade").stdout
        assert "[red]Blade\\x1b[31m" in shown
        assert "\x1b[31m" not in shown

    def test_status_names_version_and_jobs(self, demo: Path) -> None:
        """Version, sizes, rows and the last jobs."""
        shown = run("--db", str(demo), "status").stdout
        assert "0 pending" in shown
        assert "media_item" in shown
        assert "demo" in shown

    def test_export_writes_a_file(self, demo: Path, tmp_path: Path) -> None:
        """The table of technical facts goes to a spreadsheet."""
        done = run("--db", str(demo), "export", "technical", str(tmp_path / "t.csv"), "--bom")
        assert done.returncode == 0, done.stderr
        lines = (tmp_path / "t.csv").read_text(encoding="utf-8-sig").splitlines()
        assert lines[0].startswith("media_item_id,title,year")
        assert len(lines) > 200

    def test_migrate_has_nothing_to_do(self, demo: Path) -> None:
        """A new library is up to date."""
        assert run("--db", str(demo), "migrate", "--dry-run").stdout == "up to date\n"

    @pytest.mark.parametrize("more", [[], ["--dry-run"]])
    def test_migrate_makes_no_library(self, tmp_path: Path, more: list[str]) -> None:
        """A misspelt name is told."""
        done = run("--db", str(tmp_path / "flims" / "l.duckdb"), "migrate", *more)
        assert done.returncode == 1
        assert "There is no library at" in done.stderr
        assert not list(tmp_path.iterdir())

    def test_status_tells_a_job_that_died_from_one_that_runs(self, demo: Path, tmp_path: Path) -> None:
        """Nobody holds the lease of the first."""
        path = tmp_path / "l.duckdb"
        path.write_bytes(demo.read_bytes())
        with mediamgr.open(path) as lib, lib.writing("scan") as (connection, _):
            connection.execute("update job_run set status = 'running' where id = 1").fetchall()
            lib._open.share(10**6)
            during = run("--db", str(path), "status")
        assert f"written by process {os.getpid()}" in during.stdout
        assert "ended without a word" not in during.stderr
        after = run("--db", str(path), "status")
        assert "nobody writes" in after.stdout
        assert "ended without a word" in after.stderr

    def test_backup_makes_a_copy(self, demo: Path, tmp_path: Path) -> None:
        """The copy's path is printed."""
        assert run("--db", str(demo), "backup", str(tmp_path)).stdout.strip() == str(tmp_path / "demo.duckdb")


class TestFilling:
    """scan and import."""

    def test_scan_says_what_it_found_and_what_it_set_aside(self, tmp_path: Path, masters: Masters) -> None:
        """Counts go to stdout, what could not be used with its reason to stderr; the exit code is 0."""
        root = tmp_path / "media"
        masters.tree(root, {"Amélie (2001)/Amélie (2001).mkv": None, "Amélie (2001)/poster.jpg": "x", "[b].mkv": b""})
        library = str(tmp_path / "l.duckdb")
        done = run("--db", library, "scan", str(root), "--library", "Films")
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == [
            "Films: 3 files seen, 3 read, 0 as before, 0 moved, 0 gone (marked missing, not deleted).",
            "New: 2 items, 2 files, 1 picture.",
        ]
        assert f"{root}/[b].mkv: is empty (0 bytes)" in done.stderr
        assert "amelie" in run("--db", library, "sql", "select item_key from media_item").stdout
        again = run("--db", library, "scan", "--library", "Films")
        assert again.stdout.startswith("Films: 3 files seen, 0 read, 3 as before")
        assert "3 files unchanged" in run("--db", library, "status").stdout
        (root / "Amélie (2001)" / "poster.jpg").unlink()
        assert run("--db", library, "scan", "--library", "Films").stdout.splitlines()[1:] == ["Gone: 1 picture."]

    def test_import_maps_columns_and_names_the_rows_it_sets_aside(self, tmp_path: Path) -> None:
        """A column may be named by hand; a row that cannot go in is told with its number."""
        table = tmp_path / "films.csv"
        table.write_text("Filmtitel;Year;cast\nAlien;1979;Sig Weaver|Tom Skerritt\n;1980;\nHeat;soon;\n")
        library = str(tmp_path / "l.duckdb")
        done = run("--db", library, "import", str(table), "--map", "Filmtitel=title")
        assert done.returncode == 0, done.stderr
        assert done.stdout.splitlines() == ["films.csv: 3 rows, 1 refused.", "New: 2 items, 2 people, 2 credits."]
        refused, left_out = done.stderr.split("1 left out of rows that went in:")
        assert "1 refused:\n  row 2, Filmtitel: is missing" in refused
        assert "row 3, Year" in left_out
        assert "Alien" in run("--db", library, "search", "weaver").stdout
        again = run("--db", library, "import", str(table), "--map", "Filmtitel=title")
        assert again.stdout.splitlines() == ["films.csv: 3 rows, 1 refused.", "Nothing new."]

    def test_one_file_that_cannot_be_read_keeps_no_other_out(self, tmp_path: Path) -> None:
        """It is named, the others go in, and the exit code tells."""
        for name in ("a", "c"):
            (tmp_path / f"{name}.csv").write_text(f"title\nFilm {name}\n")
        library = str(tmp_path / "l.duckdb")
        done = run("--db", library, "import", *(str(tmp_path / f"{name}.csv") for name in "abc"))
        assert done.returncode == 1
        assert "b.csv cannot be read" in done.stderr
        assert "2" in run("--db", library, "sql", "select count(*) from media_item").stdout

    @pytest.mark.parametrize(
        "arguments",
        [
            pytest.param(["scan"], id="nothing scanned before"),
            pytest.param(["scan", "/no such folder"], id="no folder"),
            pytest.param(["import", "/no such.csv"], id="no file"),
            pytest.param(["import", "/"], id="a folder"),
        ],
    )
    def test_a_failed_first_try_leaves_no_library(self, tmp_path: Path, arguments: list[str]) -> None:
        """An empty library would stand where the demo is looked for."""
        done = run("--db", str(tmp_path / "l.duckdb"), *arguments)
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert list(tmp_path.iterdir()) == []

    def test_a_failed_try_leaves_a_library_as_it_was(self, tmp_path: Path) -> None:
        """One that was there stays, empty or not."""
        (tmp_path / "empty").mkdir()
        library = str(tmp_path / "l.duckdb")
        assert run("--db", library, "scan", str(tmp_path / "empty")).returncode == 0
        assert run("--db", library, "scan", "/no such folder").returncode == 1
        assert (tmp_path / "l.duckdb").exists()

    def test_import_refuses_a_mapping_to_nothing(self, tmp_path: Path) -> None:
        """An unknown column or field is one line that names those there are, and no library is harmed."""
        (tmp_path / "films.csv").write_text("title\nAlien\n")
        library = str(tmp_path / "l.duckdb")
        done = run("--db", library, "import", str(tmp_path / "films.csv"), "--map", "Titel=title")
        assert done.returncode == 1
        assert "Titel" in done.stderr
        assert "Traceback" not in done.stderr


class TestLab:
    """mediamgr lab."""

    def test_a_new_user_gets_a_demo_notebooks_and_a_running_jupyterlab(self, tmp_path: Path) -> None:
        """Without a library it says so, builds the demo apart from it, copies the notebooks and starts the server."""
        home = tmp_path / "home"
        home.mkdir()
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "JUPYTER"))}
        process = subprocess.Popen(
            [sys.executable, "-m", "mediamgr", "lab", "--no-browser", "--port", str(port)],
            env={**environment, "HOME": str(home)},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stderr is not None
            said = []
            for line in process.stderr:
                said.append(line)
                if f"127.0.0.1:{port}/lab/tree/01_tour.ipynb?token=" in line:
                    break
            else:
                pytest.fail(f"JupyterLab did not start: {''.join(said)}")
        finally:
            end(process)
        assert "There is no library yet: building the demo library" in "".join(said)
        assert sorted(path.name for path in (home / "mediamgr").glob("*.ipynb")) == [
            "01_tour.ipynb",
            "02_library_overview.ipynb",
            "03_browse.ipynb",
            "04_enrich.ipynb",
            "05_performance.ipynb",
            "06_storage.ipynb",
            "07_upgrades.ipynb",
            "08_duplicates.ipynb",
            "09_missing_episodes.ipynb",
            "10_health.ipynb",
            "11_people.ipynb",
            "12_watching.ipynb",
            "13_collection.ipynb",
            "14_changes.ipynb",
        ]
        (demo,) = home.rglob("demo.duckdb")
        assert run("--db", str(demo), "check").returncode == 0


class TestRefusals:
    """Errors are one line that says what to do."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(["search", "x"], "There is no library at", id="no library"),
            pytest.param(["export", "media_item", "x.csv"], "There is no library at", id="export"),
        ],
    )
    def test_without_a_library(self, tmp_path: Path, arguments: list[str], message: str) -> None:
        """The exit code is 1, and there is no traceback."""
        done = run("--db", str(tmp_path / "none.duckdb"), *arguments)
        assert done.returncode == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            pytest.param(["--db", "/etc/passwd/x.duckdb", "demo"], "cannot be made", id="below a file"),
            pytest.param(["--db", "/etc/passwd/x.duckdb", "scan", "/"], "cannot be made", id="scan below a file"),
            pytest.param(["export", "person", "/no such/x.csv"], "no folder /no such", id="export to no folder"),
            pytest.param(["search", "x", "--type", "film"], "did you mean 'movie'", id="filter"),
        ],
    )
    def test_are_one_line(self, demo: Path, arguments: list[str], message: str) -> None:
        """Whatever the system says, it is said with the name of the file and what to do."""
        done = run(*arguments, MEDIAMGR_LIBRARY=str(demo))
        assert done.returncode == 1
        assert message in done.stderr
        assert "Traceback" not in done.stderr

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
    def test_a_full_disk(self, demo: Path) -> None:
        """What was to be printed cannot be: the exit code says so."""
        with open("/dev/full", "w") as full:
            done = subprocess.run(
                [sys.executable, "-m", "mediamgr", "--db", str(demo), "sql", "from person"],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                timeout=300,
            )
        assert done.returncode == 1
        assert done.stderr.splitlines() == ["mediamgr: [Errno 28] No space left on device"]

    def test_a_narrow_terminal(self, tmp_path: Path) -> None:
        """Columns that say nothing go first, long text is broken into lines, and what does not fit is named."""
        frame = pl.DataFrame({
            "a": ["x" * 30], "empty": [None], "b": ["y" * 50], **{f"c{number}": [number] for number in range(20)}
        })  # fmt: skip
        script = (
            "import sys, polars as pl; from mediamgr.cli import _say; _say.out.width = 60;"
            "from mediamgr.cli._table import show; show(pl.read_ipc(sys.argv[1]), advice='do this')"
        )
        frame.write_ipc(tmp_path / "f.arrow")
        done = subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "f.arrow")], capture_output=True, text=True, timeout=300
        )
        lines = done.stdout.splitlines()
        assert lines[0].split() == ["a", "b", *(f"c{number}" for number in range(6))]
        assert max(map(len, lines)) <= 60
        assert "".join(line[:20].strip() for line in lines[1:]).count("x") == 30
        assert done.stderr.startswith("not shown, for want of room: c6, c7")
        assert done.stderr.endswith("do this\n")

    def test_a_write_in_sql(self, demo: Path) -> None:
        """Reading is all that SQL may do here."""
        done = run("--db", str(demo), "sql", "drop table person")
        assert done.returncode == 1
        assert "DROP is not allowed here" in done.stderr


class TestSimulating:
    """simulate-providers."""

    def test_it_says_that_it_is_a_simulation_and_how_to_ask_it(self, demo: Path) -> None:
        """Until Ctrl-C, which is its good end; each request is a line, and faults come as asked for."""
        told = ["simulate-providers", "--library", str(demo), "--errors", "1", "--every", "2"]
        process = subprocess.Popen(
            [sys.executable, "-m", "mediamgr", *told], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        try:
            first = [process.stdout.readline() for _ in range(13)]
            assert "SIMULATION" in first[0]
            settings = dict(
                line.removeprefix("export ").strip().split("=") for line in first if line.startswith("export")
            )
            assert set(settings) == {
                *(f"MEDIAMGR_{name}_URL" for name in ("TMDB", "TVMAZE", "OMDB", "WIKIDATA")),
                "MEDIAMGR_TMDB_IMAGE_URL",
                *(f"MEDIAMGR_{name}_KEY" for name in ("TMDB", "OMDB")),
            }
            assert settings["MEDIAMGR_WIKIDATA_URL"].endswith("/w/api.php")
            asked = f"{settings['MEDIAMGR_TMDB_URL']}/configuration?api_key={settings['MEDIAMGR_TMDB_KEY']}"
            assert [requests.get(asked, timeout=60).status_code for _ in range(3)] == [200, 500, 200]
            lines = [process.stdout.readline() for _ in range(3)]
            assert ["simulated tmdb 500 (errors) /tmdb/3/configuration?api_key=***" in line for line in lines] == [
                False,
                True,
                False,
            ]
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=120)
        assert (process.returncode, said) == (0, "The simulation has ended; 3 requests.\n")

    def test_without_a_library_it_makes_the_demo(self, tmp_path: Path) -> None:
        """Where the demo library is made, and never the user's own."""
        (tmp_path / "data").mkdir()
        process = subprocess.Popen(
            [sys.executable, "-m", "mediamgr", "simulate-providers", "--quiet"],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
            env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data"), "COLUMNS": "300"},
        )  # fmt: skip
        try:
            first = [process.stdout.readline() for _ in range(2)]
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=120)
        (made,) = (tmp_path / "data").rglob("*.duckdb")
        assert str(made) in first[1]

    def test_a_library_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        """Nothing is made in its place."""
        done = run("simulate-providers", "--library", str(tmp_path / "none.duckdb"))
        assert done.returncode == 1
        assert "There is no library at" in done.stderr
