"""The tour as a person sees it: JupyterLab in a real browser, every cell run."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from mediamgr import lab, library
from tests.browser.lab_server import Lab, running_lab
from tests.parts import require_program

if TYPE_CHECKING:
    from playwright.sync_api import Page

LIMIT_MS = 300_000
# read now: a test's own settings leave out all of MEDIAMGR_…
SCREENSHOTS = os.environ.get("MEDIAMGR_SCREENSHOTS")
PROMPTS = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')].map(it => it.textContent)"
COMPLAINTS = "[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']"
TITLES = "count(*) filter (media_type in ('movie', 'show')), count(*) filter (media_type = 'episode')"
CHART = "canvas, svg, img"
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()


def require_module(name: str, remedy: str) -> None:
    """Fail under CI=true and skip elsewhere when the module is not installed."""
    if importlib.util.find_spec(name) is None:
        missing = f"{name} is not installed: {remedy}"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on the notebooks as copied, over a demo library of 10,000 items."""
    require_module("jupyterlab", "pip install 'mediamgr[lab]'")
    place = tmp_path_factory.mktemp("lab")
    lab.copy_notebooks(place / "notebooks")
    library.build_demo(place / "demo.duckdb").close()
    variables = {"MEDIAMGR_LIBRARY": str(place / "demo.duckdb"), "MEDIAMGR_CONFIG_DIR": str(place / "config")}
    with running_lab(place / "notebooks", place / "home", **variables) as running:
        yield running


@pytest.fixture(scope="module")
def tour(jupyter: Lab) -> Iterator[Tour]:
    """The page `mediamgr lab` opens, all its cells run."""
    require_module("playwright", "pip install 'mediamgr[test]'")
    chromium = require_program("chromium", "chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 1600})
        page.set_default_timeout(LIMIT_MS)  # a limit, not a wait: the machine may be slow
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{jupyter.address}/?token={jupyter.token}")
        try:
            prompts = run_all(page)
            page.set_default_timeout(LIMIT_MS / 5)  # all that follows is there already
            yield Tour(page, asked, prompts)
        finally:
            keep_picture(page, "01_tour")


@dataclass(frozen=True, slots=True)
class Tour:
    """The tour in the browser, run; `asked` are the addresses the page asked for, `prompts` those of the cells."""

    page: Page
    asked: list[str]
    prompts: list[str]


def run_all(page: Page) -> list[str]:
    """Run every cell when the kernel is there; give the prompts when no cell waits or runs any more."""
    # the notebook's own sign says idle before there is a kernel; the one below says so when it has answered
    page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(f"() => {{ const all = {PROMPTS}; return /\\d/.test(all[0]) && !all.join().includes('*') }}")
    prompts: list[str] = page.evaluate(PROMPTS)
    return prompts


def keep_picture(page: Page, name: str) -> None:
    """Write a picture of the page into the folder MEDIAMGR_SCREENSHOTS names, if it does."""
    if SCREENSHOTS:
        page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png")


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
