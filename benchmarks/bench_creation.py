"""Claim: a demo library of lifelike rows is made at over a thousand items a second, and no slower the larger it is.

Making the rows takes part of that, loading them with checks, keys, words and orders the rest. The floor is DuckDB
copying the finished tables, indexes included, into a new file. Each item comes with some twenty rows of credits, files,
streams and more.

Run: pytest -m benchmark benchmarks/bench_creation.py --items 10000 --items 100000
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pytest

from benchmarks.libraries import demo_library
from mediamgr.ingest import demo
from mediamgr.library import build_demo

pytestmark = [pytest.mark.benchmark, pytest.mark.benchmark(group="a demo library")]

ROUNDS = 3


def measure(benchmark: Any, items: int, make: Callable[[], object]) -> None:
    """Some rounds, and how many items a second that is."""
    benchmark.pedantic(make, rounds=ROUNDS)
    benchmark.extra_info["items_per_second"] = round(items / benchmark.stats.stats.median)


def test_creation(benchmark: Any, items: int, tmp_path: Path) -> None:
    """From nothing to a library that is open."""
    numbers = count()
    measure(benchmark, items, lambda: build_demo(tmp_path / f"{next(numbers)}.duckdb", items=items).close())


@pytest.mark.who("rows alone")
def test_rows_alone(benchmark: Any, items: int) -> None:
    """What of it is making up the rows."""
    measure(benchmark, items, lambda: [records.frames["media_item"].height for records in demo.generate(items)])


@pytest.mark.who("DuckDB")
def test_copying_the_tables(benchmark: Any, items: int, tmp_path: Path) -> None:
    """The floor."""
    made, numbers = demo_library(items), count()

    def copied() -> None:
        with duckdb.connect() as connection:
            connection.execute(f"attach '{made}' as made (read_only)").fetchall()
            connection.execute(f"attach '{tmp_path / str(next(numbers))}.duckdb' as fresh").fetchall()
            connection.execute("copy from database made to fresh").fetchall()

    measure(benchmark, items, copied)
