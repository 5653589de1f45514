"""Claim: every question of every report is answered within a second at a million items, duplicates within minutes.

The floor is a plain scan of files and items: what any report reads at the least. Asked as `lib.reports` asks, defaults
throughout, the rows in a frame; charts are not drawn. The slowest is at the end of the table.

Run: pytest -m benchmark benchmarks/bench_reports.py --items 10000 --items 1000000 --benchmark-sort=mean
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import mediamgr
from benchmarks.budgets import REPORT_BUDGETS_MS
from benchmarks.libraries import demo_library
from mediamgr.library import Library
from mediamgr.reports import QUESTIONS
from mediamgr.reports._question import Question

pytestmark = pytest.mark.benchmark

ROUNDS = {"report": 3, "duplicates": 1}
"""Of a question, after one that is not measured: enough for a median, and thirty questions stay within seconds."""


@pytest.fixture(scope="module")
def lib(items: int) -> Iterator[Library]:
    """A demo library."""
    with mediamgr.open(demo_library(items)) as opened:
        yield opened


def _kind(question: str) -> str:
    return "duplicates" if question.startswith("duplicates") else "report"


def _asked(question: Question) -> Any:
    """The question as a case, with the budget it has."""
    budget = pytest.mark.budget(ms=REPORT_BUDGETS_MS[_kind(question.name)])
    return pytest.param(question.name, id=question.name, marks=budget)


@pytest.mark.parametrize("question", list(map(_asked, QUESTIONS)))
def test_report(benchmark: Any, lib: Library, question: str) -> None:
    """Each question, with what it is asked with when nothing is said."""
    answer = benchmark.pedantic(
        getattr(lib.reports, question), rounds=ROUNDS[_kind(question)], iterations=1, warmup_rounds=1
    )
    assert answer.columns


@pytest.mark.who("DuckDB")
@pytest.mark.parametrize(
    "sql",
    [
        "select count(path), sum(size_bytes), sum(duration_seconds), max(container) from media_file",
        "select count(title), sum(year), sum(rating), max(added_at) from media_item",
    ],
    ids=["files", "items"],
)
def test_scan(benchmark: Any, lib: Library, sql: str) -> None:
    """The floor."""
    answer = benchmark.pedantic(lib.sql, args=(sql,), rounds=ROUNDS["report"], iterations=1, warmup_rounds=1)
    assert answer.height == 1
