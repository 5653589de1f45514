"""The library alone in a page, as `mediamgr browse` opens it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import mediamgr
from mediamgr import lab
from tests.browser.lab_server import Lab, running_lab
from tests.browser.pages import LIMIT_MS, keep_picture

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Request


def test_shows_the_library_and_asks_nobody_else(jupyter: Lab, browser: Browser, tmp_path: Path) -> None:
    """No code, no cells; what the page would load from elsewhere is not asked for; without the token nothing is shown."""
    demo = jupyter.folder.parent / "demo.duckdb"
    start = lab.write_page(tmp_path)
    elsewhere: list[str | None] = []

    def notice(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1", "blob:", "data:")):
            elsewhere.append(request.failure)

    with running_lab(tmp_path, tmp_path / "home", start, MEDIAMGR_LIBRARY=str(demo)) as running:
        assert running.status_of("/api/contents") == 403
        page = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        page.set_default_timeout(LIMIT_MS)
        page.on("requestfailed", notice)
        try:
            page.goto(f"{running.address}{start}?token={running.token}")
            rows = page.locator(".mediamgr-browser [role=row][data-index='0'] .mm-title")
            with mediamgr.open(demo) as lib:
                first = lib.items.get_all(1)["title"].item()
            page.wait_for_function(
                "title => document.querySelector('.mediamgr-browser [role=row][data-index=\"0\"] .mm-title')"
                "?.textContent === title",
                arg=first,
            )
            assert rows.count() == 1
            assert page.get_by_text("import mediamgr").count() == 0
            assert set(elsewhere) <= {"csp"}
        finally:
            keep_picture(page, "alone")
            page.context.close()
