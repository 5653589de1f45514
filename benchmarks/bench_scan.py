"""Claim: a rescan of 100,000 unchanged files takes seconds, a few times what looking at the folders alone takes.

The files are of zero bytes, so that the first scan is quick; a rescan does not open files anyway.

Run: pytest benchmarks/bench_scan.py -m benchmark --benchmark-only
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

import mediamgr
from mediamgr.library import Library
from mediamgr.progress import silent

pytestmark = [pytest.mark.benchmark, pytest.mark.benchmark(group="100,000 unchanged files")]

FILES = 100_000
WORDS = (
    "Amber Birch Cedar Delta Ember Falcon Garnet Harbor Ivory Jasper Kestrel Lantern Marble Nectar Onyx Pearl".split()
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Films, each in a folder of its own."""
    folder = tmp_path_factory.mktemp("media")
    for number in range(FILES):
        words = [WORDS[number // 16**place % 16] for place in range(4)]
        title = f"{' '.join(words)} ({1950 + number // 16**4})"
        (folder / title).mkdir()
        (folder / title / f"{title}.mkv").touch()
    return folder


@pytest.fixture(scope="module")
def lib(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library in which they were scanned."""
    library = mediamgr.open(tmp_path_factory.mktemp("library") / "library.duckdb", create=True)
    report = library.scan(root, show_progress=silent)
    assert report.counts["files_seen"] == FILES
    return library


def test_a_rescan(benchmark: Any, lib: Library) -> None:
    """Nothing changed."""
    report = benchmark.pedantic(lib.scan, kwargs={"show_progress": silent}, rounds=3)
    assert report.counts["files_unchanged"] == FILES


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


def test_looking_alone(benchmark: Any, root: Path) -> None:
    """The floor: every folder listed and every file asked for its size, by the standard library."""

    def look() -> int:
        return sum(
            os.stat(os.path.join(folder, name)).st_size == 0 for folder, _, names in os.walk(root) for name in names
        )

    assert benchmark.pedantic(look, rounds=3) >= FILES
