"""What all our pages begin with, by itself in a real Chromium: hostile text stays text, and a page's own colours hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from mediamgr.page import ELEMENTS, THEME

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EVIL = "<img src=x onerror=\"document.title='owned'\">"
_LOAD = """async source => {
    window.elements = await import(URL.createObjectURL(new Blob([source], { type: 'text/javascript' })));
}"""
_COLOUR = "name => { it.style.color = `var(${name})`; return getComputedStyle(it).color; }"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page with nothing in it."""
    page = browser.new_context(color_scheme="light").new_page()
    page.evaluate(_LOAD, ELEMENTS)
    yield page
    page.context.close()


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://example.org/1", ["A", "https://example.org/1", "noopener noreferrer", "film"]),
        ("http://example.org/1", ["SPAN", None, None, None]),
        ("javascript:alert(1)", ["SPAN", None, None, None]),
        ("no address", ["SPAN", None, None, None]),
        (None, ["SPAN", None, None, None]),
    ],
)
def test_only_https_becomes_a_link(page: Page, url: str | None, made: list[str | None]) -> None:
    """Whatever a field of it says."""
    script = """([text, url]) => {
        const it = elements.link(text, url, { 'aria-label': 'film', href: 'javascript:alert(2)' });
        document.body.replaceChildren(it);
        return [it.tagName, ...['href', 'rel', 'aria-label'].map(name => it.getAttribute(name)), it.textContent];
    }"""
    assert page.evaluate(script, [EVIL, url]) == [*made, EVIL]
    assert page.locator("img").count() == 0


def test_text_is_text(page: Page) -> None:
    """As a field and as a child, where what is not there leaves no trace."""
    page.evaluate(
        "evil => document.body.append(elements.make('p', { text: evil, title: evil, lang: null }, evil, null, [evil]))",
        EVIL,
    )
    shown = page.locator("p")
    assert (shown.text_content(), shown.get_attribute("title"), shown.get_attribute("lang")) == (EVIL * 3, EVIL, None)
    assert page.locator("img").count() == 0


def test_colours_follow_the_notebook_else_the_system(page: Page) -> None:
    """What a page says of its own holds, though the theme comes after it, as it does beside another page of ours."""
    page.set_content(
        f"<style>.own {{ --mm-link: rgb(1, 2, 3) }}</style><style>{THEME}</style><p id=it class='mm-page own'>"
    )
    assert page.evaluate(_COLOUR, "--mm-text") == "rgba(0, 0, 0, 0.87)"
    assert page.evaluate(_COLOUR, "--mm-link") == "rgb(1, 2, 3)"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(_COLOUR, "--mm-text") == "rgba(255, 255, 255, 0.9)"
    page.evaluate("document.body.style.setProperty('--jp-ui-font-color1', 'rgb(4, 5, 6)')")
    assert page.evaluate(_COLOUR, "--mm-text") == "rgb(4, 5, 6)"
