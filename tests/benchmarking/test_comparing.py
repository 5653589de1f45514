"""Two runs side by side."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mediamgr.benchmarking import Comparison, compare, differences, read_results
from mediamgr.errors import SourceError
from tests.benchmarking.saved import MACHINE, benchmark, save


def compared(folder: Path, before: list[dict[str, Any]], after: list[dict[str, Any]], **options: Any) -> Comparison:
    """Two runs, saved and read."""
    runs = [read_results(save(folder / f"{n}.json", *run)) for n, run in enumerate((before, after))]
    return compare(*runs, **options)


@pytest.mark.parametrize(
    ("before", "after", "spread", "verdict"),
    [
        pytest.param(1.0, 1.5, 0.01, "slower", id="half as long again"),
        pytest.param(1.5, 1.0, 0.01, "faster", id="a third less"),
        pytest.param(1.0, 1.0, 0.01, "same", id="the same"),
        pytest.param(1.0, 1.19, 0.001, "same", id="below the threshold"),
        pytest.param(1.0, 1.21, 0.001, "slower", id="above the threshold"),
        pytest.param(1.21, 1.0, 0.001, "faster", id="above the threshold, the other way"),
        pytest.param(1.19, 1.0, 0.001, "same", id="below the threshold, the other way"),
        pytest.param(1.0, 1.5, 0.3, "noisy", id="rounds overlap"),
        pytest.param(1.5, 1.0, 0.3, "noisy", id="rounds overlap, the other way"),
    ],
)
def test_the_verdict(tmp_path: Path, before: float, after: float, spread: float, verdict: str) -> None:
    """A threshold of 20 % both ways, beyond what the rounds scatter."""
    one, other = benchmark("test_it", before, spread), benchmark("test_it", after, spread)
    (change,) = compared(tmp_path, [one], [other]).changes
    assert change.verdict == verdict
    assert change.ratio == pytest.approx(after / before)


@pytest.mark.parametrize("figure", ["min", "q1"])
def test_each_figure_alone_keeps_it_from_being_called_slower(tmp_path: Path, figure: str) -> None:
    """A fastest round as fast as before, or a quick quarter that began as early, is noise."""
    before, after = benchmark("test_it", 1.0), benchmark("test_it", 1.5)
    assert compared(tmp_path, [before], [after]).changes[0].verdict == "slower"
    after["stats"][figure] = before["stats"]["q1"]
    assert compared(tmp_path, [before], [after]).changes[0].verdict == "noisy"


def test_the_threshold_is_a_share(tmp_path: Path) -> None:
    """Half as long again is no more than 60 %."""
    before, after = benchmark("test_it", 1.0), benchmark("test_it", 1.5)
    assert compared(tmp_path, [before], [after], threshold=0.6).changes[0].verdict == "same"
    assert compared(tmp_path, [before], [after], threshold=0.4).changes[0].verdict == "slower"


def test_what_is_in_one_run_only(tmp_path: Path) -> None:
    """It is said, in the order of the earlier run, and what is new last; there is no ratio of it."""
    before = [benchmark("test_gone", 1.0), benchmark("test_stays", 1.0)]
    after = [benchmark("test_new", 1.0), benchmark("test_stays", 1.0)]
    changes = compared(tmp_path, before, after).changes
    assert [(change.timing.name, change.verdict, change.ratio) for change in changes] == [
        ("bench.py::test_gone", "gone", None),
        ("bench.py::test_stays", "same", 1.0),
        ("bench.py::test_new", "new", None),
    ]


def test_peers_are_counted_apart(tmp_path: Path) -> None:
    """Ours and theirs each have their counts."""
    before, after = (
        [
            benchmark("test_ours", ours),
            benchmark("test_theirs", 1.0, who="SQLite"),
            benchmark("test_floor", 1.0, who="C"),
        ]
        for ours in (1.0, 2.0)
    )
    both = compared(tmp_path, before, after)
    assert (both.count(), both.count("slower"), both.count(is_ours=False)) == (1, 1, 2)
    assert both.count("slower", is_ours=False) == 0


def test_nothing_in_common(tmp_path: Path) -> None:
    """Both files are named."""
    with pytest.raises(SourceError, match=r"0.json and .*1.json have no benchmark in common"):
        compared(tmp_path, [benchmark("test_one", 1.0)], [benchmark("test_other", 1.0)])


def test_another_machine_is_told_of(tmp_path: Path) -> None:
    """Every fact that differs, as it was and as it is; none where nothing does."""
    other = {**MACHINE, "cores": 8, "duckdb": "2.1.0", "node": "elsewhere"}
    was, same, now = (
        read_results(save(tmp_path / "r.json", benchmark("test_it", 1.0), machine=machine))
        for machine in (MACHINE, {**MACHINE, "node": "elsewhere"}, other)
    )
    assert list(differences(was, now)) == ["cores 2, then 8", "DuckDB 2.0.1, then 2.1.0"]
    assert list(differences(was, same)) == []
