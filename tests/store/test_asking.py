"""A statement is timed and counted; who listens hears what was asked, and of slow ones the plan is kept."""

from __future__ import annotations

import inspect
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediamgr.errors import QueryError
from mediamgr.instrumentation import Span, get_instrumentation, recording
from mediamgr.library import Library
from mediamgr.plans import read_plan
from mediamgr.store.results import results
from mediamgr.store.slow import slow_statements
from tests.builders import films, library_of

SLOW = """
    select count(*) as pairs from media_item a, media_item b, media_item c, media_item d, media_item e, media_item f
    where a.year + b.year < c.year + d.year + e.votes + f.id
"""
"""A million rows of ten films: no machine counts them within 10 ms."""


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films; no answer is kept yet."""
    results()[0].clear()
    with library_of(tmp_path / "films.duckdb", films()) as opened:
        yield opened


def asked(span: Span) -> list[Span]:
    """The statements in a recording."""
    return [each for each in span.walk() if each.name == "store.statement"]


class TestListening:
    """What is said of a statement."""

    def test_its_text_parameters_rows_and_line(self, lib: Library) -> None:
        """The line is that of whoever called the library, not one within it."""
        with recording("test") as heard:
            frame, line = lib.items.get_many([1, 2, 3]), inspect.currentframe().f_lineno  # type: ignore[union-attr]
        (span,) = asked(heard.root)
        assert span.labels == {"statement": "items/get_many"}
        assert span.facts["parameters"] == {"ids": [1, 2, 3]}
        assert "join media_item" in span.facts["sql"]
        assert span.facts["line"] == (__file__, line)
        assert (span.counts["store.rows_read"], span.counts["store.bytes_read"]) == (3, frame.estimated_size())
        assert "plan" not in span.facts or (span.seconds or 0) >= 0.02

    def test_all_plans_are_measured_where_that_is_wanted(self, lib: Library) -> None:
        """And the connection measures no more afterwards."""
        with recording("test", plans="all") as heard:
            lib.sql("select title from media_item where year > 1990")
        (span,) = asked(heard.root)
        assert span.facts["plan"].is_measured
        with lib.write(), recording("test", plans="all"):
            lib.sql("select title from media_item where year > 1990")
            lib.sql("select 1")

    def test_what_is_answered_from_statistics_has_a_plan_too(self, lib: Library) -> None:
        """Though DuckDB tells none of what it did: nothing ran."""
        with recording("test", plans="all") as heard:
            assert lib.sql("select count(*) from media_item").item() == 10
        (span,) = asked(heard.root)
        plan = span.facts["plan"]
        assert (plan.is_measured, plan.root.rows, plan.rows_scanned) == (True, 1, 0)

    def test_what_fails_while_it_is_measured_says_what_it_failed_of(self, lib: Library) -> None:
        """Also where the transaction that it is part of fails with it."""
        with lib._open.writing() as connection, recording("test", plans="all"):
            connection.execute("begin").fetchall()
            with pytest.raises(QueryError, match="abc"):
                lib.sql("select cast(title || 'abc' as integer) from media_item")
            connection.execute("rollback").fetchall()

    def test_what_fails_is_counted_as_failed(self, lib: Library) -> None:
        """And raises as ever."""
        before = get_instrumentation().get_timer_metrics("store.statement", statement="sql")
        with recording("test", plans="all") as heard, pytest.raises(QueryError, match="votes"):
            lib.sql("select vots from media_item")
        after = get_instrumentation().get_timer_metrics("store.statement", statement="sql")
        assert (after.count - before.count, after.errors - before.errors) == (1, 1)
        assert asked(heard.root)[0].error


def test_a_process_that_was_forked_asks_too(lib: Library) -> None:
    """It has none of the threads that its parent asked with."""
    assert lib.sql("select 1").item() == 1
    code = f"""
        import os, signal, mediamgr
        lib = mediamgr.open({str(lib.path)!r})
        assert lib.sql("select 1").item() == 1
        child = os.fork()
        if not child:
            signal.alarm(120)
            with mediamgr.open({str(lib.path)!r} + "2", create=True) as other:
                os._exit(0 if other.sql("select 2").item() == 2 else 1)
        assert os.waitpid(child, 0)[1] == 0
    """
    subprocess.run([sys.executable, "-W", "ignore", "-c", textwrap.dedent(code)], check=True, timeout=300)


class TestSlowOnes:
    """What took longer than the setting says."""

    def test_are_kept_with_their_plan_and_line(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody has to listen."""
        monkeypatch.setenv("MEDIAMGR_SLOW_STATEMENT_MS", "10")
        lib.sql(SLOW)
        (slow,) = slow_statements()
        assert (slow.statement, slow.rows, slow.library) == ("sql", 1, str(lib.path))
        assert slow.seconds >= 0.01
        assert slow.line is not None
        assert slow.line.startswith(f"{__file__}:")
        assert "media_item" in str([each.table for each in read_plan(slow.plan or "", slow.sql).operators()])

    def test_are_logged(self, lib: Library, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        """With where their plan is."""
        monkeypatch.setenv("MEDIAMGR_SLOW_STATEMENT_MS", "10")
        lib.sql(SLOW)
        assert any("mediamgr perf slow" in message for message in caplog.messages)

    @pytest.mark.parametrize("most", ["0", "60000"])
    def test_are_those_the_setting_means(self, lib: Library, monkeypatch: pytest.MonkeyPatch, most: str) -> None:
        """0 means none."""
        monkeypatch.setenv("MEDIAMGR_SLOW_STATEMENT_MS", most)
        lib.sql(SLOW)
        assert slow_statements() == []
