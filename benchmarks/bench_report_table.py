"""Claim: a report's table has its first rows in milliseconds, whatever the size. A million rows are sorted by numbers
and filtered in less than a second; by titles that are all different they are sorted in seconds, as Polars does.

Beside the floor of the first rows: the same rows of the frame as Polars gives them.

Run: pytest -m benchmark benchmarks/bench_report_table.py --items 10000 --items 1000000
"""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from mediamgr.reports.table import ReportTable

pytestmark = pytest.mark.benchmark
ITEMS = (10_000, 1_000_000)
FIRST_ROWS = pytest.mark.benchmark(group="first rows of a report's table")


@pytest.fixture(scope="module")
def frame(items: int) -> pl.DataFrame:
    """As many rows, in no order."""
    number = pl.int_range(items, eager=True)
    mixed = number * 7_919 % items
    title = "The " + mixed.cast(pl.String) + " Lanterns of the North"
    return pl.DataFrame(
        {
            "media_item_id": number,
            "item": title,
            "year": 1930 + mixed % 95,
            "size_bytes": mixed * 7_654_321,
            "share": mixed / items,
        }
    )


def shown(frame: pl.DataFrame) -> ReportTable:
    """The table, with its first rows."""
    return ReportTable(frame, "Rows", lambda row: None)


@FIRST_ROWS
def test_first_rows(benchmark: Any, frame: pl.DataFrame) -> None:
    """A table is made, and what it says where no kernel runs."""
    assert benchmark(lambda: shown(frame)._repr_mimebundle_())


@FIRST_ROWS
@pytest.mark.who("Polars")
def test_head(benchmark: Any, frame: pl.DataFrame) -> None:
    """The floor: the same rows as Python has them."""
    assert len(benchmark(lambda: frame.head(100).rows())) == 100


@pytest.mark.parametrize("column", ["size_bytes", "item"])
def test_sort(benchmark: Any, frame: pl.DataFrame, column: str) -> None:
    """By a header, until the first rows are there."""
    table = shown(frame)

    def turned() -> dict[str, Any]:
        table._sort(column, not table.descending)
        return table._page(0, 100)

    assert len(benchmark(turned)["rows"]["id"]) == 100


def test_filter(benchmark: Any, frame: pl.DataFrame) -> None:
    """Two words, until the first rows are there."""
    table = shown(frame)
    words = iter(f"lanterns {number}" for number in range(100_000))

    def typed() -> dict[str, Any]:
        table.text = next(words)
        return table._page(0, 100)

    assert benchmark(typed)["revision"]
