"""Which question is asked with what, and what becomes of each: as pages, as notebooks, as files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.errors import InputError, Interrupted, MissingPart, QueryError
from mediamgr.library import Library
from mediamgr.progress import Advance
from mediamgr.reports import ALL, QUESTIONS, REPORTS, Order, Question, Report, Reports, kept_defaults, planned, save
from mediamgr.reports._asker import library_file
from mediamgr.reports._written import read_written, write_out
from mediamgr.reports.catalogue import reports_named
from mediamgr.reports.notebooks import notebook_of, require_known, run_notebook
from mediamgr.reports.running import plan
from mediamgr.store.report_statements import Parameter
from tests.builders import films, library_of

BY = Parameter("order", "varchar", "most", "one of most, least", ("most", "least"))
OTHER_BY = Parameter("order", "varchar", "first", "one of first, last", ("first", "last"))
LEAST = Parameter("least", "double", 1.5, "at least so many")
STORAGE = next(report for report in REPORTS if report.name == "storage").questions[0]


def refuse(*_: Any) -> pl.DataFrame:
    """What a question that fails ends with."""
    raise ValueError("there is <b>nothing</b> to be had")


ONE = Question("storage", "One", "", own=(BY, LEAST))
OTHER = Question("storage", "Other", "", own=(OTHER_BY,))
TWO = Report("two", "Two", "Of two questions.", (ONE, OTHER))
FAILING = Report("failing", "Failing", "It fails.", (Question("storage", "It fails", "", finish=refuse),))
GOOD = Report("good", "Good", "It does not.", (STORAGE,))


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Ten films."""
    with library_of(tmp_path_factory.mktemp("running") / "films {of} mine.duckdb", films()) as lib:
        yield lib


class TestWritten:
    """Values as they are written on a command line."""

    @pytest.mark.parametrize(
        ("kind", "text", "value"),
        [
            ("varchar", "a, b=c", "a, b=c"),
            ("bigint", "-12", -12),
            ("double", "2.5", 2.5),
            ("double", "2", 2.0),
            ("boolean", "Yes", True),
            ("boolean", "0", False),
            ("date", "2025-12-31", date(2025, 12, 31)),
            ("varchar[]", "en, de,,", ["en", "de"]),
            ("varchar", "NULL", None),
        ],
    )
    def test_are_read_by_type(self, kind: str, text: str, value: Any) -> None:
        """Each as its parameter takes it."""
        assert read_written("q", Parameter("p", kind, None, ""), text) == value

    @pytest.mark.parametrize(
        ("kind", "text", "takes"),
        [
            ("bigint", "2.5", "a whole number"),
            ("double", "nan", "a number"),
            ("boolean", "maybe", "true or false"),
            ("date", "31.12.2025", "a date"),
            ("bigint", "null", "a whole number"),
        ],
    )
    def test_that_do_not_parse_name_the_parameter(self, kind: str, text: str, takes: str) -> None:
        """And what it takes."""
        with pytest.raises(QueryError, match=rf"^p of the report q takes {takes}.*not '{text}'"):
            read_written("q", Parameter("p", kind, 1, ""), text)

    @pytest.mark.parametrize("value", [None, True, 3, ["en", "de"], "codec"])
    def test_are_written_as_they_are_read(self, value: Any) -> None:
        """What a page shows can be given again."""
        kind = {list: "varchar[]", bool: "boolean", int: "bigint"}.get(type(value), "varchar")
        assert read_written("q", Parameter("p", kind, None, ""), write_out(value)) == value


class TestPlan:
    """Who is asked with what."""

    def test_a_parameter_goes_to_those_that_have_it_and_take_it(self) -> None:
        """The others keep their default, and that is told."""
        given = {"order": "last", "by": "hdr", "least": "2"}
        (planned,) = plan([TWO], given, written=True)
        assert [dict(each.given) for each in planned.asked] == [
            {"by": "hdr", "least": 2.0},
            {"by": "hdr", "order": "last"},
        ]
        assert [(question.title, parameter) for question, parameter in kept_defaults([planned], given)] == [("One", BY)]

    def test_hyphens_are_underscores(self) -> None:
        """As in the names of reports."""
        wide = Parameter("at_least", "bigint", 1, "")
        (planned,) = plan([Report("r", "", "", (Question("storage", "", "", own=(wide,)),))], {"at-least": 3})
        assert planned.asked[0].given == {"at_least": 3}
        assert reports_named("storage") == (REPORTS[0],)

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"ordre": "last"}, r"No question here has a parameter 'ordre'; did you mean 'order'"),
            ({"order": "lats"}, r"cannot be 'lats'; .*'least'"),
            ({"least": "many"}, r"takes a number, such as 2.5, not 'many'"),
        ],
    )
    def test_what_nobody_takes_is_refused(self, given: dict[str, str], message: str) -> None:
        """Before anything is asked."""
        with pytest.raises(QueryError, match=message):
            plan([TWO], given, written=True)

    def test_a_library_that_is_not_there_is_refused(self, lib: Library) -> None:
        """So that a site that is there is not replaced by one that says nothing else."""
        with pytest.raises(QueryError, match=r"no library 'Film'"):
            planned(lib.reports, ALL, {"library": "Film"})
        with pytest.raises(QueryError, match=r"no library 'Film'"):
            lib.reports.storage(library="Film")

    def test_completion_offers_questions(self, lib: Library) -> None:
        """And saving; not how they are asked."""
        offered = {name for name in dir(lib.reports) if not name.startswith("_")}
        assert offered == {*(question.name for question in QUESTIONS), "save", "save_removal_list"}

    def test_names_are_free(self) -> None:
        """No report is named like what means something else, no parameter like an argument of `save`."""
        assert not {report.name for report in REPORTS} & {ALL, "list", "index"}
        taken = {each.name for report in REPORTS for question in report.questions for each in question.parameters}
        assert not taken & {"format", "show_progress"}


class TestSaving:
    """Files."""

    @pytest.mark.parametrize(
        ("format", "read"), [("csv", pl.read_csv), ("parquet", pl.read_parquet), ("json", pl.read_json)]
    )
    def test_an_answer_is_a_file(self, lib: Library, tmp_path: Path, format: str, read: Any) -> None:
        """All of it, by the name of its question."""
        saved = lib.reports.save("storage", tmp_path / "new" / "out", format=format, by="type")
        assert saved.files[0] == tmp_path / "new" / "out" / f"storage.{format}"
        rows = lib.reports.storage(by="type")
        assert read(saved.files[0])["size_bytes"].to_list() == rows["size_bytes"].to_list()
        assert saved.problems == {}

    @pytest.mark.parametrize("format", ["html", "csv"])
    def test_what_fails_does_not_stop_the_rest(self, lib: Library, tmp_path: Path, format: str) -> None:
        """It is told, and files that are not ours stay."""
        (tmp_path / "mine.txt").write_text("mine")
        (tmp_path / "good.html").write_text("of an earlier run")
        order = Order(plan([FAILING, GOOD], {}), tmp_path, format, has_index=True)
        saved = save(lib.reports, order)
        assert saved.problems == {"storage": "ValueError: there is <b>nothing</b> to be had"}
        pages = ["failing.html", "good.html", "index.html"]
        assert [file.name for file in saved.files] == (pages if format == "html" else ["storage.csv"])
        assert (tmp_path / "mine.txt").read_text() == "mine"
        assert "earlier" not in (tmp_path / "good.html").read_text() or format == "csv"

    def test_all_is_a_site(self, lib: Library, tmp_path: Path) -> None:
        """A page a report, and one that leads to them."""
        saved = lib.reports.save(ALL, tmp_path)
        assert [file.stem for file in saved.files] == [*(report.name for report in REPORTS), "index"]

    def test_an_unknown_format(self, lib: Library, tmp_path: Path) -> None:
        """Is refused before a folder is made."""
        with pytest.raises(InputError, match=r"html, ipynb, csv, parquet, json, not as 'pdf'"):
            lib.reports.save("storage", tmp_path / "out", format="pdf")
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize(("format", "name"), [("html", "good.html"), ("csv", "storage.csv")])
    def test_what_cannot_be_written(self, lib: Library, tmp_path: Path, format: str, name: str) -> None:
        """Is named, be it a file or the folder; files beside it are written."""
        (tmp_path / name).mkdir()
        other = Report("other", "Other", "", QUESTIONS[1:2])
        saved = save(lib.reports, Order(plan([GOOD, other], {}), tmp_path, format))
        assert [f"{name} cannot be written: " in problem for problem in saved.problems.values()] == [True]
        assert [file.stem for file in saved.files] == ["other" if format == "html" else QUESTIONS[1].name]
        with pytest.raises(InputError, match=r"The folder /dev/null/out cannot be made: Not a directory; name another"):
            save(lib.reports, Order(plan([GOOD], {}), Path("/dev/null/out"), format))

    @pytest.mark.parametrize("stopped_at", ["storage", "good"])
    def test_ctrl_c_leaves_whole_files(self, lib: Library, tmp_path: Path, stopped_at: str) -> None:
        """What was written stays, and is said."""

        @contextmanager
        def bar(title: str, total: int | None) -> Iterator[Advance]:
            def advance(done: int, note: str | None = None, /) -> None:
                if note == stopped_at:
                    raise KeyboardInterrupt

            yield advance

        order = Order(plan([GOOD, FAILING], {}), tmp_path, "html", has_index=True)
        written = [] if stopped_at == "storage" else ["good.html"]
        with pytest.raises(Interrupted, match=rf"{len(written)} files? written"):
            save(lib.reports, order, show_progress=bar)
        assert [path.name for path in tmp_path.iterdir()] == written

    def test_progress_ends_at_its_total(self, lib: Library, tmp_path: Path) -> None:
        """A question, a page and the index are a step each."""
        seen: list[tuple[int | None, int]] = []

        @contextmanager
        def bar(title: str, total: int | None) -> Iterator[Advance]:
            done = 0

            def advance(more: int, note: str | None = None, /) -> None:
                nonlocal done
                done += more

            yield advance
            seen.append((total, done))

        for format in ("html", "csv"):
            save(lib.reports, Order(plan([GOOD, FAILING], {}), tmp_path, format, has_index=True), show_progress=bar)
        assert seen == [(5, 5), (2, 2)]

    def test_the_time_is_that_of_the_clock_given(self, lib: Library, tmp_path: Path) -> None:
        """In UTC."""
        at = datetime(2026, 1, 2, 3, 4, tzinfo=UTC)
        saved = save(lib.reports, Order(plan([GOOD], {}), tmp_path, "html"), now=lambda: at)
        assert "Made 2026-01-02 03:04 UTC" in saved.files[0].read_text()


def write_notebook(folder: Path, name: str, *cells: str, tagged: bool = True) -> Path:
    """A notebook with parameters, then cells."""
    parameters = "LIBRARY = None  # which file\nBY = 'codec'\ndepth = 3"
    made = [
        {"cell_type": "code", "id": f"c{place}", "source": cell, "metadata": {}, "execution_count": None, "outputs": []}
        for place, cell in enumerate([parameters, *cells])
    ]
    made[0]["metadata"] = {"tags": ["parameters"]} if tagged else {}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = folder / name
    path.write_text(json.dumps({"cells": made, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}))
    return path


class TestNotebooks:
    """Run with parameters put in."""

    def test_are_found_by_their_name(self, tmp_path: Path) -> None:
        """A question of a report has that of its report unless it has one of its own."""
        write_notebook(tmp_path, "06_storage.ipynb")
        write_notebook(tmp_path, "07_cold_storage.ipynb")
        of_one = Report("storage_somewhere", "", "", REPORTS[0].questions[:1])
        assert notebook_of(REPORTS[0], tmp_path).path.name == "06_storage.ipynb"
        assert notebook_of(of_one, tmp_path).path.name == "06_storage.ipynb"
        write_notebook(tmp_path, "08_storage_somewhere.ipynb")
        assert notebook_of(of_one, tmp_path).path.name == "08_storage_somewhere.ipynb"
        assert notebook_of(of_one, tmp_path).names == {"library": "LIBRARY", "by": "BY", "depth": "depth"}

    def test_that_are_not_there_are_told(self, tmp_path: Path) -> None:
        """With what there is instead."""
        with pytest.raises(MissingPart, match=r"no notebook of the report two; --format html"):
            notebook_of(TWO, tmp_path)

    def test_must_say_what_the_library_is(self, tmp_path: Path) -> None:
        """Else they would show another one."""
        write_notebook(tmp_path, "06_storage.ipynb", tagged=False)
        with pytest.raises(InputError, match=r"no cell tagged parameters that says what LIBRARY is"):
            notebook_of(REPORTS[0], tmp_path)

    def test_a_parameter_that_none_has(self, tmp_path: Path) -> None:
        """Is refused with the nearest."""
        write_notebook(tmp_path, "06_storage.ipynb")
        found = notebook_of(REPORTS[0], tmp_path)
        require_known(["by", "depth"], [found])
        with pytest.raises(QueryError, match=r"'dept'; did you mean 'depth'"):
            require_known(["by", "dept"], [found])

    def test_are_run_on_the_library(self, lib: Library, tmp_path: Path) -> None:
        """With what is given; a cell that fails has its error in its place. Nothing tells where it was run."""
        folder = tmp_path / "{braces}"
        folder.mkdir()
        shown = "import mediamgr\nmediamgr.open(LIBRARY).reports.storage(by=BY)['value'].to_list()"
        write_notebook(folder, "06_storage.ipynb", shown, "[depth, 1 / 0]")
        ran = run_notebook(notebook_of(REPORTS[0], folder), lib.path, {"by": "type", "unknown": 1})
        cells = json.loads(ran.content)["cells"]
        outputs = [output for cell in cells for output in cell.get("outputs", [])]
        assert outputs[0]["data"]["text/plain"] == ["['movie']"]
        assert outputs[1]["ename"] == "ZeroDivisionError"
        assert ran.problem == "cell 4: ZeroDivisionError: division by zero"
        assert "mediamgr-report-" not in ran.content

    def test_a_report_without_one_is_told(self, lib: Library, tmp_path: Path) -> None:
        """And others are run all the same."""
        of_several = Report("several", "", "", tuple(report.questions[0] for report in REPORTS[:2]))
        saved = save(lib.reports, Order(plan([of_several], {}), tmp_path, "ipynb"))
        assert saved.files == ()
        assert list(saved.problems) == ["several"]


def test_the_face_says_what_it_offers(lib: Library) -> None:
    """`save` is a method of what people hold."""
    assert isinstance(lib.reports, Reports)
    assert library_file(lib.reports) == lib.path
