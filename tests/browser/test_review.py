"""Doubtful matches in a cell, in a real JupyterLab in a real Chromium."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.lab_server import Lab
from tests.browser.pages import COMPLAINTS, LIMIT_MS, in_the_dark, keep_picture, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

EVIL = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>"
MODULE = f"""
import json
import polars as pl
from pathlib import Path
from mediamgr.providers.review import COLUMNS, Review

same, off = "title the same", "year one later (1999 – 2000)"
films = [
    ("The Silent Garden", 1999, [
        ("The Silent Garden", 2000, 0.88, [same, off, "runtime 12 min shorter"], "https://example.org/1"),
        ("The Silent Gardener", 1999, 0.52, ["title 94 % alike (“The Silent Garden” – “The Silent Gardener”)", "year the same (1999)"], "https://example.org/2"),
        ("Silent Garden: The Return of the Hedgehog", 2004, 0.24, ["title the same but for a subtitle", "year 5 years later"], "javascript:alert(1)"),
    ]),
    ("Amélie et l'Orage", None, [("Amélie et l'Orage", 2001, 0.91, [same, "year unknown"], None), ("Amélie et l'Orage", 1974, 0.91, [same, "year unknown"], None)]),
    ({EVIL!r}, 1990, [({EVIL!r}, 1990, 0.8, [{EVIL!r}], {EVIL!r})]),
    ("夏の歌", 2006, [("Song of Summer", 2006, 0.66, ["title the same as “夏の歌”", "year the same (2006)", "runtime 19 min longer"], "https://example.org/3")]),
    ("A Film Whose Title Goes On and On, as Those of Festivals Do, until Nobody Remembers How It Began", 2019, [("A Film Whose Title Goes On and On", 2019, 0.71, ["one title is a part of the other"], None)]),
] + [(f"Film {{number}}", 1950, [(f"Film {{number}}", 1951, 0.7, [same], None)]) for number in range(40)]
rows = [
    (item, title, year, "movie", "tmdb", f"{{item}}{{place}}", *candidate)
    for item, (title, year, candidates) in enumerate(films, 1) for place, candidate in enumerate(candidates)
]
calls = []

def note(*call):
    if call[0] == "accept" and call[1] == 4:
        raise OSError("the disk is full")
    calls.append(call)
    Path("review.calls").write_text(json.dumps(calls))

review = Review(
    pl.DataFrame(rows, schema=dict(COLUMNS), orient="row"),
    lambda *call: note("accept", *call), lambda *call: note("reject", *call), lambda *call: note("undo", *call),
)
"""
CELL = "from doubtful_films import review\nreview"


class Shown:
    """The review, as somebody uses it."""

    def __init__(self, page: Page, jupyter: Lab, said: list[str]) -> None:
        self.page = page
        self.said = said
        self.root = page.locator(".mediamgr-review")
        self._calls = jupyter.folder / "review.calls"

    def item(self, index: int) -> Locator:
        """One of them."""
        return self.root.locator(f".mmr-item[data-index='{index}']")

    def is_now(self, index: int, status: str) -> None:
        """Wait until it is."""
        self.root.locator(f".mmr-item.mmr-is-{status}[data-index='{index}']").wait_for()

    def calls(self) -> list[list[object]]:
        """What was called back by now."""
        return list(json.loads(self._calls.read_text()))

    def focused(self) -> str | None:
        """Place of the item that has the focus, or holds what has."""
        found: str | None = self.page.evaluate("document.activeElement.closest('.mmr-item')?.dataset.index ?? null")
        return found


@pytest.fixture(scope="module")
def shown(jupyter: Lab, browser: Browser) -> Iterator[Shown]:
    """A notebook with the review in its one cell."""
    (jupyter.folder / "doubtful_films.py").write_text(MODULE, encoding="utf-8")
    with running(browser, jupyter, "review", CELL, size=(1280, 950)) as page:
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.locator(".mediamgr-review .mmr-item").first.wait_for(timeout=LIMIT_MS)
        yield Shown(page, jupyter, said)


def test_a_page_has_few_of_many(shown: Shown) -> None:
    """And its titles are text, its links https."""
    assert shown.root.locator(".mmr-item").count() == 25
    assert shown.root.locator("header").inner_text().split("\n")[0] == "45 to look at"
    assert shown.root.locator("img, script").count() == 0
    assert shown.page.title() != "owned"
    assert shown.item(2).locator(".mmr-title bdi").first.inner_text() == EVIL
    links = shown.root.locator("a").evaluate_all("all => all.map(one => one.href)")
    assert links == [f"https://example.org/{number}" for number in (1, 2, 3)]


def test_nothing_keeps_anybody_out(shown: Shown) -> None:
    """As axe-core finds."""
    found = Axe().run(shown.page, context=".mediamgr-review").response["violations"]
    assert [
        (each["id"], [node["target"] for node in each["nodes"]]) for each in found if each["impact"] != "minor"
    ] == []


def test_buttons(shown: Shown) -> None:
    """Accept one, none of another, and take the first back."""
    keep_picture(shown.page, "review-before")
    shown.item(0).get_by_role("button", name=re.compile(r"^Accept The Silent Gardener \(1999\),")).click()
    shown.is_now(0, "accepted")
    assert shown.focused() == "1"
    shown.item(1).get_by_role("button", name="None of these").click()
    shown.is_now(1, "rejected")
    keep_picture(shown.page, "review-decided")
    shown.item(0).get_by_role("button", name="Undo").click()
    shown.is_now(0, "open")
    assert shown.calls() == [["accept", 1, "tmdb", "11"], ["reject", 2, "tmdb", ["20", "21"]], ["undo", 1, "tmdb"]]


def test_keys(shown: Shown) -> None:
    """The same without a mouse; what the notebook does with these keys does not happen."""
    before = shown.calls()
    shown.item(0).focus()
    shown.page.keyboard.press("2")
    shown.is_now(0, "accepted")
    # the next that is open, for the second was decided
    assert shown.focused() == "2"
    shown.page.keyboard.press("n")
    shown.is_now(2, "rejected")
    assert shown.focused() == "3"
    shown.page.keyboard.press("ArrowUp")
    shown.page.keyboard.press("ArrowUp")
    assert shown.focused() == "1"
    shown.page.keyboard.press("u")
    shown.is_now(1, "open")
    shown.page.keyboard.press("l")
    shown.is_now(1, "later")
    assert shown.calls()[len(before) :] == [
        ["accept", 1, "tmdb", "11"], ["reject", 3, "tmdb", ["30"]], ["undo", 2, "tmdb"],
    ]  # fmt: skip
    shown.page.keyboard.press("PageDown")
    shown.is_now(25, "open")
    assert shown.root.locator(".mmr-item").count() == 20
    shown.page.keyboard.press("PageUp")
    shown.is_now(0, "accepted")
    assert shown.page.locator(".jp-Notebook .jp-Cell").count() == 1


def test_what_fails_is_said_in_its_row(shown: Shown) -> None:
    """Which is open still."""
    shown.item(3).get_by_role("button", name=re.compile("^Accept")).click()
    shown.item(3).get_by_role("alert").wait_for()
    assert shown.item(3).get_by_role("alert").inner_text() == "OSError: the disk is full"
    shown.is_now(3, "open")
    keep_picture(shown.page, "review-failed")


def test_in_the_dark(shown: Shown) -> None:
    """Of JupyterLab's theme; nothing serious there either, and nobody complained in all this time."""
    light = shown.root.evaluate("it => getComputedStyle(it).backgroundColor")
    with in_the_dark(shown.page):
        shown.page.wait_for_function(
            "light => getComputedStyle(document.querySelector('.mediamgr-review')).backgroundColor !== light", arg=light
        )
        keep_picture(shown.page, "review-dark")
        found = Axe().run(shown.page, context=".mediamgr-review").response["violations"]
        assert [each["id"] for each in found if each["impact"] != "minor"] == []
        shown.page.set_viewport_size({"width": 720, "height": 950})
        keep_picture(shown.page, "review-narrow")
        shown.page.set_viewport_size({"width": 1500, "height": 950})
    assert shown.page.locator(COMPLAINTS).all_text_contents() == []
    assert shown.said == []
