"""Claim: counts are there within 50 ms, and a facet in little more than the time of its bare statement.

Peers: the barest DuckDB statement, and SQLite. The floor is `select 1`: what DuckDB takes for any statement.

Run: pytest -m benchmark benchmarks/bench_counts.py --items 10000 --items 100000
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import mediamgr
from benchmarks.answers import Answers, asked
from benchmarks.libraries import demo_library
from benchmarks.questions import QUESTIONS
from mediamgr.library import Library

pytestmark = pytest.mark.benchmark


@pytest.fixture(scope="module")
def lib(items: int) -> Iterator[Library]:
    """A demo library."""
    with mediamgr.open(demo_library(items)) as opened:
        yield opened


@pytest.mark.parametrize(("question", "who"), asked(each for each in QUESTIONS if each.startswith(("count", "facet"))))
def test_counts_and_facets(benchmark: Any, answers: Answers, question: str, who: str) -> None:
    """Of all items, of some, by library and type, and by genre."""
    benchmark(answers[who][question])


def test_all_facets(benchmark: Any, lib: Library) -> None:
    """Everything the browser shows beside its rows; the slowest look at every file."""
    assert benchmark(lib.items.facets).height > 0


@pytest.mark.who("DuckDB")
def test_any_statement(benchmark: Any, lib: Library) -> None:
    """The floor."""
    assert benchmark(lib.sql, "select 1 as one").item() == 1
