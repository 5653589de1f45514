"""Claim: a tidy library of 100,000 names is understood over twenty times as fast as by a loop over guessit.

What is left is the guessing of some six names in a hundred, in as many processes as there are cores; a name on the
fast path costs a 300th of a guess. The ratio needs both cores to be free. `items` are names.

Run: pytest -m benchmark benchmarks/bench_names.py --items 100000
"""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.ingest.names import parse_fast, understand
from tests.ingest.name_corpus import make_corpus, make_tidy_tree

pytestmark = pytest.mark.benchmark

LOOP_SAMPLE = 100


def test_a_tidy_tree_is_understood(benchmark: Any, items: int) -> None:
    """Our path: a tidy tree, the doubtful ones guessed; extra_info holds files per second."""
    tree = make_tidy_tree(items)
    found = benchmark.pedantic(understand, args=(tree, {}), rounds=1, iterations=1)
    assert len(found) == items
    benchmark.extra_info["files_per_second"] = round(items / benchmark.stats.stats.median)
    benchmark.extra_info["guessed"] = sum(facts.rules == "guessit" for facts in found.values())


def test_a_tidy_tree_is_read_fast(benchmark: Any) -> None:
    """The fast path alone, on 5,000 files of a tidy tree."""
    tree = make_tidy_tree(5000)
    benchmark.pedantic(lambda: [parse_fast(path) for path in tree], rounds=5, iterations=1, warmup_rounds=1)
    benchmark.extra_info["files_per_second"] = round(5000 / benchmark.stats.stats.median)


def test_a_mixed_tree_is_understood(benchmark: Any) -> None:
    """Our path on 1,000 names of every family, scene names and hard ones included."""
    paths = [made.path for made in make_corpus(1000, seed=5)]
    found = benchmark.pedantic(understand, args=(paths, {}), rounds=2, iterations=1)
    benchmark.extra_info["files_per_second"] = round(1000 / benchmark.stats.stats.median)
    benchmark.extra_info["guessed"] = sum(facts.rules == "guessit" for facts in found.values())


def test_a_known_tree_is_understood(benchmark: Any) -> None:
    """A rescan: every name known."""
    tree = make_tidy_tree(5000)
    known = understand(tree, {})
    assert benchmark.pedantic(understand, args=(tree, known), rounds=5, iterations=1) == known
    benchmark.extra_info["files_per_second"] = round(5000 / benchmark.stats.stats.median)


@pytest.mark.who("guessit")
def test_a_plain_loop_over_guessit(benchmark: Any) -> None:
    """What we compare with: guessit called on each file of a sample of the same tree."""
    from guessit import guessit

    sample = make_tidy_tree(5000)[:: 5000 // LOOP_SAMPLE]
    benchmark.pedantic(lambda: [guessit(path) for path in sample], rounds=2, iterations=1, warmup_rounds=1)
    benchmark.extra_info["files_per_second"] = round(len(sample) / benchmark.stats.stats.median)
