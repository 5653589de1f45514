"""A notebook in the browser: running it, seeing when it has run, keeping a picture."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat

from tests.browser.lab_server import Lab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = [
    "COMPLAINTS",
    "LIMIT_MS",
    "all_have_run",
    "choose",
    "in_the_dark",
    "keep_picture",
    "notebook",
    "opened",
    "printed",
    "running",
    "start_all",
]

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


def notebook(path: Path, *cells: str) -> None:
    """A notebook of these cells, not yet run."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell.strip()) for cell in cells])
    made.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    nbformat.write(made, path)


def opened(browser: Browser, jupyter: Lab, name: str, *, prepare: Callable[[Page], None] = lambda page: None) -> Page:
    """A notebook in a window of its own; `prepare` is given the page before anything is in it."""
    page = browser.new_context(viewport={"width": 1000, "height": 800}).new_page()
    page.set_default_timeout(LIMIT_MS)
    prepare(page)
    page.goto(f"{jupyter.address}/lab/workspaces/{name}/tree/{name}.ipynb?token={jupyter.token}")
    return page


def choose(page: Page, bar: str, *names: str) -> None:
    """Choose from JupyterLab's menu."""
    page.get_by_role("menuitem", name=bar, exact=True).first.click()
    labels = page.locator(".lm-Menu-itemLabel")
    for name in names[:-1]:
        labels.get_by_text(name, exact=True).first.hover()
    labels.get_by_text(names[-1], exact=True).first.click()


@contextmanager
def in_the_dark(page: Page) -> Iterator[None]:
    """JupyterLab is dark while the body runs; all pages of one server share its theme, so it is light again then."""
    for theme, is_light in (("JupyterLab Dark", "false"), ("JupyterLab Light", "true")):
        choose(page, "Settings", "Theme", theme)
        page.locator(f"body[data-jp-theme-light={is_light}]").wait_for(state="attached")
        page.locator("#jupyterlab-splash").wait_for(state="detached")
        if is_light == "false":
            yield


def printed(page: Page) -> str:
    """All that cells of a notebook printed."""
    return "\n".join(page.locator(".jp-OutputArea-output pre").all_text_contents())


@contextmanager
def running(
    browser: Browser, jupyter: Lab, name: str, *cells: str, size: tuple[int, int] = (1500, 950)
) -> Iterator[Page]:
    """A new notebook of these cells in a window of its own, in which they begin to run; a picture is kept at the end."""
    notebook(jupyter.folder / f"{name}.ipynb", *cells)
    page = opened(browser, jupyter, name)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    try:
        start_all(page)
        yield page
    finally:
        keep_picture(page, name)
        page.context.close()
