"""What people change by hand, and taking it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from mediamgr.errors import QueryError
from mediamgr.library import Library
from tests.builders import films, library_of, series


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films and a show."""
    with library_of(tmp_path / "l.duckdb", films(), series()) as opened:
        yield opened
        assert opened.check().filter(pl.col("found") > 0).is_empty()


def ids(lib: Library, *keys: str) -> list[int]:
    """Of items by their keys."""
    return [lib.sql(f"select id from media_item where item_key = '{key}'").item() for key in keys]


def everything(lib: Library) -> dict[str, list[tuple[object, ...]]]:
    """All that an edit may touch, but for when."""
    return {
        table: sorted(lib.sql(f"select {columns} from {table}").rows(), key=repr)
        for table, columns in {
            "media_item": "* exclude (updated_at, is_indexed, is_in_snapshot)",
            "field_source": "*",
            "history_event": "*",
        }.items()
    }


class TestFields:
    """lib.edit()."""

    def test_are_changed_and_brought_back(self, lib: Library) -> None:
        """With whatever is derived from them."""
        before = everything(lib)
        blade = ids(lib, "blade")
        edit = lib.edit(blade, title="The Zebra", year=1984, genres=["Western"], plot=None)
        assert lib.search("zebr")["id"].to_list() == blade
        assert lib.search("blade runner")["title"].to_list() == ["Blade Runner 2049"]
        item = lib.items.get(blade[0])
        assert (item.title, item.year, item.genres) == ("The Zebra", 1984, ["Western"])
        assert lib.items.get_all(None, media_type="movie")["title"].to_list()[-2] == "The Zebra"
        lib.undo(edit)
        assert everything(lib) == before
        assert lib.search("zebr").is_empty()

    def test_of_many_at_once(self, lib: Library) -> None:
        """Each gets back what it had."""
        edit = lib.edit(ids(lib, "blade", "amelie", "8half"), genres="Classic")
        assert lib.items.count_all(genre="classic") == 3
        lib.undo(edit)
        assert lib.items.count_all(genre="classic") == 0
        assert lib.items.get(ids(lib, "8half")[0]).genres is None

    def test_a_show_that_is_renamed_is_so_for_its_episodes(self, lib: Library) -> None:
        """At once."""
        (show,) = ids(lib, lib.sql("select item_key from media_item where media_type = 'show' limit 1").item())
        edit = lib.edit(show, title="Renamed")
        assert set(lib.sql("select show_title from media_item where media_type = 'episode'")["show_title"]) >= {
            "Renamed"
        }
        lib.undo(edit)

    def test_are_not_overwritten_by_a_source(self, lib: Library) -> None:
        """Until taken back; a rating of one's own is."""
        blade = ids(lib, "blade")
        edit = lib.edit(blade, year=1900, user_rating=3)
        told = films()
        items = told.frames["media_item"].with_columns(user_rating=pl.lit(9.0))
        lib.load(type(told)(told.library, {"media_item": items}, source="test"))
        assert (lib.items.get(blade[0]).year, lib.items.get(blade[0]).user_rating) == (1900, 9.0)
        lib.undo(edit)
        assert lib.items.get(blade[0]).year == 1982

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"titel": "x"}, "'titel' is not edited by hand; did you mean 'title'"),
            ({"id": 3}, "'id' is not edited"),
            ({"title": " "}, "title cannot be empty"),
            ({"title": None}, "title cannot"),
            ({"year": "soon"}, "year cannot be 'soon'"),
            ({"year": 10**9}, "year cannot be 1000000000"),
            ({"premiered_on": "1982-13-01"}, "premiered_on cannot be"),
            ({"user_rating": 11}, "user_rating is a number from 0 to 10, not 11"),
            ({"user_rating": True}, "user_rating cannot be True"),
            ({"year": -5}, "That cannot be: year=-5"),
            ({"genres": ["Drama", None]}, "genres cannot be"),
            ({"genres": [1, 2]}, "genres cannot be"),
        ],
    )
    def test_what_cannot_be_is_told_and_changes_nothing(
        self, lib: Library, fields: dict[str, object], told: str
    ) -> None:
        """By its name and value."""
        before = everything(lib)
        with pytest.raises(QueryError, match=told):
            lib.edit(ids(lib, "blade"), **fields)
        assert everything(lib) == before

    def test_undoing_leaves_what_was_changed_again(self, lib: Library) -> None:
        """And what is gone; done twice it does nothing more."""
        (blade,) = ids(lib, "blade")
        first, second = lib.edit(blade, user_rating=3), lib.edit(blade, user_rating=9)
        lib.undo(first)
        assert lib.items.get(blade).user_rating == 9
        lib.undo(second)
        assert lib.items.get(blade).user_rating == 3
        lib.undo(second)
        assert lib.items.get(blade).user_rating == 3
        tagged, unseen = lib.tag(blade, "mine"), lib.mark_watched(blade, watched=False)
        lib.tag(blade, "theirs")
        lib.undo(tagged)
        assert lib.items.get(blade).tags == ["mine", "theirs"]
        lib.undo(unseen)
        lib.undo(unseen)
        sling, aeon = ids(lib, "sling", "aeon")
        lib.mark_watched(aeon)
        gone = [lib.edit(sling, year=1999), lib.mark_watched(aeon, watched=False)]
        with lib.writing("test") as (connection, _):
            for table in ("item_word", "field_source", "history_event"):
                connection.execute(f"delete from {table} where media_item_id in (?, ?)", [sling, aeon]).fetchall()
            connection.execute("delete from media_item where id in (?, ?)", [sling, aeon]).fetchall()
        for each in gone:
            lib.undo(each)
        assert lib.sql(f"select * from field_source where media_item_id in ({sling}, {aeon})").is_empty()

    def test_of_what_is_not_there(self, lib: Library) -> None:
        """It is told when none is; of several those that are there are changed, and counted."""
        before = everything(lib)
        with pytest.raises(QueryError, match=r"does not have item 10000000000; it may have gone"):
            lib.edit(10**10, year=1999)
        with pytest.raises(QueryError, match=r"does not have any of these 2 items"):
            lib.tag([10**10, 10**10 + 1], "mine")
        with pytest.raises(QueryError, match="does not have item"):
            lib.mark_watched(10**10)
        assert everything(lib) == before
        (blade,) = ids(lib, "blade")
        both = [10**10, blade]
        for edit in (lib.edit(both, year=1999), lib.tag(both, "mine"), lib.mark_watched(both, watched=False)):
            assert edit.item_ids == (blade,)
        assert lib.edit([], year=1999).item_ids == ()


class TestTags:
    """lib.tag()."""

    def test_are_added_and_taken_away(self, lib: Library) -> None:
        """Others stay; undoing brings back what each had."""
        lib.tag(ids(lib, "blade"), "old")
        before = everything(lib)
        edit = lib.tag(ids(lib, "blade", "amelie"), "new", "newer", remove=["old", "none"])
        tags = {key: lib.items.get(ids(lib, key)[0]).tags for key in ("blade", "amelie", "8half")}
        assert tags == {"blade": ["new", "newer"], "amelie": ["new", "newer"], "8half": None}
        lib.undo(edit)
        assert everything(lib) == before
        lib.tag(ids(lib, "blade"), remove=["old"])
        assert lib.items.get(ids(lib, "blade")[0]).tags is None

    @pytest.mark.parametrize("tag", ["", " ", "x" * 101, 3, None, ["a"]])
    def test_are_text_of_some_letters(self, lib: Library, tag: object) -> None:
        """All else is told."""
        with pytest.raises(QueryError, match="A tag is text"):
            lib.tag(ids(lib, "blade"), tag)  # type: ignore[arg-type]


class TestWatched:
    """lib.mark_watched()."""

    def test_of_films_and_back(self, lib: Library) -> None:
        """A play more only where there was none; none at all when not watched."""
        films_ = ids(lib, "blade", "amelie", "8half")
        watched = set(lib.items.get_all(None, watched=True)["id"])
        before = everything(lib)
        edit = lib.mark_watched(films_)
        assert set(lib.items.get_all(None, watched=True)["id"]) == watched | set(films_)
        assert edit.plays_added.height == len(set(films_) - watched)
        lib.undo(edit)
        assert everything(lib) == before
        edit = lib.mark_watched(films_, watched=False)
        assert set(lib.items.get_all(None, watched=True)["id"]) == watched - set(films_)
        lib.undo(edit)
        assert everything(lib) == before

    def test_of_a_show_are_all_its_episodes(self, lib: Library) -> None:
        """And of a season those of it."""
        show = lib.sql("select id from media_item where media_type = 'show' limit 1").item()
        episodes = lib.sql("select count(*) as n from media_item where media_type = 'episode'").item()
        lib.mark_watched(show)
        assert lib.items.count_all(media_type="episode", watched=True) == episodes
