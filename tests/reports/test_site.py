"""Pages of reports: what strangers wrote is text in them, and nothing else is."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import ParseError

import polars as pl
import pytest

from mediamgr.reports import REPORTS, Answered, Question, Report, heading, readable, report_named, shown_columns
from mediamgr.reports._cells import reader, telling
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports.charts.drawing import svg
from mediamgr.reports.charts.letters import drawable
from mediamgr.reports.running import Asked
from mediamgr.reports.site import Link, Made, Shown, index, page, shown
from mediamgr.reports.site._headlines import headline
from mediamgr.reports.site._pictures import inlined
from mediamgr.reports.site._table import table
from tests.reports.libraries import HOSTILE

EVIL = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(2)>\x1b[2J"
MADE = Made(EVIL, datetime(2026, 1, 2, 3, 4, tzinfo=UTC), "1.2.3")
QUESTION = Question("storage", EVIL, EVIL)
REPORT = Report("storage", EVIL, EVIL, (QUESTION,))
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50" viewBox="0 0 100 50">{}</svg>'


class Elements(HTMLParser):
    """What a browser would see: elements with their attributes, and text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Attributes of all elements of that name."""
        return [attributes for name, attributes in self.tags if name == tag]


def answer(frame: pl.DataFrame, **given: Any) -> Answered:
    """An answer to the question."""
    asked = Asked(QUESTION, given)
    return Answered(asked, ReportFrame.of(frame, QUESTION, asked.values))


def rows(*values: str) -> pl.DataFrame:
    """As the question answers."""
    return pl.DataFrame(
        {"value": list(values), "size_bytes": [1_500_000_000] * len(values), "files": [1] * len(values)}
    )


@pytest.fixture(scope="module", params=["page", "failed", "index"])
def html(request: pytest.FixtureRequest) -> str:
    """A page in which every word is hostile."""
    links = [Link("All", "index.html"), Link(EVIL, f"{EVIL}.html")]
    parts = [shown(answer(rows(EVIL, *HOSTILE), library=EVIL))]
    if request.param == "failed":
        parts = [Shown(Answered(Asked(QUESTION, {}), None, EVIL)), Shown(parts[0].answered, problem=EVIL)]
    if request.param == "index":
        return index([(REPORT, parts)], MADE, links)
    return page(REPORT, parts, MADE, links)


class TestPages:
    """All that strangers wrote, anywhere."""

    def test_is_text(self, html: str) -> None:
        """One script and one style, both ours; no handler, no picture, no link but those beside it."""
        seen = Elements(html)
        assert (len(seen.named("script")), len(seen.named("style")), seen.named("img")) == (1, 1, [])
        assert EVIL.replace("\x1b", "\\x1b") in seen.text
        assert not [key for _, attributes in seen.tags for key in attributes if key.startswith("on") or key == "style"]
        assert all(re.fullmatch(r"[^:]*\.html|#\w+", str(each["href"])) for each in seen.named("a")), seen.named("a")
        assert "\x1b" not in html

    def test_allows_nothing_but_its_own(self, html: str) -> None:
        """Its policy names the style and the script by their digests, and forbids all else."""
        policy = next(each["content"] for each in Elements(html).named("meta") if "http-equiv" in each)
        assert policy is not None
        assert policy.startswith("default-src 'none'; style-src 'sha256-")
        for tag in ("script", "style"):
            (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
        assert "unsafe" not in policy
        assert "http:" not in policy

    def test_is_a_document(self, html: str) -> None:
        """Language, a title, one heading of the first order and none that is left out; every id once."""
        seen = Elements(html)
        assert seen.named("html") == [{"lang": "en"}]
        levels = [int(tag[1]) for tag, _ in seen.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1
        assert set(levels[1:]) == {2}
        assert len(seen.named("title")) == 1

    def test_tells_what_when_and_by_what(self, html: str) -> None:
        """Of the library its file's name, and no folder."""
        assert "Made 2026-01-02 03:04 UTC by mediamgr 1.2.3." in html


class TestAnswers:
    """A question's section."""

    def test_has_all_that_is_asked_for(self) -> None:
        """Title, parameters, what to look for, chart, table, how to ask again, SQL."""
        html = page(REPORTS[0], [shown(answer(rows("h264"), by="type"))], MADE)
        seen = Elements(html)
        (drawn,) = seen.named("svg")
        assert drawn["role"] == "img"
        assert str(drawn["aria-label"]).startswith("Chart: ")
        assert "mediamgr report storage --param by=type --format csv" in seen.text
        assert "lib.reports.storage(by='type')" in seen.text
        assert "with parameter as (" in seen.text
        assert [head["scope"] for head in seen.named("th")] == ["col"] * 3
        assert "<li><span>by</span> type</li>" in html
        assert "library" not in re.findall(r'<ul class="chips".*?</ul>', html)[0]

    def test_a_parameter_is_safe_in_a_shell(self) -> None:
        """The command is to be copied."""
        html = page(REPORTS[0], [shown(answer(rows("x"), library="a'; rm -rf /"))], MADE)
        assert """--param 'library=a'"'"'; rm -rf /' --format csv""" in Elements(html).text

    def test_nothing_is_said(self) -> None:
        """No empty table, no empty chart."""
        html = page(REPORTS[0], [shown(answer(rows()))], MADE)
        assert "Nothing: no rows answer this." in html
        assert not Elements(html).named("svg")

    def test_a_chart_that_fails_leaves_the_table(self) -> None:
        """And says why."""
        part = shown(answer(pl.DataFrame({"value": ["h264"]})))
        assert part.has_failed
        assert part.picture is None
        html = page(REPORTS[0], [part], MADE)
        assert "Its chart could not be drawn:" in html
        assert "<td>h264</td>" in html

    def test_rows_are_limited_and_counted(self) -> None:
        """200 of them, and how to have all."""
        html = page(REPORTS[0], [shown(answer(rows(*map(str, range(1234)))))], MADE)
        assert html.count("<tr>") == 201
        assert "the first 200 of 1,234 rows" in html
        assert "All 1,234 rows: <code>mediamgr report storage --format csv</code>" in html

    def test_the_index_marks_what_failed(self) -> None:
        """A report with its first chart, small, and how many of its questions failed."""
        failed = Shown(Answered(Asked(QUESTION, {}), None, "no"))
        links = [Link("All", "index.html")]
        html = index([(REPORTS[0], [failed, shown(answer(rows("a")))])], MADE, links)
        assert '<span class="failed">1 failed</span>' in html
        assert "<b>Failed:</b> 1 question" in html
        assert len(Elements(html).named("svg")) == 1
        good = Shown(answer(rows("a")))
        assert "ailed:" not in index([(REPORTS[0], [good])], MADE, links)


class TestCells:
    """How values read."""

    @pytest.mark.parametrize(
        ("column", "values", "told"),
        [
            ("size_bytes", [1_500_000_000, None], ["1.5 GB", "–"]),
            ("share", [0.1234], ["12.3%"]),
            ("duration_seconds", [5400.0], ["90 min"]),
            ("files", [12345], ["12,345"]),
            ("year", [1999], ["1999"]),
            ("hours", [5000.44, 0.5], ["5,000", "0"]),
            ("bits_per_pixel", [0.0447], ["0.0447"]),
            ("rating", [7.25, 8.0], ["7.25", "8.00"]),
            ("added", [date(2025, 3, 1)], ["2025-03-01"]),
            ("at", [datetime(2025, 3, 1, 20, 15)], ["2025-03-01 20:15"]),
            ("genres", [["Drama", None, "Noir"]], ["Drama, Noir"]),
            ("hdr", [True, False], ["yes", "no"]),
            ("facts", [{"codec": "h264", "width": None}], ["codec: h264"]),
        ],
    )
    def test_are_words(self, column: str, values: list[Any], told: list[str]) -> None:
        """By the column's name and type."""
        series = pl.Series(column, values)
        assert [reader(series)(value).text for value in series.to_list()] == told

    def test_a_size_has_its_bytes(self) -> None:
        """In the title, for who wants to know; and it sorts by them."""
        html = table(pl.DataFrame({"size_bytes": [1_500_000_001]}), "T", "t")
        assert '<td class="number" title="1,500,000,001 bytes" data-order="1500000001">1.5 GB</td>' in html

    def test_ids_are_for_programs(self) -> None:
        """Files have them."""
        frame = pl.DataFrame({"media_item_id": [1], "media_item_ids": [[1]], "gb_per_hour": [1.0], "size_bytes": [1]})
        assert readable(frame.select(shown_columns(frame, {}))).columns == ["GB per hour", "size"]
        assert heading("video_codec") == "video codec"

    def test_columns_that_say_nothing(self) -> None:
        """Null in each row, or what was asked for in each; of no rows all are left, and what varies stays."""
        frame = pl.DataFrame({"by": ["codec"] * 2, "library": [None] * 2, "value": ["h264", "av1"], "rows": [2, 3]})
        frame = frame.with_columns(property=pl.lit("codec"))
        asked = {"by": "codec", "library": None, "value": "h264", "rows": 2}
        assert shown_columns(frame, asked) == ["value", "rows"]
        assert shown_columns(frame, {}) == ["by", "value", "rows", "property"]
        assert shown_columns(frame.clear(), asked) == frame.columns
        assert telling(frame.select("by"), asked) == ["by"]

    def test_sizes_are_bytes(self) -> None:
        """Also those whose names do not end so."""
        assert reader(pl.Series("size_before", [1_500_000_000]))(1_500_000_000).text == "1.5 GB"


class TestPictures:
    """SVG from elsewhere."""

    @pytest.mark.parametrize(
        "inside",
        [
            "<script>alert(1)</script>",
            '<a href="javascript:alert(1)"><text>x</text></a>',
            '<rect onclick="alert(1)" width="1"/>',
            "<foreignObject><p>x</p></foreignObject>",
            '<image href="http://127.0.0.1/x.png"/>',
            "<style>@import url(http://127.0.0.1)</style>",
            '<rect style="fill: url(http://127.0.0.1)" fill="url(http://127.0.0.1/#x)"/>',
            '<use href="#x"/>',
        ],
    )
    def test_what_is_on_no_list_goes(self, inside: str) -> None:
        """Elements with all that is in them, attributes, references to elsewhere."""
        kept = inlined(DRAWN.format(f"<g>{inside}</g>"), "q", "L")
        assert re.sub(r"<rect( width=\"1\")? />", "", kept) in (
            '<svg width="125" viewBox="0 0 100 50" role="img" aria-label="L"><g /></svg>',
            '<svg width="125" viewBox="0 0 100 50" role="img" aria-label="L"><g></g></svg>',
        )

    def test_text_stays_text(self) -> None:
        """Escaped again as it was read."""
        kept = inlined(DRAWN.format("<text>&lt;/svg&gt;&lt;script&gt;&amp;</text>"), "q", EVIL)
        assert "<text>&lt;/svg&gt;&lt;script&gt;&amp;</text>" in kept
        assert "<script" not in kept

    def test_ids_are_their_own(self) -> None:
        """Two charts in a page do not take each other's clips."""
        kept = inlined(DRAWN.format('<clipPath id="c1"><path/></clipPath><g clip-path="url(#c1)"/>'), "q", "L")
        assert 'id="q-c1"' in kept
        assert 'clip-path="url(#q-c1)"' in kept

    @pytest.mark.parametrize(
        ("element", "classes"),
        [
            ('<text fill="#000">t</text>', "ink"),
            ('<text fill="gray">t</text>', "ink"),
            ('<text fill="#4c78a8">t</text>', None),
            ('<text fill="white">t</text>', None),
            ('<line stroke="#ddd"/>', "rule"),
            ('<line stroke="#888888"/>', "axis"),
            ('<path stroke="white" fill="#4c78a8"/>', "gap"),
        ],
    )
    def test_greys_follow_the_page(self, element: str, classes: str | None) -> None:
        """Colours stay."""
        found = re.search('class="(.*?)"', inlined(DRAWN.format(element), "q", "L"))
        assert (found[1] if found else None) == classes

    def test_no_entities(self) -> None:
        """A document that defines some is none of ours; nor is what is no XML."""
        evil = '<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWN.format("<text>&a;</text>")
        with pytest.raises(ValueError, match="DTD"):
            inlined(evil, "q", "L")
        with pytest.raises(ParseError):
            inlined("<svg>", "q", "L")


class TestDrawing:
    """Hostile words in a chart."""

    def test_letters_that_xml_does_not_have(self) -> None:
        """They end the process that draws them: another stands in their place."""
        frame = pl.DataFrame({"value": ["a\x1b\x00\uffffb", None], "of": [["c\x07"], None], "n": [1, 2]})
        clean, given = drawable(frame, {"library": "x\x08", "depth": 3})
        assert clean.rows() == [("a\ufffd\ufffd\ufffdb", ["c\ufffd"], 1), (None, None, 2)]
        assert given == {"library": "x\ufffd", "depth": 3}

    def test_every_hostile_word_is_drawn(self) -> None:
        """As text."""
        frame = answer(rows(*HOSTILE)).frame
        assert frame is not None
        drawn = inlined(svg(frame.chart()), "q", "L")
        assert "&lt;/title&gt;&lt;script&gt;alert(1)" in drawn
        assert "<script" not in drawn


class TestHeadlines:
    """The key figure of each report."""

    @pytest.mark.parametrize(
        ("report", "question", "rows", "told"),
        [
            ("storage", "storage", {"size_bytes": [10**12, 10**9], "files": [1000, 1]}, "1.0 TB in 1,001 files"),
            ("upgrades", "upgrades_by", {"reason": ["a", "b"], "lacking": [1, 1200], "items": [9, 9000]}, "B: 1,200 of 9,000 items"),
            ("duplicates", "duplicates_summary", {"certainty": ["certain", "doubtful"], "copies": [2, 9], "freed_bytes": [10**9, 1]}, "1.0 GB in 2 copies to spare"),
            ("missing_episodes", "missing_episodes_shows", {"missing": [2, 1, 0]}, "3 episodes missing in 2 shows"),
            ("health", "health_score", {"library": ["F" * 99], "score": [88.4]}, f"Lowest score 88 of 100: {'F' * 59}…"),
            ("people", "people", {"name": ["A", "B"], "role": ["actor", "writer"], "titles": [1, 2]}, "B, writer: 2 titles"),
            ("watching", "watching", {"plays": [1, 2000], "hours": [0.6, 3.0]}, "2,001 plays, 4 hours"),
            ("collection", "collection", {"name": ["1990s", None], "titles": [1, 3], "share": [0.25, 0.75]}, "Not known: 3 titles, 75%"),
            ("changes", "changes_summary", {"kind": ["added", "moved"], "things": [1000, 2]}, "1,000 added, 2 moved"),
        ],
    )  # fmt: skip
    def test_says(self, report: str, question: str, rows: dict[str, list[Any]], told: str) -> None:
        """Of rows whose figure is known; nothing of no rows."""
        frame = pl.DataFrame(rows)
        for answered, said in ((frame, told), (frame.clear(), None)):
            asked = Asked(Question(question, "", ""), {})
            part = Shown(Answered(asked, ReportFrame.of(answered, asked.question, {})))
            assert headline(report_named(report), [part]) == said

    def test_of_what_failed(self) -> None:
        """There is none."""
        assert headline(REPORTS[0], [Shown(Answered(Asked(QUESTION, {}), None, "x"))]) is None
