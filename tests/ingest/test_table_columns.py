"""Importing tables: which column fills which field."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mediamgr.errors import InputError
from tests.ingest.tables import items, read


class TestColumns:
    """Which column fills which field."""

    @pytest.mark.parametrize(
        ("header", "values", "field", "expected"),
        [
            pytest.param("Name,Year", "Alien,1979", "year", 1979, id="letterboxd"),
            pytest.param("primaryTitle,startYear", "Alien,1979", "year", 1979, id="imdb basics"),
            pytest.param("Title,Release Date", "Alien,1979-05-25", "premiered_on", date(1979, 5, 25), id="date"),
            pytest.param("Title,Release Date", "Alien,1979-05-25", "year", 1979, id="year of a date"),
            pytest.param("Title,Release Date", "Alien,1979", "year", 1979, id="date that is a year"),
            pytest.param("Title,release_year", "Alien,1979", "year", 1979, id="release year"),
            pytest.param("Title,IMDB Rating", "Alien,8.5", "rating", 8.5, id="imdb rating"),
            pytest.param("Title,averageRating", "Alien,8.5", "rating", 8.5, id="average rating"),
            pytest.param("Title,Your Rating", "Alien,9", "user_rating", 9.0, id="own rating"),
            pytest.param("Title,Running Time min", "Alien,117", "runtime_minutes", 117, id="running time"),
            pytest.param("Title,Overview", "Alien,In space.", "plot", "In space.", id="plot"),
            pytest.param("Title,Num Votes", "Alien,12", "votes", 12, id="votes"),
            pytest.param("Title,titleType", "Alien,tvSeries", "media_type", "show", id="type"),
            pytest.param("Title,Genre", "Alien,Horror|War", "genres", ["Horror", "War"], id="genre"),
        ],
    )
    def test_a_column_is_known_by_its_usual_names(
        self, tmp_path: Path, header: str, values: str, field: str, expected: object
    ) -> None:
        """A field is found under the names that others give it."""
        assert items(tmp_path, "films.csv", f"{header}\n{values}\n")[0][field] == expected

    def test_a_mapping_comes_first(self, tmp_path: Path) -> None:
        """A mapped column fills its field, though another is called so; that one is ignored."""
        text = "Title,Local name,Shelf\nAlien,Obcy,3\n"
        found, _, imported = read(tmp_path, "films.csv", text, mapping={"local NAME": "title"})
        assert found["media_item"]["title"].to_list() == ["Obcy"]
        assert imported.ignored == ("Title", "Shelf")

    @pytest.mark.parametrize(
        ("mapping", "message"),
        [
            pytest.param({"Titel": "title"}, r"films.csv has no column 'Titel' \(did you mean Title", id="column"),
            pytest.param({"Title": "titel"}, r"no field 'titel' \(did you mean .*title.*they have", id="field"),
            pytest.param({"Title": "year", "Name": "year"}, "'Title' and 'Name' are both mapped", id="twice"),
        ],
    )
    def test_a_wrong_mapping_is_explained(self, tmp_path: Path, mapping: dict[str, str], message: str) -> None:
        """A mapping of what there is not names it, what is near and what there is."""
        with pytest.raises(InputError, match=message):
            read(tmp_path, "films.csv", "Title,Name\nAlien,x\n", mapping=mapping)

    def test_a_file_without_titles_is_refused(self, tmp_path: Path) -> None:
        """A needed field without a column is named, and how to map one."""
        with pytest.raises(
            InputError, match="no column for title or show_title of items; name one: --map COLUMN=title"
        ):
            read(tmp_path, "films.csv", "Heading\nAlien\n")

    def test_an_unknown_kind_is_refused(self, tmp_path: Path) -> None:
        """Only the four kinds can be imported."""
        with pytest.raises(InputError, match="say one of items, people, credits, history"):
            read(tmp_path, "films.csv", "Title\nAlien\n", kind="albums")

    def test_a_column_that_comes_twice_is_taken_once(self, tmp_path: Path) -> None:
        """The first of two columns of one name counts, the other is ignored under a number."""
        found, _, imported = read(tmp_path, "films.csv", "Title,Year,Title\nAlien,1979,Obcy\n")
        assert found["media_item"]["title"].to_list() == ["Alien"]
        assert imported.ignored == ("Title (2)",)
