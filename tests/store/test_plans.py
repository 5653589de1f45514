"""Plans are asked for on the connection that is used anyway, and leave it as it was."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import polars as pl
import pytest

from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.plans import Advice, Explained, Table
from mediamgr.store.plans import measured, planned, structure
from tests.builders import films, library_of

SQL = "select title from media_item where year = $year order by title"


@pytest.fixture
def lib(tmp_path: Path) -> Library:
    """Ten films."""
    return library_of(tmp_path / "l.duckdb", films())


class TestAsking:
    """planned() and measured()."""

    def test_with_parameters(self, lib: Library) -> None:
        """They stand in the plan as they were given; so many rows as the statement gives."""
        with lib._open.reading() as connection:
            expected = planned(connection, SQL, {"year": 2001})
            plan = measured(connection, SQL, {"year": 2001}, library=lib.path)
        assert not expected.is_measured
        assert (plan.sql, plan.root.rows, plan.rows_scanned) == (SQL, 2, 10)
        assert [each.conditions for each in plan.operators() if each.table] == [("year = 2001",)]

    def test_what_is_not_committed_is_seen(self, lib: Library) -> None:
        """Where it is written the plan is that of the connection that writes, which goes on unmeasured."""
        with lib._open.writing() as connection:
            connection.execute("begin").fetchall()
            connection.execute("update media_item set year = 1950 where year = 2001").fetchall()
            with lib._open.reading() as reading:
                assert measured(reading, SQL, {"year": 1950}, library=lib.path).root.rows == 2
            assert "disabled" in connection.get_profiling_information()
            connection.execute("rollback").fetchall()

    @pytest.mark.parametrize("sql", ["select count(*) from media_item", "from (values (7)) t(x)"])
    def test_what_duckdb_knows_before(self, lib: Library, sql: str) -> None:
        """It has no profile of it; nothing was read, and it is said how long it took."""
        with lib._open.reading() as connection:
            plan = measured(connection, sql, library=lib.path)
        assert plan.root.rows == 1
        assert (plan.is_measured, plan.root.name, plan.rows_scanned) == (True, "COLUMN_DATA_SCAN", 0)
        assert plan.total_seconds is not None
        assert plan.total_seconds > 0

    def test_profiling_ends_with_an_error(self, lib: Library) -> None:
        """The connection is as it was."""
        with lib._open.writing() as connection:
            with pytest.raises(QueryError), lib._open.reading() as reading:
                measured(reading, "select error('no')", library=lib.path)
            assert "disabled" in connection.get_profiling_information()


class TestStructure:
    """structure()."""

    def test_is_what_the_catalogue_says(self, lib: Library) -> None:
        """Rows, keys, indexes; what lies by what, and what else there is."""
        known = structure(lib._open)
        assert known.table("external_id") == Table("external_id", 1, None, frozenset({"external_id"}), "media_item_id")
        items = known.table("media_item")
        assert items is not None
        assert (items.rows, items.key, items.indexed, items.ordered_by) == (10, "id", frozenset({"id"}), "id")
        assert (items.rank_of("title"), items.rank_of("year"), items.search) == ("title_rank", None, "lib.search")
        assert known.table("no such") is None

    def test_a_twin_has_the_same_rows(self, lib: Library) -> None:
        """And the same columns, by another order."""
        credit = structure(lib._open).table("credit")
        assert credit is not None
        assert credit.twin == "person_credit"
        twin = structure(lib._open).table(credit.twin)
        assert twin is not None
        assert (twin.ordered_by, twin.twin) == ("person_id", "credit")
        columns = sorted(lib.sql("from credit").columns)
        same = [lib.sql(f"select {', '.join(columns)} from {table} order by all") for table in ("credit", credit.twin)]
        assert same[0].equals(same[1])

    def test_a_twin_that_is_behind_is_none(self, lib: Library) -> None:
        """What a process left undone is not advised."""
        with lib._open.writing() as connection:
            connection.execute("update media_item set is_indexed = false where id = 1").fetchall()
            known = structure(lib._open).table("credit")
            assert known is not None
            assert known.twin is None


class TestExplain:
    """lib.explain()."""

    def test_shows_itself(self, lib: Library) -> None:
        """As text, as HTML and as a frame."""
        explained = lib.explain("select title from media_item where year = 2001")
        assert isinstance(explained, Explained)
        assert "SEQ_SCAN  media_item where year = 2001" in str(explained)
        assert repr(explained) == str(explained)
        assert "<b>SEQ_SCAN</b> media_item where year = 2001" in explained._repr_html_()
        frame = explained.frame()
        assert frame.columns == [
            "operator",
            "does",
            "table",
            "seconds",
            "share",
            "rows",
            "expected_rows",
            "rows_scanned",
        ]
        assert frame["table"].to_list() == [None, "media_item"]
        assert frame["rows"].to_list() == [2, 2]
        assert frame["share"].sum() == pytest.approx(1.0)

    def test_is_planned_only(self, lib: Library) -> None:
        """Nothing is run."""
        explained = lib.explain("select error('this was run') from media_item", analyze=False)
        assert explained.plan.total_seconds is None
        assert explained.frame()["seconds"].null_count() == explained.frame().height
        assert explained.frame().schema["seconds"] == pl.Float64

    @pytest.mark.parametrize("analyze", [True, False])
    @pytest.mark.parametrize(
        ("sql", "message"),
        [
            ("select titel from media_item", r"no column 'titel'; did you mean 'title'"),
            ("select * from persn", r"no table 'persn'; did you mean 'person'"),
            ("delete from media_item", "DELETE is not allowed"),
            ("select 1; select 2", "One statement at a time"),
            ("explain select 1", "lib.explain"),
        ],
    )
    def test_says_no_as_sql_does(self, lib: Library, sql: str, message: str, analyze: bool) -> None:
        """The same errors, for the same reasons."""
        with pytest.raises(QueryError, match=message):
            lib.explain(sql, analyze=analyze)

    def test_what_is_browsed(self, lib: Library) -> None:
        """The SQL of a browser is explained as any other."""
        pytest.importorskip("anywidget")
        assert lib.explain(lib.browse("blade", sort="year").sql).plan.root.rows == 3

    def test_advice_is_shown(self, lib: Library) -> None:
        """Below the tree; a hostile title in the better statement is text."""
        known = lib.explain("select 1")
        rows = "<img src=x onerror=alert(1)>"
        hostile = lib.explain(f"select '{rows}' as x, title from media_item order by title")
        shown = Explained(hostile.plan, (_advice(hostile, f"select '{rows}'\n\x1b[2J from x"),))
        assert known.advice == ()
        assert "1. RESULT_COLLECTOR · up to 1.5 s to save\n   The matter.\n   The remedy.\n       select" in str(shown)
        assert rows not in shown._repr_html_()
        assert "&lt;img src=x onerror=alert(1)&gt;" in shown._repr_html_()
        assert "\x1b" not in str(shown) + shown._repr_html_()


def _advice(explained: Explained, better: str) -> Advice:
    return Advice("rule", explained.plan.root, "The matter.", "The remedy.", better, 1.5)


LONG = "select max(hash(a.range + b.range)) from range(1_000_000_000) a, range(1_000_000_000) b"


@pytest.mark.parametrize("verb", ["explain", "sql"])
def test_ctrl_c_is_safe(lib: Library, verb: str) -> None:
    """A statement that runs long is stopped, also in the midst of a task, and the library answers on."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    pressing = threading.Event()
    presser = threading.Thread(target=_press, args=(pressing,))
    presser.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            getattr(lib, verb)(LONG)
    finally:
        pressing.set()
        presser.join()
        signal.signal(signal.SIGINT, before)
    assert lib.explain("select count(*) from media_item where year = 2001").plan.root.rows == 1


def _press(done: threading.Event) -> None:
    done.wait(0.5)
    if not done.is_set():
        os.kill(os.getpid(), signal.SIGINT)
