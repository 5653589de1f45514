"""The scrolling window by itself, over ten million lines: what is scrolled and not told yet is never taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from mediamgr.browser._sources import PARTS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LINES = 10_000_000
# timers are kept in hand: they fire just when a scroll is under way
_MAKE = """
async ([viewport, scroll, lines]) => {
    const load = source => import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
    const [{ Viewport }, math] = [await load(viewport), await load(scroll)];
    document.body.innerHTML = '<div id="host" style="height: 500px; overflow: auto; position: relative"></div>';
    const host = document.getElementById('host'), layer = document.createElement('div');
    host.append(layer);
    window.timers = new Map();
    window.setTimeout = (call, limit) => { const key = Math.random(); timers.set(key, { call, limit }); return key; };
    window.clearTimeout = key => timers.delete(key);
    window.moves = [];
    const make = () => { const element = document.createElement('p'); layer.append(element); return { element }; };
    window.view = new Viewport(math, host, layer, 2, { make, fill() {}, moved: move => moves.push(move) });
    view.resize({ lines, lineHeight: 34, head: 0 });
}
"""
_FRAMES = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with nothing in it but the window, scrolled to its middle."""
    page = browser.new_context().new_page()
    page.evaluate(_MAKE, [PARTS["viewport.js"], PARTS["scroll.js"], LINES])
    page.evaluate("() => { host.scrollTop = 4_000_000; }")
    page.evaluate(_FRAMES)
    assert page.evaluate("view.progress") == pytest.approx(0.5, abs=0.01)
    yield page
    page.context.close()


def test_coming_to_rest_leaves_what_moved_on(page: Page) -> None:
    """The bar is put right when nothing moves any more."""
    page.evaluate(
        """() => {
            host.scrollTop = 1_000_000;
            for (const { call, limit } of [...timers.values()]) if (limit === 150) call();
        }"""
    )
    page.evaluate(_FRAMES)
    assert page.evaluate("host.scrollTop") == pytest.approx(1_000_000, abs=2)
    assert page.evaluate("view.progress") == pytest.approx(0.12, abs=0.02)
    assert page.evaluate("moves.at(-1).first") == pytest.approx(page.evaluate("view.firstLine"))


def test_more_lines_leave_what_moved_on(page: Page) -> None:
    """A total that arrives is no reason to go back."""
    page.evaluate(
        """() => {
            host.scrollTop = 1_000_000;
            view.resize({ lines: 9_999_000 });
        }"""
    )
    page.evaluate(_FRAMES)
    assert page.evaluate("view.progress") == pytest.approx(0.12, abs=0.02)
