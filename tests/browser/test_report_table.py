"""A report's table in a cell, in a real JupyterLab in a real Chromium: a row that is selected opens below."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

import mediamgr
from tests.browser.lab_server import Lab
from tests.browser.pages import COMPLAINTS, LIMIT_MS, in_the_dark, keep_picture, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script> $x^2$"
CELL = f"""
import mediamgr, polars as pl
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question

lib = mediamgr.open()
items = lib.items.get_all(None, media_type="movie")
frame = pl.DataFrame({{
    "media_item_id": items["id"], "item": items["title"], "year": items["year"], "genres": items["genres"],
    "size_bytes": pl.int_range(len(items), eager=True) * 7_654_321, "share": pl.int_range(len(items), eager=True) / len(items),
    "gb_per_hour": pl.int_range(len(items), eager=True) % 97 / 8,
}})
odd = pl.DataFrame({{"media_item_id": [None, None], "item": [{EVIL!r}, None], "size_bytes": [10**15, None]}}, schema_overrides={{"media_item_id": pl.Int64}})
frame = pl.concat([frame, odd], how="diagonal_relaxed")
question = Question("films", "The largest films", "Look.")
table = ReportFrame.of(frame, question, {{}}, lib.browse).table(height=330)
table
"""


class Shown:
    """The table, as somebody uses it."""

    def __init__(self, page: Page, said: list[str]) -> None:
        self.page = page
        self.said = said
        self.root = page.locator(".mediamgr-table")
        self.sheet = self.root.get_by_role("grid", name="The largest films")
        self.browser = page.locator(".mmt-below .mediamgr-browser")

    def row(self, place: int) -> Locator:
        """A row that is seen."""
        return self.sheet.locator(f"[role=row][data-index='{place}']")

    def says(self, place: int, text: str) -> Locator:
        """Wait until the row has it."""
        row = self.row(place).filter(has_text=text)
        row.wait_for()
        return row

    def selected(self) -> list[str | None]:
        """Places of the rows that are seen to be selected."""
        rows = self.sheet.locator("[role=row][aria-selected=true]:not([hidden])")
        return sorted(str(each.get_attribute("data-index")) for each in rows.all())

    def shows_details_of(self, title: str) -> None:
        """Wait until the browser below does."""
        self.browser.locator(".mm-details h2").get_by_text(title, exact=True).wait_for()
        self.browser.locator(".mm-details .mm-facts").first.wait_for()

    def serious(self) -> list[tuple[str, list[object]]]:
        """(rule, where) of what keeps somebody out, as axe-core finds."""
        found = Axe().run(self.page, context=".mediamgr-table").response["violations"]
        return [(each["id"], [node["target"] for node in each["nodes"]]) for each in found if each["impact"] != "minor"]


@pytest.fixture(scope="module")
def titles(jupyter: Lab) -> list[str]:
    """Of the films, in the order of the frame."""
    with mediamgr.open(jupyter.folder.parent / "demo.duckdb") as lib:
        return list(lib.items.get_all(None, media_type="movie")["title"])


@pytest.fixture(scope="module")
def shown(jupyter: Lab, browser: Browser) -> Iterator[Shown]:
    """A notebook with the table in its one cell."""
    with running(browser, jupyter, "report_table", CELL, size=(1280, 1150)) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.locator(".mediamgr-table [role=row][data-index='3']").wait_for(timeout=LIMIT_MS)
        yield Shown(page, said)


def test_few_rows_of_many(shown: Shown, titles: list[str]) -> None:
    """Are in the page; no browser is; it says how many there are; nobody is kept out."""
    shown.says(0, titles[0])
    assert shown.sheet.locator("[role=row]").count() < 30
    assert shown.sheet.get_attribute("aria-rowcount") == f"{len(titles) + 3}"
    assert shown.root.locator(".mmt-count").inner_text() == f"{len(titles) + 2:,} rows"
    assert shown.browser.count() == 0
    assert shown.says(3, "%").get_by_text("23.0 MB").get_attribute("title") == "22,962,963 bytes"
    assert shown.serious() == []
    keep_picture(shown.page, "report-table")


def test_a_click_opens_an_item_below(shown: Shown, titles: list[str]) -> None:
    """With its details; the next click shows the next in the same browser."""
    shown.says(2, titles[2]).click()
    shown.shows_details_of(titles[2])
    assert shown.selected() == ["2"]
    assert shown.browser.locator("[role=row][data-index='0']").get_attribute("aria-selected") == "true"
    keep_picture(shown.page, "report-table-opened")
    shown.says(4, titles[4]).click()
    shown.shows_details_of(titles[4])
    assert shown.browser.count() == 1


def test_a_click_on_what_was_closed_opens_it_again(shown: Shown, titles: list[str]) -> None:
    """Though nothing else is selected."""
    shown.browser.get_by_role("button", name="Close the details").click()
    shown.row(4).click()
    shown.shows_details_of(titles[4])


def test_keys(shown: Shown, titles: list[str]) -> None:
    """Down and Enter open, Space and Shift select several; the notebook's own keys do nothing."""
    shown.sheet.focus()
    for key in ("Home", "ArrowDown", "Enter"):
        shown.page.keyboard.press(key)
    shown.shows_details_of(titles[1])
    assert shown.selected() == ["1"]
    shown.page.keyboard.press("Shift+ArrowDown")
    shown.page.wait_for_function("document.querySelectorAll('.mmt-line[aria-selected=true]:not([hidden])').length == 2")
    shown.browser.locator(".mm-count").get_by_text("2 items").wait_for()
    shown.browser.locator(".mm-details").wait_for(state="hidden")
    for key in ("ArrowDown", "ArrowDown", " "):
        shown.page.keyboard.press(key)
    shown.browser.locator(".mm-count").get_by_text("3 items").wait_for()
    assert shown.selected() == ["1", "2", "4"]
    assert shown.serious() == []
    for key in ("d", "d", "End"):
        shown.page.keyboard.press(key)
    shown.says(len(titles) + 1, "–")
    assert shown.page.locator(".jp-Notebook .jp-Cell").count() == 1
    shown.page.keyboard.press("PageUp")
    at = shown.sheet.evaluate("it => document.getElementById(it.getAttribute('aria-activedescendant')).dataset.index")
    assert 0 < int(at) < len(titles)
    shown.page.keyboard.press("Escape")
    shown.page.wait_for_function("document.querySelectorAll('.mmt-line[aria-selected=true]:not([hidden])').length == 0")


def test_a_header_sorts(shown: Shown, titles: list[str]) -> None:
    """The largest first, then the smallest; what is not known is last. Hostile text is text and opens nothing."""
    by_size = shown.sheet.get_by_role("columnheader", name="Size").get_by_role("button")
    by_size.click()
    shown.says(0, EVIL).click()
    shown.root.locator(".mmt-said").get_by_text("This row opens nothing.").wait_for()
    assert shown.row(0).locator("*").evaluate_all("all => all.every(one => one.matches('[role=gridcell]'))")
    assert shown.page.title() != "owned"
    keep_picture(shown.page, "report-table-sorted")
    by_size.click()
    shown.says(0, titles[0])
    assert shown.sheet.get_by_role("columnheader", name="Size").get_attribute("aria-sort") == "ascending"


def test_a_filter(shown: Shown, titles: list[str]) -> None:
    """Leaves rows with all its words; from it the keyboard goes on to them."""
    shown.root.get_by_role("searchbox", name="Filter rows").fill(titles[9].upper())
    shown.root.locator(".mmt-count").get_by_text(" of ").wait_for()
    shown.says(0, titles[9])
    for key in ("ArrowDown", "Enter"):
        shown.page.keyboard.press(key)
    shown.shows_details_of(titles[9])
    shown.root.get_by_role("searchbox").fill("zzz nowhere")
    shown.root.locator(".mmt-count").get_by_text("0 of ").wait_for()
    shown.root.get_by_role("searchbox").fill("")
    shown.says(0, titles[0])


def test_in_the_dark(shown: Shown, titles: list[str]) -> None:
    """Of JupyterLab's theme, and narrow; nothing serious there either, and nobody complained in all this time."""
    light = shown.root.evaluate("it => getComputedStyle(it).backgroundColor")
    shown.row(1).click()
    shown.shows_details_of(titles[1])
    with in_the_dark(shown.page):
        shown.page.wait_for_function(
            "light => getComputedStyle(document.querySelector('.mediamgr-table')).backgroundColor !== light", arg=light
        )
        keep_picture(shown.page, "report-table-dark")
        assert shown.serious() == []
        shown.page.set_viewport_size({"width": 720, "height": 1150})
        keep_picture(shown.page, "report-table-narrow")
    assert shown.page.locator(COMPLAINTS).all_text_contents() == []
    assert shown.said == []
