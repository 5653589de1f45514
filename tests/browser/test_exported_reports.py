"""Exported reports of a hostile library in a real browser, from files, with the network off."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from axe_playwright_python.sync_playwright import Axe

from mediamgr.reports import REPORTS, Order, Question, Report, save
from mediamgr.reports.running import plan
from tests.browser.pages import LIMIT_MS, keep_picture
from tests.reports.libraries import hard_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

SPY = "window.alert = window.confirm = window.prompt = text => { document.documentElement.dataset.harmed = text }"
POLICY = (
    "document.addEventListener('securitypolicyviolation', it => { (window.refused ??= []).push(it.violatedDirective) })"
)
EVIL = "</title><script>alert(1)</script>"


def refuse(*_: Any) -> pl.DataFrame:
    """What a question that fails ends with."""
    raise ValueError(EVIL)


FAILING = Report("failing", EVIL, EVIL, (Question("storage", EVIL, EVIL, finish=refuse),))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All reports of it, and one that fails."""
    place = tmp_path_factory.mktemp("exported")
    with hard_library("hostile words", place / "l.duckdb") as lib:
        save(lib.reports, Order(plan([*REPORTS, FAILING], {}), place / "site", "html", has_index=True))
    return place / "site"


@contextmanager
def seen(browser: Browser, file: Path, **looks: Any) -> Iterator[Page]:
    """A page without any network; when it is closed, nothing was asked for but files beside it, and no script ran."""
    with browser.new_context(offline=True, **looks) as context:
        context.add_init_script(f"{SPY}; {POLICY}")
        page = context.new_page()
        page.set_default_timeout(LIMIT_MS)
        asked: list[str] = []
        wrong: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(file.as_uri())
        yield page
        assert [url for url in asked if not url.startswith((file.parent.as_uri(), "data:"))] == []
        assert wrong == []
        assert page.evaluate("document.documentElement.dataset.harmed") is None
        assert page.evaluate("window.refused ?? []") == []


def serious(page: Page, rule: str | None = None) -> list[tuple[str, list[Any]]]:
    """(rule, where) of what keeps somebody out or makes it hard; `rule`: look for this alone."""
    asked = {"runOnly": [rule]} if rule else None
    found = Axe().run(page, options=asked).response["violations"]
    return [
        (each["id"], [node["target"] for node in each["nodes"]])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def hard_to_read(page: Page) -> list[dict[str, Any]]:
    """Words of charts that do not stand out from the page as WCAG wants it: the text, and its contrast."""
    return [each for each in page.evaluate(CONTRASTS) if each["contrast"] < 4.5]


def test_links_lead_to_all_pages(browser: Browser, site: Path) -> None:
    """From the first page to each report and back; the one that failed is marked."""
    with seen(browser, site / "index.html") as page:
        cards = page.locator(".cards h2 a")
        titles = cards.all_inner_texts()
        assert titles == [*(report.title for report in REPORTS), EVIL]
        for title in titles:
            page.locator(".cards").get_by_role("link", name=title, exact=True).click()
            assert page.locator("h1").inner_text() == title
            assert page.locator("header nav [aria-current=page]").inner_text() == title
            page.get_by_role("link", name="All reports").click()
        assert page.locator(".cards .failed").all_inner_texts() == ["1 failed"]
        keep_picture(page, "reports-index")


@pytest.mark.parametrize("name", [*(report.name for report in REPORTS), "failing"])
def test_every_chart_is_seen(browser: Browser, site: Path, name: str) -> None:
    """With marks and words that have an extent, wherever there is one; hostile words are words, and can be read in the dark, too."""
    with seen(browser, site / f"{name}.html") as page:
        for chart in page.locator("figure svg").all():
            box = chart.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) > 40
            assert chart.evaluate("it => [...it.querySelectorAll('path, rect')].some(one => one.getBBox().width > 0)")
            assert chart.evaluate("it => [...it.querySelectorAll('text')].every(one => one.getBBox().width > 0)")
        assert page.locator("script, img, iframe, object, embed").count() == 1
        keep_picture(page, f"reports-{name}")
        assert hard_to_read(page) == []
        page.emulate_media(color_scheme="dark")
        keep_picture(page, f"reports-dark-{name}")
        assert hard_to_read(page) == []


@pytest.mark.parametrize(("name", "is_dark"), [("index", False), ("storage", False), ("failing", True)])
def test_nobody_is_kept_out(browser: Browser, site: Path, name: str, is_dark: bool) -> None:
    """Nothing serious for axe, contrast included, unfolded: of the pages, which are all made alike, one of a kind."""
    with seen(browser, site / f"{name}.html", color_scheme="dark" if is_dark else "light") as page:
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        # rows are alike, and each takes time
        page.locator("tbody tr:nth-child(n + 4)").evaluate_all("all => all.forEach(one => one.remove())")
        assert serious(page) == []


def test_finds_what_is_wrong(browser: Browser, site: Path) -> None:
    """Words that can hardly be read are found in both ways."""
    with seen(browser, site / "storage.html") as page:
        page.locator("h2").first.evaluate("it => { it.style.color = '#ddd' }")
        page.locator("figure .ink").first.evaluate("it => { it.style.fill = '#ddd' }")
        assert [rule for rule, _ in serious(page, "color-contrast")] == ["color-contrast"]
        assert len(hard_to_read(page)) == 1


def test_sorts_by_a_click(browser: Browser, site: Path) -> None:
    """Numbers by value, the largest first; words from a to z; once more for the other way."""
    with seen(browser, site / "storage.html") as page:
        head = page.locator("table.answer").first.locator("th[title=size_bytes]")
        place = head.evaluate("it => it.cellIndex + 1")
        sizes = page.locator("table.answer").first.locator(f"tbody td:nth-child({place})")
        head.get_by_role("button").click()
        assert head.get_attribute("aria-sort") == "descending"
        assert sizes.first.inner_text() == "31.5 GB"
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == "ascending"
        assert sizes.last.inner_text() == "31.5 GB"


@pytest.mark.parametrize("name", ["index", "storage", "failing"])
def test_fits_a_phone(browser: Browser, site: Path, name: str) -> None:
    """The page is never wider than the screen: tables and charts scroll in their own place."""
    with seen(browser, site / f"{name}.html", viewport={"width": 360, "height": 740}) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        keep_picture(page, f"reports-narrow-{name}")


def test_is_read_without_script(browser: Browser, site: Path) -> None:
    """All of it is there."""
    with browser.new_context(offline=True, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto((site / "storage.html").as_uri())
        assert page.locator("table.answer tbody tr").count() > 10
        assert page.locator("figure svg").first.is_visible()


def test_prints(browser: Browser, site: Path) -> None:
    """On paper tables are whole, and there is nothing to click."""
    with seen(browser, site / "storage.html") as page:
        page.emulate_media(media="print")
        assert page.locator("header nav").is_hidden()
        assert page.locator("div.scroll").first.evaluate("it => it.scrollHeight <= it.clientHeight + 1")


CONTRASTS = """() => {
  const light = text => {
    const canvas = document.createElement("canvas").getContext("2d", { colorSpace: "srgb" });
    canvas.fillStyle = text; canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(it => it / 255)
      .map(it => it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const back = getComputedStyle(document.body).backgroundColor;
  return [...document.querySelectorAll("figure .ink")].filter(it => it.tagName === "text").map(it => {
    const pair = [light(getComputedStyle(it).fill), light(back)].sort((one, other) => other - one);
    return { text: it.textContent, contrast: (pair[0] + 0.05) / (pair[1] + 0.05) };
  });
}"""
"""How the words of charts stand out from the page: the text, and the ratio as WCAG counts it."""
