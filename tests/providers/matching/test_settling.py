"""Which results are seen as a whole before it is decided, and that what matched is judged again with all of it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import Thresholds, settle
from tests.providers.matching.test_deciding import whole
from tests.providers.matching.test_judging import film, wanted


class Shelf:
    """Gives wholes by id, and keeps whom it was asked for."""

    def __init__(self, minutes: Mapping[str, int]) -> None:
        self.asked: list[str] = []
        self._minutes = minutes

    def __call__(self, work: WorkFacts) -> WorkFacts | None:
        """None for what has gone."""
        self.asked.append(work.id)
        return whole(work, self._minutes[work.id]) if work.id in self._minutes else None


def test_what_matches_is_seen_once_and_kept_as_a_whole() -> None:
    """In the place of its result; the others are not asked for."""
    works, shelf = [film("Stalker", 1979, id="9"), film(id="603")], Shelf({"603": 136, "9": 162})
    decision = settle(wanted(minutes=136), works, shelf)
    assert decision.status == "matched"
    assert decision.matches[0].candidate is works[1]
    assert works[1].is_whole
    assert shelf.asked == ["603"]


def test_twins_are_told_apart_by_what_only_the_whole_says() -> None:
    """Both are asked for, and neither twice."""
    shelf = Shelf({"1": 92, "2": 136})
    decision = settle(wanted(minutes=136), [film(id="1"), film(id="2")], shelf)
    assert (decision.status, decision.matches[0].candidate.id) == ("matched", "2")
    assert shelf.asked == ["1", "2"]


def test_a_match_that_its_whole_speaks_against_is_not_taken() -> None:
    """It is for somebody to look at."""
    decision = settle(wanted(minutes=136), [film(id="603")], Shelf({"603": 22}))
    assert decision.status == "doubtful"


@pytest.mark.parametrize("there", [{}, {"603": 136}], ids=["gone", "there"])
def test_what_has_gone_is_judged_by_its_result(there: dict[str, int]) -> None:
    """A provider that finds a film and does not have it loses no match."""
    assert settle(wanted(), [film(id="603")], Shelf(there)).status == "matched"


def test_it_decides_by_the_thresholds_it_is_given() -> None:
    """Not by the usual ones."""
    assert settle(wanted(), [film()], Shelf({"603": 136}), Thresholds(0.9999999)).status == "doubtful"
