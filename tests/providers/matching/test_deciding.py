"""What follows from the scores: taken, to be looked at, nothing; and what is asked for before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import Thresholds, Wanted, decide, needs_more
from mediamgr.titles import search_texts
from tests.providers.matching.test_judging import film, wanted


def ids(works: tuple[WorkFacts, ...]) -> list[str]:
    """What they are called."""
    return [work.id for work in works]


def whole(work: WorkFacts, minutes: int) -> WorkFacts:
    """All that is known of it."""
    return replace(work, fields={**work.fields, "runtime_minutes": minutes}, is_whole=True)


def test_the_only_one_of_its_title_and_year_is_taken() -> None:
    """Without asking for more, whatever else was found."""
    found = [film("The Matrix Reloaded", 2003, id="604"), film(), film("The Matrix", 1973, id="9")]
    decision = decide(wanted(), found)
    assert decision.status == "matched"
    assert decision.matches[0].candidate.id == "603"
    assert needs_more(wanted(), found) == ()


def test_nothing_is_found() -> None:
    """Or nothing like it."""
    assert decide(wanted(), []).reason == "nothing was found"
    decision = decide(wanted(), [film("Stalker", 1979)])
    assert (decision.status, decision.matches) == ("nothing", ())
    assert decision.reason == "nothing found is likely enough (0%)"
    assert needs_more(wanted(), []) == needs_more(wanted(), [film("Stalker", 1979)]) == ()


def test_two_of_one_title_and_year_are_doubtful() -> None:
    """Until their runtimes tell them apart."""
    twins = [film(id="1"), film(id="2")]
    asked = wanted(minutes=136)
    decision = decide(asked, twins)
    assert (decision.status, decision.reason) == ("doubtful", "2 are about as likely")
    assert ids(needs_more(asked, twins)) == ["1", "2"]
    seen = [whole(twins[0], 92), whole(twins[1], 136)]
    assert needs_more(asked, seen) == ()
    decision = decide(asked, seen)
    assert decision.status == "matched"
    assert [match.candidate.id for match in decision.matches] == ["2", "1"]


def test_one_seen_whole_is_not_taken_before_an_equal_that_is_not() -> None:
    """That one might fit as well."""
    seen = [whole(film(id="1"), 136), film(id="2")]
    assert decide(wanted(minutes=136), seen).status == "doubtful"
    assert ids(needs_more(wanted(minutes=136), seen)) == ["2"]


def test_at_most_three_are_asked_for() -> None:
    """And at most five are shown."""
    many = [film(id=str(number)) for number in range(9)]
    assert ids(needs_more(wanted(), many)) == ["0", "1", "2"]
    assert len(decide(wanted(), many).matches) == 5


def test_without_a_year_the_whole_is_asked_for() -> None:
    """The runtime makes up for it."""
    asked = wanted(year=None, minutes=136)
    assert ids(needs_more(asked, [film()])) == ["603"]
    assert decide(asked, [film()]).status == "doubtful"
    assert decide(asked, [whole(film(), 136)]).status == "matched"


def test_what_is_found_under_another_name_is_asked_for() -> None:
    """The provider's first, when it is of that year: it knows why it found it."""
    found = [film("Oceano Negro", 1999, id="7"), film("Stalker", 1999, id="8")]
    assert ids(needs_more(wanted(), found)) == ["7"]
    assert needs_more(wanted(year=1950), found) == ()
    named = replace(found[0], other_titles=("The Matrix",), is_whole=True)
    assert decide(wanted(), [named, found[1]]).status == "matched"


def test_an_id_is_taken_before_all() -> None:
    """Though another looks as good."""
    found = [film(id="1"), film(id="2", ids={"imdb": "tt1"})]
    decision = decide(wanted(ids={"imdb": "tt1"}), found)
    assert (decision.status, decision.reason) == ("matched", "an id says so")
    assert decision.matches[0].candidate.id == "2"
    assert needs_more(wanted(ids={"imdb": "tt1"}), found) == ()


def test_two_of_one_id_are_doubtful() -> None:
    """A provider may be wrong."""
    found = [film(id="1", ids={"imdb": "tt1"}), film(id="2", ids={"imdb": "tt1"})]
    assert decide(wanted(ids={"imdb": "tt1"}), found).reason == "two have the same id"


def test_another_id_is_never_taken_unasked() -> None:
    """Even with no threshold at all."""
    found = [film(minutes=136, ids={"imdb": "tt2"})]
    decision = decide(wanted(minutes=136, ids={"imdb": "tt1"}), found, Thresholds(automatic=0.0, review=0.0))
    assert (decision.status, decision.reason) == ("doubtful", "an id says that it is another")


def test_a_work_told_twice_counts_once() -> None:
    """As it was told most wholly."""
    for found in ([film(), whole(film(), 136)], [whole(film(), 136), film()]):
        decision = decide(wanted(minutes=136), found)
        assert decision.status == "matched"
        assert [match.candidate.is_whole for match in decision.matches] == [True]


def test_thresholds_may_be_others() -> None:
    """Of whoever wants to be asked more, or less."""
    found = [film(year=2000)]
    assert decide(wanted(), found).status == "doubtful"
    assert decide(wanted(), found, Thresholds(automatic=0.9)).status == "matched"
    assert decide(wanted(), found, Thresholds(review=0.96)).status == "nothing"


@pytest.mark.parametrize(
    ("title", "texts"),
    [
        ("The Matrix", ["The Matrix"]),
        ("Matrix, The", ["The Matrix"]),
        ("Blade Runner (1982) - The Final Cut", ["Blade Runner (1982) - The Final Cut", "Blade Runner"]),
        ("Alien: Director's Cut", ["Alien: Director's Cut", "Alien"]),
        ("Mission: Impossible - Fallout", ["Mission: Impossible - Fallout", "Mission: Impossible", "Mission"]),
        ("1917", ["1917"]),
        ("2012 (2009)", ["2012 (2009)", "2012"]),
        ("Final Cut", ["Final Cut"]),
        ("", []),
    ],
)
def test_what_to_search_for(title: str, texts: list[str]) -> None:
    """The title as it is first, then without what files add to it."""
    assert list(search_texts(wanted(title).titles)) == texts


def test_all_titles_are_searched_for() -> None:
    """Four in all."""
    asked = Wanted(1, "movie", "A: B", "C: D", ("E", "F"))
    assert search_texts(asked.titles) == ("A: B", "C: D", "E", "F")
