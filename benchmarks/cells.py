"""What a table in a notebook's cell costs, measured by the page itself: a real JupyterLab in a real Chromium.

A table says how its rows are read from the page and how it is scrolled; what is measured, and how, is the same for all.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil
from playwright.sync_api import TimeoutError, sync_playwright

from tests.browser.conftest import FLAGS
from tests.browser.lab_server import Lab, running_lab
from tests.browser.pages import notebook, opened
from tests.parts import require_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, WebSocket

__all__ = ["JUMPS", "LIMIT_SECONDS", "Cost", "Table", "chromium_at", "measure"]

JUMPS = 60
LIMIT_SECONDS = 180
_LOST_SECONDS = 10
_TOLD = "first rows painted after "
_ENOUGH = 4  # rows painted that show a table is there, however low it is

# what tables say with: rows that are seen in a box below its head, and a number however it is written
_SAYING = """
const inSight = (rows, box, head) => rows.filter(row => {
    const it = row.getBoundingClientRect(), edge = box.getBoundingClientRect();
    return it.bottom > edge.top + head && it.top < edge.bottom;
});
const number = text => Number(text.replaceAll(',', ''));
"""
# t0 is the key that runs the cell; frames are counted as they are painted, not as Python hears of them
_WATCH = """
(() => {
    const waiting = async (limit, isThere) => {
        const began = performance.now();
        for (;;) {
            await new Promise(requestAnimationFrame);
            const found = isThere();
            if (found) return found;
            if (performance.now() - began > limit) return null;
        }
    };
    const bench = (window.__bench = { rows: () => ROWS, jump: JUMP });
    let ran;
    document.addEventListener('keydown', event => {
        if (event.key !== 'Enter' || !event.shiftKey) return;
        // the cell before is run in the same way, and shows nothing
        const isFirst = ran === undefined;
        ran = performance.now();
        if (!isFirst) return;
        waiting(Infinity, () => {
            let rows = [];
            try { rows = bench.rows(); } catch { /* it is not there yet */ }
            return rows.length >= ENOUGH && rows.every(row => row[1]) && performance.now() - ran;
        }).then(took => console.info(`TOLD${took}`));
    }, true);
    bench.go = async place => {
        const before = bench.rows()[0]?.[0];
        const began = performance.now();
        await bench.jump(place);
        const took = await waiting(LOST, () => {
            const rows = bench.rows();
            const isThere = rows.length >= ENOUGH && rows.every(row => row[1] && row[0] !== before);
            return isThere && performance.now() - began;
        });
        return [took, bench.rows()];
    };
})();
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a cell.

    Attributes:
        name: What readers know it by.
        prepare: The cell before, which is not measured.
        show: The cell that is.
        rows: JavaScript: [place, title] of each row that can be seen, the title empty as long as it is not painted.
        jump: JavaScript: a function that scrolls to a part of the whole, 0 to 1; None when it cannot be done.
        cannot: What it cannot do, and why.
        setup: JavaScript that the page runs before all else.
        cuts: Whether it shows long titles in part.
    """

    name: str
    prepare: str
    show: str
    rows: str
    jump: str | None
    cannot: str = ""
    setup: str = ""
    cuts: bool = False


@dataclass(slots=True)
class Cost:
    """Of one table.

    Attributes:
        first_ms: From the key that starts the cell to its first rows painted; None: not within LIMIT_SECONDS.
        first_bytes: That came over the sockets until then, with the code of the widget.
        jumps_ms: From a jump to its rows painted, each of them.
        lost: Jumps after which no rows were painted within ten seconds.
        jump_bytes: That came for a jump, on average.
        page_bytes: The largest message of `weighed`.
        nodes: Elements in the cell's output, after all jumps; those in shadow trees are not seen.
        kernel_bytes: Resident, after all jumps.
        heap_bytes: Of the page's JavaScript, after all jumps.
        later: What `also` measured.
    """

    first_ms: float | None
    first_bytes: int = 0
    jumps_ms: list[float] = field(default_factory=list)
    lost: int = 0
    jump_bytes: int = 0
    page_bytes: int = 0
    nodes: int = 0
    kernel_bytes: int = 0
    heap_bytes: int = 0
    later: dict[str, float] = field(default_factory=dict)

    @property
    def jump_ms(self) -> float:
        """The median."""
        return median(self.jumps_ms)

    @property
    def slow_jump_ms(self) -> float:
        """The 95th percentile."""
        return sorted(self.jumps_ms)[round(0.95 * (len(self.jumps_ms) - 1))]


@contextmanager
def chromium_at(folder: str) -> Iterator[tuple[Browser, Lab]]:
    """A JupyterLab in an empty folder, and a Chromium to look at it."""
    chromium = require_program("chromium", "chromium", "chromium-browser", "google-chrome")
    place = Path(folder)
    (place / "notebooks").mkdir(parents=True)
    with (
        sync_playwright() as playwright,
        running_lab(place / "notebooks", place / "home") as lab,
        playwright.chromium.launch(executable_path=chromium, args=FLAGS) as browser,
    ):
        yield browser, lab


def measure(
    browser: Browser,
    lab: Lab,
    table: Table,
    *,
    titles: Callable[[int, int], list[str]],
    weighed: bytes | None = None,
    also: Callable[[Page], dict[str, float]] | None = None,
) -> Cost:
    """Show a table in a notebook of its own, and jump about in it.

    Args:
        browser: Chromium.
        lab: JupyterLab.
        table: What to show.
        titles: Of rows from one place up to another: what is painted is compared with them.
        weighed: What a message whose size is wanted holds.
        also: Measures something more between the first rows and the jumps.
    """
    traffic = _Traffic(weighed)
    notebook(lab.folder / f"{table.name}.ipynb", table.prepare, table.show)
    page = opened(browser, lab, table.name, prepare=lambda page: _listen(page, table, traffic))
    page.set_viewport_size({"width": 1500, "height": 900})
    run_alone(page, 0)
    page.locator(".jp-Cell").nth(0).locator(".jp-InputPrompt").get_by_text("[1]").wait_for()
    page.locator(".jp-Notebook-ExecutionIndicator[data-status='idle']").wait_for()
    traffic.clear()
    try:
        # told by the page: one that has too much to do cannot be asked
        with page.expect_console_message(_tells, timeout=LIMIT_SECONDS * 1000) as told:
            run_alone(page, 1)
    except TimeoutError:
        return Cost(None)
    cost = Cost(float(told.value.text.removeprefix(_TOLD)), traffic.received)
    cost.later = also(page) if also is not None else {}
    _jump_about(page, table, cost, traffic, titles)
    cost.page_bytes = traffic.largest
    cost.nodes = page.evaluate("document.querySelectorAll('.jp-Cell:nth-child(2) .jp-OutputArea *').length")
    cost.kernel_bytes = _kernel_bytes(lab)
    cost.heap_bytes = page.evaluate("performance.memory.usedJSHeapSize")
    return cost


def run_alone(page: Page, cell: int) -> None:
    """Run one cell, as a hand does."""
    page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
    page.locator(".jp-Cell").nth(cell).locator(".cm-content").click()
    page.keyboard.press("Shift+Enter")


def _tells(message: ConsoleMessage) -> bool:
    return message.text.startswith(_TOLD)


def _jump_about(
    page: Page, table: Table, cost: Cost, traffic: _Traffic, titles: Callable[[int, int], list[str]]
) -> None:
    if table.jump is None:
        return
    dice, before = random.Random(7), traffic.received
    for place in (0.5, 1, *(dice.random() for _ in range(JUMPS - 2))):
        took, rows = page.evaluate("place => __bench.go(place)", place)
        if took is None:
            cost.lost += 1
            continue
        places = [row[0] for row in rows]
        first = min(places)
        there = titles(first, max(places) + 1)
        shown = [(at, title, there[at - first]) for at, title in rows]
        wrong = [each for each in shown if each[1] != (each[2][: len(each[1])] if table.cuts else each[2])]
        assert not wrong, f"{table.name} painted other rows: {wrong[:3]}"
        cost.jumps_ms.append(took)
    cost.jump_bytes = (traffic.received - before) // JUMPS


class _Traffic:
    """What came over the sockets of a page."""

    def __init__(self, weighed: bytes | None) -> None:
        self.received = self.largest = 0
        self._weighed = weighed

    def clear(self) -> None:
        """Begin anew."""
        self.received = self.largest = 0

    def hear(self, frame: str | bytes) -> None:
        """Count a frame."""
        content = frame.encode() if isinstance(frame, str) else frame
        self.received += len(content)
        if self._weighed is not None and self._weighed in content:
            self.largest = max(self.largest, len(content))


def _listen(page: Page, table: Table, traffic: _Traffic) -> None:
    def follow(socket: WebSocket) -> None:
        socket.on("framereceived", traffic.hear)

    page.on("websocket", follow)
    script = _SAYING + table.setup + _WATCH
    for word, said in (
        ("ROWS", f"({table.rows})()"),
        ("JUMP", table.jump or "null"),
        ("LOST", _LOST_SECONDS * 1000),
        ("ENOUGH", _ENOUGH),
        ("TOLD", _TOLD),
    ):
        script = script.replace(word, str(said))
    page.add_init_script(script)


def _kernel_bytes(lab: Lab) -> int:
    """Of the kernel of this JupyterLab, which has one notebook."""
    (kernel,) = (
        one
        for one in psutil.process_iter(["cmdline", "cwd"])
        if one.info["cwd"] == str(lab.folder) and "ipykernel_launcher" in " ".join(one.info["cmdline"] or [])
    )
    return int(kernel.memory_info().rss)
