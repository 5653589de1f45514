"""Every block of the guide runs as it stands there, one after the other, on the demo library."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from mediamgr.library import build_demo

GUIDE = Path(__file__).parent.parent / "docs" / "performance-guide.md"
TEXT = GUIDE.read_text(encoding="utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = BLOCK.findall(TEXT)


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The library of the settings is a demo library; files are written into a folder of the test's."""
    build_demo(tmp_path / "demo.duckdb", items=10_000).close()
    monkeypatch.setenv("MEDIAMGR_LIBRARY", str(tmp_path / "demo.duckdb"))
    monkeypatch.setenv("MEDIAMGR_DISK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("MEDIAMGR_SLOW_STATEMENT_MS", "10")
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("demo")
def test_every_block_runs(capsys: pytest.CaptureFixture[str]) -> None:
    """Python in one session, commands each in a process of its own."""
    names: dict[str, object] = {"__name__": "guide"}
    for kind, block in BLOCKS:
        if kind == "python":
            exec(compile(block, str(GUIDE), "exec"), names)
            continue
        for line in block.splitlines():
            _, *arguments = shlex.split(line)
            ran = subprocess.run(
                [sys.executable, "-m", "mediamgr", *arguments], capture_output=True, text=True, timeout=300, check=False
            )
            assert ran.returncode == 0, f"{line}: {ran.stderr}"
            print(ran.stdout)
    printed = capsys.readouterr().out
    assert "Budget broken: 2 of 1 statements" in printed
    assert "UNION" in printed
    assert "my.lookup{kind=title}" in printed
    assert all(Path(name).stat().st_size for name in ("metrics.json", "metrics.prom", "report.json"))


def test_blocks_are_of_known_kinds() -> None:
    """None is left out by its name, or by being indented; and there are enough."""
    kinds = [kind for kind, _ in BLOCKS]
    assert set(kinds) == {"python", "sh"}
    assert kinds.count("python") >= 10
    assert re.findall(r"^(?: {4}|\t| *```| *~~~).*", BLOCK.sub("", TEXT), re.MULTILINE) == []


def test_commands_begin_with_the_program() -> None:
    """Others stand in the text, and tests of their own run them."""
    lines = [line for kind, block in BLOCKS if kind == "sh" for line in block.splitlines()]
    assert lines
    assert all(line.startswith("mediamgr ") for line in lines)
