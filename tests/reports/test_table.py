"""A report's table without a page: what it shows, what it answers, what a notebook has of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

import polars as pl
import pytest

import mediamgr
from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, opened_by_item
from mediamgr.reports.table import ReportTable
from mediamgr.reports.table._columns import columns_of
from mediamgr.reports.table._opened import Opened, opened
from tests.builders import films, library_of
from tests.reports.libraries import HOSTILE

FILMS = pl.DataFrame(
    {
        "media_item_id": [1, 2, 3, 4],
        "item": ["beta", "Alpha", None, "Émile"],
        "year": [1999, None, 1980, 2020],
        "size_bytes": [2_500_000_000, 999, 0, None],
        "share": [0.5, 0.0001, None, 1.0],
        "gb_per_hour": [1234.567, 0.25, math.nan, -math.inf],
        "added_on": [date(2024, 1, 2), None, date(1999, 12, 31), date(2030, 1, 1)],
        "played_at": [datetime(2024, 1, 2, 3, 4, 5), None, None, None],
        "is_watched": [True, False, None, True],
        "genres": [["Drama", "Noir"], [], None, [None]],
        "facts": [{"a": 1}, {"a": None}, None, {"a": 3}],
    }
)


def table_of(frame: pl.DataFrame, **more: Any) -> ReportTable:
    """A table of rows that open items, without a browser."""
    return ReportTable(frame, "Rows", opened_by_item, **more)


class Page:
    """What stands in a page's place."""

    def __init__(self, table: ReportTable) -> None:
        self.table = table
        self.told: list[Any] = []
        table.send = self._hear  # type: ignore[method-assign]

    def say(self, kind: str, **fields: Any) -> None:
        """A message."""
        self.table._hear(None, {"type": kind, **fields}, None)

    def rows(self, start: int = 0, stop: int = 100) -> Any:
        """The rows that are answered."""
        self.say("rows", view="v", seq=7, revision=self.table.revision, start=start, stop=stop)
        return self.told.pop()["rows"]

    def ids(self) -> list[int]:
        """Numbers of the first rows that are shown."""
        return list(self.rows()["id"])

    def _hear(self, message: Any, buffers: Any = None) -> None:
        self.told.append(message)


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Ten films."""
    with library_of(tmp_path_factory.mktemp("films") / "l.duckdb", films()) as opened:
        yield opened


class TestCells:
    """What they say."""

    def test_values_are_for_people(self) -> None:
        """By kind; what is not known is null; sizes have their exact number beside them."""
        table = table_of(FILMS)
        rows = table.first_rows["rows"]
        assert [column["label"] for column in table.columns] == [
            "Item", "Year", "Size", "Share", "GB per hour", "Added on", "Played at", "Is watched", "Genres", "Facts",
        ]  # fmt: skip
        assert rows["texts"] == [
            ["beta", "1999", "2.5 GB", "50.0%", "1,234.6", "2024-01-02", "2024-01-02 03:04", "yes", "Drama, Noir", '{"a": 1}'],
            ["Alpha", None, "999 B", "< 0.1%", "0.2", None, None, "no", "", '{"a": null}'],
            [None, "1980", "0 B", None, "NaN", "1999-12-31", None, None, None, None],
            ["Émile", "2020", None, "100.0%", "-∞", "2030-01-01", None, "yes", "–", '{"a": 3}'],
        ]  # fmt: skip
        assert [line[2] for line in rows["exact"]] == ["2,500,000,000 bytes", "999 bytes", "0 bytes", None]

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ([1.0, 2.0], ["1", "2"]),
            ([4.625, 4.5, 4.0], ["4.625", "4.500", "4.000"]),
            ([12.125, 0.001], ["12.12", "0.001"]),
            ([1.0, 0.0001], ["1", "0.0001"]),
            ([123_456.78, 1.25], ["123,456.8", "1.2"]),
            ([1_000_000, 5], ["1,000,000", "5"]),
        ],
    )
    def test_numbers_of_a_column_are_alike(self, values: list[float], said: list[str]) -> None:
        """As many decimals in each row, fewer of large numbers."""
        rows = table_of(pl.DataFrame({"gb": values})).first_rows["rows"]
        assert [line[0] for line in rows["texts"]] == said

    def test_numbers_stand_at_the_right(self) -> None:
        """Text and the like do not, and takes the room that is left."""
        columns = {column["name"]: column for column in table_of(FILMS).columns}
        assert [name for name, column in columns.items() if column["right"]] == [
            "year",
            "size_bytes",
            "share",
            "gb_per_hour",
        ]
        assert [name for name, column in columns.items() if column["grows"]] == ["item", "genres", "facts"]
        assert not columns["facts"]["sorts"]

    def test_ids_are_shown_when_there_is_nothing_else(self) -> None:
        """Otherwise they are for programs."""
        assert [column.name for column in columns_of(FILMS.select("media_item_id"))] == ["media_item_id"]

    def test_what_is_long_is_cut(self) -> None:
        """In the page; the frame has it whole."""
        table = table_of(pl.DataFrame({"a": ["x" * 9_000]}))
        assert len(table.first_rows["rows"]["texts"][0][0]) == 400
        assert len(table.frame()["a"][0]) == 9_000

    @pytest.mark.parametrize(
        "frame",
        [
            pytest.param(pl.DataFrame(), id="no columns"),
            pytest.param(FILMS.clear(), id="no rows"),
            pytest.param(FILMS.head(1), id="one row"),
            pytest.param(pl.DataFrame({"a": [None, None], "b_bytes": pl.Series([None, None], dtype=pl.Int64)}), id="all null"),
            pytest.param(pl.DataFrame({word: [word] for word in HOSTILE}), id="hostile words"),
            pytest.param(pl.DataFrame({"^.*$": ["a"], "*": ["b"], "": ["c"], "place": [1], "key": [2]}), id="names that mean something"),
            pytest.param(pl.DataFrame({"b": [b"\x00\xff"], "l": [[b"a"]], "d": [["x"]], "t": pl.Series([5], dtype=pl.Duration)}), id="other kinds"),
            pytest.param(pl.DataFrame({"c": pl.Series(["a"], dtype=pl.Categorical), "u": pl.Series([1], dtype=pl.UInt64), "o": pl.Series([1], dtype=pl.Decimal(10, 2))}), id="kinds of numbers"),
        ],
    )  # fmt: skip
    def test_any_frame(self, frame: pl.DataFrame) -> None:
        """Is shown, sorted by each of its columns, filtered, and printed."""
        table = table_of(frame)
        page = Page(table)
        for column in table.columns:
            page.say("sort", by=column["name"], descending=True)
            assert sorted(page.ids()) == list(range(frame.height))
            assert table.sort == (column["name"] if column["sorts"] else table.sort)
        table.text = "zzz-nowhere"
        assert page.ids() == []
        data, _ = table._repr_mimebundle_() or ({}, {})
        assert "<script" not in data["text/html"]
        assert "\x1b" not in data["text/plain"]


class TestOrder:
    """Sorted and filtered by Polars."""

    @pytest.mark.parametrize(
        ("column", "rising", "falling"),
        [
            ("item", [1, 0, 3, 2], [3, 0, 1, 2]),
            ("year", [2, 0, 3, 1], [3, 0, 2, 1]),
            ("size_bytes", [2, 1, 0, 3], [0, 1, 2, 3]),
            ("gb_per_hour", [3, 1, 0, 2], [0, 1, 3, 2]),
            ("is_watched", [1, 0, 3, 2], [0, 3, 1, 2]),
            ("genres", [1, 3, 0, 2], [0, 1, 3, 2]),
        ],
    )
    def test_sorts(self, column: str, rising: list[int], falling: list[int]) -> None:
        """What is not known comes last either way, and rows that are alike keep their order."""
        page = Page(table_of(FILMS))
        page.say("sort", by=column, descending=False)
        assert page.ids() == rising
        page.say("sort", by=column, descending=True)
        assert page.ids() == falling

    @pytest.mark.parametrize(
        ("text", "rows"),
        [
            ("ALPHA", [1]),
            ("e", [0, 3]),
            ("émile 2020", [3]),
            ("noir drama", [0]),
            ("1980", [2]),
            ("2024-01", [0]),
            (".*", []),
            ("", [0, 1, 2, 3]),
            ("  ", [0, 1, 2, 3]),
        ],
    )
    def test_filters(self, text: str, rows: list[int]) -> None:
        """Every word is somewhere in the row, as it is written; sorted as before."""
        table = table_of(FILMS)
        page = Page(table)
        page.say("search", text=text)
        assert (page.ids(), table.total) == (rows, len(rows))
        page.say("sort", by="year", descending=False)
        assert sorted(page.ids()) == rows

    def test_from_python(self) -> None:
        """What the page can ask can be set; a column there is not is named."""
        table = table_of(FILMS)
        table.text, table.sort, table.descending = "e", "size_bytes", True
        assert table.frame()["item"].to_list() == ["beta", "Émile"]
        with pytest.raises(QueryError, match=r"cannot be sorted by 'nothing'; it can by item, year, size_bytes"):
            table.sort = "nothing"

    def test_rows_that_are_alike_keep_their_order(self) -> None:
        """However many."""
        table = table_of(pl.DataFrame({"kind": pl.int_range(90_000, eager=True) % 3}))
        table.sort, table.descending = "kind", True
        assert table._places.to_list() == [*range(2, 90_000, 3), *range(1, 90_000, 3), *range(0, 90_000, 3)]

    def test_a_million_rows(self) -> None:
        """The page is given those that are seen."""
        many = pl.DataFrame(
            {
                "item": pl.int_range(1_000_000, eager=True).cast(pl.String),
                "size_bytes": pl.int_range(1_000_000, eager=True),
            }
        )
        table = table_of(many)
        page = Page(table)
        assert len(table.first_rows["rows"]["id"]) == 100
        page.say("sort", by="size_bytes", descending=True)
        assert page.rows(500_000, 500_003)["id"] == [499_999, 499_998, 499_997]
        page.say("search", text="99999")
        assert table.total == 19
        assert len(page.rows(0, 1_000_000)["id"]) == 19
        table.text = ""
        assert len(page.rows(0, 1_000_000)["id"]) == 1_000
        page.say("select_range", revision=table.revision, start=0, stop=1_000_000)
        assert (len(table.selection), table.said) == (10_000, "The first 10,000 are selected.")


class TestMessages:
    """Of a page, whatever it sends."""

    def test_rows_of_before_are_not_sent(self) -> None:
        """Nor are ranges of before selected."""
        page = Page(table_of(FILMS))
        page.say("sort", by="year", descending=False)
        page.say("rows", revision=0, start=0, stop=2)
        page.say("select_range", revision=0, start=0, stop=2)
        assert (page.told, page.table.selection) == ([], [])

    @pytest.mark.parametrize(
        "message",
        [
            None, 5, [], {}, {"type": "rows"}, {"type": "rows", "revision": 0, "start": -1, "stop": 3}, {"type": "sort", "by": "x", "descending": True},
            {"type": "sort", "by": ["item"], "descending": True}, {"type": "search", "text": 7}, {"type": "select", "ids": "all"},
            {"type": "select", "ids": [-1, 4, "2", None, 2.5]}, {"type": "select_range", "revision": 0, "start": 9, "stop": 3}, {"type": "left"}, {"type": "select_range", "revision": 0, "start": 2**70, "stop": 2**71},
        ],
    )  # fmt: skip
    def test_that_are_none_do_no_harm(self, message: Any) -> None:
        """Nothing is changed, nothing is answered."""
        table = table_of(FILMS)
        page = Page(table)
        table._hear(None, message, None)
        table.set_state({"selection": [1], "text": "x"})
        assert (page.told, table.selection, table.sort, table.text, table.revision) == ([], [], None, "", 0)

    def test_rows_beyond_the_last_are_none(self) -> None:
        """However far."""
        page = Page(table_of(FILMS))
        assert [page.rows(*asked)["id"] for asked in ((3, 9), (4, 9), (2**70, 2**71), (2, 1))] == [[3], [], [], []]

    def test_a_long_text_is_cut(self) -> None:
        """Nobody types so much."""
        page = Page(table_of(FILMS))
        page.say("search", text="e " * 5_000)
        assert len(page.table.text) <= 500


class TestOpened:
    """What rows open together."""

    @pytest.mark.parametrize(
        ("queries", "query", "item", "said"),
        [
            ([], None, None, ""),
            ([None], None, None, "This row opens nothing."),
            ([None, {}], None, None, "These rows open nothing."),
            ([{"id": [7]}], {"id": [7]}, 7, ""),
            ([{"id": [7, 8]}], {"id": [7, 8]}, None, ""),
            ([{"id": [7]}, {"id": [8, 7]}], {"id": [7, 8]}, None, ""),
            ([{"id": [7]}, None, {"id": [8]}], {"id": [7, 8]}, None, "1 of 3 rows opens nothing."),
            ([{"video_codec": "h264"}, {"video_codec": "av1"}], {"video_codec": ["h264", "av1"]}, None, ""),
            ([{"decade": 1990, "watched": True}, {"decade": "1980s", "watched": True}], {"decade": [1990, "1980s"], "watched": True}, None, ""),
            ([{"year": 1990}, {"year": 1991}], {"year": 1991}, None, "These rows cannot be shown together: this is the last one."),
            ([{"id": [7]}, {"genre": "Drama"}], {"genre": "Drama"}, None, "These rows cannot be shown together: this is the last one."),
            ([{"genre": "Drama"}, {"id": [7]}], {"id": [7]}, 7, "These rows cannot be shown together: this is the last one."),
            ([{"genre": "a", "decade": 1990}, {"genre": "b", "decade": 1980}], {"genre": "b", "decade": 1980}, None, "These rows cannot be shown together: this is the last one."),
        ],
    )  # fmt: skip
    def test_together(self, queries: list[Any], query: Any, item: int | None, said: str) -> None:
        """Values of one filter are united, when it takes several."""
        assert opened(queries) == Opened(query, item, said)


class TestSelection:
    """In a library."""

    @pytest.fixture
    def table(self, lib: Library) -> Iterator[ReportTable]:
        """All films, sorted by year; the last row opens what Blade has, and one row opens nothing."""
        ids = lib.items.get_all(None, sort="year")
        rows = pl.DataFrame({"media_item_id": ids["id"], "item": ids["title"]})

        def opens(row: Mapping[str, Any]) -> dict[str, Any] | None:
            if row["item"] == "Amélie":
                return {"genre": "Sci-Fi"}
            return None if row["item"] == "8½" else opened_by_item(row)

        made = ReportFrame.of(rows, Question("q", "Films", "Look.", opens=opens), {}, lib.browse).table()
        yield made
        made.close()

    def test_opens_an_item_with_its_details(self, table: ReportTable, lib: Library) -> None:
        """At the first selection there is a browser, the same for all that follow."""
        page = Page(table)
        assert table.browser is None
        page.say("select", ids=[1])
        browser = table.browser
        item = lib.items.get(browser.selection[0])
        assert (browser.query, item.title) == ({"id": [item.id]}, "Don't Look Now")
        assert (browser.opened["id"], browser.opened["title"]) == (item.id, item.title)
        assert table.selected_frame()["item"].to_list() == ["Don't Look Now"]
        number = browser.opened["number"]
        page.say("select", ids=[1])
        assert browser.opened["number"] == number + 1
        table.selection = [2]
        assert table.browser is browser
        assert lib.items.get(browser.opened["id"]).title == "AC/DC: Let There Be Rock"

    def test_opens_several(self, table: ReportTable, lib: Library) -> None:
        """United, without the details of one."""
        page = Page(table)
        page.say("select", ids=[1])
        page.say("select_range", revision=0, start=1, stop=4)
        titles = table.selected_frame()["item"].to_list()
        assert table.browser.frame()["title"].sort().to_list() == sorted(titles)
        assert (len(titles), table.browser.opened, table.browser.selection) == (3, None, [])
        page.say("select_range", revision=0, start=2, stop=3, remove=True)
        page.say("select_range", revision=0, start=8, stop=9, add=True)
        assert table.selection == [1, 3, 8]
        page.say("select", ids=[])
        assert (table.selection, table.said) == ([], "")

    def test_opens_a_filter(self, table: ReportTable) -> None:
        """For rows about a group."""
        place = table.frame()["item"].to_list().index("Amélie")
        table.selection = [place]
        assert table.browser.query == {"genre": "Sci-Fi"}
        assert table.browser.opened is None

    def test_says_that_nothing_opens(self, table: ReportTable) -> None:
        """And makes no browser for it."""
        table.selection = [0]
        assert (table.browser, table.said) == (None, "This row opens nothing.")
        table.selection = [1]
        assert table.said == ""

    def test_says_what_is_wrong(self, lib: Library) -> None:
        """A click has nobody to raise to."""
        with mediamgr.open(lib.path) as closed:
            table = table_of(FILMS, browse=closed.browse)
        table.selection = [1]
        assert table.said.startswith("This library was closed; open it again")
        assert table.selection == [1]

    def test_rows_that_there_are(self, table: ReportTable) -> None:
        """Others are named."""
        with pytest.raises(QueryError, match=r"There is no row 10 in a table of 10; they count from 0\."):
            table.selection = [0, 10]

    def test_without_a_library(self) -> None:
        """Rows are selected and open nothing."""
        table = ReportFrame.of(FILMS, Question("q", "Films", "Look."), {}).table()
        table.selection = [3, 1]
        assert table.selected_frame()["item"].to_list() == ["Émile", "Alpha"]
        assert (table.browser, table.said) == (None, "")


class TestStatic:
    """Where no kernel runs."""

    def test_html_and_text(self) -> None:
        """The first twenty rows, escaped, the same each time."""
        frame = pl.DataFrame({"item": [f"<b>{number}</b> $x$\x1b" for number in range(30)], "size_bytes": [10**9] * 30})
        data, _ = table_of(frame)._repr_mimebundle_() or ({}, {})
        assert data["text/html"].startswith(
            '<div class="mathjax_ignore tex2jax_ignore"><p><strong>Rows</strong></p><table>'
        )
        assert data["text/html"].count("<tr>") == 21
        assert "<td>&lt;b&gt;0&lt;/b&gt; $x$\\x1b</td><td>1.0 GB</td>" in data["text/html"]
        assert data["text/html"].endswith(
            "<p>The first 20 of 30 rows; run the cell to sort, filter and open them.</p></div>"
        )
        again, _ = table_of(frame)._repr_mimebundle_() or ({}, {})
        assert (again["text/html"], again["text/plain"]) == (data["text/html"], data["text/plain"])

    def test_text(self) -> None:
        """Columns stand side by side."""
        assert repr(table_of(FILMS.select("item", "size_bytes").head(2))) == (
            "Rows\nItem     Size\nbeta   2.5 GB\nAlpha   999 B\n2 rows; run the cell to sort, filter and open them."
        )
        assert repr(table_of(FILMS.clear().select("item"))) == "Rows\nItem\nNo rows."
