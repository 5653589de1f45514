"""Claim: what the same state of a library was asked before is answered again in a fraction of a millisecond.

Each question is asked with the cache of results, and without it. The floor is a frame in a dictionary.

Run: pytest -m benchmark benchmarks/bench_result_cache.py --items 10000 --items 100000
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import mediamgr
from benchmarks.libraries import demo_library
from mediamgr.library import Library

pytestmark = pytest.mark.benchmark

QUESTIONS: dict[str, Callable[[Library], Any]] = {
    "count of all": lambda lib: lib.items.count_all(),
    "facet of genres": lambda lib: lib.items.facets("genre"),
    "first page": lambda lib: lib.items.get_all(100),
}
HALF_A_GIGABYTE = 500_000_000


@pytest.fixture(scope="module")
def lib(items: int) -> Iterator[Library]:
    """A demo library."""
    with mediamgr.open(demo_library(items)) as opened:
        yield opened


def asked(who: str) -> list[Any]:
    """The questions, and whose answers they are."""
    marks = pytest.mark.who(who)
    return [pytest.param(each, marks=[pytest.mark.benchmark(group=f"{each}, again"), marks]) for each in QUESTIONS]


@pytest.mark.parametrize("question", asked("mediamgr"))
def test_from_memory(benchmark: Any, lib: Library, question: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked before."""
    monkeypatch.setenv("MEDIAMGR_QUERY_CACHE_BYTES", str(HALF_A_GIGABYTE))
    benchmark(QUESTIONS[question], lib)


@pytest.mark.parametrize("question", asked("mediamgr, cache off"))
def test_asked_anew(benchmark: Any, lib: Library, question: str) -> None:
    """The library is read each time."""
    benchmark(QUESTIONS[question], lib)


@pytest.mark.parametrize("question", asked("a dictionary"))
def test_a_dictionary(benchmark: Any, lib: Library, question: str) -> None:
    """The floor."""
    kept = {question: QUESTIONS[question](lib)}
    benchmark(lambda: kept[question])
