"""The answer to a question: a Polars frame, which can be drawn and shown while its rows are those of the answer."""

from __future__ import annotations

import copy
import pickle
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from mediamgr.errors import MissingPart, QueryError
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question
from tests.builders import films, library_of

QUESTION = Question("storage", "Where the bytes are", "Look.")
ROWS = pl.DataFrame({"value": ["h264", "hevc", None], "size_bytes": [3, 1, 2], "ids": [[1], [], None]})


@pytest.fixture
def answer() -> ReportFrame:
    """Three rows."""
    return ReportFrame.of(ROWS, QUESTION, {"by": "codec"}, browse=print)


class TestStillAnswers:
    """Fewer rows, and rows in another order."""

    @pytest.mark.parametrize(
        ("made", "values"),
        [
            pytest.param(lambda rows: rows.head(1), ["h264"], id="head"),
            pytest.param(lambda rows: rows.limit(1), ["h264"], id="limit"),
            pytest.param(lambda rows: rows.tail(1), [None], id="tail"),
            pytest.param(lambda rows: rows.slice(1, 1), ["hevc"], id="slice"),
            pytest.param(lambda rows: rows[:2], ["h264", "hevc"], id="[:]"),
            pytest.param(lambda rows: rows.filter(pl.col("size_bytes") > 1, value="h264"), ["h264"], id="filter"),
            pytest.param(lambda rows: rows.sort("size_bytes", descending=True), ["h264", None, "hevc"], id="sort"),
            pytest.param(lambda rows: rows.clone(), ["h264", "hevc", None], id="clone"),
            pytest.param(copy.copy, ["h264", "hevc", None], id="copy"),
            pytest.param(copy.deepcopy, ["h264", "hevc", None], id="deepcopy"),
        ],
    )
    def test_keeps_what_was_asked(
        self, answer: ReportFrame, made: Callable[[ReportFrame], ReportFrame], values: list[str | None]
    ) -> None:
        """And who opens rows."""
        rows = made(answer)
        assert rows["value"].to_list() == values
        assert (rows.question, rows.given, rows._browse) == (QUESTION, {"by": "codec"}, print)

    def test_can_be_drawn_and_shown(self, tmp_path: Path) -> None:
        """The first rows of a real answer."""
        with library_of(tmp_path / "l.duckdb", films()) as lib:
            rows = lib.reports.storage().head(1)
        assert rows.chart().to_dict()["title"]
        assert rows.table().total == 1


class TestOtherRows:
    """Made of an answer, and none."""

    @pytest.mark.parametrize(
        "made",
        [
            pytest.param(lambda rows: rows.select("value"), id="select"),
            pytest.param(lambda rows: rows.with_columns(more=1), id="with_columns"),
            pytest.param(lambda rows: rows.group_by("value").len(), id="group_by"),
            pytest.param(lambda rows: rows.lazy().collect(), id="lazy"),
            pytest.param(lambda rows: rows.join(rows, on="value"), id="join"),
        ],
    )
    def test_are_a_plain_frame(self, answer: ReportFrame, made: Callable[[ReportFrame], pl.DataFrame]) -> None:
        """Whose columns are others."""
        assert type(made(answer)) is pl.DataFrame

    def test_pickled_rows_are_rows(self, answer: ReportFrame) -> None:
        """What was asked cannot be pickled; that is said."""
        again = pickle.loads(pickle.dumps(answer))
        assert again.equals(ROWS)
        assert again.given == {}
        for what in (lambda: again.question, again.chart, again.table, again.head(1).table):
            with pytest.raises(QueryError, match=r"not a report's answer any more; keep what lib\.reports gave"):
                what()

    def test_is_written_to_files(self, answer: ReportFrame, tmp_path: Path) -> None:
        """As any frame is."""
        with library_of(tmp_path / "l.duckdb", films()) as lib:
            path = lib.to_csv(answer, tmp_path / "rows.csv")
        assert path.read_text() == 'value,size_bytes,ids\nh264,3,1\nhevc,1,""\n,2,\n'

    def test_says_what_a_table_needs(self, answer: ReportFrame, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the extra is not installed."""
        for name in [name for name in sys.modules if name.startswith("mediamgr.reports.table")]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.setitem(sys.modules, "anywidget", None)
        with pytest.raises(MissingPart, match=r"To show a table, anywidget is needed; pip install 'mediamgr\[lab\]'"):
            answer.table()
