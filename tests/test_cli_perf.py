"""mediamgr perf, run as a person runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from mediamgr.store.slow import remember, slow_statements
from tests.browser.lab_server import free_port
from tests.builders import films, library_of
from tests.test_cli import run

PLAN = '[{"name": "DUMMY_SCAN", "children": [], "extra_info": {"Estimated Cardinality": "1"}}]'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten films."""
    path = tmp_path_factory.mktemp("perf") / "films.duckdb"
    library_of(path, films()).close()
    return path


def note(sql: str, *, plan: str | None = PLAN, seconds: float = 0.7) -> None:
    """A statement that took long, in another program."""
    remember(
        seconds=seconds, statement="items/page", sql=sql, parameters={"name": "Amélie\x1b[2J"}, rows=3,
        library=Path("/films/[bold].duckdb"), line=("film.py", 12), plan=plan,
    )  # fmt: skip


class TestReport:
    """mediamgr perf report."""

    def test_is_text_for_people(self, library: Path) -> None:
        """On the standard output, in 100 columns."""
        told = run("--db", str(library), "perf", "report")
        assert (told.returncode, told.stderr) == (0, "")
        assert str(library) in told.stdout
        assert "\nCaches\n" in told.stdout
        assert "\nLeft out\n" not in told.stdout
        assert max(map(len, told.stdout.splitlines())) <= 100

    def test_is_json_or_prometheus_for_programs(self, library: Path) -> None:
        """And nothing but that."""
        for asked in (["--json"], ["--format", "json"]):
            told = json.loads(run("--db", str(library), "perf", "report", *asked).stdout)
            assert {each["name"]: each["rows"] for each in told["store"]["tables"]}["media_item"] == 10
        told = run("perf", "report", "--format", "prometheus", "--db", str(library)).stdout
        assert "mediamgr_performance_library_bytes" in {each.name for each in text_string_to_metric_families(told)}

    def test_goes_to_a_file(self, library: Path, tmp_path: Path) -> None:
        """As its ending says, unless the format is named; the path is said."""
        file = tmp_path / "metrics.prom"
        assert run("--db", str(library), "perf", "report", "--out", str(file)).stdout == f"{file}\n"
        assert file.read_text().startswith("# HELP mediamgr_")
        run("--db", str(library), "perf", "report", "--out", str(tmp_path / "told"), "--json")
        assert json.loads((tmp_path / "told").read_text())["version"]

    def test_without_a_library_it_says_so(self, tmp_path: Path) -> None:
        """And reports the rest; no library is made."""
        told = run("--db", str(tmp_path / "none.duckdb"), "perf", "report")
        assert told.returncode == 0
        assert "Left out\n  the library: There is no library at" in told.stdout
        assert "\nMemory\n" in told.stdout
        assert not (tmp_path / "none.duckdb").exists()

    @pytest.mark.parametrize(
        ("asked", "code", "told"),
        [
            (["--format", "xml"], 2, "--format is json, prometheus, text"),
            (["--out", "metrics.xml"], 1, "end in .json, .prom, .txt"),
            (["--out", "/none/metrics.json"], 1, "there is no folder /none"),
        ],
    )
    def test_what_cannot_be_written_is_a_line(self, library: Path, asked: list[str], code: int, told: str) -> None:
        """With the remedy."""
        done = run("--db", str(library), "perf", "report", *asked)
        assert (done.returncode, done.stdout) == (code, "")
        assert told in " ".join(done.stderr.replace("│", " ").split())
        assert "Traceback" not in done.stderr


class TestSlow:
    """mediamgr perf slow."""

    def test_is_a_table_newest_first(self) -> None:
        """When, how long, what, rows, where it was asked, and of which library."""
        note("select 1", seconds=0.7)
        note("select 2", seconds=1.25)
        told = run("perf", "slow")
        head, *rows = told.stdout.splitlines()
        assert head.split() == ["at", "(UTC)", "ms", "statement", "rows", "line", "library"]
        assert [row.split()[2:] for row in rows] == [
            ["1250.0", "items/page", "3", "film.py:12", "/films/[bold].duckdb"],
            ["700.0", "items/page", "3", "film.py:12", "/films/[bold].duckdb"],
        ]
        assert len(run("perf", "slow", "--most", "1").stdout.splitlines()) == 2

    def test_their_plans(self) -> None:
        """With the SQL and its parameters; nothing moves a cursor, and a plan that is none is said to be."""
        note("select '\x1b[2J'\nfrom films", plan="nonsense")
        note("select 1")
        note("select 3", plan=None)
        told = run("perf", "slow", "--plan").stdout
        first, second, third = told.split("items/page: 700 ms, 3 rows\n")[1:]
        assert "select 3" in first
        assert "no plan was had" in first
        assert "DUMMY_SCAN" in second.upper().replace(" ", "_")
        assert "select '\\x1b[2J'\nfrom films\n$name = 'Amélie" in third
        assert "its plan is none that can be read" in third
        assert "\x1b" not in told

    def test_none(self) -> None:
        """It is said what would be one."""
        assert "No statement took 500 ms or more" in run("perf", "slow").stderr
        assert "is 0" in run("perf", "slow", MEDIAMGR_SLOW_STATEMENT_MS="0").stderr

    def test_are_forgotten(self) -> None:
        """All of them."""
        note("select 1")
        note("select 2")
        assert run("perf", "slow", "--clear").stdout == "2 statements forgotten\n"
        assert slow_statements() == []

    def test_one_that_is_slow_is_listed(self, library: Path) -> None:
        """From the statement that a person typed to the plan of it."""
        asked = "select count(*) as pairs from media_item a, media_item b"
        run("--db", str(library), "sql", asked, MEDIAMGR_SLOW_STATEMENT_MS="1")
        told = run("perf", "slow", "--plan").stdout
        assert "as pairs" in told
        assert str(library) in told
        assert "media_item" in told.split("\n\n", 1)[1]

    def test_a_list_that_cannot_be_read_is_a_line(self, tmp_path: Path) -> None:
        """What is in its place is named."""
        (tmp_path / "log" / "slow.jsonl").mkdir(parents=True)
        told = run("perf", "slow")
        assert told.returncode == 1
        assert "slow.jsonl" in told.stderr
        assert "Traceback" not in told.stderr


class TestServe:
    """mediamgr perf serve."""

    def test_answers_until_ctrl_c(self, library: Path) -> None:
        """Which is its good end; the address is said, the library is read, and only its own names are answered."""
        port = free_port()
        with serving("--db", str(library), "perf", "serve", "--port", str(port)) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address == f"http://127.0.0.1:{port}/metrics"
            for _ in range(2):
                told = requests.get(address, timeout=60).text
                found = {each.name: each for each in text_string_to_metric_families(told)}
                rows = {each.labels["table"]: each.value for each in found["mediamgr_performance_table_rows"].samples}
                assert rows["media_item"] == 10
            whole = requests.get(f"{address}.json", timeout=60).json()
            assert (whole["process"], whole["left_out"]) == (process.pid, {})
            assert requests.get(address, headers={"Host": "evil.example"}, timeout=60).status_code == 421
            process.send_signal(signal.SIGINT)
            out, said = process.communicate(timeout=120)
        assert (process.returncode, out, said) == (0, "", "Ctrl-C ends it.\nNo longer served.\n")

    def test_a_port_that_is_taken_is_a_line(self, library: Path) -> None:
        """With what to do."""
        with serving("--db", str(library), "perf", "serve", "--port", "0") as process:
            assert process.stdout is not None
            port = process.stdout.readline().strip().removesuffix("/metrics").rpartition(":")[2]
            told = run("perf", "serve", "--port", port)
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=120)
        assert told.returncode == 1
        assert f"Port {port} cannot be used" in told.stderr

    def test_help_says_what_is_served(self) -> None:
        """And what is not."""
        told = " ".join(run("perf", "serve", "--help").stdout.split())
        assert "those of this very process, which are few" in told


@contextmanager
def serving(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that serves."""
    process = subprocess.Popen(
        [sys.executable, "-m", "mediamgr", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate(timeout=120)
