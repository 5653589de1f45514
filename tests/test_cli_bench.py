"""mediamgr bench, run as a person runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarking.saved import MACHINE, benchmark, save
from tests.test_cli import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two runs: one benchmark became slower, one faster, one is noisy, one is gone, one new, and a peer is as before."""
    save(
        tmp_path / "m" / "0001.json",
        benchmark("test_slower", 0.010),
        benchmark("test_faster", 0.020),
        benchmark("test_noisy", 0.010, 0.5),
        benchmark("test_gone[of old]", 1.0),
        benchmark("test_peer", 1.0, who="SQLite"),
        day=1,
    )
    save(
        tmp_path / "m" / "0002.json",
        benchmark("test_slower", 0.015),
        benchmark("test_faster", 0.010),
        benchmark("test_noisy", 0.015, 0.5),
        benchmark("test_new", 0.000_004),
        benchmark("test_peer", 1.0, who="SQLite"),
        day=2,
    )
    return tmp_path


class TestCompare:
    """mediamgr bench compare."""

    def test_says_what_became_slower_and_exits_with_1(self, folder: Path) -> None:
        """A row for each benchmark, a summary, and both runs with their times and commits."""
        told = run("bench", "compare", "--folder", str(folder))
        assert (told.returncode, told.stderr) == (1, "")
        lines = told.stdout.splitlines()
        assert lines[0] == f"before: {folder / 'm' / '0001.json'}, 2026-05-01 12:00 UTC, commit 0123456789"
        assert lines[1].startswith(f"after: {folder / 'm' / '0002.json'}, 2026-05-02")
        assert [line.split() for line in lines[3:-1]] == [
            ["bench.py::test_slower", "10", "ms", "15", "ms", "1.50", "slower"],
            ["bench.py::test_faster", "20", "ms", "10", "ms", "0.50", "faster"],
            ["bench.py::test_noisy", "10", "ms", "15", "ms", "1.50", "noisy"],
            ["bench.py::test_gone[of", "old]", "1.0", "s", "gone"],
            ["bench.py::test_peer", "1.0", "s", "1.0", "s", "1.00", "same"],
            ["bench.py::test_new", "4.0", "µs", "new"],
        ]
        assert lines[-1] == "1 of 5 slower by more than 20%, 1 faster, 1 noisy, 1 only before, 1 only after"

    def test_exits_with_0_when_nothing_is_slower(self, folder: Path) -> None:
        """By a higher threshold, the other way round, or when only told to say it."""
        where = ("--folder", str(folder))
        assert run("bench", "compare", "--threshold", "60%", "--fail", *where).returncode == 0
        assert run("bench", "compare", "latest", "latest", *where).returncode == 0
        told = run("bench", "compare", "--no-fail", "--threshold", "2.5%", *where)
        assert (told.returncode, told.stdout.splitlines()[-1][:31]) == (0, "1 of 5 slower by more than 2.5%")

    def test_peers_never_fail(self, tmp_path: Path) -> None:
        """That they are slower is said: the machine was busy."""
        before, after = (
            save(tmp_path / name, benchmark("test_it", 1.0), benchmark("test_peer", median, who="SQLite"))
            for name, median in (("a.json", 1.0), ("b.json", 2.0))
        )
        told = run("bench", "compare", str(before), str(after))
        assert told.returncode == 0
        assert told.stderr.startswith("1 of 1 peers and floors are slower, too")

    def test_another_machine_is_told_of(self, tmp_path: Path) -> None:
        """On stderr, with what differs; the comparison is made."""
        before = save(tmp_path / "a.json", benchmark("test_it", 1.0))
        after = save(tmp_path / "b.json", benchmark("test_it", 1.0), machine={**MACHINE, "cores": 64})
        told = run("bench", "compare", str(before), str(after))
        assert told.returncode == 0
        assert told.stderr.startswith("Not measured on the same machine: cores 2, then 64.")

    def test_what_cannot_be_compared_exits_with_2(self, folder: Path, tmp_path: Path) -> None:
        """One line that names it, never a traceback."""
        half = tmp_path / "half.txt"
        half.write_text('{"benchmarks')
        good = str(folder / "m" / "0001.json")
        for given, reason in {
            (good, str(half)): f"{half} is not JSON",
            ("nowhere.json", good): "nowhere.json cannot be read",
            ("--folder", str(tmp_path / "empty")): "empty holds 0 results",
        }.items():
            told = run("bench", "compare", *given)
            assert (told.returncode, told.stdout) == (2, "")
            assert told.stderr.startswith("mediamgr: ")
            assert reason in told.stderr
            assert told.stderr.count("\n") == 1

    @pytest.mark.parametrize("threshold", ["20", "nan%"])
    def test_the_threshold_is_a_percentage(self, folder: Path, threshold: str) -> None:
        """Nobody has to guess whether 20 is a percentage or a factor."""
        told = run("bench", "compare", "--threshold", threshold, "--folder", str(folder))
        assert told.returncode == 2
        assert "is not a percentage, such as 20%" in told.stderr


class TestGrowth:
    """mediamgr bench growth."""

    def test_draws_an_svg(self, tmp_path: Path) -> None:
        """From runs that were each of one size."""
        runs = [
            save(
                tmp_path / f"{items}.json", benchmark(f"test_it[{items}]", items / 1e6, items=items, question="a page")
            )
            for items in (1_000, 100_000)
        ]
        told = run("bench", "growth", *map(str, runs), "--to", str(tmp_path / "drawn.svg"))
        assert (told.returncode, told.stderr) == (0, f"1 question drawn in {tmp_path / 'drawn.svg'}\n")
        assert ">a page</text>" in (tmp_path / "drawn.svg").read_text()

    def test_what_cannot_be_drawn_exits_with_2(self, folder: Path, tmp_path: Path) -> None:
        """A run without sizes, and a picture of another kind; nothing is written."""
        told = run("bench", "growth", "latest", "--folder", str(folder), "--to", str(tmp_path / "drawn.svg"))
        assert told.returncode == 2
        assert told.stderr.startswith("mediamgr: Nothing in these results was measured at two sizes")
        assert run("bench", "growth", "latest", "--to", str(tmp_path / "drawn.png")).returncode == 2
        assert not list(tmp_path.glob("drawn*"))
