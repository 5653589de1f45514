"""The one door in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from mediamgr.errors import RecordError
from mediamgr.library import Library, open
from mediamgr.store import Records
from tests.builders import FILMS, films, library_of, series


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """An empty library."""
    with open(tmp_path / "library.duckdb", create=True) as library:
        yield library


def items(**columns: object) -> Records:
    """A batch of items; media_type is movie unless given."""
    frame = pl.DataFrame({"item_key": ["a", "b", "c"], "title": ["A", "B", "C"], **columns})
    if "media_type" not in columns:
        frame = frame.with_columns(media_type=pl.lit("movie"))
    return Records("Films", {"media_item": frame}, source="test")


def people(key: str) -> pl.DataFrame:
    """One person."""
    return pl.DataFrame({"person_key": [key], "name": [key.upper()]})


def credits(item_keys: list[str], person_key: str) -> pl.DataFrame:
    """That person as an actor in each."""
    return pl.DataFrame({"item_key": item_keys}).with_columns(
        person_key=pl.lit(person_key), department=pl.lit("cast"), role=pl.lit("actor")
    )


def rejected(lib: Library, records: Records) -> list[tuple[str, int, str]]:
    """(table, row, reason) of what was set aside."""
    return [row for row in lib.load(records).rejected.select("table", "row", "reason").iter_rows()]


class TestSettingAside:
    """Rows that break a rule."""

    def test_a_bad_row_does_not_hold_up_the_rest(self, lib: Library) -> None:
        """The reason names the column and the value; the other rows go in."""
        assert rejected(lib, items(year=["1999", "soon", "2001"])) == [
            ("media_item", 1, "year: 'soon' is not a whole number of that range")
        ]
        assert lib.items.count_all() == 2

    def test_checks_of_the_table_hold(self, lib: Library) -> None:
        """A row that breaks a CHECK is set aside with the rule."""
        ((table, row, reason),) = rejected(lib, items(year=[1999, 1492, 2001]))
        assert (table, row) == ("media_item", 1)
        assert "1870 AND 2200" in reason

    def test_a_check_over_two_columns_holds_when_one_is_left_out(self, lib: Library) -> None:
        """Artwork has a path or an address."""
        art = pl.DataFrame({"item_key": ["a"], "artwork_type": ["poster"], "download_status": ["local"]})
        ((table, _, reason),) = rejected(lib, Records("Films", {**items().frames, "artwork": art}, source="test"))
        assert table == "artwork"
        assert "url IS NOT NULL" in reason

    def test_required_values_are_there(self, lib: Library) -> None:
        """A missing and an empty title are different reasons."""
        reasons = rejected(lib, items(title=[None, "", "C"]))
        assert reasons == [("media_item", 0, "title is missing"), ("media_item", 1, "title is empty")]

    def test_a_name_of_nothing_is_set_aside(self, lib: Library) -> None:
        """A file of an unknown item is refused, and so is the child of a refused parent."""
        files = pl.DataFrame({"item_key": ["a", "nope"], "path": ["/a", "/b"]})
        assert rejected(lib, Records("Films", {**items().frames, "media_file": files})) == [
            ("media_file", 1, "item_key names no media_item: nope")
        ]
        tree = items(media_type=["show", "season", "episode"], parent_key=["gone", "a", "b"])
        found = rejected(lib, Records("Series", tree.frames))
        assert [(table, row) for table, row, _ in found] == [("media_item", 0), ("media_item", 1), ("media_item", 2)]

    def test_a_wrong_column_refuses_the_batch(self, lib: Library) -> None:
        """An unknown or absent column is the source's mistake: nothing is loaded."""
        with pytest.raises(RecordError, match="no column 'titel'"):
            lib.load(items(titel=["x", "y", "z"]))
        with pytest.raises(RecordError, match="needs the column 'title'"):
            lib.load(Records("Films", {"media_item": pl.DataFrame({"item_key": ["a"], "media_type": ["movie"]})}))
        assert lib.items.count_all() == 0


class TestLoadingAgain:
    """Upserts on natural keys."""

    def test_ids_stay(self, tmp_path: Path) -> None:
        """The same records again change nothing and keep every id."""
        lib = library_of(tmp_path / "l.duckdb", films(), series())
        before = lib.sql("select id, item_key from media_item order by id")
        report = lib.load([films(), series()])
        assert lib.sql("select id, item_key from media_item order by id").equals(before)
        assert sum(report.updated.values()) == 0
        assert lib.sql("select count(*) from credit").item() == 4

    def test_a_null_keeps_what_is_known(self, lib: Library) -> None:
        """A source that does not know a value does not erase it; a new value replaces it."""
        lib.load(items(year=[1999, 2000, 2001]))
        report = lib.load(items(year=[None, 2010, 2001]))
        assert lib.sql("select year from media_item order by id")["year"].to_list() == [1999, 2010, 2001]
        assert report.updated["media_item"] == 1

    def test_a_locked_field_is_never_overwritten(self, lib: Library) -> None:
        """What the user locked stays, and search goes on finding it."""
        lib.load(items())
        with lib.writing("test") as (connection, _):
            connection.execute(
                "insert into field_source values (1, 'title', 'user', current_timestamp::timestamp, true)"
            ).fetchall()
        lib.load(items(title=["Z", "B", "C"]))
        assert lib.items.get(1).title == "A"
        assert lib.search("a").height == 1
        assert lib.search("z").height == 0

    def test_words_of_an_original_title_stay(self, tmp_path: Path) -> None:
        """Though a source that does not know it gives another title."""
        lib = library_of(tmp_path / "l.duckdb", films())
        told = {"item_key": ["amelie"], "media_type": ["movie"], "title": ["Amelie from Montmartre"]}
        for frame in (pl.DataFrame(told), pl.DataFrame(told).with_columns(original_title=pl.lit(None, pl.String))):
            lib.load(Records("Films", {"media_item": frame}))
            found = [lib.search(text)["title"].to_list() for text in ("fabuleux destin", "montmartre")]
            assert found == [["Amelie from Montmartre"]] * 2
        assert lib.check().filter(pl.col("found") > 0).is_empty()
        assert lib.load(Records("Films", {"media_item": pl.DataFrame(told)})).rows == 0

    def test_streams_of_a_file_are_replaced(self, tmp_path: Path) -> None:
        """A file that now has one stream has one stream."""
        lib = library_of(tmp_path / "l.duckdb", films())
        frames = films().frames
        streams = frames["media_stream"].filter(pl.col("stream_index") == 0)
        lib.load(films(media_stream=streams))
        assert lib.sql("select count(*) from media_stream").item() == 3

    def test_children_said_again_are_nothing_new(self, tmp_path: Path) -> None:
        """A second load of the same rows counts none; of changed ones it counts what came, changed and went."""
        lib = library_of(tmp_path / "l.duckdb", films())
        assert lib.load(films()).counts == {}
        streams = films().frames["media_stream"]
        first = streams.filter(pl.col("stream_index") == 0).with_columns(profile=pl.lit("Main"))
        more = streams.head(1).with_columns(stream_index=pl.lit(9, pl.Int32), profile=pl.lit("Main"))
        untouched = streams.filter(pl.col("stream_index") == 1).head(1).with_columns(profile=pl.lit(None, pl.String))
        report = lib.load(films(media_stream=pl.concat([first, more, untouched], how="diagonal_relaxed")))
        assert report.inserted["media_stream"] == 1
        assert report.updated["media_stream"] == first.height
        assert report.removed["media_stream"] == streams.height - first.height - untouched.height

    def test_children_are_replaced_per_source(self, tmp_path: Path) -> None:
        """What another source said stays; the same fact is not held twice."""
        lib = library_of(tmp_path / "l.duckdb", films())
        cast = films().frames["credit"].filter(pl.col("item_key") == "blade")
        blade = films().frames["media_item"].filter(pl.col("item_key") == "blade")
        more = cast.with_columns(pl.col("character").fill_null("").replace("Deckard", "Rick Deckard"))
        lib.load(Records("Films", {"media_item": blade, "credit": pl.concat([cast, more])}, source="other"))
        held = lib.sql("select source, character from credit where media_item_id = 1 order by all")
        assert held.rows() == [
            ("other", ""), ("other", "Rick Deckard"), ("test", "Deckard"), ("test", None)
        ]  # fmt: skip

    def test_children_of_items_known_and_new_come_together(self, lib: Library) -> None:
        """Credits of an item in the batch and of one that was there go in; one that names nothing is set aside."""
        lib.load(Records("Films", {**items().frames, "person": people("p")}, source="test"))
        lib.load(Records("Films", {"credit": credits(["a", "b"], "p")}, source="test"))
        fresh = pl.DataFrame({"item_key": ["d"], "title": ["D"], "media_type": ["movie"]})
        frames = {"media_item": fresh, "person": people("q"), "credit": credits(["d", "a", "none"], "q")}
        report = lib.load(Records("Films", frames, source="test"))
        assert report.rejected["reason"].to_list() == ["item_key names no media_item: none"]
        assert report.inserted["credit"] == 2
        held = lib.sql(
            "select item_key, person_key from credit c join media_item i on i.id = c.media_item_id"
            " join person p on p.id = c.person_id order by item_key"
        )
        assert held.rows() == [("a", "q"), ("b", "p"), ("d", "q")]

    def test_a_play_is_unique_by_user_item_and_time(self, tmp_path: Path) -> None:
        """Importing history twice does not double it; another time is another play."""
        lib = library_of(tmp_path / "l.duckdb", films())
        again = pl.DataFrame(
            {
                "item_key": ["blade", "blade"],
                "event_type": ["played"] * 2,
                "occurred_at": [datetime(2024, 5, 1, 20, 15), datetime(2024, 6, 1)],
            }
        )
        lib.load(Records("Films", {"history_event": again}, source="test"))
        assert lib.sql("select count(*) from history_event").item() == 2

    def test_the_last_of_equal_rows_wins(self, lib: Library) -> None:
        """A key given twice in one batch is one item."""
        lib.load(items(item_key=["a", "b", "a"]))
        assert lib.sql("select item_key, title from media_item order by id").rows() == [("b", "B"), ("a", "C")]


class TestTransactions:
    """A batch goes in whole or not at all."""

    def test_an_interrupted_batch_leaves_nothing(self, lib: Library) -> None:
        """Batches before it stay, and the job says it was interrupted."""

        def batches() -> Iterator[Records]:
            yield items()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            lib.load(batches())
        assert lib.items.count_all() == 3
        assert lib.about.jobs()["status"].to_list() == ["interrupted"]

    def test_hostile_text_is_text(self, lib: Library) -> None:
        """SQL, HTML, quotes and newlines in a title come back as they went in."""
        titles = ["'; drop table media_item; --", "<script>alert(1)</script>", 'a "b"\n\\x00']
        lib.load(items(title=titles))
        assert lib.sql("select title from media_item order by id")["title"].to_list() == titles

    def test_keeps_every_film(self, tmp_path: Path) -> None:
        """What went in comes out."""
        lib = library_of(tmp_path / "l.duckdb", films())
        got = lib.sql("select item_key, title, year, rating from media_item order by id").to_dicts()
        assert got == [{key: film[key] for key in ("item_key", "title", "year", "rating")} for film in FILMS]
