"""Claim: a rescan of 100,000 unchanged files takes seconds, a few times what looking at the folders alone takes.

The files are of zero bytes, so that the first scan is quick; a rescan does not open files anyway. `items` are files.

Run: pytest -m benchmark benchmarks/bench_scan.py --items 100000
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mediamgr
from mediamgr.library import Library
from mediamgr.progress import silent

pytestmark = pytest.mark.benchmark

WORDS = (
    "Amber Birch Cedar Delta Ember Falcon Garnet Harbor Ivory Jasper Kestrel Lantern Marble Nectar Onyx Pearl".split()
)


@pytest.fixture(scope="module")
def root(items: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("media")
    for number in range(items):
        words = [WORDS[number // 16**place % 16] for place in range(4)]
        title = f"{' '.join(words)} ({1950 + number // 16**4})"
        (folder / title).mkdir()
        (folder / title / f"{title}.mkv").touch()
    return folder


@pytest.fixture(scope="module")
def lib(root: Path, items: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library in which they were scanned."""
    with mediamgr.open(tmp_path_factory.mktemp("library") / "library.duckdb", create=True) as opened:
        assert opened.scan(root, show_progress=silent).counts["files_seen"] == items
        yield opened


@pytest.mark.usefixtures("lib")
@pytest.mark.benchmark(group="first scan")
def test_a_first_scan(benchmark: Any, root: Path, items: int, tmp_path: Path) -> None:
    """Into a new library, by a process that scanned before: each name is understood, each file looked into."""

    def scan() -> int:
        with mediamgr.open(tmp_path / "library.duckdb", create=True) as lib:
            return int(lib.scan(root, show_progress=silent).counts["files_seen"])

    assert benchmark.pedantic(scan) == items
    benchmark.extra_info["files_per_second"] = round(items / benchmark.stats.stats.median)


@pytest.mark.benchmark(group="rescan")
def test_a_rescan(benchmark: Any, lib: Library, items: int) -> None:
    """Nothing changed."""
    report = benchmark.pedantic(lib.scan, kwargs={"show_progress": silent}, rounds=3)
    assert report.counts["files_unchanged"] == items


@pytest.mark.benchmark(group="rescan, one new file")
def test_a_rescan_of_one_new_file(benchmark: Any, lib: Library, root: Path) -> None:
    """One film was added."""
    years = iter(range(1800, 1900))

    def add() -> tuple[tuple[Any, ...], dict[str, Any]]:
        title = f"Fresh Film ({next(years)})"
        (root / title).mkdir()
        (root / title / f"{title}.mkv").touch()
        return (), {"show_progress": silent}

    report = benchmark.pedantic(lib.scan, setup=add, rounds=3)
    assert report.counts["files_read"] == 1


@pytest.mark.who("looking alone")
@pytest.mark.benchmark(group="rescan")
def test_looking_alone(benchmark: Any, root: Path, items: int) -> None:
    """The floor: every folder listed and every file asked for its size, by the standard library."""

    def look() -> int:
        return sum(
            os.stat(os.path.join(folder, name)).st_size == 0 for folder, _, names in os.walk(root) for name in names
        )

    assert benchmark.pedantic(look, rounds=3) >= items
