"""The command line, run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from mediamgr.store import Records
from tests.builders import films, library_of


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run mediamgr in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mediamgr", *arguments],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "COLUMNS": "200", **environment},
    )


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
        assert lines[0].startswith("media_file_id,media_item_id,title")
        assert len(lines) > 200

    def test_migrate_has_nothing_to_do(self, demo: Path) -> None:
        """A new library is up to date."""
        assert run("--db", str(demo), "migrate", "--dry-run").stdout == "up to date\n"

    def test_backup_makes_a_copy(self, demo: Path, tmp_path: Path) -> None:
        """The copy's path is printed."""
        assert run("--db", str(demo), "backup", str(tmp_path)).stdout.strip() == str(tmp_path / "demo.duckdb")


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
        assert "not DROP" in done.stderr
