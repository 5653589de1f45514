"""Claim: what a person did, and who is in a film, is told within 100 ms, for the busiest person of ten million items.

Peers: the barest DuckDB statement on the same file, and SQLite with indexes on person and item with role.

Run: pytest -m benchmark benchmarks/bench_people.py --items 10000 --items 100000
"""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.answers import Answers, asked
from benchmarks.questions import KINDS

pytestmark = pytest.mark.benchmark


@pytest.mark.parametrize(("question", "who"), asked(each for each, kind in KINDS.items() if kind == "people"))
def test_people_and_credits(benchmark: Any, answers: Answers, question: str, who: str) -> None:
    """Filmographies, all roles and one, and a cast."""
    assert len(benchmark(answers[who][question])) > 0
