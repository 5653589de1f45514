"""In a real kernel and in a real terminal: the line is there, of cells that wait for others, too, and stays when exported."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

from tests.builders import films, library_of

CELLS = (
    "%load_ext mediamgr",
    "import asyncio, mediamgr\nlib = mediamgr.open()",
    "lib.sql('select 1')\nawait asyncio.sleep(0)\nlib.sql('select 2')",
    "lib.sql('select 3')",
    "1 / 0",
    "%%sql\nselect title from media_item where year > 1990",
)


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Of programs that open a library of ten films."""
    library_of(tmp_path / "films.duckdb", films()).close()
    monkeypatch.setenv("MEDIAMGR_LIBRARY", str(tmp_path / "films.duckdb"))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")
    return dict(os.environ)


def test_a_kernel(environment: dict[str, str]) -> None:
    """Each cell after the first has one line; it is kept in the exported page."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    NotebookClient(notebook, timeout=300, startup_timeout=300, allow_errors=True, kernel_name="python3").execute()
    lines = [
        [out.data["text/plain"] for out in cell.outputs if "mediamgr-cost" in out.get("data", {}).get("text/html", "")]
        for cell in notebook.cells
    ]
    assert [len(each) for each in lines] == [0, 1, 1, 1, 1, 1]
    said = [re.findall(r"(\d+) statements?", each[0]) for each in lines[1:]]
    assert said == [[], ["2"], ["1"], [], ["1"]]
    page, _ = HTMLExporter().from_notebook_node(notebook)
    assert len(re.findall(r"<div class=.mediamgr-cost ", page)) == 5
    assert "SEQ_SCAN" in page


def test_a_terminal(environment: dict[str, str]) -> None:
    """The line is text there."""
    typed = "\n".join(
        [CELLS[0], "import mediamgr; lib = mediamgr.open()", "lib.sql('select 42 as answer')", "exit()", ""]
    )
    ran = subprocess.run(
        [sys.executable, "-m", "IPython", "--no-banner", "--simple-prompt", "--colors=nocolor", "--HistoryManager.enabled=False"],
        input=typed, env=environment, capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    lines = re.findall(r"^.*took [\d.]+ (?:µs|ms|s).*$", ran.stdout, re.MULTILINE)
    assert len(lines) == 3, ran.stdout
    assert "1 statement, 1 row" in lines[1]
    assert "<div" not in ran.stdout
