"""Search by the index of words finds what looking through every title does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import mediamgr
from mediamgr.instrumentation import get_instrumentation
from mediamgr.library import Library
from mediamgr.repository import _finding, _items, _people
from mediamgr.settings import get_settings
from mediamgr.store import Records, search_index

WORDS = "the theory of a spider man spiderman wall e walle hero road zanzibar éa 8 88 acdc ac dc 千と千尋".split()
NAMES = "Ann Anna Annabel Lee Leeroy O'Neill Neill Spider".split()
QUERIES = [
    *("the", "t", "spider", "spiderman", "spider man", "walle", "wall e", "e", "man the", "ann", "anna lee", "lee ann"),
    *(
        "a",
        "8",
        "88",
        "千",
        "尋",
        "acdc",
        "ac dc",
        "ero",
        "ther",
        "the road a",
        "oneill",
        "o neill",
        "xyzzy",
        "zanz of",
    ),
    *("the the", "man man man", "e e", "hero the hero"),
    *("the hero", "hero the", "pider", "spi man", "wal", "theory of a", "dermanspider", "mans"),
]


def batch(chance: random.Random, numbers: list[int]) -> Records:
    """Films of a few words, some with an original title, with people."""

    def title() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 4)))

    keys = [f"film-{number}" for number in numbers]
    people = [f"{chance.choice(NAMES)} {chance.choice(NAMES)}" for _ in range(12)]
    items = pl.DataFrame(
        {
            "item_key": keys,
            "title": [title() for _ in keys],
            "original_title": [title() if chance.random() < 0.3 else None for _ in keys],
            "rating": [chance.choice([None, 1.0, 5.5, 9.0]) for _ in keys],
            "year": [chance.choice([1990, 2000]) for _ in keys],
        },
        schema_overrides={"rating": pl.Float64, "year": pl.Int16, "original_title": pl.String},
    ).with_columns(media_type=pl.lit("movie"))
    person = pl.DataFrame({"person_key": [f"imdb:nm{n}" for n in range(12)], "name": people})
    credit = pl.DataFrame(
        {
            "item_key": [key for key in keys for _ in range(2)],
            "person_key": [f"imdb:nm{chance.randrange(12)}" for _ in keys for _ in range(2)],
        }
    ).unique(maintain_order=True)
    frames = {
        "media_item": items,
        "person": person,
        "credit": credit.with_columns(department=pl.lit("cast"), role=pl.lit("actor")),
    }
    return Records("Films", frames, source="test")


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with mediamgr.open(tmp_path / "films.duckdb", create=True) as opened:
        yield opened


def by_looking_through(
    monkeypatch: pytest.MonkeyPatch, lib: Library, *asked: object, **filters: object
) -> pl.DataFrame:
    """What a search finds without the index."""
    with monkeypatch.context() as patch:
        patch.setattr(_items, "is_indexed", lambda database: False)
        return lib.search(*asked, **filters)  # type: ignore[arg-type]


def looked_through() -> int:
    """How often a search looked through every title so far."""
    return get_instrumentation().get_timer_metrics("store.statement", statement="items/search").count


class TestTheSame:
    """The outcome of both ways."""

    @pytest.mark.parametrize("seed", range(2))
    def test_rows_kinds_and_order(self, lib: Library, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
        """Of every page, narrowed or not; also after changes that were brought over one by one."""
        chance = random.Random(seed)
        lib.load(batch(chance, list(range(150))))
        monkeypatch.setattr(search_index, "_LARGEST_SHARE", 10)
        for change in range(3):
            for query in QUERIES if change == 0 else chance.sample(QUERIES, 8):
                asked = chance.choice([{}, {"year": 1990}]) | chance.choice([{"limit": 20}, {"limit": 7, "offset": 5}])
                expected = by_looking_through(monkeypatch, lib, query, **asked)
                assert lib.search(query, **asked).equals(expected), (query, asked)  # type: ignore[arg-type]
            lib.load(batch(chance, chance.sample(range(200), 15)))
            assert change == 2 or lib.sql("select items from index_state").item() > 0

    def test_people_and_filmographies(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """By name and by person."""
        chance = random.Random(5)
        monkeypatch.setattr(search_index, "_LARGEST_SHARE", 10)
        for numbers in (range(100), range(90, 110)):
            lib.load(batch(chance, list(numbers)))
            for name in ("ann", "ann lee", "lee", "o'neill", "spider", "nobody"):
                found = lib.people.search(name, limit=5)
                with monkeypatch.context() as patch:
                    patch.setattr(_people, "is_indexed", lambda database: False)
                    assert lib.people.search(name, limit=5).equals(found)
                    told = [lib.people.filmography(person) for person in found["id"]]
                assert all(lib.people.filmography(p).equals(t) for p, t in zip(found["id"], told, strict=True))

    @pytest.mark.parametrize("query", ["spidr", "zanzibra road", "zanzibr", "spidermna", "walll e", "anabel"])
    def test_what_is_nearly_the_text(self, lib: Library, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
        """The best of it, in the same order; a title that shares nothing but letters may be left out."""
        lib.load(batch(random.Random(11), list(range(200))))
        expected = by_looking_through(monkeypatch, lib, query, limit=50)
        found = lib.search(query, limit=50)
        assert found.height > 0
        assert found.equals(expected.filter(pl.col("id").is_in(found["id"].implode())))
        assert found.head(5).equals(expected.head(5))
        people = lib.people.search(query)
        with monkeypatch.context() as patch:
            patch.setattr(_people, "is_indexed", lambda database: False)
            assert lib.people.search(query).equals(people)


class TestTheIndex:
    """When it is used."""

    def test_serves_searches_of_what_is_published(self, lib: Library) -> None:
        """No search looks through every title then."""
        lib.load(batch(random.Random(1), list(range(50))))
        before = looked_through()
        assert lib.search("the").height
        assert looked_through() == before

    def test_is_done_without_until_it_is_up_to_date(self, lib: Library) -> None:
        """In the hands of who writes, and where a process died before it brought the changes over."""
        get_settings().set_query_cache_bytes(0)
        lib.load(batch(random.Random(1), list(range(50))))
        with lib.writing("test") as (connection, _):
            connection.execute(
                "update media_item set title = 'Qqq', title_key = 'qqq', search_text = ' qqq', is_indexed = false"
                " where item_key = 'film-7'"
            ).fetchall()
            before = looked_through()
            assert lib.search("qqq")["title"].to_list() == ["Qqq"]
            assert looked_through() == before + 1
        assert lib.search("qqq")["title"].to_list() == ["Qqq"]
        assert looked_through() == before + 1

    def test_is_written_anew_when_much_changed(self, lib: Library) -> None:
        """In the order of the words."""
        lib.load(batch(random.Random(1), list(range(100))))
        one = batch(random.Random(2), [500]).frames["media_item"]
        lib.load(Records("Films", {"media_item": one}, source="test"))
        assert lib.sql("select items from index_state").item() > 0
        lib.load(batch(random.Random(3), list(range(600, 700))))
        assert lib.sql("select items, people from index_state").row(0) == (0, 0)
        words = lib.sql("select word_id from item_word")["word_id"]
        assert words.is_sorted()
        assert _finding.is_indexed(lib._open)
