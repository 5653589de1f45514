"""Tests of numbers that stand alone in a file name: episodes across seasons, within one, or words of a title."""

from __future__ import annotations

import pytest

from mediamgr.ingest.names import NameFacts, parse, understand

Numbers = tuple[int | None, tuple[int, ...], tuple[int, ...]]


def numbers(facts: NameFacts) -> Numbers:
    """Season, episodes within it, numbers across seasons."""
    assert facts.media_type == "episode", facts
    return facts.season, facts.episodes, facts.absolute


@pytest.mark.parametrize(
    ("path", "title", "expected"),
    [
        pytest.param("One Piece/One Piece - 001 - Romance Dawn.mkv", "One Piece", (None, (), (1,)), id="first"),
        pytest.param("One Piece/One Piece - 103.mkv", "One Piece", (None, (), (103,)), id="dashed"),
        pytest.param("One Piece/One Piece - 1050 [1080p].mkv", "One Piece", (None, (), (1050,)), id="four digits"),
        pytest.param("[Group] Bleach - 366 [720p].mkv", "Bleach", (None, (), (366,)), id="fansub"),
        pytest.param("Dragon Ball Z/Dragon Ball Z - Ep 012.mkv", "Dragon Ball Z", (None, (), (12,)), id="Ep"),
        pytest.param("Mob 100/Mob 100 - 01.mkv", "Mob 100", (None, (), (1,)), id="number in the show's name"),
        pytest.param("Titan S2 - 05.mkv", "Titan", (2, (5,), ()), id="season before it"),
        pytest.param("Dark/Season 1/01 - Secrets.mkv", "Dark", (1, (1,), ()), id="season folder"),
        pytest.param("Show/Season 01/Show - 103.mkv", "Show", (1, (3,), ()), id="season and episode in one"),
        pytest.param("Show/Season 05/Show - 120.mkv", "Show", (5, (), (120,)), id="across seasons, in a season"),
        pytest.param("Naruto/Naruto - 001-002.mkv", "Naruto", (None, (), (1, 2)), id="two in one file"),
    ],
)
def test_a_bare_number_counts_episodes(path: str, title: str, expected: Numbers) -> None:
    """Fansub groups and collectors of anime number across seasons."""
    facts = parse(path)
    assert (facts.title, numbers(facts)) == (title, expected)


@pytest.mark.parametrize(
    ("path", "title", "year"),
    [
        pytest.param("Apollo 13.mkv", "Apollo 13", None, id="two digits"),
        pytest.param("Fahrenheit 451.mkv", "Fahrenheit 451", None, id="three digits"),
        pytest.param("Blade Runner 2049.mkv", "Blade Runner 2049", None, id="four digits"),
        pytest.param("300/300.mkv", "300", None, id="nothing else"),
        pytest.param("1917 (2019)/1917.mkv", "1917", 2019, id="like a year"),
        pytest.param("Toy Story 2/Toy Story 2.mkv", "Toy Story 2", None, id="sequel"),
        pytest.param("Films/The 100 Girls.mkv", "The 100 Girls", None, id="amid, in a folder of films"),
        pytest.param("Bond/01. Dr. No (1962).mkv", "Dr. No", 1962, id="place in a series"),
    ],
)
def test_a_number_of_a_film_stays_in_its_title(path: str, title: str, year: int | None) -> None:
    """A film alone in its folder has no episodes."""
    facts = parse(path)
    assert (facts.media_type, facts.title, facts.year) == ("movie", title, year)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(
            {"Naruto/Naruto 098.mkv": (None, (), (98,)), "Naruto/Naruto 103.mkv": (None, (), (103,))},
            "Naruto",
            id="across seasons, for one is below 100",
        ),
        pytest.param(
            {"friends/friends.103.avi": (1, (3,), ()), "friends/friends.201.avi": (2, (1,), ())},
            "friends",
            id="season and episode, for each season begins at 1",
        ),
        pytest.param(
            {"Show/Show - 5.mkv": (None, (), (5,)), "Show/Show - 6.mkv": (None, (), (6,))}, "Show", id="one digit"
        ),
    ],
)
def test_the_numbers_beside_it_say_what_it_counts(names: dict[str, Numbers], expected: str) -> None:
    """103 is the hundred and third of a show whose 98th lies beside it, and 1x03 where 201 follows."""
    found = understand(names, {})
    assert {path: numbers(facts) for path, facts in found.items()} == names
    assert {facts.title for facts in found.values()} == {expected}


def test_facts_of_an_earlier_scan_are_counted_anew() -> None:
    """A number may count something else when a file came to lie beside it."""
    alone = understand(["Naruto/Naruto 103.mkv"], {})
    assert numbers(alone["Naruto/Naruto 103.mkv"]) == (1, (3,), ())
    both = understand([*alone, "Naruto/Naruto 098.mkv"], alone)
    assert numbers(both["Naruto/Naruto 103.mkv"]) == (None, (), (103,))
