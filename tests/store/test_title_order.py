"""Titles in the order of a librarian, and the numbers that keep it."""

from __future__ import annotations

import random
from pathlib import Path

import duckdb
import polars as pl
import pytest

import mediamgr
from mediamgr.library import Library
from mediamgr.store import Records, title_order


@pytest.fixture
def lib(tmp_path: Path) -> Library:
    """An empty library."""
    return mediamgr.open(tmp_path / "films.duckdb", create=True)


def load(lib: Library, titles: dict[str, str], **more: list[str | None]) -> None:
    """Films by key."""
    frame = pl.DataFrame({"item_key": list(titles), "title": list(titles.values()), **more})
    assert lib.load(
        Records("Films", {"media_item": frame.with_columns(media_type=pl.lit("movie"))})
    ).rejected.is_empty()


def ordered(lib: Library) -> list[str]:
    """Titles in their order."""
    return lib.items.get_all(None)["title"].to_list()


class TestTheOrder:
    """What comes before what."""

    @pytest.mark.parametrize(
        "titles",
        [
            pytest.param(["Ocean's 8", "Ocean's 11", "Ocean's Twelve"], id="numbers by value"),
            pytest.param(["7", "007 Licence", "300", "2001: A Space Odyssey"], id="numbers first, by value"),
            pytest.param(["Babel", "The Banquet", "A Bay of Blood", "An Beach"], id="english articles"),
            pytest.param(
                ["Das Boot", "Les Choristes", "L'Enfant", "Il Postino", "Der Untergang"], id="articles of others"
            ),
            pytest.param(["Amelie", "Amélie", "Amelie 2"], id="accents between equals only"),
            pytest.param(["alien", "Alien", "Alien 3", "ALIENS"], id="case between equals only"),
            pytest.param(["(500) Days of Summer", "Go", "'Salem's Lot", "¡Three Amigos!"], id="punctuation"),
            pytest.param(["Die Hard", "La La Land", "Los Angeles Plays Itself"], id="what is an article elsewhere"),
            pytest.param(["Thale", "The", "Thf"], id="nothing but an article"),
            pytest.param(["A.I. Artificial Intelligence", "Air"], id="initials are no article"),
            pytest.param(["...", "Ångström", "Zulu", "Яйцо", "千と千尋の神隠し"], id="other scripts"),
        ],
    )
    def test_of_a_librarian(self, lib: Library, titles: list[str]) -> None:
        """However they were loaded."""
        shuffled = titles.copy()
        random.Random(1).shuffle(shuffled)
        load(lib, {str(n): title for n, title in enumerate(shuffled)})
        assert ordered(lib) == titles

    def test_the_language_tells_articles(self, lib: Library) -> None:
        """ "Die" and "La" are articles in a language that has them."""
        titles = {"1": "Die Brücke", "2": "La Haine", "3": "El Topo", "4": "Een Film", "5": "Die Hard"}
        load(lib, titles, original_language=["de", "fr", "es-MX", "nl", "en"])
        assert ordered(lib) == ["Die Brücke", "Die Hard", "Een Film", "La Haine", "El Topo"]

    def test_a_sort_title_is_taken_as_it_is(self, lib: Library) -> None:
        """What a person or an NFO says goes before the rules."""
        load(lib, {"1": "The Matrix", "2": "Alpha"}, sort_title=["The Matrix", None])
        assert ordered(lib) == ["Alpha", "The Matrix"]
        load(lib, {"1": "The Matrix"}, sort_title=["AAA"])
        assert ordered(lib) == ["The Matrix", "Alpha"]


class TestTheNumbers:
    """title_rank."""

    def test_a_new_title_changes_no_other(self, lib: Library) -> None:
        """It takes a number between its neighbours."""
        load(lib, {str(n): f"Film {n * 2:04}" for n in range(100)})
        before = lib.sql("select id, title_rank from media_item order by id")
        load(lib, {"new": "Film 0101", "newer": "Film 0101", "last": "Film 9999", "first": "Alpha"})
        after = lib.sql("select id, title_rank from media_item order by id")
        assert after.head(100).equals(before)
        assert ordered(lib)[0] == "Alpha"
        assert ordered(lib) == sorted(ordered(lib))

    def test_where_there_is_no_room_all_are_numbered_anew(self) -> None:
        """Titles that each go right before the last use up the room."""
        with duckdb.connect() as connection:
            connection.execute("create table media_item (id bigint, sort_key blob, title_rank bigint)").fetchall()
            connection.execute("create table title_mark (title_rank bigint, sort_key blob, id bigint)").fetchall()
            numbered: list[tuple[object, ...]] = []
            for n in range(100, 30, -1):
                connection.execute("insert into media_item values (?, ?, null)", [n, f"{n:03}".encode()]).fetchall()
                if n == 100:
                    connection.execute(
                        "insert into media_item select i, 'A', null from range(1000, 1100) r(i)"
                    ).fetchall()
                title_order.give_places(connection)
                ordered = connection.execute("select id from media_item order by title_rank").fetchall()
                assert ordered == connection.execute("select id from media_item order by sort_key, id").fetchall()
                numbered += connection.execute("select title_rank from media_item where id = 1000").fetchall()
            assert 1 < len(set(numbered)) < 10

    def test_a_change_of_title_changes_the_place(self, lib: Library) -> None:
        """Of that item."""
        load(lib, {"1": "Alpha", "2": "Beta", "3": "Gamma"})
        load(lib, {"1": "Delta"})
        assert ordered(lib) == ["Beta", "Delta", "Gamma"]

    def test_without_numbers_the_order_is_right(self, lib: Library) -> None:
        """As when a process died before it gave them; the next job does."""
        load(lib, {str(n): f"Film {n}" for n in range(20)})
        with lib.writing("test") as (connection, _):
            connection.execute("update media_item set title_rank = null where title in ('Film 3', 'Film 7')").fetchall()
            assert ordered(lib) == [f"Film {n}" for n in range(20)]
        assert lib.sql("select count(*) from media_item where title_rank is null").item() == 0
        assert ordered(lib) == [f"Film {n}" for n in range(20)]

    def test_holds_for_any_changes(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Many new and renamed titles, over several marks, with equals among them."""
        monkeypatch.setattr(title_order, "_LEAST_SHARE", 2)
        chance = random.Random(7)
        keys = [str(n) for n in range(4_000)]
        load(lib, {key: chance.choice("abcdef") * chance.randint(1, 3) for key in keys})
        for round_ in range(4):
            changed = chance.sample(keys, 30) + [f"{round_}-{n}" for n in range(30)]
            load(lib, {key: chance.choice("abcdef") * chance.randint(1, 3) for key in changed})
            by_number = lib.sql("select id from media_item order by title_rank")
            assert by_number.equals(lib.sql("select id from media_item order by sort_key, id"))
