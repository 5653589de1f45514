"""Claim: at 10,000 items each of the everyday questions is answered in milliseconds, far inside its budget.

Budgets: search under 500 ms, first page under 1 s, any other page under 500 ms, people and credits under 100 ms,
counts under 50 ms. Set MEDIAMGR_BENCH_ITEMS=1000000 to see growth. `floor` is DuckDB answering `select 1`.

Run: pytest benchmarks/bench_budgets.py -m benchmark --benchmark-only
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from mediamgr.library import Library, build_demo

pytestmark = [pytest.mark.benchmark, pytest.mark.benchmark(group="everyday questions")]

ITEMS = int(os.environ.get("MEDIAMGR_BENCH_ITEMS", "10000"))


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A demo library."""
    return build_demo(tmp_path_factory.mktemp("budgets") / "demo.duckdb", items=ITEMS)


@pytest.fixture(scope="module")
def person(lib: Library) -> int:
    """The person with most credits."""
    return int(lib.sql("select person_id from credit group by all order by count(*) desc, person_id limit 1").item())


def test_floor(benchmark: Any, lib: Library) -> None:
    """What any statement costs."""
    assert benchmark(lib.sql, "select 1 as one").item() == 1


@pytest.mark.parametrize("query", ["the", "desert", "grenz grun", "horizn no fve", "makoto fujishita"])
def test_search(benchmark: Any, lib: Library, query: str) -> None:
    """By a common word, a rare one, cut-short ones, a misspelt title and a person. Budget 500 ms."""
    assert benchmark(lib.search, query).height > 0


def test_first_page(benchmark: Any, lib: Library) -> None:
    """A hundred items. Budget 1 s."""
    assert benchmark(lib.items.get_all, 100).height == 100


def test_page_in_the_middle(benchmark: Any, lib: Library) -> None:
    """A hundred items from the middle. Budget 500 ms."""
    assert benchmark(lib.items.get_all, 100, ITEMS // 2).height == 100


def test_page_narrowed(benchmark: Any, lib: Library) -> None:
    """Films of the nineties without Spanish subtitles. Budget 500 ms."""
    narrowed = {"media_type": "movie", "year_from": 1990, "year_to": 1999, "without_subtitle_language": "es"}
    assert benchmark(lib.items.get_all, 100, 0, **narrowed).height == 100


def test_filmography(benchmark: Any, lib: Library, person: int) -> None:
    """Of the busiest person. Budget 100 ms."""
    assert benchmark(lib.people.filmography, person).height > 0


def test_cast(benchmark: Any, lib: Library) -> None:
    """Of one film. Budget 100 ms."""
    film = int(lib.items.get_all(1, media_type="movie", person="makoto fujishita")["id"].item())
    assert benchmark(lib.people.cast, film).height > 0


def test_count(benchmark: Any, lib: Library) -> None:
    """All items. Budget 50 ms."""
    assert benchmark(lib.items.count_all) == ITEMS


def test_count_by_library(benchmark: Any, lib: Library) -> None:
    """Items by library and type. Budget 50 ms."""
    assert benchmark(lib.items.count_by_library)["items"].sum() == ITEMS
