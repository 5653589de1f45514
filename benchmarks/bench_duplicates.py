"""Claim: copies among a million items are told in minutes and bounded memory; of the likely ones 99 in a hundred are.

Beside it, in the same run, the floor: grouping by what is exactly the same, in SQL. The labelled set is made of the
demo library (benchmarks/noisy_copies.py).

Run: pytest -m benchmark benchmarks/bench_duplicates.py --items 10000 --items 1000000 (the cost),
python -m benchmarks.bench_duplicates (precision and recall, by what was done to a copy)
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

import mediamgr
from benchmarks.libraries import demo_library
from benchmarks.noisy_copies import find, make_copies
from mediamgr.library import Library
from mediamgr.store.report_statements import report_statement

pytestmark = pytest.mark.benchmark

LABELLED_ITEMS = 40_000


@pytest.fixture(scope="module")
def library(items: int) -> Iterator[Library]:
    """The demo library of that size."""
    with mediamgr.open(demo_library(items)) as lib:
        yield lib


@pytest.mark.benchmark(group="duplicates")
def test_duplicates(benchmark: Any, library: Library, items: int) -> None:
    """Ours: all kinds of evidence, across all libraries."""
    answer = benchmark.pedantic(library.reports.duplicates, rounds=1 if items > 100_000 else 3, iterations=1)
    benchmark.extra_info["copies"] = answer.height
    benchmark.extra_info["peak_megabytes"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


@pytest.mark.benchmark(group="duplicates")
@pytest.mark.who("the statement alone")
def test_statement(benchmark: Any, library: Library, items: int) -> None:
    """What of it is reading every copy."""
    text = report_statement("duplicates").text
    benchmark.pedantic(lambda: library.sql(text), rounds=1 if items > 100_000 else 3, iterations=1)


@pytest.mark.benchmark(group="duplicates")
@pytest.mark.who("exact group by")
def test_exactly(benchmark: Any, library: Library, items: int) -> None:
    """The floor."""
    text = report_statement("duplicates_summary").text
    assert benchmark.pedantic(lambda: library.sql(text), rounds=3, iterations=1).height


def main() -> None:
    """Print precision and recall."""
    console = Console(width=100)
    with mediamgr.open(demo_library(LABELLED_ITEMS)) as lib:
        rows, truth = make_copies(lib)
    likely, doubtful = find(rows, truth, "likely"), find(rows, truth, "doubtful")
    table = Table("what was done", "copies", "likely", "doubtful, too")
    for kind, (copies, found) in sorted(likely.kinds.items()):
        table.add_row(kind, str(copies), f"{found / copies:.2f}", f"{doubtful.kinds[kind][1] / copies:.2f}")
    console.print(table)
    for name, found_of in (("likely", likely), ("doubtful, too", doubtful)):
        console.print(
            f"{name}: precision {found_of.precision:.4f}, recall {found_of.recall:.3f} of {len(truth)} copies"
        )


if __name__ == "__main__":
    main()
