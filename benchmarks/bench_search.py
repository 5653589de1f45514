"""Claim: whatever is searched for is found in milliseconds at 10,000 items, and within its budget at ten million.

By the commonest word, the rarest, two words, words cut short, a typing error and a person, and for a word there is not.
Budget: 500 ms, 100 ms for the rarest. Peers: the barest DuckDB statement on the same file, which looks through every
title, and SQLite with LIKE; neither finds what has a typing error.

Run: pytest -m benchmark benchmarks/bench_search.py --items 10000 --items 100000
"""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.answers import Answers, asked
from benchmarks.questions import QUESTIONS

pytestmark = pytest.mark.benchmark

FINDS_NOTHING = ("search, no hit",)
NEARLY = "search, typing error"


@pytest.mark.parametrize(("question", "who"), asked(each for each in QUESTIONS if each.startswith("search")))
def test_search(benchmark: Any, answers: Answers, question: str, who: str) -> None:
    """The first hundred items found, as rows."""
    found = len(benchmark(answers[who][question]))
    assert (found > 0) == (question not in FINDS_NOTHING and (who == "mediamgr" or question != NEARLY))
