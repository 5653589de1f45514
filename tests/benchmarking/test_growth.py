"""How times grow, drawn."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from mediamgr.benchmarking import read_results
from mediamgr.benchmarking.growth import draw_growth, growth
from mediamgr.errors import SourceError
from tests.benchmarking.saved import benchmark, save


def page(items: int, median: float, who: str = "mediamgr") -> dict[str, object]:
    """A benchmark of a size."""
    return benchmark(f"test_page[{items}-{who}]", median, items=items, who=who, question="first <page> & more")


def test_growth_is_what_was_measured_at_several_sizes(tmp_path: Path) -> None:
    """In one run or in several, the last of which counts; one size is no growth, and no size is none."""
    first = save(tmp_path / "1.json", page(100, 9.0), page(100, 1.0, "SQLite"), benchmark("test_it", 1.0))
    second = save(tmp_path / "2.json", page(100, 0.001), page(1000, 0.002))
    measured = growth(map(read_results, (first, second)))
    assert measured.rows() == [
        ("first <page> & more", "mediamgr", 100, 1.0),
        ("first <page> & more", "mediamgr", 1000, 2.0),
    ]
    with pytest.raises(SourceError, match=r"measured at two sizes; measure with: .*--items 10000 --items 100000"):
        growth([read_results(first)])


def test_the_drawing_holds_the_names_and_the_points(tmp_path: Path) -> None:
    """An SVG with a title for each question, a line for each who answers and a point for each size."""
    rows = [("counts", "mediamgr", 10, 1.0), ("counts", "mediamgr", 100, 1.5)]
    rows += [("counts", "SQLite", 10, 0.5), ("counts", "SQLite", 100, 50.0), ("first <page>", "mediamgr", 10, 2.0)]
    measured = pl.DataFrame(rows, schema=["question", "who", "items", "milliseconds"], orient="row")
    drawn = draw_growth(measured, tmp_path / "new folder" / "growth.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    for text in ("counts", "first &lt;page&gt;", "mediamgr", "SQLite", "items", "ms"):
        assert f">{text}</text>" in drawn
    points = drawn.count('aria-roledescription="point"')
    assert points == len(rows)
