"""Reading what pytest-benchmark saved."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mediamgr.benchmarking import find_results, read_results
from mediamgr.errors import SourceError
from tests.benchmarking.saved import MACHINE, benchmark, save


def test_a_result_says_what_was_measured_where_and_when(tmp_path: Path) -> None:
    """Times are seconds; facts of the machine are for people; a changed checkout has a plus."""
    told = benchmark("test_page[100]", 0.02, items=100, question="first page", who="SQLite")
    results = read_results(save(tmp_path / "r.json", told, dirty=True))
    timing = results.timings["bench.py::test_page[100]"]
    assert (timing.question, timing.who, timing.items, timing.is_ours) == ("first page", "SQLite", 100, False)
    assert (timing.fastest, timing.low, timing.median, timing.high) == pytest.approx((0.0198, 0.0198, 0.02, 0.0202))
    assert (results.commit, results.taken_at) == ("0123456789+", datetime(2026, 5, 1, 12, tzinfo=UTC))
    assert results.machine == {
        "processor": "Some CPU", "cores": "2", "memory": "8.0 GB", "system": "Linux", "Python": "3.13.1",
        "DuckDB": "2.0.1", "Polars": "2.1.0",
    }  # fmt: skip


def test_a_result_of_another_project_is_read_too(tmp_path: Path) -> None:
    """Without what our own benchmarks add: the name is the question, and what is not said is unknown."""
    machine = {name: fact for name, fact in MACHINE.items() if name not in ("cores", "memory_bytes", "duckdb")}
    results = read_results(save(tmp_path / "r.json", benchmark("test_it", 1.0), machine=machine))
    (timing,) = results.timings.values()
    assert (timing.question, timing.who, timing.items) == ("test_it", "mediamgr", None)
    assert [results.machine[fact] for fact in ("cores", "memory", "DuckDB")] == ["2", "unknown", "unknown"]


@pytest.mark.parametrize(("who", "is_ours"), [("mediamgr", True), ("mediamgr, disk", True), ("mediamgrs", False)])
def test_what_is_ours(tmp_path: Path, who: str, is_ours: bool) -> None:
    """mediamgr in any of its ways."""
    results = read_results(save(tmp_path / "r.json", benchmark("test_it", 1.0, who=who)))
    assert results.timings["bench.py::test_it"].is_ours == is_ours


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is not JSON, or was cut short"),
        ('{"benchmarks": [', "is not JSON, or was cut short"),
        (b"\xff\xfe\xff", "is not JSON, or was cut short"),
        ("[]", "is not a result of pytest-benchmark"),
        ("3", "is not a result of pytest-benchmark"),
        ('{"title": "Heat"}', "is not a result of pytest-benchmark"),
        ('{"benchmarks": [{}], "datetime": "2026-05-01"}', "is not a result of pytest-benchmark"),
        ('{"benchmarks": [], "datetime": "noon", "machine_info": {"cpu": {}}}', "is not a result of pytest-benchmark"),
        ('{"benchmarks": [], "datetime": "2026-05-01", "machine_info": {"cpu": {}}}', "holds no benchmark"),
    ],
)
def test_what_is_no_result_is_named(tmp_path: Path, content: str | bytes, reason: str) -> None:
    """The message says which file it is, what is wrong with it and how to get another."""
    path = tmp_path / "r.json"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(SourceError, match=reason) as told:
        read_results(path)
    assert str(path) in str(told.value)
    assert "measure again" in str(told.value) or "make bench" in str(told.value)


@pytest.mark.parametrize("median", [0.0, -1.0, float("nan"), float("inf")])
def test_a_time_is_more_than_nothing(tmp_path: Path, median: float) -> None:
    """Ratios are made of it."""
    with pytest.raises(SourceError, match=r"bench.py::test_it took no time"):
        read_results(save(tmp_path / "r.json", benchmark("test_it", median)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is named with what could be named instead."""
    with pytest.raises(SourceError, match=r'nowhere.json cannot be read: No such file.*"latest"'):
        read_results(tmp_path / "nowhere.json")


class TestFind:
    """`find_results`."""

    def test_latest_and_previous_are_by_time(self, tmp_path: Path) -> None:
        """In folders below as well, whatever the names; anything else is a path."""
        newest = save(tmp_path / "b" / "0001.json", benchmark("test_it", 1.0), day=9)
        oldest = save(tmp_path / "a" / "0003.json", benchmark("test_it", 1.0), day=2)
        middle = save(tmp_path / "0002.json", benchmark("test_it", 1.0), day=5)
        assert (find_results("latest", tmp_path), find_results("previous", tmp_path)) == (newest, middle)
        assert find_results(str(oldest), tmp_path) == oldest

    def test_too_few(self, tmp_path: Path) -> None:
        """How many there are is said, and how to get more."""
        with pytest.raises(SourceError, match=r'holds 0 results, too few for "latest"; `make bench`'):
            find_results("latest", tmp_path / "none")
        save(tmp_path / "r.json", benchmark("test_it", 1.0))
        with pytest.raises(SourceError, match=r'holds 1 results, too few for "previous"'):
            find_results("previous", tmp_path)

    def test_one_that_cannot_be_read_is_named(self, tmp_path: Path) -> None:
        """Nothing is passed over in silence."""
        save(tmp_path / "r.json", benchmark("test_it", 1.0))
        (tmp_path / "half.json").write_text(json.dumps({})[:1])
        with pytest.raises(SourceError, match=r"half.json is not JSON"):
            find_results("latest", tmp_path)
