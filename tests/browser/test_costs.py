"""Below a cell in JupyterLab a line says what it cost; a click opens what happened, in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.lab_server import Lab
from tests.browser.pages import COMPLAINTS, all_have_run, in_the_dark, keep_picture, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CELLS = (
    "%load_ext mediamgr",
    "import mediamgr\nlib = mediamgr.open()",
    "lib.search('the desert').height",
    "%mediamgr timings full",
    "%%sql\nselect year, count(*) as films from media_item where title <> '$a$ <b>b</b>' group by year",
)


def test_a_click_opens_what_happened(browser: Browser, jupyter: Lab) -> None:
    """The statements with their text as it is, and the plan with its times; in the dark, too."""
    with running(browser, jupyter, "costs", *CELLS, size=(1200, 1600)) as page:
        all_have_run(page)
        lines = page.locator(".mediamgr-cost")
        assert lines.count() == 4
        found = lines.nth(1)
        assert not found.get_by_text("store.statement items/find_words").first.is_visible()
        found.locator("summary").first.click()
        found.get_by_text("store.statement items/find_words").first.click()
        found.locator("pre").filter(has_text="starts_with(w.word, $rarest)").first.wait_for()
        measured = lines.nth(3)
        measured.locator("summary").first.click()
        measured.get_by_text("store.statement sql").click()
        measured.get_by_text("SEQ_SCAN").wait_for()
        assert "title <> '$a$ <b>b</b>'" in (measured.locator("pre").first.text_content() or "")
        # nothing was taken for a formula
        assert page.locator("mjx-container").count() == 0
        assert page.locator(COMPLAINTS).count() == 0
        with in_the_dark(page):
            keep_picture(page, "costs_dark")
