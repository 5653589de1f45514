"""What holds for every question of every report, on libraries that are hard on them."""

from __future__ import annotations

import inspect
import re
import runpy
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, get_args

import duckdb
import pytest

from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.reports import QUESTIONS, REPORTS, Reports
from mediamgr.reports._question import Question
from mediamgr.reports.charts import has_chart
from mediamgr.store.report_statements import report_names
from tests.reports.libraries import HARD, hard_library

ROOT = Path(__file__).parents[2]
EACH = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Library]]:
    """One of the hard libraries, made once."""
    made: dict[str, Library] = {}
    with ExitStack() as stack:

        def of(name: str) -> Library:
            if name not in made:
                path = tmp_path_factory.mktemp("hard") / "l.duckdb"
                made[name] = stack.enter_context(hard_library(name, path))
            return made[name]

        yield of


def _asked(lib: Library, question: Question) -> Any:
    return getattr(lib.reports, question.name)()


class TestWhatThereIs:
    """Files, methods and the catalogue agree."""

    def test_each_file_is_a_question(self) -> None:
        """Each statement in sql/reports is a question of one report."""
        assert sorted(question.name for question in QUESTIONS) == list(report_names())

    def test_names_of_reports(self) -> None:
        """A report's first question has its name."""
        assert [report.questions[0].name for report in REPORTS] == [report.name for report in REPORTS]

    def test_the_documentation(self) -> None:
        """docs/reports.md is what they say of themselves; `make reports` writes it."""
        page = runpy.run_path(str(ROOT / "scripts" / "write_reports.py"))["page"]
        assert (ROOT / "docs" / "reports.md").read_text(encoding="utf-8") == page()

    @EACH
    def test_its_method(self, question: Question) -> None:
        """Takes what the statement takes, with the same defaults and choices, and explains each."""
        method = getattr(Reports, question.name)
        given = list(inspect.signature(method, eval_str=True).parameters.values())[1:]
        assert [(each.name, each.default) for each in given] == [(p.name, p.default) for p in question.parameters]
        for parameter, own in zip(given, question.parameters, strict=True):
            assert own.choices in ((), get_args(parameter.annotation)), own.name
            assert re.search(rf"^ +{own.name}: ", inspect.getdoc(method) or "", re.MULTILINE), own.name


NUMBERS = [
    (question, parameter.name)
    for question in QUESTIONS
    for parameter in question.parameters
    if parameter.kind in ("bigint", "double")
]


class TestWhatIsRefused:
    """Values that no question can have."""

    @pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), 2**63])
    @pytest.mark.parametrize(("question", "name"), NUMBERS, ids=lambda each: getattr(each, "name", each))
    def test_numbers(self, hard: Callable[[str], Library], question: Question, name: str, value: float) -> None:
        """Numbers below zero, too large ones and what is none; the words are ours."""
        message = rf"^{name} of the report {question.name} is a "
        with pytest.raises(QueryError, match=message):
            getattr(hard("one item").reports, question.name)(**{name: value})

    @EACH
    def test_no_rows(self, hard: Callable[[str], Library], question: Question) -> None:
        """Of no rows that were asked for a picture is drawn."""
        zero = {name: 0 for of, name in NUMBERS if of is question and name in ("rows", "most")}
        answer = getattr(hard("hostile words").reports, question.name)(**zero)
        if has_chart(question.name):
            assert answer.chart().to_dict()["title"]


class TestOnHardLibraries:
    """Nothing in a library makes a report fail."""

    @EACH
    @pytest.mark.parametrize("name", HARD)
    def test_is_answered_and_drawn(self, hard: Callable[[str], Library], question: Question, name: str) -> None:
        """The same columns whatever there is, and a chart of none, one and many rows."""
        answer = _asked(hard(name), question)
        assert answer.columns == _asked(hard("empty"), question).columns
        if has_chart(question.name):
            assert answer.chart().to_dict()["title"]

    @EACH
    def test_bounds_of_numbers(self, hard: Callable[[str], Library], question: Question) -> None:
        """None, and more than there ever is, are answered; what counts nothing is refused in words."""
        ask = getattr(hard("hostile words").reports, question.name)
        wrong = {"bigint": (-1, 2**63), "double": (float("nan"), float("inf"))}
        for each in question.parameters:
            if each.kind in wrong and each.name != "person_id":
                assert all(ask(**{each.name: bound}).columns for bound in (0, 10**15)), each.name
                for value in wrong[each.kind]:
                    with pytest.raises(QueryError, match=rf"^{each.name} of the report {question.name} "):
                        ask(**{each.name: value})

    @EACH
    def test_what_opens(self, hard: Callable[[str], Library], question: Question) -> None:
        """Whatever a row opens in the browser, the browser can show."""
        lib = hard("hostile words")
        for row in _asked(lib, question).head(5).iter_rows(named=True):
            if opened := question.opens(row):
                assert len(lib.items.ordering(**opened)) >= 0

    @EACH
    def test_runs_alone(self, hard: Callable[[str], Library], question: Question) -> None:
        """The file as it stands, in a DuckDB shell that knows nothing of this program."""
        lib = hard("hostile words")
        with duckdb.connect() as shell:
            with lib._open.files() as (file, _):
                shell.execute(f"attach '{file}' as library (read_only)").fetchall()
            shell.execute("use library").fetchall()
            rows = shell.sql(question.statement.text)
            names = [column.lower() for column in rows.columns]
            assert all(re.search(rf"\b{name}\b", question.statement.result.lower()) for name in names), names
            if question.finish is None:
                assert sorted(map(repr, rows.fetchall())) == sorted(map(repr, _asked(lib, question).rows()))
