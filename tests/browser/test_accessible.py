"""What axe-core finds in the browser: nothing serious, in any of its looks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.lab_server import Lab
from tests.browser.pages import LIMIT_MS, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CELL = "import mediamgr\nmediamgr.browse(height=520)"


@pytest.fixture(scope="module")
def page(jupyter: Lab, browser: Browser) -> Iterator[Page]:
    """A notebook with the library in its one cell."""
    with running(browser, jupyter, "accessible", CELL) as page:
        page.locator(".mediamgr-browser [role=row][data-index='5']").wait_for(timeout=LIMIT_MS)
        page.locator(".mediamgr-browser input[type=checkbox]").first.wait_for()
        yield page


def serious(page: Page) -> list[tuple[str, list[Any]]]:
    """(rule, where) of what keeps somebody out or makes it hard."""
    found = Axe().run(page, context=".mediamgr-browser").response["violations"]
    return [
        (each["id"], [node["target"] for node in each["nodes"]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def test_the_list(page: Page) -> None:
    """With its facets."""
    assert serious(page) == []


def test_the_details_and_what_is_selected(page: Page) -> None:
    """A row that is chosen, its panel and the actions on it."""
    page.locator(".mediamgr-browser [role=row][data-index='2']").dblclick()
    page.locator(".mediamgr-browser .mm-details .mm-facts").first.wait_for()
    assert serious(page) == []
    # in the middle there is the button for details
    page.locator(".mediamgr-browser [role=row][data-index='4']").click(modifiers=["Shift"], position={"x": 20, "y": 10})
    page.locator(".mediamgr-browser").get_by_role("group", name="What is selected").wait_for()
    assert serious(page) == []


def test_the_wall(page: Page) -> None:
    """Of tiles."""
    page.locator(".mediamgr-browser").get_by_role("button", name="Wall").click()
    page.locator(".mediamgr-browser .mm-tile").first.wait_for()
    assert serious(page) == []


def test_finds_what_is_wrong(page: Page) -> None:
    """A button without a name is told."""
    page.locator(".mediamgr-browser").evaluate("it => it.append(document.createElement('button'))")
    assert [rule for rule, _ in serious(page)] == ["button-name"]
