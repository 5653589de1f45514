"""Benchmarks run by pytest itself: budgets, sizes, and what a result says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mediamgr.benchmarking import read_results
from mediamgr.benchmarking.growth import growth

pytest.importorskip("pytest_benchmark")

ROOT = Path(__file__).parents[2]
BENCHMARKS = """
import time
import pytest

pytestmark = pytest.mark.benchmark

@pytest.mark.budget(ms=2)
def test_over(benchmark, items):
    benchmark.pedantic(time.sleep, args=(0.004,), rounds=3)

@pytest.mark.budget(ms=60_000)
@pytest.mark.benchmark(group="within")
def test_within(benchmark, items):
    benchmark.pedantic(time.sleep, args=(0.001,), rounds=3)

@pytest.mark.who("a peer")
@pytest.mark.parametrize("kind", ["small", "large"])
def test_the_peer(benchmark, kind):
    benchmark.pedantic(time.sleep, args=(0.001,), rounds=3)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """pytest in a process of its own, which knows nothing of the one that runs this test."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:nbval", *arguments]
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, timeout=300)


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], Path]:
    """A run of the benchmarks above at two sizes, and its result."""
    folder = tmp_path_factory.mktemp("benchmarks")
    (folder / "bench_it.py").write_text(BENCHMARKS)
    result = folder / "result.json"
    given = ("-c", str(ROOT / "pyproject.toml"), "--rootdir", str(folder), "-p", "benchmarks.conftest")
    done = run(*given, "--items", "10", "--items", "20", f"--benchmark-json={result}", str(folder / "bench_it.py"))
    return done, result


def test_a_median_over_its_budget_fails_the_run(ended: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """It is named with what it took, by how much that is too long, and the budget; the others pass."""
    done, _ = ended
    assert done.returncode == 1, done.stdout
    assert "2 failed, 4 passed" in done.stdout
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("test_over[20]: ")]
    # a sleep of 4 ms takes 4 ms or more
    median, over = re.fullmatch(r".*: its median of ([0-9.]+) ms is ([0-9]+)% over its budget of 2 ms", line).groups()
    assert float(median) >= 4
    assert int(over) == pytest.approx(float(median) * 50 - 100, abs=1)


def test_a_result_says_what_each_figure_is_of(ended: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """Items, question, who and budget; one over its budget is in it, too."""
    _, result = ended
    told = {each["name"]: each["extra_info"] for each in json.loads(result.read_text())["benchmarks"]}
    assert told["test_over[10]"] == {"items": 10, "question": "over", "who": "mediamgr", "budget_ms": 2}
    assert told["test_within[20]"] == {"items": 20, "question": "within", "who": "mediamgr", "budget_ms": 60_000}
    assert told["test_the_peer[small]"] == {"question": "the peer, small", "who": "a peer"}


def test_a_result_is_read_and_drawn(ended: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """As pytest-benchmark really writes it: every fact of the machine is known, and two sizes are growth."""
    results = read_results(ended[1])
    assert len(results.timings) == 6
    assert "unknown" not in results.machine.values()
    assert growth([results])["question"].unique(maintain_order=True).to_list() == ["over", "within"]


def test_each_file_says_how_long_it_took(ended: tuple[subprocess.CompletedProcess[str], Path]) -> None:
    """At the end of the run."""
    _, _, told = ended[0].stdout.partition("seconds by file")
    assert told.splitlines()[1].split()[1] == "bench_it.py"


def test_benchmarks_are_left_out_unless_they_are_asked_for() -> None:
    """By -m "not benchmark", and by a plain `pytest`; nothing is built for that. `pytest -m benchmark` has them."""
    left_out = run("-m", "not benchmark", "benchmarks")
    assert left_out.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, left_out.stdout
    of_one_file = ("--collect-only", "-o", "testpaths=benchmarks/bench_search.py")
    plain = run(*of_one_file)
    assert plain.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, plain.stdout
    asked = run(*of_one_file, "-m", "benchmark")
    assert asked.returncode == pytest.ExitCode.OK, asked.stdout
    assert "benchmarks/bench_search.py::test_search[10000-search, rarest word-mediamgr]" in asked.stdout


def test_a_size_is_a_number_of_items() -> None:
    """Anything else is refused before anything is collected."""
    refused = run("benchmarks", "--items", "10000", "--items", "0")
    assert refused.returncode == pytest.ExitCode.USAGE_ERROR
    assert "'0' is no number of items, such as 10000" in refused.stderr
