"""Importing tables: people, credits and history."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.ingest.tables import read_table
from tests.builders import library_of
from tests.ingest.tables import LETTERBOXD, counts, given, read


class TestKinds:
    """People, credits and history."""

    def test_people_are_known_by_id_or_name(self, tmp_path: Path) -> None:
        """IMDb's list of names gives people and their ids."""
        found, _, _ = read(tmp_path, "p.tsv", "nconst\tprimaryName\nnm0000148\tHarrison Ford\n\\N\tZoë\n", "people")
        assert found["person"].rows() == [("imdb:nm0000148", "Harrison Ford"), ("name:zoe", "Zoë")]
        assert found["external_id"].rows() == [(None, "imdb:nm0000148", "imdb", "person", "nm0000148")]

    def test_credits_name_item_and_person(self, tmp_path: Path) -> None:
        """A credit tells its department by the role, and its place by the order of rows."""
        text = "title,year,name,role,character\nAlien,1979,Ian Holm,Actor,Ash\nAlien,1979,Ridley Scott,Director,\n"
        found, rejected, _ = read(tmp_path, "c.csv", f"{text}Alien,1979,,Actor,Kane\n,,Ian Holm,,\n", "credits")
        assert [(row, column) for row, column, _, _ in rejected] == [(3, "name"), (4, "title")]
        columns = ["item_key", "person_key", "department", "role", "character", "position"]
        assert found["credit"].select(columns).rows() == [
            ("movie:alien:1979", "name:ian holm", "cast", "actor", "Ash", 0),
            ("movie:alien:1979", "name:ridley scott", "directing", "director", None, 0),
        ]
        assert found["media_item"].select("item_key", "title", "year").rows() == [("movie:alien:1979", "Alien", 1979)]

    def test_credits_by_id_alone_need_what_is_there(self, tmp_path: Path) -> None:
        """Credits of ids join items and people of the library; the loader sets aside the rest."""
        film = given(tmp_path, "i.csv", "title,imdb_id\nBlade Runner,tt0083658\n")
        name = given(tmp_path, "p.csv", "name,imdb_id\nHarrison Ford,nm0000148\n")
        text = 'tconst\tordering\tnconst\tcategory\tcharacters\ntt0083658\t1\tnm0000148\tactor\t["Deckard"]\n'
        credits = given(tmp_path, "c.tsv", text + "tt9999999\t1\tnm0000148\tactor\t\\N\n")
        first = read_table(film, "items", library="Films").records
        second = read_table(name, "people", library="Films").records
        with library_of(tmp_path / "l.duckdb", *first, *second) as lib:
            report = lib.load(read_table(credits, "credits", library="Films").records)
            assert report.rejected["reason"].to_list() == ["item_key names no media_item: imdb:tt9999999"]
            found = lib.sql("select role, character, position, source from credit").rows()
            assert found == [("actor", "Deckard", 1, "import:c.tsv")]

    def test_credits_of_another_file_are_added(self, tmp_path: Path) -> None:
        """A second file of credits leaves those of the first, a second import of a file does not double them."""
        cast = given(tmp_path, "cast.csv", "title,name\nAlien,Ian Holm\n")
        crew = given(tmp_path, "crew.csv", "title,name,role\nAlien,Ridley Scott,director\n")
        batches = [r for f in (cast, crew, cast) for r in read_table(f, "credits", library="Films").records]
        with library_of(tmp_path / "l.duckdb", *batches) as lib:
            assert counts(lib) | {"credit": 2, "person": 2, "media_item": 1} == counts(lib)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("title,date\nAlien,2024-05-01", [("played", 1, None)], id="played unless said"),
            pytest.param("title,date,event_type\nAlien,2024-05-01,watchlist", [("watchlisted", 1, None)], id="said"),
            pytest.param(
                "Const,Your Rating,Date Rated,Title\ntt0078748,9,2024-05-01,Alien",
                [("rated", 1, 9.0)],
                id="imdb",
            ),
            pytest.param(f"{LETTERBOXD}\n2024-05-01,Alien,1979,x,4.5", [("rated", 1, 9.0)], id="letterboxd stars"),
            pytest.param(
                f"{LETTERBOXD},Watched Date\n2024-05-09,Alien,1979,x,4,2024-05-01",
                [("played", 1, None), ("rated", 1, 8.0)],
                id="letterboxd diary",
            ),
            pytest.param("title,played_at,value\nAlien,2024-05-01,0.5", [("played", 1, 0.5)], id="share"),
        ],
    )
    def test_history_tells_what_happened(self, tmp_path: Path, text: str, expected: list[Any]) -> None:
        """A row is a play, a rating or both, by what its file says."""
        found, _, _ = read(tmp_path, "h.csv", text, "history")
        events = found["history_event"].with_columns(day=pl.col("occurred_at").dt.day())
        assert events.select("event_type", "day", "value").rows() == expected
        assert "rating" not in found["media_item"].columns

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("2024-05-01", datetime(2024, 5, 1), id="day"),
            pytest.param("2024-05-01 20:15", datetime(2024, 5, 1, 20, 15), id="minute"),
            pytest.param("2024-05-01T20:15:30.000Z", datetime(2024, 5, 1, 20, 15, 30), id="utc"),
            pytest.param("2024-05-01T20:15:00+02:00", datetime(2024, 5, 1, 18, 15), id="offset"),
            pytest.param("May 1, 2024 8:15 PM", datetime(2024, 5, 1, 20, 15), id="afternoon"),
            pytest.param("1714594500", datetime(2024, 5, 1, 20, 15), id="unix"),
            pytest.param("1714594500000", datetime(2024, 5, 1, 20, 15), id="unix milliseconds"),
        ],
    )
    def test_times_become_utc(self, tmp_path: Path, text: str, expected: datetime) -> None:
        """Times are understood in their usual forms."""
        found, _, _ = read(tmp_path, "h.csv", f'title,watched_at\nAlien,"{text}"\n', "history")
        assert found["history_event"]["occurred_at"].to_list() == [expected]

    def test_history_without_a_time_is_set_aside(self, tmp_path: Path) -> None:
        """An event needs an item and a time; a share above the whole is left out."""
        rows = "Alien,2024-05-01,0.9\nAlien,someday,\nAlien,,\n,2024-05-01,\nAlien,2024-05-02,3\n"
        found, rejected, _ = read(tmp_path, "h.csv", f"title,date,value\n{rows}", "history")
        assert [(row, column, reason) for row, column, _, reason in rejected] == [
            (2, "date", "is not a date or time such as 2001-05-31 20:15"),
            (3, "date", "is missing"),
            (4, "title", "is missing: no title and no id of an item"),
            (5, "value", "is not a share watched, from 0 to 1; the row goes in without it"),
        ]
        assert found["history_event"]["value"].to_list() == [0.9, None]
