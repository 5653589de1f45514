"""Claim: a random jump in ten million items is as fast as in ten thousand; docs/browsing.md gives the figures.

A real JupyterLab in a real Chromium: one cell shows the library; measured are the time from starting the cell to the
first rows painted, to the total and all facets, the time from a jump anywhere to its rows painted, what a page of 100
rows weighs on the socket, the nodes of the page and the memory of the kernel.

Run: make browsing (MEDIAMGR_BENCH_SIZES names sizes, see benchmarks/libraries.py)
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING, Any

import psutil
from playwright.sync_api import sync_playwright

from benchmarks.libraries import ALL_SIZES, demo_library
from tests.browser.conftest import FLAGS
from tests.browser.lab_server import Lab, running_lab
from tests.browser.pages import notebook, opened, start_all
from tests.parts import require_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).parents[1]
JUMPS = 60
ROOM = ".mediamgr-browser"
# as a hand that takes the scroll bar elsewhere; until every row that is seen has its title
_JUMP = """
async place => {
    const sheet = document.querySelector('.mediamgr-browser .mm-sheet');
    const began = performance.now();
    const before = sheet.querySelector('.mm-row[data-index]').dataset.index;
    sheet.scrollTop = place * (sheet.scrollHeight - sheet.clientHeight);
    for (;;) {
        await new Promise(requestAnimationFrame);
        const edge = sheet.getBoundingClientRect();
        const seen = [...sheet.querySelectorAll('.mm-row[data-index]')].filter(row => {
            const box = row.getBoundingClientRect();
            return !row.hidden && box.bottom > edge.top + 34 && box.top < edge.bottom;
        });
        const there = seen.length > 3 && seen.every(row => row.querySelector('.mm-title').textContent);
        if (there && !seen.some(row => row.classList.contains('mm-waiting') || row.dataset.index === before))
            return performance.now() - began;
        if (performance.now() - began > 30000) return null;
    }
}
"""


@dataclass(frozen=True, slots=True)
class Measured:
    """Of one library; times in seconds, those of jumps in milliseconds.

    Attributes:
        first: From starting the cell to the first rows.
        total: To the number of items.
        facets: To the last facet.
        jumps: Each of them.
        page_bytes: Of a message with 100 rows, the largest there was.
        nodes: In the widget, after all jumps.
        kernel_bytes: Resident, after all jumps.
    """

    first: float
    total: float
    facets: float
    jumps: list[float]
    page_bytes: int
    nodes: int
    kernel_bytes: int


def measure(browser: Browser, jupyter: Lab, library: Path) -> Measured:
    """One notebook on one library."""
    name = f"browse_{library.stem}"
    code = f"import mediamgr\nlib = mediamgr.open({str(library)!r})\nbrowser = lib.browse()\nbrowser"
    notebook(jupyter.folder / f"{name}.ipynb", "import mediamgr, mediamgr.browser", code)
    page = opened(browser, jupyter, name)
    page.set_viewport_size({"width": 1500, "height": 900})
    weights: list[int] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: weigh(frame, weights)))
    try:
        start_all(page)
        page.locator(".jp-Cell").nth(1).locator(".jp-InputPrompt").get_by_text("[*]").or_(
            page.locator(".jp-Cell").nth(1).locator(".jp-InputPrompt").get_by_text("[2]")
        ).wait_for()
        began = perf_counter()
        page.locator(f"{ROOM} .mm-row[data-index='5'] .mm-title").wait_for()
        first = perf_counter() - began
        page.locator(f"{ROOM} .mm-status").get_by_text(" items").first.wait_for()
        total = perf_counter() - began
        page.locator(f"{ROOM}").get_by_text("Audio language").wait_for(state="attached")
        facets = perf_counter() - began
        dice = random.Random(7)
        jumps = [page.evaluate(_JUMP, dice.random()) for _ in range(JUMPS)]
        assert all(jumps), "a jump did not end"
        nodes = page.evaluate(f"document.querySelectorAll('{ROOM} *').length")
        return Measured(first, total, facets, jumps, max(weights), nodes, kernel_bytes(page))
    finally:
        page.context.close()


def weigh(frame: Any, weights: list[int]) -> None:
    """Keep how large a frame with rows is."""
    content = frame.encode() if isinstance(frame, str) else frame
    if b'"type": "rows"' in content or b'"type":"rows"' in content:
        weights.append(len(content))


def kernel_bytes(page: Page) -> int:
    """Of the largest kernel, which is the one that browses."""
    kernels = [
        one for one in psutil.process_iter(["cmdline"]) if "ipykernel_launcher" in " ".join(one.info["cmdline"] or [])
    ]
    return max(one.memory_info().rss for one in kernels)


def write(measured: dict[int, Measured]) -> None:
    """The page."""
    lines = [
        "| items | first rows | total | all facets | jump, median | 95 of 100 | page of 100 | nodes | kernel |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for items, one in measured.items():
        slowest = sorted(one.jumps)[round(0.95 * (len(one.jumps) - 1))]
        lines.append(
            f"| {items:,} | {one.first:.2f} s | {one.total:.2f} s | {one.facets:.1f} s | {median(one.jumps):.0f} ms"
            f" | {slowest:.0f} ms | {one.page_bytes / 1000:.0f} KB | {one.nodes:,} | {one.kernel_bytes / 1e6:.0f} MB |"
        )
    smallest, largest = (median(measured[items].jumps) for items in (min(measured), max(measured)))
    text = f"""# What browsing costs

Written by `make browsing`; not to be edited. A real JupyterLab in a real Chromium, on the demo library, a kernel after
the other. Times of the first three columns begin with the cell; a jump takes the scroll bar to a random place, and ends
when every row that is seen is painted. In each jump are 80 ms in which the page waits for the hand to come to rest.

{chr(10).join(lines)}

A random jump in {max(measured):,} items takes {largest / smallest:.2f} times as long as in {min(measured):,}. Total and
facets come after the rows: they read whole columns, and are stopped when something else is asked for.
"""
    (ROOT / "docs" / "browsing.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    with TemporaryDirectory(prefix="mediamgr-browsing-") as place, sync_playwright() as playwright:
        (Path(place) / "notebooks").mkdir()
        chromium = require_program("chromium", "chromium", "chromium-browser", "google-chrome")
        found: dict[int, Measured] = {}
        for size in ALL_SIZES:
            library = demo_library(size)
            with (
                running_lab(Path(place) / "notebooks", Path(place) / "home") as lab,
                playwright.chromium.launch(executable_path=chromium, args=FLAGS) as chrome,
            ):
                found[size] = measure(chrome, lab, library)
                print(json.dumps({size: found[size].first}), flush=True)
        write(found)
