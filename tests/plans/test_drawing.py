"""Plans are drawn as text and as HTML, right wherever they are shown."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from rich.cells import cell_len

from mediamgr.plans import Plan, draw_html, draw_text
from tests.plans.made import HOSTILE, JOIN, plan, step

DEEP = plan(step("LIMIT", "first 5", step("UNION", "", *(step("FILTER", f"where {'千' * 90}") for _ in range(3)))))
PLANNED = replace(JOIN, is_measured=False, total_seconds=None)


class TestText:
    """draw_text()."""

    def test_the_tree(self) -> None:
        """Times, shares and rows in columns; a chain goes straight down, a join branches; cheap projections are left out."""
        assert draw_text(JOIN).splitlines() == [
            "20 ms · planning 1.0 ms · 1,000 rows read · 2 of 5 row groups · nothing from disk · memory 3.0 MB",
            "",
            "     time        share       rows   expected",
            "  0.50 ms  ▏        3%         10         10  TOP_N  first 5 by n DESC",
            "   1.5 ms  ▌        8%         10         10  HASH_JOIN  INNER on media_item_id = id",
            "○  6.0 ms  █▉      32%      1,699  ≠ 144,074  ├─ SEQ_SCAN  credit where role = 'actor'",
            "   1.0 ms  ▍        5%         10         10  └─ FILTER  where title =",
            "                                                   '<script>alert(1)</script>\\x1b[2J\\u202e\"",
            "                                                   onload=''x'''",
            "●   10 ms  ███▏    53%    200,000    200,000     SEQ_SCAN  media_item",
            "",
            "● 40% of the time or more   ○ 15% of the time or more   ≠ off by 10 times or more",
        ]

    def test_a_plan_that_was_not_run(self) -> None:
        """It has expectations only, and says so."""
        text = draw_text(PLANNED)
        assert text.splitlines()[:4] == [
            "planned, not run · rows are what DuckDB expects",
            "",
            " expected",
            "       10  TOP_N  first 5 by n DESC",
        ]
        assert "●" not in text
        assert " ms" not in text

    @pytest.mark.parametrize("width", [80, 100, 200])
    @pytest.mark.parametrize(
        "drawn",
        [pytest.param(JOIN, id="join"), pytest.param(DEEP, id="wide letters"), pytest.param(PLANNED, id="planned")],
    )
    def test_no_line_is_wider_than_the_terminal(self, drawn: Plan, width: int) -> None:
        """Also of letters that are two columns wide."""
        assert max(map(cell_len, draw_text(drawn, width=width).splitlines())) <= width

    def test_a_long_condition_is_cut(self) -> None:
        """After a few lines, and it is seen that it was."""
        long = plan(step("FILTER", "where " + " ".join(f"word{number}" for number in range(200))))
        body = draw_text(long).splitlines()[3:-2]
        assert len(body) == 3
        assert body[-1].endswith(" …")

    def test_nothing_moves_the_cursor(self) -> None:
        """Escape sequences out of titles are written out."""
        assert all(letter.isprintable() or letter == "\n" for letter in draw_text(JOIN))

    def test_nothing_took_any_time(self) -> None:
        """A plan of no time has no shares."""
        assert "●" not in draw_text(plan(step("DUMMY_SCAN", seconds=0.0)))


class Tags(HTMLParser):
    """What is in a page: tags that are open, the text, the attributes that there are."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.seen: list[str] = []
        self.attributes: set[str] = set()
        self.text = ""
        self.titles = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.opened.append(tag)
        self.seen.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.titles += "".join(value or "" for name, value in attrs if name == "title")

    def handle_endtag(self, tag: str) -> None:
        assert self.opened.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


class TestHtml:
    """draw_html()."""

    @pytest.fixture
    def page(self) -> Tags:
        """The join, drawn; what DuckDB told of a step is hostile, too."""
        told = step("FILTER", f"where {HOSTILE}", told=(("Expression", HOSTILE),))
        return Tags(draw_html(plan(step("TOP_N", "", JOIN.root, told))))

    def test_there_is_no_script_and_no_style_sheet(self, page: Tags) -> None:
        """Only what every front end and every export keeps."""
        assert set(page.seen) == {"div", "details", "summary", "span", "b"}
        assert page.attributes == {"class", "style", "open", "title"}

    def test_all_that_is_opened_is_closed(self, page: Tags) -> None:
        """In order."""
        assert page.opened == []

    def test_hostile_titles_are_text(self, page: Tags) -> None:
        """They stand there as they are, in what is seen and in what is told of a step."""
        assert page.text.count(r"title = '<script>alert(1)</script>\x1b[2J\u202e") == 2
        assert "<script>alert(1)</script>" in page.titles
        assert "\x1b" not in page.titles + page.text

    def test_each_step_stands_within_the_one_above(self) -> None:
        """So that closing one hides what is below; a step without children cannot be closed."""
        html = draw_html(JOIN)
        assert html.count("<details open") == 3
        assert (
            html.index("TOP_N") < html.index("HASH_JOIN") < html.index("credit") < html.index("SEQ_SCAN</b> media_item")
        )

    def test_bars_are_shares(self) -> None:
        """Of the time of all steps."""
        html = draw_html(plan(step("A", "", step("B", seconds=0.003))))
        assert [share in html for share in ("width: 25.0%", "width: 75.0%", "25 %", "75 %")] == [True] * 4

    def test_a_plan_that_was_not_run_has_no_bars(self) -> None:
        """And no times."""
        html = draw_html(PLANNED)
        assert " %" not in html
        assert "expected" in html
