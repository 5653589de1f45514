"""Owns which works of a list of results are seen as a whole before it is decided: few, and what matched in any case."""

from __future__ import annotations

from collections.abc import Callable

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching._decide import THRESHOLDS, Decision, Thresholds, decide, needs_more
from mediamgr.providers.matching._wanted import Wanted

__all__ = ["settle"]


def settle(
    wanted: Wanted,
    works: list[WorkFacts],
    whole: Callable[[WorkFacts], WorkFacts | None],
    thresholds: Thresholds = THRESHOLDS,
) -> Decision:
    """Which of the works it is, after those in doubt and the one that matched were looked at in full.

    Args:
        wanted: The item.
        works: What was found for it; what is seen as a whole takes the place of what its result said.
        whole: Gives all of a work; None when it is gone.
        thresholds: From which score on what is done.
    """
    decision = _decided(wanted, works, whole, thresholds)
    if decision.status != "matched" or (best := decision.matches[0].candidate).is_whole:
        return decision
    _complete(works, best, whole)
    return _decided(wanted, works, whole, thresholds)


def _decided(
    wanted: Wanted,
    works: list[WorkFacts],
    whole: Callable[[WorkFacts], WorkFacts | None],
    thresholds: Thresholds,
) -> Decision:
    for each in needs_more(wanted, works, thresholds):
        _complete(works, each, whole)
    return decide(wanted, works, thresholds)


def _complete(works: list[WorkFacts], work: WorkFacts, whole: Callable[[WorkFacts], WorkFacts | None]) -> None:
    works[works.index(work)] = whole(work) or work
