"""One JupyterLab and one Chromium for all tests that look at a page."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from mediamgr import lab, library
from tests.browser.lab_server import Lab, running_lab
from tests.parts import require_program

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run"
    " --disable-background-networking --disable-component-update --disable-sync"
).split()


def require_module(name: str, remedy: str) -> None:
    """Fail under CI=true and skip elsewhere when the module is not installed."""
    if importlib.util.find_spec(name) is None:
        missing = f"{name} is not installed: {remedy}"
        pytest.fail(missing) if os.environ.get("CI") == "true" else pytest.skip(missing)


@pytest.fixture(scope="package")
def jupyter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on the notebooks as copied, over a demo library of 10,000 items."""
    require_module("jupyterlab", "pip install 'mediamgr[lab]'")
    place = tmp_path_factory.mktemp("lab")
    lab.copy_notebooks(place / "notebooks")
    library.build_demo(place / "demo.duckdb").close()
    variables = {"MEDIAMGR_LIBRARY": str(place / "demo.duckdb"), "MEDIAMGR_CONFIG_DIR": str(place / "config")}
    with running_lab(place / "notebooks", place / "home", **variables) as running:
        yield running


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium; no other tests run beside it, for it keeps an event loop going."""
    require_module("playwright", "pip install 'mediamgr[test]'")
    chromium = require_program("chromium", "chromium", "chromium-browser", "google-chrome")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, playwright.chromium.launch(executable_path=chromium, args=FLAGS) as started:
        yield started
