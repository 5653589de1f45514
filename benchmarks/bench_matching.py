"""Claim: of what is matched without asking 99.5 in a hundred is right, and that is over 85 of a hundred that are there.

Cases are made of the demo library (benchmarks/noisy_titles.py); beside it, in the same run, the naive way: the most
alike title of exactly that year. Prints both by kind of noise, what other thresholds give, and what was wrong.

Run: python -m benchmarks.bench_matching (the tables), pytest -m benchmark benchmarks/bench_matching.py
(the cost of a decision)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from rich.console import Console
from rich.table import Table

import mediamgr
from benchmarks.libraries import demo_library
from benchmarks.matching_answers import Answers, match, match_naively, search_all, tally
from benchmarks.noisy_titles import KINDS, Case, NoisyProvider, make_cases
from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import THRESHOLDS, Thresholds, Wanted

pytestmark = pytest.mark.benchmark

LIBRARY_ITEMS, CASES = 10_000, 4_000
OTHERS = [Thresholds(automatic, review) for automatic in (0.9, 0.95, 0.97, 0.99) for review in (0.05, 0.2, 0.5)]


@pytest.fixture(scope="module")
def asked() -> Iterator[tuple[NoisyProvider, list[Case], dict[int, list[WorkFacts]]]]:
    """A provider, cases, and what it finds for each."""
    with mediamgr.open(demo_library(LIBRARY_ITEMS)) as lib:
        provider = NoisyProvider(lib)
        cases = make_cases(provider, CASES // 4)
        yield provider, cases, search_all(provider, cases)


@pytest.mark.benchmark(group="decisions")
def test_matching(benchmark: Any, asked: Any) -> None:
    """Ours: searched already, decided, with the wholes at hand."""
    provider, cases, found = asked
    answers = benchmark.pedantic(
        lambda: tally(cases, lambda wanted: match(provider, wanted, found[wanted.item_id])), rounds=3, iterations=1
    )
    benchmark.extra_info["matches_per_second"] = round(len(cases) / benchmark.stats.stats.median)
    benchmark.extra_info["precision"] = round(answers.precision, 4)
    benchmark.extra_info["recall"] = round(answers.recall, 4)


@pytest.mark.who("naively")
@pytest.mark.benchmark(group="decisions")
def test_naively(benchmark: Any, asked: Any) -> None:
    """The peer."""
    provider, cases, found = asked
    answers = benchmark.pedantic(
        lambda: tally(cases, lambda wanted: match_naively(provider, wanted, found[wanted.item_id])),
        rounds=3,
        iterations=1,
    )
    benchmark.extra_info["precision"] = round(answers.precision, 4)
    benchmark.extra_info["recall"] = round(answers.recall, 4)


def main() -> None:
    """Print the tables."""
    console = Console(width=120)
    with mediamgr.open(demo_library(LIBRARY_ITEMS)) as lib:
        provider = NoisyProvider(lib)
        cases = make_cases(provider, CASES)
        found = search_all(provider, cases)

        def answered(wanted: Wanted, thresholds: Thresholds = THRESHOLDS) -> Any:
            return match(provider, wanted, found[wanted.item_id], thresholds)

        ours = tally(cases, answered)
        wholes = provider.asked_for_whole / len(cases)
        naive = tally(cases, lambda wanted: match_naively(provider, wanted, found[wanted.item_id]))
        console.print(_by_kind(ours, naive))
        console.print(_said("matching", ours), f"{wholes:.2f} works fetched whole per item")
        console.print(_said("naively", naive))
        for thresholds in OTHERS:
            other = tally(cases, partial(answered, thresholds=thresholds))
            console.print(_said(f"automatic {thresholds.automatic}, review {thresholds.review}", other))
        for case, answer in ours.wrong:
            assert answer.decision
            taken = answer.decision.matches[0]
            console.print(f"wrong ({case.kind}): {case.wanted.title} ({case.wanted.year}) taken for", markup=False)
            console.print(f"    {taken.candidate.title}: {', '.join(map(str, taken.reasons))}", markup=False)


def _by_kind(ours: Answers, naive: Answers) -> Table:
    columns = ("cases", "right", "wrong", "review", "review_has", "nothing")
    table = Table("kind", *columns, "naively right", "naively wrong")
    for kind in [*(each for each in KINDS if each in ours.kinds), ""]:
        counts, other = (each.kinds[kind] if kind else each.total for each in (ours, naive))
        figures = [counts[column] for column in columns] + [other["right"], other["wrong"]]
        table.add_row(kind or "all", *map(str, figures))
    return table


def _said(name: str, answers: Answers) -> str:
    total = answers.total
    return (
        f"{name}: precision {answers.precision:.4f}, recall {answers.recall:.3f}, review {total['review']}"
        f" of {total['cases']}, of which {total['review_has']} hold the right one"
    )


if __name__ == "__main__":
    main()
