"""A notebook in the browser: running it, seeing when it has run, keeping a picture."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["COMPLAINTS", "LIMIT_MS", "all_have_run", "keep_picture", "start_all"]

LIMIT_MS = 300_000
"""A limit, not a wait: the machine may be slow."""
COMPLAINTS = "[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']"
_PROMPTS = "[...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')].map(it => it.textContent)"
# read now: a test's own settings leave out all of MEDIAMGR_…
_SCREENSHOTS = os.environ.get("MEDIAMGR_SCREENSHOTS")


def start_all(page: Page) -> None:
    """Run every cell, when the kernel is there."""
    # the notebook's own sign says idle before there is a kernel; the one below says so when it has answered
    page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def all_have_run(page: Page) -> list[str]:
    """The prompts, when no cell waits or runs any more."""
    page.wait_for_function(
        f"() => {{ const all = {_PROMPTS}; return /\\d/.test(all[0]) && !all.join().includes('*') }}"
    )
    prompts: list[str] = page.evaluate(_PROMPTS)
    return prompts


def keep_picture(page: Page, name: str) -> None:
    """Write a picture of the page into the folder MEDIAMGR_SCREENSHOTS names, if it does."""
    if _SCREENSHOTS:
        page.screenshot(path=Path(_SCREENSHOTS) / f"{name}.png")
