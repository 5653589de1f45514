"""Claim: a page of a hundred items costs the same anywhere in an order, and the first one is there within a second.

Budgets: 1 s for the first page, 500 ms for any other. Peers: bare DuckDB and SQLite with LIMIT and OFFSET. The first
page in a new process is beside the floor of starting Python and importing DuckDB and Polars.

Run: pytest -m benchmark benchmarks/bench_pages.py --items 10000 --items 100000
"""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

import mediamgr
from benchmarks.answers import Answers, asked
from benchmarks.budgets import BUDGETS_MS
from benchmarks.libraries import demo_library
from benchmarks.questions import QUESTIONS
from mediamgr.repository import Ordering

pytestmark = pytest.mark.benchmark

IMPORTS = "import duckdb, polars"
FIRST_PAGE = "import sys, mediamgr; print(mediamgr.open(sys.argv[1]).items.get_all(100).height)"
IN_A_NEW_PROCESS = pytest.mark.benchmark(group="first page in a new process")


@pytest.mark.parametrize(("question", "who"), asked(each for each in QUESTIONS if "page" in each))
def test_page(benchmark: Any, answers: Answers, question: str, who: str) -> None:
    """Of a library that is open; the first, those in the middle and the last, sorted and narrowed."""
    assert len(benchmark(answers[who][question])) == 100


@pytest.mark.budget(ms=BUDGETS_MS["first page"])
@pytest.mark.benchmark(group="first load")
def test_first_load(benchmark: Any, items: int) -> None:
    """A library is opened, its first page shown, and it is closed again."""
    path = demo_library(items)

    def load() -> int:
        with mediamgr.open(path) as lib:
            return lib.items.get_all(100).height

    assert benchmark(load) == 100


@IN_A_NEW_PROCESS
def test_first_page_in_a_new_process(benchmark: Any, items: int) -> None:
    """Python is started, too."""
    path = demo_library(items)
    assert benchmark.pedantic(lambda: started(FIRST_PAGE, str(path)), rounds=5) == "100\n"


@IN_A_NEW_PROCESS
@pytest.mark.who("Python, DuckDB, Polars")
def test_start_alone(benchmark: Any, items: int) -> None:
    """The floor: starting and importing alone."""
    assert benchmark.pedantic(lambda: started(IMPORTS), rounds=5) == ""


def started(code: str, *arguments: str) -> str:
    """What Python prints."""
    return subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def ordering(items: int) -> Iterator[Ordering]:
    """All items by title, the order known."""
    with mediamgr.open(demo_library(items)) as lib, lib.items.ordering() as order:
        assert len(order) == items
        yield order


@pytest.mark.budget(ms=BUDGETS_MS["page"])
@pytest.mark.benchmark(group="jump to a place")
def test_jump_to_a_place(benchmark: Any, ordering: Ordering, items: int) -> None:
    """A window anywhere in an order, as the browser asks for it."""
    dice = random.Random(7)

    def jump() -> int:
        start = dice.randrange(items - 100)
        return ordering.window(start, start + 100).height

    assert benchmark(jump) == 100


@pytest.mark.budget(ms=BUDGETS_MS["page"])
@pytest.mark.benchmark(group="jump to a letter")
def test_jump_to_a_letter(benchmark: Any, ordering: Ordering) -> None:
    """Where the titles with M begin, and what is there."""

    def jump() -> int:
        start = ordering.position_at("M")
        return ordering.window(start, start + 100).height

    assert benchmark(jump) == 100
