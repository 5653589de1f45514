"""The report's panel in a real page: it takes the colours around it, fits, and keeps nobody out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.lab_server import Lab
from tests.browser.pages import COMPLAINTS, LIMIT_MS, keep_picture, printed, running
from tests.performance.made import report

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

THEMES = {"light": ("#ffffff", "#1b1b1b"), "dark": ("#111111", "#e6e6e6")}


CELL = """
from mediamgr.performance import performance_report
from mediamgr.library import latest
latest().search("desert")
print("printed:", performance_report())
performance_report()
"""


def shown(browser: Browser, theme: str, width: int) -> Page:
    """The panel, as a notebook of that theme and width has it."""
    back, front = THEMES[theme]
    page = browser.new_page(viewport={"width": width, "height": 800})
    style = f"margin: 0; padding: 8px; background: {back}; color: {front}"
    page.set_content(f"<!doctype html><body style='{style}'><main>{report()._repr_html_()}</main></body>")
    return page


@pytest.mark.parametrize("theme", THEMES)
def test_it_takes_the_colours_of_its_page(browser: Browser, theme: str) -> None:
    """All text can be read, light and dark, also what is folded."""
    page = shown(browser, theme, 1000)
    page.locator("summary").click()
    assert page.evaluate("getComputedStyle(document.querySelector('.mediamgr-report')).color") == page.evaluate(
        "getComputedStyle(document.body).color"
    )
    found = Axe().run(page, context=".mediamgr-report").response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
    page.close()


@pytest.mark.parametrize("width", [360, 520, 1000])
def test_it_fits_its_cell(browser: Browser, width: int) -> None:
    """However narrow; bars are to be seen, and as long as what they show."""
    page = shown(browser, "light", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bars = page.locator(".mediamgr-report [aria-hidden] > span")
    boxes = [box for box in (bars.nth(place).bounding_box() for place in range(3)) if box]
    longest, quarter, least = (box["width"] for box in boxes)
    assert longest > 25
    assert quarter == pytest.approx(longest / 4, abs=1)
    assert 0 < least < quarter
    page.close()


def test_a_cell_shows_it_once(jupyter: Lab, browser: Browser) -> None:
    """In JupyterLab: the panel where it is the last line, text where it is printed, and nothing else."""
    with running(browser, jupyter, "report", CELL) as page:
        page.locator(".mediamgr-report").wait_for(timeout=LIMIT_MS)
        assert page.locator(".jp-OutputArea-output").count() == 2
        assert page.locator(COMPLAINTS).count() == 0
        assert "printed: mediamgr " in printed(page)
        assert "store.statement items/find_word" in printed(page)
        assert "library on disk" in page.locator(".mediamgr-report").inner_text()
        keep_picture(page, "report")
