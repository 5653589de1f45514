"""`mediamgr report`, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from mediamgr.cli._catalogue import completed, listed
from mediamgr.reports import QUESTIONS, REPORTS
from tests.builders import films, library_of
from tests.test_cli import run


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Ten films."""
    path = tmp_path_factory.mktemp("report") / "films.duckdb"
    library_of(path, films()).close()
    return str(path)


class TestList:
    """What there is."""

    def test_teaches(self) -> None:
        """Each report and question with what it answers, its parameters, their choices and defaults; no library."""
        told = " ".join(run("report").stdout.split())
        assert told == " ".join(listed(as_json=False).split())
        for report in REPORTS:
            assert f"{report.name.replace('_', '-')}: {report.title}. {report.about}" in told
        for question in QUESTIONS:
            assert f"{question.name.replace('_', '-')}: {question.title} answers" in told
            assert all(f"-p {each.name}=" in told for each in question.parameters)
        assert "-p by=codec one of library, type, codec" in told

    def test_is_data_for_programs(self) -> None:
        """As JSON."""
        told = json.loads(listed(as_json=True))
        assert [each["name"] for each in told] == [report.name for report in REPORTS]
        assert told[0]["questions"][0]["parameters"][0]["default"] == "codec"

    def test_completes_names(self) -> None:
        """Reports and questions, as people write them."""
        assert {"list", "all", "storage"} <= {name for name, _ in completed("")}
        assert ("storage", "Storage") in completed("stor")

    def test_help_has_examples(self) -> None:
        """That run."""
        assert "mediamgr report all --format html" in run("report", "--help").stdout


class TestInTheTerminal:
    """Without a format."""

    def test_shows_the_first_rows(self, library: str) -> None:
        """With the title, what to look for, and how many there are."""
        done = run(
            "--db", library, "report", "storage", "-p", "by=folder", "-p", "depth=2", "-p", "library=null", "-n", "1"
        )
        assert done.returncode == 0, done.stderr
        assert "Where the bytes are" in done.stdout
        assert "storage by=folder depth=2" in done.stdout
        assert REPORTS[0].questions[0].look_for in done.stdout
        assert "46.0 GB" in done.stdout
        assert "the first 1 of 3 rows" in done.stderr


class TestFiles:
    """With one."""

    def test_all_is_a_site(self, library: str, tmp_path: Path) -> None:
        """Its first page is named; the library's folder is not in it."""
        done = run("--db", library, "report", "all", "--out", str(tmp_path / "site"))
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == str(tmp_path / "site" / "index.html")
        assert f"{len(REPORTS) + 1} files written" in done.stderr
        assert ">46.0 GB in 3 files</p>" in (tmp_path / "site" / "index.html").read_text()
        for report in REPORTS:
            html = (tmp_path / "site" / f"{report.name}.html").read_text()
            assert "films.duckdb" in html
            assert str(Path(library).parent) not in html

    def test_an_answer_is_a_file(self, library: str, tmp_path: Path) -> None:
        """All of it, with the columns that say nothing here."""
        done = run("--db", library, "report", "storage", "--format", "csv", "-p", "by=type", "--out", str(tmp_path))
        assert done.stdout.splitlines()[0] == str(tmp_path / "storage.csv")
        assert {"by", "library"} <= set(pl.read_csv(tmp_path / "storage.csv").columns)
        assert pl.read_csv(tmp_path / "storage.csv")["value"].to_list() == ["movie"]

    def test_what_fails_is_told(self, library: str, tmp_path: Path) -> None:
        """On stderr and by the exit code; a file of the name is in the way."""
        (tmp_path / "storage.csv").mkdir()
        done = run("--db", library, "report", "storage", "--format", "csv", "--out", str(tmp_path))
        assert done.returncode == 1
        assert "storage.csv cannot be written" in done.stderr
        assert "Traceback" not in done.stderr


class TestRefusals:
    """One line that says what to do."""

    @pytest.mark.parametrize(
        ("arguments", "code", "message"),
        [
            (["storge"], 1, "There is no report 'storge'; did you mean 'storage'"),
            (["storage", "-p", "depth=deep"], 1, "depth of the report storage takes a whole number"),
            (["storage", "-p", "by"], 2, "name=value"),
            (["storage", "--format", "pdf"], 2, "html, ipynb, csv, parquet, json"),
        ],
    )
    def test_names_what_is_wrong(
        self, library: str, tmp_path: Path, arguments: list[str], code: int, message: str
    ) -> None:
        """And nothing is written."""
        done = run("--db", library, "report", *arguments, "--out", str(tmp_path / "out"))
        assert done.returncode == code, done.stderr
        assert message in " ".join(done.stderr.replace("│", " ").split())
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()
