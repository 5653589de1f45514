"""Claim: a cell that says what it cost has a statement take some tens of µs longer; with its plan, one or two ms.

The floor is the same statement while nobody listens. "in a cell" is what `%load_ext mediamgr` does, "with its plan"
what `%mediamgr timings full` does.

Run: pytest -m benchmark benchmarks/bench_cells.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import pytest

import mediamgr
from benchmarks.libraries import demo_library
from mediamgr.instrumentation import recording
from mediamgr.library import Library

pytestmark = pytest.mark.benchmark

LISTENING: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "nobody listens": nullcontext,
    "in a cell": lambda: recording("cell", plans="slow"),
    "with its plan": lambda: recording("cell", plans="all"),
}
SHORT = "select 1 as one"
PERSON = "select c.media_item_id, c.role from credit c where c.person_id = 50 and c.role = 'actor'"


@pytest.fixture(scope="module")
def lib(items: int) -> Iterator[Library]:
    """A demo library."""
    with mediamgr.open(demo_library(items)) as opened:
        yield opened


@pytest.mark.parametrize("how", LISTENING)
@pytest.mark.parametrize("sql", [pytest.param(SHORT, id="the shortest"), pytest.param(PERSON, id="roles of a person")])
def test_a_statement(benchmark: Any, lib: Library, sql: str, how: str) -> None:
    """As `lib.sql` asks it, hundred times a round in one cell."""

    def cell() -> None:
        with LISTENING[how]():
            for _ in range(100):
                lib.sql(sql)

    benchmark(cell)
