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

from mediamgr.store import Records
from tests.browser.lab_server import free_port
from tests.builders import films, library_of
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
        assert list(tmp_path.iterdir()) == []


class TestReading:
    """search, sql, status, export."""

    def test_search_prints_titles(self, tmp_path: Path) -> None:
        """Best match first."""
        library_of(tmp_path / "l.duckdb", films()).close()
        shown = run("--db", str(tmp_path / "l.duckdb"), "search", "blad run")
        assert [line.split()[2:4] for line in shown.stdout.splitlines()[1:]] == [["Blade", "Runner"]] * 2

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
            "New: 2 items, 1 picture.",
        ]
        assert f"{root}/[b].mkv: is empty (0 bytes)" in done.stderr
        assert "amelie" in run("--db", library, "sql", "select item_key from media_item").stdout
        again = run("--db", library, "scan", "--library", "Films")
        assert again.stdout.startswith("Films: 3 files seen, 0 read, 3 as before")
        assert "3 files unchanged" in run("--db", library, "status").stdout

    def test_import_maps_columns_and_names_the_rows_it_sets_aside(self, tmp_path: Path) -> None:
        """A column may be named by hand; a row that cannot go in is told with its number."""
        table = tmp_path / "films.csv"
        table.write_text("Filmtitel;Year;cast\nAlien;1979;Sig Weaver|Tom Skerritt\n;1980;\nHeat;soon;\n")
        library = str(tmp_path / "l.duckdb")
        done = run("--db", library, "import", str(table), "--map", "Filmtitel=title")
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip().endswith("changed: nothing")
        assert "2 media_item" in done.stdout
        assert "row 2, Filmtitel: is missing" in done.stderr
        assert "row 3, Year" in done.stderr
        assert "Alien" in run("--db", library, "search", "weaver").stdout

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
            process.terminate()
            process.communicate(timeout=120)
        assert "There is no library yet: building the demo library" in "".join(said)
        assert sorted(path.name for path in (home / "mediamgr").glob("*.ipynb")) == [
            "01_tour.ipynb",
            "02_library_overview.ipynb",
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

    def test_a_write_in_sql(self, demo: Path) -> None:
        """Reading is all that SQL may do here."""
        done = run("--db", str(demo), "sql", "drop table person")
        assert done.returncode == 1
        assert "DROP is not allowed here" in done.stderr
