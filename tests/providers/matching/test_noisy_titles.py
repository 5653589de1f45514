"""Items as careless collections have them are matched rightly or not at all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import mediamgr
from benchmarks.matching_answers import Answers, match, match_naively, search_all, tally
from benchmarks.noisy_titles import NoisyProvider, make_cases
from mediamgr.library import build_demo


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Answers, Answers]]:
    """To 200 cases: ours, and the naive ones."""
    path = tmp_path_factory.mktemp("noisy") / "demo.duckdb"
    build_demo(path, items=500).close()
    with mediamgr.open(path) as lib:
        provider = NoisyProvider(lib)
        cases = make_cases(provider, 200)
        found = search_all(provider, cases)
        yield (
            tally(cases, lambda wanted: match(provider, wanted, found[wanted.item_id])),
            tally(cases, lambda wanted: match_naively(provider, wanted, found[wanted.item_id])),
        )


def test_nearly_all_that_is_taken_is_right(answers: tuple[Answers, Answers]) -> None:
    """Save for a namesake of the same year in the place of one that is not there."""
    ours, _ = answers
    assert ours.precision >= 0.99
    assert {case.kind for case, _ in ours.wrong} <= {"not there but a namesake of that year"}


def test_most_that_is_there_is_taken(answers: tuple[Answers, Answers]) -> None:
    """More than a naive comparison takes, which is wrong more often."""
    ours, naive = answers
    assert ours.recall >= 0.9
    assert naive.recall < ours.recall
    assert naive.precision < ours.precision


def test_of_what_is_looked_at_most_hold_the_right_one(answers: tuple[Answers, Answers]) -> None:
    """And few have to be."""
    total = answers[0].total
    assert total["cases"] == 200
    assert 0 < total["review"] <= 20
    assert total["review_has"] >= total["review"] / 2
