"""Reading people: search, filmographies, credits."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from mediamgr.errors import QueryError
from mediamgr.library import Library
from mediamgr.store import Records
from tests.builders import films, library_of


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        pytest.param("harrison ford", [("Harrison Ford", "exact")], id="whole"),
        pytest.param("ford har", [("Harrison Ford", "words")], id="words cut short, in any order"),
        pytest.param("zoe", [("Zoë", "exact")], id="accent"),
        pytest.param("harisson ford", [("Harrison Ford", "fuzzy")], id="misspelt"),
        pytest.param("ridely", [("Ridley Scott", "fuzzy")], id="one word, misspelt"),
        pytest.param("nobody at all", [], id="nobody"),
        pytest.param("", [], id="empty"),
    ],
)
def test_search(lib: Library, name: str, expected: list[tuple[str, str]]) -> None:
    """Names are found however they are typed, and what is only nearly right is marked."""
    assert lib.people.search(name).select("name", "match").rows() == expected


def test_past_the_last_page_nobody_is_nearly_it(lib: Library) -> None:
    """A second try is only for a name nobody has."""
    assert lib.people.search("ford", offset=1).height == 0


def test_films_of_a_misspelt_name_are_found(lib: Library) -> None:
    """Search of titles tries names, too."""
    found = lib.search("harisson ford").select("title", "match").rows()
    assert found == [("Blade Runner", "fuzzy person"), ("Blade Runner 2049", "fuzzy person")]


def test_filmography_and_cast(lib: Library) -> None:
    """Newest first; cast before crew."""
    ford = int(lib.people.search("ford")["id"][0])
    assert lib.people.filmography(ford)["title"].to_list() == ["Blade Runner 2049", "Blade Runner"]
    blade = int(lib.search("blade runner")["id"][0])
    assert lib.people.cast(blade).select("name", "role").rows() == [
        ("Harrison Ford", "actor"), ("Ridley Scott", "director")
    ]  # fmt: skip


def test_what_two_sources_say_is_told_once(tmp_path: Path) -> None:
    """An NFO and a provider both name the actor; the one that knows the character is heard."""
    credit = {"item_key": "blade", "person_key": "imdb:nm1", "department": "cast", "role": "actor", "character": None}
    again = Records("Films", {"credit": pl.DataFrame([credit])}, source="another")
    with library_of(tmp_path / "l.duckdb", films(), again) as lib:
        assert lib.sql("select count(*) from credit").item() == 5
        blade = int(lib.search("blade runner")["id"][0])
        assert lib.people.cast(blade).select("name", "character").rows() == [
            ("Harrison Ford", "Deckard"), ("Ridley Scott", None)
        ]  # fmt: skip
        assert lib.people.search("ford")["credits"].to_list() == [2]


@pytest.mark.parametrize(
    "ids", [pytest.param("12", id="text"), pytest.param([1.5], id="fraction"), pytest.param(None, id="None")]
)
def test_ids_are_whole_numbers(lib: Library, ids: object) -> None:
    """One id, a list or a column of them."""
    with pytest.raises(QueryError, match="id"):
        lib.people.get_many(ids)  # type: ignore[arg-type]
    assert lib.people.get_many(1).height == lib.people.get_many(pl.Series([1])).height == 1


def test_a_repository_shows_what_it_offers(lib: Library) -> None:
    """Typing lib.people in a cell teaches."""
    assert "lib.people.filmography()  What a person worked on" in repr(lib.people)
