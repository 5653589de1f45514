"""The library in a notebook cell, in a real JupyterLab in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import mediamgr
from mediamgr.library import Library
from tests.browser.lab_server import Lab
from tests.browser.pages import LIMIT_MS, keep_picture, notebook, opened, start_all

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
        for _ in range(600):
            rows = [(place, title) for place, title in self.painted() if place < len(titles)]
            right = all(title == titles[place] for place, title in rows)
            if rows and right and any(first <= place <= last for place, _ in rows):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"rows of {first} to {last} are not there: {self.painted()[:5]}")

    def state(self) -> str:
        """What is said of how many there are."""
        return self.root.locator(".mm-count").first.inner_text()


@pytest.fixture(scope="module")
def demo(jupyter: Lab) -> Iterator[Library]:
    """What the notebooks browse."""
    with mediamgr.open(jupyter.folder.parent / "demo.duckdb") as lib:
        yield lib


@pytest.fixture
def shown(jupyter: Lab, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Shown]:
    """A browser in a cell of a new notebook."""
    name = re.sub(r"\W+", "_", request.node.name)
    notebook(jupyter.folder / f"{name}.ipynb", CELL)
    page = opened(browser, jupyter, name)
    try:
        start_all(page)
        root = page.locator(".mediamgr-browser")
        root.wait_for(timeout=LIMIT_MS)
        yield Shown(page, root)
    finally:
        keep_picture(page, name)
        page.context.close()


def test_shows_the_first_rows(shown: Shown, demo: Library) -> None:
    """In the order of titles."""
    titles = demo.items.get_all(None)["title"].to_list()
    shown.wait_for_rows(titles, (0, 5))
