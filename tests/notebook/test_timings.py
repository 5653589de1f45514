"""Below each cell a line says what it cost, and opens to what happened."""

from __future__ import annotations

import re

import pytest
from IPython.core.interactiveshell import ExecutionInfo

from mediamgr.instrumentation import current, recording
from mediamgr.library import Library
from mediamgr.notebook._cost import CellCost, cost_of, parts
from tests.notebook.conftest import Shell


class TestTheLine:
    """What a cell cost."""

    def test_says_how_long_it_took(self, shell: Shell) -> None:
        """Of a cell that has nothing to do with a library no more."""
        assert re.fullmatch(r"took [\d.]+ (µs|ms)", shell.run("1 + 1").line)

    def test_says_what_the_database_did(self, shell: Shell, lib: Library) -> None:
        """How long, how many statements and rows."""
        ran = shell.run("[lib.sql(f'select title from media_item where id <= {n}').height for n in (1, 2, 4)]")
        assert ran.result == [1, 2, 4]
        assert re.search(r"database [\d.]+ ms, 3 statements, 7 rows \(\d+ B\)", ran.line)

    def test_counts_what_was_kept(self, shell: Shell, lib: Library) -> None:
        """Asked twice, it is found once."""
        assert "cache 1 hit, 1 miss" in shell.run("lib.items.count_all(), lib.items.count_all()").line

    def test_counts_what_threads_did_for_the_cell(self, shell: Shell, lib: Library) -> None:
        """Where the work was handed to workers."""
        ran = shell.run(
            "with lib.workers(4) as workers:\n"
            "    done = list(workers.map(lambda n: lib.sql(f'select {n}').item(), range(8)))"
        )
        assert "8 statements, 8 rows" in ran.line

    def test_names_what_was_asked_again_and_again(self, shell: Shell, lib: Library) -> None:
        """With the line that did it, and what to do."""
        ran = shell.run("for n in range(12):\n    lib.sql(f'select title from media_item where id = {n}')")
        assert re.search(r"12 times one statement by .*line 2", ran.line)
        assert "get_many(ids)" in ran.html

    def test_what_a_verb_asks_to_answer_once_is_not_named(self, shell: Shell, lib: Library) -> None:
        """Who searches for twelve words can do no other."""
        ran = shell.run("for n in range(12): lib.search(f'word{n}')")
        assert "statements" in ran.line
        assert "times one statement" not in ran.line

    def test_is_there_though_the_cell_failed(self, shell: Shell, lib: Library) -> None:
        """What it did until then is counted."""
        ran = shell.run("lib.sql('select 1')\n1 / 0")
        assert isinstance(ran.error, ZeroDivisionError)
        assert "1 statement" in ran.line

    def test_is_one_for_cells_that_run_cells(self, shell: Shell, lib: Library, tmp_path: object) -> None:
        """What those did is part of it."""
        shell.ip.user_ns["run_cell"] = shell.ip.run_cell
        assert "2 statements" in shell.run("run_cell('lib.sql(\"select 1\")'); lib.sql('select 2')").line

    def test_a_cell_that_had_no_end_spoils_none(self, shell: Shell, lib: Library) -> None:
        """As one that is interrupted right after it began."""
        before = ExecutionInfo("lost", True, False, True, None)
        shell.ip.events.trigger("pre_run_cell", before)
        for _ in range(2):
            assert "1 statement," in shell.run("lib.sql('select 1')").line
        assert current() is None

    def test_cells_beside_each_other_are_told_apart(self, shell: Shell, lib: Library) -> None:
        """As those of a subshell, which has a thread of its own."""
        shell.ip.user_ns["other"] = shell
        ran = shell.run(
            "import threading\nlib.sql('select 1')\n"
            'thread = threading.Thread(target=lambda: other.ip.run_cell(\'lib.sql("select 2"); lib.sql("select 3")\', store_history=True))\n'
            "thread.start(); thread.join()\nlib.sql('select 4')"
        )
        lines = [each["text/plain"] for each in ran.shown if "mediamgr-cost" in each.get("text/html", "")]
        assert ["2 statements" in each for each in lines] == [True, True]
        assert current() is None

    def test_many_budgets_are_summed_up(self, shell: Shell, lib: Library) -> None:
        """A loop makes no line of hundreds."""
        kept = "for n in range(20):\n    with lib.budget(ms=60_000): pass"
        assert shell.run(kept).line.endswith("20 budgets kept")
        broken = (
            "import warnings\nwarnings.simplefilter('ignore')\nfor n in range(20):\n"
            "    with lib.budget(statements=0): lib.sql('select 1') if n % 2 else None"
        )
        assert "budgets broken: 10 of 20, the longest 1 of 0 statements" in shell.run(broken).line

    def test_nothing_listens_between_cells(self, shell: Shell, lib: Library) -> None:
        """Nor after the extension is gone."""
        shell.run("lib.sql('select 1')")
        assert current() is None
        shell.run("%unload_ext mediamgr")
        assert shell.run("lib.sql('select 2')").shown == []

    def test_loading_twice_shows_one_line(self, shell: Shell) -> None:
        """Also after a reload."""
        shell.run("%load_ext mediamgr")
        assert shell.run("1").line
        shell.run("%reload_ext mediamgr")
        assert shell.run("1").line


class TestDetails:
    """What the line opens to."""

    def test_are_html_without_script_or_style_sheet_in_one_line(self, shell: Shell, lib: Library) -> None:
        """Any page may hold them."""
        html = shell.run("lib.search('film')").html
        assert "<details>" in html
        assert not re.search(r"<script|<style|\son\w+=|\n", html)

    def test_show_statements_with_their_parameters_and_whence(self, shell: Shell, lib: Library) -> None:
        """In the order in which they were asked."""
        html = shell.run("x = 1\nlib.people.search('nobody')\nlib.items.get_all(limit=3)").html
        assert html.index("people/search") < html.index("items/page")
        assert "limit=3" in html
        assert re.search(r"from .{0,60}line 3", html)

    def test_show_statements_in_their_lines(self, shell: Shell, lib: Library) -> None:
        """Whatever else stands in them moves no cursor."""
        html = shell.run("lib.sql(\"select 1 as one,\\n    '\\x1b[2J' as two\")").html
        assert "select 1 as one,&#10;    &#x27;\\x1b[2J&#x27; as two" in html

    def test_hold_nothing_that_a_title_could_be_taken_for(self, shell: Shell, lib: Library) -> None:
        """What was typed is text, and no formula either."""
        html = shell.run("""lib.sql("select '<b onclick=x>$a$</b>' as t")""").html
        assert "<b onclick" not in html
        assert "&lt;b onclick=x&gt;$a$" in html
        assert "mathjax_ignore" in html

    def test_show_many_alike_as_one(self, shell: Shell, lib: Library) -> None:
        """A loop fills no page."""
        html = shell.run("for n in range(50): lib.sql(f'select {n}')").html
        assert "47 more store.statement sql" in html
        assert html.count("select ") == 3

    def test_a_loop_of_thousands_stays_small(self, shell: Shell, lib: Library) -> None:
        """And is counted to the end."""
        shell.run("from mediamgr.instrumentation import get_instrumentation")
        ran = shell.run("for n in range(5000):\n    with get_instrumentation().timer('x.y'): pass")
        assert "3,000 spans more" in ran.html
        assert len(ran.html) < 10_000


class TestModes:
    """%mediamgr timings."""

    def test_off_shows_nothing(self, shell: Shell) -> None:
        """Until it is on again, from that cell on."""
        assert shell.run("%mediamgr timings off").shown == []
        assert shell.run("1").shown == []
        shell.run("%mediamgr timings on")
        assert shell.run("1").line

    def test_full_shows_plans_as_measured(self, shell: Shell, lib: Library) -> None:
        """In text, too."""
        shell.run("%mediamgr timings full")
        ran = shell.run("lib.sql('select year, count(*) from media_item group by year')")
        assert "store.statement sql" in ran.line
        assert "select year, count(*) from media_item group by year" in ran.line
        assert re.search(r"from In\[\d+\], line 1|from .*:1", ran.line)
        assert re.search(r"SEQ_SCAN\W+media_item", ran.line)
        assert "10 rows read" in ran.line
        assert "SEQ_SCAN" in ran.html

    def test_full_is_no_obstacle_to_what_has_no_plan(self, shell: Shell, lib: Library) -> None:
        """Such as a plan, or what fails."""
        shell.run("%mediamgr timings full")
        assert shell.run("lib.items.count_all()").result == 10
        assert "no_such" in str(shell.run("lib.sql('select no_such from media_item')").error)

    @pytest.mark.parametrize("typed", ["timings loud", "timing", "report now"])
    def test_what_is_mistyped_is_said(self, shell: Shell, typed: str) -> None:
        """In a line, without a traceback."""
        assert type(shell.run(f"%mediamgr {typed}").error).__name__ == "UsageError"

    def test_alone_it_says_what_there_is(self, shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
        """And how timings are now."""
        shell.run("%mediamgr")
        assert "timings full" in capsys.readouterr().out
        shell.run("%mediamgr timings")
        assert "Timings are on." in capsys.readouterr().out


class TestBudgets:
    """lib.budget() in a cell."""

    def test_are_shown_kept_or_broken(self, shell: Shell, lib: Library) -> None:
        """And a broken one is warned of."""
        assert "budget kept: " in shell.run("with lib.budget(ms=60_000): lib.sql('select 1')").line
        with pytest.warns(UserWarning, match="Budget broken"):
            ran = shell.run("with lib.budget(statements=0): lib.sql('select 1')")
        assert "budget broken: 1 of 0 statements" in ran.line
        assert re.search(r"<span style='color[^']*'>budget broken", ran.html)


class TestFigures:
    """cost_of() and parts()."""

    def test_are_what_was_heard(self) -> None:
        """What is nothing is not said."""
        with recording("cell") as heard:
            pass
        cost = cost_of(heard, memory_bytes=-2_500_000)
        assert isinstance(cost, CellCost)
        assert parts(cost)[1:] == ["memory −2.5 MB"]
        assert parts(cost_of(heard, memory_bytes=999_999))[1:] == []
