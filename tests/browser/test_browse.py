"""The library in a notebook cell, in a real JupyterLab in a real Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

import mediamgr
from mediamgr.library import Library
from mediamgr.store import Records
from tests.browser.lab_server import Lab
from tests.browser.pages import LIMIT_MS, choose, in_the_dark, keep_picture, running, start_all
from tests.builders import films

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CELL = "import mediamgr\nlib = mediamgr.open()\nbrowser = lib.browse(height=520)\nbrowser"
_PAINTED = """
sheet => [...sheet.querySelectorAll('[role=row][data-index]')]
    .filter(row => !row.hidden && row.getBoundingClientRect().height > 0)
    .map(row => [Number(row.dataset.index), row.querySelector('.mm-title')?.textContent ?? ''])
    .sort((a, b) => a[0] - b[0])
"""


class Shown:
    """A browser in a cell, as somebody uses it."""

    def __init__(self, page: Page, root: Locator) -> None:
        self.page = page
        self.root = root
        self.sheet = root.get_by_role("grid", name="Items")

    def painted(self) -> list[tuple[int, str]]:
        """(place, title) of the rows there are, from 0."""
        return [(place, title) for place, title in self.sheet.evaluate(_PAINTED)]

    def wait_for_rows(self, titles: list[str], among: tuple[int, int]) -> None:
        """Until the rows seen are those of the order, and one of these places is among them."""
        first, last = among

        def are_there() -> bool:
            rows = [(place, title) for place, title in self.painted() if place < len(titles)]
            right = all(title == titles[place] for place, title in rows)
            return bool(rows) and right and any(first <= place <= last for place, _ in rows)

        self.wait_until(are_there, lambda: f"rows of {first} to {last} are not there: {self.painted()[:5]}")

    def wait_until(self, so: Callable[[], object], wrong: Callable[[], str] = lambda: "it is not so") -> None:
        """Until it is so; `wrong` says what is wrong when it is not after a minute."""
        for _ in range(600):
            if so():
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(wrong())

    def state(self) -> str:
        """What is said of how many there are."""
        return self.root.locator(".mm-status").inner_text()

    @property
    def search(self) -> Locator:
        """Where one types what to find."""
        return self.root.get_by_role("searchbox").first

    def row(self, place: int) -> Locator:
        """A row that is seen."""
        return self.sheet.locator(f"[role=row][data-index='{place}']")

    def active_place(self) -> int:
        """Of the row that keys are about."""
        return int(
            self.sheet.evaluate(
                "it => document.getElementById(it.getAttribute('aria-activedescendant'))?.dataset.index ?? -1"
            )
        )

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)

    def drag_to(self, share: float) -> None:
        """The scroll bar, to a share of its way, in some steps as a hand does."""
        self.sheet.evaluate(
            "async (it, share) => { const from = it.scrollTop, to = share * (it.scrollHeight - it.clientHeight);"
            " for (let step = 1; step <= 10; step += 1) { it.scrollTop = from + (to - from) * step / 10;"
            " await new Promise(requestAnimationFrame); } }",
            share,
        )

    def python(self, code: str, *, show: bool = False) -> str:
        """Run code in the kernel of the notebook as its last cell, and give what it prints."""
        cells = self.page.locator(".jp-Notebook .jp-CodeCell")
        if cells.count() == 1:
            self.page.locator(
                ".jp-Toolbar [data-command='notebook:insert-cell-below'], .jp-ToolbarButtonComponent[title^='Insert a cell below']"
            ).first.click()
            self.wait_until(lambda: cells.count() == 2)
        last = cells.nth(1)
        last.locator(".cm-content").click()
        self.press("Control+a")
        self.page.keyboard.insert_text(code)
        before = last.locator(".jp-InputPrompt").inner_text()
        self.press("Control+Enter")
        self.wait_until(
            lambda: (
                re.search(r"\d", last.locator(".jp-InputPrompt").inner_text())
                and last.locator(".jp-InputPrompt").inner_text() != before
            )
        )
        return "" if show else "\n".join(last.locator(".jp-OutputArea-output pre").all_text_contents())

    def value(self, expression: str) -> Any:
        """The value of an expression in the kernel."""
        return json.loads(self.python(f"import json\nprint(json.dumps({expression}))"))

    def start_over(self) -> None:
        """Everything, from the top, nothing selected, no details."""
        self.python("browser.query, browser.selection, browser.view = {}, [], 'list'\nbrowser.refresh()")
        self.sheet.focus()
        self.press("Escape")
        self.press("Escape")
        self.press("Home")


@pytest.fixture(scope="module")
def demo(jupyter: Lab) -> Iterator[Library]:
    """What the notebooks browse."""
    with mediamgr.open(jupyter.folder.parent / "demo.duckdb") as lib:
        yield lib


@pytest.fixture(scope="module")
def titles(demo: Library) -> list[str]:
    """All, in the order of titles."""
    return demo.items.get_all(None)["title"].to_list()


@pytest.fixture(scope="module")
def opened_page(jupyter: Lab, browser: Browser) -> Iterator[Page]:
    """A notebook with the library in its one cell, run."""
    with running(browser, jupyter, "browse", CELL) as page:
        page.locator(".mediamgr-browser").wait_for(timeout=LIMIT_MS)
        yield page


@pytest.fixture
def shown(opened_page: Page, titles: list[str], request: pytest.FixtureRequest) -> Iterator[Shown]:
    """It as it was at first: everything, from the top, nothing selected."""
    shown = Shown(opened_page, opened_page.locator(".mediamgr-browser").first)
    try:
        yield shown
    finally:
        keep_picture(opened_page, f"browse_{request.node.name}")
        shown.start_over()
        shown.wait_for_rows(titles, (0, 5))


class TestScrolling:
    """To any place."""

    def test_begins_with_the_first_rows(self, shown: Shown, titles: list[str]) -> None:
        """And says how many there are."""
        shown.wait_for_rows(titles, (0, 5))
        assert shown.sheet.get_attribute("aria-rowcount") == "10001"
        shown.wait_until(lambda: shown.state().startswith("10,000 items"))

    def test_by_wheel(self, shown: Shown, titles: list[str]) -> None:
        """A little and a lot; as many rows in the page as before."""
        before = shown.sheet.locator("[role=row]").count()
        shown.sheet.hover()
        for _ in range(10):
            shown.page.mouse.wheel(0, 340)
        shown.wait_for_rows(titles, (100, 115))
        for _ in range(30):
            shown.page.mouse.wheel(0, 3_000)
        shown.wait_for_rows(titles, (2_600, 2_900))
        assert shown.sheet.locator("[role=row]").count() <= before + 2

    @pytest.mark.parametrize(("share", "place"), [(0.5, 5_000), (1.0, 9_999), (0.25, 2_500)])
    def test_by_the_scroll_bar(self, shown: Shown, titles: list[str], share: float, place: int) -> None:
        """To the middle and the end; the bubble says where one is."""
        shown.drag_to(share)
        shown.root.locator(".mm-bubble").wait_for()
        shown.wait_for_rows(titles, (place - 12, place + 12))
        if share == 1.0:
            assert shown.painted()[-1] == (9_999, titles[-1])

    def test_by_keys(self, shown: Shown, titles: list[str]) -> None:
        """End, Home, a page, a letter; the focus stays."""
        shown.sheet.focus()
        shown.press("End")
        shown.wait_for_rows(titles, (9_990, 9_999))
        shown.press("Home")
        shown.wait_for_rows(titles, (0, 5))
        shown.press("PageDown")
        shown.press("PageDown")
        shown.wait_for_rows(titles, (15, 40))
        shown.press("m")
        first = next(place for place, title in enumerate(titles) if title.upper().startswith("M"))
        shown.wait_for_rows(titles, (first - 12, first + 12))
        shown.wait_until(lambda: shown.active_place() == first)
        assert shown.sheet.evaluate("it => document.activeElement === it")

    def test_a_wall_is_the_same_items(self, shown: Shown, titles: list[str]) -> None:
        """With tiles where there are no posters."""
        shown.root.get_by_role("button", name="Wall").click()
        shown.root.locator(".mm-sheet-wall .mm-tile").first.wait_for()
        assert shown.root.locator(".mm-sheet-wall .mm-caption").first.inner_text().startswith(titles[0])
        shown.root.get_by_role("button", name="List").click()


class TestFinding:
    """Search, facets, sorts."""

    def test_as_one_types(self, shown: Shown, demo: Library) -> None:
        """What matches, best first, and the facets of it."""
        shown.search.press_sequentially("desert", delay=30)
        found = demo.search("desert", limit=None)["title"].to_list()
        shown.wait_for_rows(found, (0, 3))
        shown.wait_until(lambda: shown.state().startswith(f"{len(found)} items"))
        assert shown.value("browser.query") == {"query": "desert"}
        assert shown.value("browser.frame()['title'].to_list()") == found

    def test_a_facet_narrows_and_a_chip_takes_it_back(self, shown: Shown, demo: Library, titles: list[str]) -> None:
        """The counts are those of the library."""
        count = demo.items.count_all(genre="Thriller")
        shown.root.get_by_role("checkbox", name=re.compile("^Thriller")).check()
        shown.wait_until(lambda: shown.state().startswith(f"{count:,} items"))
        shown.wait_for_rows(demo.items.get_all(None, genre="Thriller")["title"].to_list(), (0, 5))
        shown.root.get_by_role("button", name=re.compile("Remove filter Genre: Thriller")).click()
        shown.wait_for_rows(titles, (0, 5))
        shown.wait_until(lambda: shown.state().startswith("10,000 items"))

    def test_filters_of_very_many_are_not_counted(self, shown: Shown) -> None:
        """It says so; those of fewer are there again."""
        shown.python("import mediamgr.browser._browser as parts\nmost, parts._MOST_COUNTED = parts._MOST_COUNTED, 5")
        shown.search.fill("the")
        shown.root.locator(".mm-facets").get_by_text("Too many match").wait_for()
        shown.python("parts._MOST_COUNTED = most")
        shown.search.fill("desert")
        shown.root.get_by_role("group", name="Decade").wait_for()
        assert shown.root.locator(".mm-facets").get_by_text("Too many match").count() == 0

    def test_columns_sort(self, shown: Shown, demo: Library) -> None:
        """Both ways."""
        by_year = {
            way: demo.items.get_all(None, sort="year", descending=way)["title"].to_list() for way in (True, False)
        }
        header = shown.root.get_by_role("columnheader", name="Year")
        header.get_by_role("button").click()
        shown.wait_for_rows(by_year[True], (0, 5))
        assert header.get_attribute("aria-sort") == "descending"
        header.get_by_role("button").click()
        shown.wait_for_rows(by_year[False], (0, 5))

    def test_nothing_matches(self, shown: Shown, titles: list[str]) -> None:
        """It says so, and how to go on."""
        shown.search.fill("zzzz qqqq xxxx")
        empty = shown.root.locator(".mm-empty")
        empty.get_by_text("Nothing matches").wait_for()
        empty.get_by_role("button", name=re.compile("Clear", re.IGNORECASE)).first.click()
        shown.wait_for_rows(titles, (0, 5))


class TestUsing:
    """Selecting, details, changing."""

    def test_what_is_selected_is_a_value(self, shown: Shown, demo: Library) -> None:
        """By mouse and by keys."""
        ids = demo.items.get_all(10)["id"].to_list()
        shown.row(2).click()
        shown.row(5).click(modifiers=["Shift"])
        shown.wait_until(lambda: shown.value("browser.selection") == ids[2:6])
        shown.row(3).click(modifiers=["Control"])
        shown.wait_until(lambda: shown.value("browser.selection") == [ids[2], ids[4], ids[5]])
        assert shown.value("browser.selected_frame()['id'].to_list()") == [ids[2], ids[4], ids[5]]

    def test_details_and_an_edit_that_is_taken_back(self, shown: Shown, demo: Library) -> None:
        """Without the mouse; the library has it at once."""
        chosen, title = demo.items.get_all(1, media_type="movie").select("id", "title").row(0)
        shown.python(f"browser.query = {{'id': {chosen}}}")
        shown.wait_for_rows([title], (0, 0))
        shown.sheet.focus()
        shown.press("ArrowDown")
        shown.press("Enter")
        details = shown.root.locator(".mm-details")
        details.get_by_text(title).first.wait_for()
        before = demo.items.get(chosen).user_rating
        details.locator("select.mm-rate").select_option("9")
        shown.wait_until(lambda: demo.items.get(chosen).user_rating == 9)
        shown.root.get_by_role("button", name=re.compile("Undo")).click()
        shown.wait_until(lambda: demo.items.get(chosen).user_rating == before)

    def test_a_person_becomes_the_list(self, shown: Shown, demo: Library) -> None:
        """Their filmography, by a click in the cast."""
        film = demo.sql(
            "select i.id, i.title from media_item i join credit c on c.media_item_id = i.id"
            " where i.media_type = 'movie' and c.department = 'cast' group by all having count(*) > 4 order by i.id limit 1"
        ).row(0)
        shown.python(f"browser.query = {{'id': {film[0]}}}")
        shown.wait_for_rows([film[1]], (0, 0))
        shown.row(0).dblclick()
        shown.root.locator(".mm-details .mm-person").first.click()
        shown.wait_until(lambda: "person_id" in shown.value("browser.query"))
        person = shown.value("browser.query")["person_id"]
        works = demo.items.get_all(None, person_id=person, sort="year", descending=True)["title"].to_list()
        shown.wait_for_rows(works, (0, 0))

    def test_keys_do_not_reach_the_notebook(self, shown: Shown) -> None:
        """Those of its command mode would cut cells and add others."""
        cells = shown.page.locator(".jp-Notebook .jp-Cell").count()
        shown.sheet.focus()
        for key in "abxdd":
            shown.press(key)
        shown.search.click()
        shown.search.press_sequentially("abxdd")
        shown.wait_until(lambda: shown.value("browser.query") == {"query": "abxdd"})
        assert shown.page.locator(".jp-Notebook .jp-Cell").count() == cells

    def test_what_the_notebook_sets_is_shown(self, shown: Shown, demo: Library) -> None:
        """A query as a value."""
        shown.python("browser.query = {'genre': 'Drama', 'sort': 'rating', 'descending': True}")
        expected = demo.items.get_all(None, genre="Drama", sort="rating", descending=True)["title"].to_list()
        shown.wait_for_rows(expected, (0, 5))
        shown.root.get_by_role("button", name=re.compile("Remove filter Genre: Drama")).wait_for()


class TestLooks:
    """Themes, sizes, two at once, another kernel."""

    def test_in_the_dark(self, shown: Shown, titles: list[str]) -> None:
        """With the theme of JupyterLab."""
        shown.row(1).dblclick()
        shown.root.locator(".mm-details").wait_for()
        light = shown.root.evaluate("it => getComputedStyle(it).backgroundColor")
        with in_the_dark(shown.page):
            shown.wait_until(lambda: shown.root.evaluate("it => getComputedStyle(it).backgroundColor") != light)
            keep_picture(shown.page, "browse_dark")
        shown.wait_for_rows(titles, (0, 5))

    def test_in_a_narrow_window(self, shown: Shown, titles: list[str]) -> None:
        """Nothing sticks out, and the titles are there."""
        shown.page.set_viewport_size({"width": 760, "height": 900})
        shown.wait_for_rows(titles, (0, 5))
        shown.wait_until(lambda: shown.root.evaluate("it => it.scrollWidth <= it.clientWidth + 1"))
        keep_picture(shown.page, "browse_narrow")
        shown.page.set_viewport_size({"width": 1500, "height": 950})

    def test_two_of_one_widget_scroll_apart(self, shown: Shown, titles: list[str]) -> None:
        """And share what is asked for."""
        shown.python("browser", show=True)
        roots = shown.page.locator(".mediamgr-browser")
        shown.wait_until(lambda: roots.count() == 2)
        second = Shown(shown.page, roots.nth(1))
        second.wait_for_rows(titles, (0, 5))
        second.sheet.focus()
        second.press("End")
        second.wait_for_rows(titles, (9_990, 9_999))
        assert shown.painted()[0] == (0, titles[0])
        shown.search.fill("desert")
        shown.wait_until(lambda: second.state() == shown.state() != "" and "10,000" not in second.state())
        shown.python("pass")


def test_two_stand_side_by_side(jupyter: Lab, browser: Browser, titles: list[str]) -> None:
    """In a row of widgets they share the width; one that is corrected says what it was."""
    code = (
        "import mediamgr, ipywidgets\nlib = mediamgr.open()\nipywidgets.HBox([lib.browse(), lib.browse(sort='title')])"
    )
    with running(browser, jupyter, "beside", code, size=(1700, 900)) as page:
        roots = page.locator(".mediamgr-browser")
        for number in range(2):
            shown = Shown(page, roots.nth(number))
            shown.wait_for_rows(titles, (0, 5))
            box = shown.root.bounding_box()
            assert box
            assert box["width"] > 500


def test_a_cell_run_again_leaves_nothing_behind(jupyter: Lab, browser: Browser, titles: list[str]) -> None:
    """What it showed before lets go of the library, though ipywidgets keeps it for as long as the kernel lives."""
    code = "import mediamgr\nlib = mediamgr.open()\nmade = [*globals().get('made', []), lib.browse()]\nmade[-1]"
    with running(browser, jupyter, "again", code) as page:
        shown = Shown(page, page.locator(".mediamgr-browser").first)
        shown.wait_for_rows(titles, (0, 5))
        assert shown.value("[each.model.is_resting for each in made]") == [False]
        page.locator(".jp-Notebook .jp-CodeCell").first.locator(".cm-content").click()
        shown.press("Control+Enter")
        shown.wait_until(lambda: shown.value("[each.model.is_resting for each in made]") == [True, False])
        shown.wait_for_rows(titles, (0, 5))


def test_after_the_kernel_was_restarted(jupyter: Lab, browser: Browser, demo: Library, titles: list[str]) -> None:
    """The old one does no harm, the cell run again shows the library."""
    with running(browser, jupyter, "restart", CELL) as page:
        shown = Shown(page, page.locator(".mediamgr-browser").first)
        shown.wait_for_rows(titles, (0, 5))
        choose(shown.page, "Kernel", "Restart Kernel…")
        page.get_by_role("button", name="Confirm Kernel Restart").click()
        page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        shown.sheet.hover()
        page.mouse.wheel(0, 20_000)
        start_all(page)
        shown.wait_for_rows(titles, (0, 5))


def test_a_name_that_means_harm_is_text(jupyter: Lab, browser: Browser) -> None:
    """Titles, paths and people that are HTML."""
    evil = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
    with mediamgr.open(jupyter.folder / "evil.duckdb", create=True) as lib:
        records = films()
        items = records.frames["media_item"].with_columns(title=pl.lit(evil), plot=pl.lit(evil), tagline=pl.lit(evil))
        people = records.frames["person"].with_columns(name=pl.lit(evil))
        lib.load(Records("<b>Films</b>", {**records.frames, "media_item": items, "person": people}, source="test"))
    with running(browser, jupyter, "evil", CELL.replace("open()", "open('evil.duckdb')"), size=(1000, 800)) as page:
        shown = Shown(page, page.locator(".mediamgr-browser").first)
        shown.wait_for_rows([evil] * 10, (0, 5))
        assert shown.sheet.locator(".mm-row:visible").count() == 10
        shown.row(0).dblclick()
        shown.root.locator(".mm-details").get_by_text("onerror").first.wait_for()
        assert shown.root.locator("img[src=x], script").count() == 0
        assert page.title() != "owned"
