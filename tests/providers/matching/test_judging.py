"""How well a candidate fits: what speaks for it, what against, and in which words."""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import Wanted, judge
from mediamgr.providers.matching._decide import THRESHOLDS

YES, NO = THRESHOLDS.automatic, THRESHOLDS.review


def film(title: str = "The Matrix", year: int | None = 1999, minutes: int | None = None, **more: Any) -> WorkFacts:
    """A candidate."""
    fields = {"year": year, "runtime_minutes": minutes, "original_title": more.pop("original_title", None)}
    known = {name: value for name, value in fields.items() if value is not None}
    return WorkFacts("tmdb", more.pop("id", "603"), more.pop("media_type", "movie"), title, known, **more)


def show(episodes: dict[int, int], **more: Any) -> WorkFacts:
    """A candidate with so many episodes in each season."""
    parts = tuple(
        WorkFacts(
            "tmdb", "", "season", f"Season {season}", {"season_number": season},
            parts=tuple(
                WorkFacts("tmdb", "", "episode", "", {"season_number": season, "episode_number": number})
                for number in range(1, count + 1)
            ),
        )
        for season, count in episodes.items()
    )  # fmt: skip
    return WorkFacts("tmdb", "1", "show", "Dark", {"year": 2017}, parts=parts, **more)


def wanted(title: str = "The Matrix", year: int | None = 1999, minutes: int | None = None, **more: Any) -> Wanted:
    """A film of the library."""
    return Wanted(1, "movie", title, year=year, runtime_minutes=minutes, **more)


def told(match: Any) -> list[str]:
    """Its reasons in words."""
    return [str(reason) for reason in match.reasons]


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("the matrix", "The Matrix"),
        ("Matrix, The", "The Matrix"),
        ("Matrix", "The Matrix"),
        ("Tom and Jerry", "Tom & Jerry"),
        ("Amelie", "Amélie"),
        ("Ueber Hamburg", "Über Hamburg"),
        ("Dalekiy gorod", "Далёкий город"),
        ("Rocky 2", "Rocky II"),
        ("Rocky Part Two", "Rocky II"),
        ("Kill Bill: Vol. 1", "Kill Bill 1"),
        ("Oceans Eleven", "Ocean's 11"),
        ("WALLE", "WALL·E"),
        ("Blade Runner Final Cut", "Blade Runner"),
        ("Blade Runner (Director's Cut)", "Blade Runner"),
        ("The Matrix 1999", "The Matrix"),
        ("夏の歌", "夏の歌"),
    ],
)
def test_spellings_of_one_title_are_the_same(ours: str, theirs: str) -> None:
    """Whichever side has which."""
    for one, other in ((ours, theirs), (theirs, ours)):
        match = judge(wanted(one), film(other))
        assert told(match)[0] == "title the same"
        assert match.score > YES


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ("Alien", "Alien 3", "numbers in the titles differ (“Alien” – “Alien 3”)"),
        ("Rocky II", "Rocky III", "numbers in the titles differ (“Rocky II” – “Rocky III”)"),
        ("Dune: Part One", "Dune: Part Two", "numbers in the titles differ (“Dune: Part One” – “Dune: Part Two”)"),
        ("Ocean's Eleven", "Ocean's Twelve", "numbers in the titles differ (“Ocean's Eleven” – “Ocean's Twelve”)"),
        ("Alien", "Aliens", "titles differ by an s (“Alien” – “Aliens”)"),
        ("Solaris", "Stalker", "title 43 % alike (“Solaris” – “Stalker”)"),
    ],
)
def test_other_titles_are_never_taken(ours: str, theirs: str, words: str) -> None:
    """Even of the same year and runtime."""
    for one, other in ((ours, theirs), (theirs, ours)):
        assert judge(wanted(one, 1999, 100), film(other, 1999, 100)).score < YES
    assert told(judge(wanted(ours), film(theirs)))[0] == words


@pytest.mark.parametrize(
    ("ours", "theirs", "words"),
    [
        ("Allien", "Alien", "title 91 % alike (“Allien” – “Alien”)"),
        ("The Silent Gadren", "The Silent Garden", "title 92 % alike (“The Silent Gadren” – “The Silent Garden”)"),
        (
            "Mission: Impossible",
            "Mission: Impossible – Fallout",
            "title the same but for a subtitle (“Mission: Impossible” – “Mission: Impossible – Fallout”)",
        ),
        ("Silent Garden", "Silent Garden of Love", "one title is a part of the other (“Silent Garden” – “Silent Garden of Love”)"),
    ],
)  # fmt: skip
def test_titles_that_are_nearly_the_same_need_more(ours: str, theirs: str, words: str) -> None:
    """The year alone makes them doubtful; the runtime makes them certain."""
    by_year = judge(wanted(ours, 1999), film(theirs, 1999))
    assert told(by_year)[0] == words
    assert NO < by_year.score < YES
    assert judge(wanted(ours, 1999, 117), film(theirs, 1999, 118)).score > YES


@pytest.mark.parametrize("name", ["original_title", "other_titles"])
def test_any_of_its_titles_counts(name: str) -> None:
    """And is named."""
    called = film(
        "Spirited Away", 2001, **{name: "千と千尋の神隠し" if name == "original_title" else ("千と千尋の神隠し",)}
    )
    match = judge(wanted("千と千尋の神隠し", 2001), called)
    assert told(match)[0] == "title the same as “千と千尋の神隠し”"
    assert match.score > YES
    ours = wanted("Chihiro", 2001, original_title="千と千尋の神隠し", other_titles=("Spirited Away (2001)",))
    assert judge(ours, film("Spirited Away", 2001)).score > YES


@pytest.mark.parametrize(
    ("ours", "theirs", "words", "is_taken"),
    [
        (1999, 1999, "year the same (1999)", True),
        (1999, 2000, "year one later (1999 – 2000)", False),
        (1999, 1998, "year one earlier (1999 – 1998)", False),
        (1999, 1979, "year 20 years earlier (1999 – 1979)", False),
        (None, 1999, "year unknown", False),
        (1999, None, "year unknown", False),
    ],
)
def test_years(ours: int | None, theirs: int | None, words: str, is_taken: bool) -> None:
    """Of a film whose title is the same."""
    match = judge(wanted(year=ours), film(year=theirs))
    assert told(match)[1] == words
    assert (match.score > YES) is is_taken


def test_a_remake_is_not_even_doubtful() -> None:
    """The same title in another decade."""
    assert judge(wanted(year=1962), film(year=1999)).score < NO


@pytest.mark.parametrize(
    ("ours", "theirs", "words", "for_it"),
    [
        (136, 136, "runtime the same", 1),
        (136, 138, "runtime 2 min off", 1),
        (136, 131, "runtime 5 min shorter", 1),
        (148, 136, "runtime 12 min shorter", -1),
        (136, 90, "runtime 46 min shorter", -1),
        (136, 160, "runtime 24 min longer", -1),
    ],
)
def test_runtimes(ours: int, theirs: int, words: str, for_it: int) -> None:
    """A longer cut in the library speaks little against it."""
    runtime = judge(wanted(minutes=ours), film(minutes=theirs)).reasons[2]
    assert str(runtime) == words
    assert runtime.weight * for_it > 0


def test_a_longer_cut_of_the_library_is_taken() -> None:
    """A shorter one is not: cuts are longer than what was released."""
    assert judge(wanted(minutes=150), film(minutes=136)).score > YES
    assert judge(wanted(minutes=120), film(minutes=136)).score < YES


@pytest.mark.parametrize(("ours", "theirs"), [(None, 136), (136, None), (0, 136), (136, 0)])
def test_a_runtime_nobody_knows_says_nothing(ours: int | None, theirs: int | None) -> None:
    """Neither for nor against."""
    assert judge(wanted(minutes=ours), film(minutes=theirs)).score == judge(wanted(), film()).score


@pytest.mark.parametrize(
    ("own", "listed", "words", "is_taken"),
    [
        ({1: 10, 2: 8}, {1: 10, 2: 8}, "18 of 18 episodes are listed", True),
        ({1: 13}, {0: 3, 1: 12}, "12 of 13 episodes are listed", True),
        ({0: 4, 1: 10}, {1: 10}, "10 of 10 episodes are listed", True),
        ({1: 10, 2: 10, 3: 10}, {1: 10}, "10 of 30 episodes are listed", False),
        ({1: 10}, {}, None, True),
        ({}, {1: 10}, None, True),
    ],
)
def test_episodes(own: dict[int, int], listed: dict[int, int], words: str | None, is_taken: bool) -> None:
    """How many of the library's the candidate has, specials left out."""
    episodes = {season: frozenset(range(1, count + 1)) for season, count in own.items()}
    match = judge(Wanted(1, "show", "Dark", year=2017, episodes=episodes), show(listed))
    assert told(match)[2:] == ([words] if words else [])
    assert (match.score > YES) is is_taken


def test_an_id_decides() -> None:
    """Whatever else speaks against it."""
    match = judge(wanted("Something", 1950, ids={"imdb": "tt0133093"}), film(ids={"imdb": "tt0133093", "tmdb": "603"}))
    assert match.score == 1.0
    assert match.is_by_id is True
    assert told(match)[0] == "same imdb id tt0133093"


def test_another_id_speaks_against_it() -> None:
    """However alike they are; so does one of two."""
    same = wanted(minutes=136, ids={"imdb": "tt1"})
    match = judge(same, film(minutes=136, ids={"imdb": "tt2"}))
    assert told(match)[0] == "different imdb id (tt1 – tt2)"
    assert match.is_by_id is False
    assert match.score < 0.5
    both = judge(wanted(ids={"imdb": "tt1", "tmdb": "603"}), film(ids={"imdb": "tt2", "tmdb": "603"}))
    assert both.is_by_id is False
    assert both.score < 1


def test_an_id_of_a_source_the_other_lacks_says_nothing() -> None:
    """Nor is it told."""
    match = judge(wanted(ids={"imdb": "tt1"}), film(ids={"tmdb": "603"}))
    assert match.is_by_id is None
    assert match.score > YES


def test_a_show_is_no_film() -> None:
    """Of whatever title, and even of that id: shows and films are counted apart."""
    match = judge(wanted(ids={"tmdb": "603"}), film(media_type="show", ids={"tmdb": "603"}))
    assert match.score == 0
    assert told(match) == ["a show, not a film"]


@pytest.mark.parametrize("title", ["", " ", "...", "!", "The", "And", "2", "IV", "🎬", "a" * 5_000, "\x00", "Part 2"])
def test_strange_titles_are_judged(title: str) -> None:
    """And are the same as themselves."""
    assert 0 <= judge(wanted(title), film()).score <= 1
    assert judge(wanted(title or "x"), film(title or "x")).score > YES
