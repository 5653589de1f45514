"""Claim: to let others see a small change costs milliseconds, whatever the size of the library.

Measured at each size: one small job (30 films with credits and ids), its publishing alone, and what a reader pays to go
over to the new generation; beside copying the whole file, which a naive publisher would do each time.

Run: pytest -m benchmark benchmarks/bench_publishing.py --items 10000 --items 1000000
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

import mediamgr
from benchmarks.libraries import demo_library
from mediamgr.library import Library
from mediamgr.store.copying import copy
from mediamgr.store.generations import wal_of
from tests.store.children import batch

pytestmark = pytest.mark.benchmark

ITEMS = (10_000, 100_000)
_NUMBERS = count()


@pytest.fixture(scope="module")
def lib(items: int, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library to change, after its first job, which pays for the second copy of the file."""
    path = tmp_path_factory.mktemp("published") / "library.duckdb"
    demo = demo_library(items)
    shutil.copyfile(demo, path)
    if wal_of(demo).exists():
        # a large one keeps a log beside it
        shutil.copyfile(wal_of(demo), wal_of(path))
    with mediamgr.open(path) as opened:
        opened.load(batch(next(_NUMBERS)))
        yield opened


def test_small_job(benchmark: Any, lib: Library) -> None:
    """From taking the lease to the end, when others see it."""
    benchmark.pedantic(lambda: lib.load(batch(next(_NUMBERS))), rounds=5)
    benchmark.extra_info["file_mb"] = lib._open.size_bytes // 10**6


@pytest.mark.benchmark(group="publishing")
def test_publishing_alone(benchmark: Any, lib: Library) -> None:
    """As a job does while it goes on."""
    with lib.write():
        benchmark.pedantic(
            lambda: lib._open._handles.share(at_once=True),
            setup=lambda: lib.load(batch(next(_NUMBERS))) and None,
            rounds=5,
        )


def test_next_query_of_a_reader(benchmark: Any, lib: Library) -> None:
    """A count, on a generation that is new to the process: the file is opened and its log read."""
    benchmark.pedantic(lib.items.count_all, setup=lambda: lib.load(batch(next(_NUMBERS))) and None, rounds=5)


def test_query_of_a_reader(benchmark: Any, lib: Library) -> None:
    """The same count on a generation it has open."""
    benchmark(lib.items.count_all)


@pytest.mark.who("copying the file")
@pytest.mark.benchmark(group="publishing")
def test_copying_the_whole_file(benchmark: Any, lib: Library, tmp_path: Path) -> None:
    """The peer."""
    benchmark.pedantic(lambda: copy(lib.path, tmp_path / "copy.duckdb"), rounds=3)
