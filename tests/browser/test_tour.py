"""The tour as a person sees it: JupyterLab in a real browser, every cell run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mediamgr import library
from tests.browser.lab_server import Lab
from tests.browser.pages import COMPLAINTS, LIMIT_MS, all_have_run, keep_picture, start_all

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TITLES = "count(*) filter (media_type in ('movie', 'show')), count(*) filter (media_type = 'episode')"
CHART = "canvas, svg, img"


@pytest.fixture(scope="module")
def tour(jupyter: Lab, browser: Browser) -> Iterator[Tour]:
    """The page `mediamgr lab` opens, all its cells run."""
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.set_default_timeout(LIMIT_MS)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{jupyter.address}/?token={jupyter.token}")
    try:
        start_all(page)
        prompts = all_have_run(page)
        page.set_default_timeout(LIMIT_MS / 5)  # all that follows is there already
        yield Tour(page, asked, prompts)
    finally:
        keep_picture(page, "01_tour")
        page.close()


@dataclass(frozen=True, slots=True)
class Tour:
    """The tour in the browser, run; `asked` are the addresses the page asked for, `prompts` those of the cells."""

    page: Page
    asked: list[str]
    prompts: list[str]


def code_cells(notebook: Path) -> int:
    """How many cells of a notebook are run."""
    return sum(cell["cell_type"] == "code" for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"])


class TestTour:
    """01_tour.ipynb, as `mediamgr lab` opens it."""

    def test_is_what_opens(self, tour: Tour) -> None:
        """The address that is printed leads to the tour."""
        assert urlsplit(tour.page.url).path == "/lab/tree/01_tour.ipynb"

    def test_runs_from_top_to_bottom(self, jupyter: Lab, tour: Tour) -> None:
        """Every cell runs, one after the other, and none says anything but its result."""
        assert tour.page.locator(COMPLAINTS).all_text_contents() == []
        count = code_cells(jupyter.folder / "01_tour.ipynb")
        assert tour.prompts == [f"[{number}]:" for number in range(1, count + 1)]

    def test_shows_the_library(self, jupyter: Lab, tour: Tour) -> None:
        """The card of the library is there, and counts the titles and episodes that are in the file."""
        card = tour.page.locator(".jp-RenderedHTML", has_text="demo.duckdb").first
        card.scroll_into_view_if_needed()
        assert card.is_visible()
        cells = " ".join(card.locator("td").all_text_contents())
        counts = [
            sum(int(number.replace(",", "")) for number in re.findall(rf"([\d,]+) {noun}", cells))
            for noun in ("title", "episode")
        ]
        with library.open(jupyter.folder.parent / "demo.duckdb") as lib:
            assert tuple(counts) == lib.sql(f"select {TITLES} from media_item").row(0)

    def test_draws_a_chart(self, tour: Tour) -> None:
        """A chart is drawn in its size, not just announced."""
        chart = tour.page.locator(".jp-Notebook .jp-OutputArea-output").locator(CHART).first
        chart.scroll_into_view_if_needed()
        box = chart.bounding_box()
        assert box is not None
        assert (box["width"] > 300, box["height"] > 150) == (True, True)
        assert chart.evaluate("it => it.naturalWidth !== 0")
        keep_picture(tour.page, "01_tour_chart")

    def test_asks_nothing(self, tour: Tour) -> None:
        """No question about news, no word of updates, no other pop-up stands over the notebook."""
        assert tour.page.locator(".Toastify__toast, .jp-toastContainer, .jp-Dialog").all_text_contents() == []

    def test_stays_on_this_machine(self, jupyter: Lab, tour: Tour) -> None:
        """The page asks no other machine for anything."""
        assert [url for url in tour.asked if not url.startswith((jupyter.address, "data:", "blob:"))] == []

    def test_needs_the_token(self, jupyter: Lab) -> None:
        """Without the token the notebooks are refused."""
        assert jupyter.status_of("/api/contents") == 403
        assert jupyter.status_of("/api/contents", token=jupyter.token) == 200
