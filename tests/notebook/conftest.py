"""A shell as notebooks and terminals have it, and a library that its cells open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from mediamgr.library import Library
from mediamgr.store.results import results
from tests.builders import films, library_of


@dataclass
class Ran:
    """What came of a cell: what it gave, the error it ended in, and what was displayed, by mime type."""

    result: Any
    error: BaseException | None
    shown: list[dict[str, str]]

    @property
    def line(self) -> str:
        """The one line that says what it cost."""
        (line,) = [each["text/plain"] for each in self.shown if "mediamgr-cost" in each.get("text/html", "")]
        return line

    @property
    def html(self) -> str:
        """The same as HTML."""
        (html,) = [html for each in self.shown if "mediamgr-cost" in (html := each.get("text/html", ""))]
        return html


class Shell:
    """Runs cells."""

    def __init__(self) -> None:
        settings = Config()
        settings.HistoryManager.enabled = False
        self.ip = InteractiveShell(config=settings)
        self.ip.display_pub = self._publisher = CapturingDisplayPublisher()

    def run(self, cell: str) -> Ran:
        """Run a cell as a notebook does."""
        self._publisher.outputs.clear()
        ran = self.ip.run_cell(cell, store_history=True)
        shown = [each["data"] for each in self._publisher.outputs]
        return Ran(ran.result, ran.error_before_exec or ran.error_in_exec, shown)


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    """A shell into which the extension was loaded."""
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    made = Shell()
    made.run("%load_ext mediamgr")
    yield made
    made.run("%unload_ext mediamgr")


@pytest.fixture
def lib(tmp_path: Path, shell: Shell) -> Iterator[Library]:
    """Ten films, which cells know as `lib`; no answer is kept yet."""
    results()[0].clear()
    with library_of(tmp_path / "films.duckdb", films()) as opened:
        shell.ip.user_ns["lib"] = opened
        yield opened
