"""Importing tables: how values are written, and what becomes of those nobody can read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests.ingest.tables import items, read

_FIELDS = {"runtime": "runtime_minutes", "premiered": "premiered_on", "language": "original_language"}


class TestValues:
    """How values are written, and what becomes of those nobody can read."""

    @pytest.mark.parametrize(
        ("field", "text", "expected"),
        [
            pytest.param("year", "2001", 2001, id="year"),
            pytest.param("year", "2001.0", 2001, id="year from a spreadsheet"),
            pytest.param("year", "2001\u20132005", 2001, id="years"),
            pytest.param("year", "\\N", None, id="null of a dump"),
            pytest.param("year", "N/A", None, id="not available"),
            pytest.param("votes", "1,234", 1234, id="thousands"),
            pytest.param("votes", "1,234,567", 1234567, id="millions"),
            pytest.param("rating", "8.1", 8.1, id="rating"),
            pytest.param("rating", "8,1", 8.1, id="decimal comma"),
            pytest.param("rating", "8.1/10", 8.1, id="of ten"),
            pytest.param("rating", "8,5/10", 8.5, id="of ten with a comma"),
            pytest.param("rating", "85%", 8.5, id="per cent"),
            pytest.param("rating", "85 / 100", 8.5, id="of a hundred"),
            pytest.param("rating", "4.5 out of 5", 9.0, id="of five"),
            pytest.param("runtime", "136", 136, id="minutes"),
            pytest.param("runtime", "136 min", 136, id="minutes with a unit"),
            pytest.param("runtime", "2h 16m", 136, id="hours"),
            pytest.param("runtime", "2 hours 16 minutes", 136, id="hours in words"),
            pytest.param("runtime", "PT2H16M", 136, id="iso duration"),
            pytest.param("runtime", "2:16:00", 136, id="clock"),
            pytest.param("premiered", "2001-05-31", date(2001, 5, 31), id="iso date"),
            pytest.param("premiered", "2001-05-31T10:00:00Z", date(2001, 5, 31), id="iso time"),
            pytest.param("premiered", "Jun 12 1998", date(1998, 6, 12), id="month first"),
            pytest.param("premiered", "June 12, 1998", date(1998, 6, 12), id="month in full"),
            pytest.param("premiered", "12 Sept. 1998", date(1998, 9, 12), id="day first"),
            pytest.param("premiered", "12.6.1998", date(1998, 6, 12), id="dots"),
            pytest.param("premiered", "6/30/1998", date(1998, 6, 30), id="slashes, month first"),
            pytest.param("premiered", "30/6/1998", date(1998, 6, 30), id="slashes, day first"),
            pytest.param("language", "English, French", "en", id="languages, first the original"),
            pytest.param("language", "pt-br", "pt-BR", id="language tag"),
        ],
    )
    def test_a_value_is_read_as_it_is_written(self, tmp_path: Path, field: str, text: str, expected: object) -> None:
        """Numbers, runtimes and dates are understood in their usual forms."""
        name = _FIELDS.get(field, field)
        assert items(tmp_path, "films.csv", f'title,{field}\nAlien,"{text}"\n')[0][name] == expected

    @pytest.mark.parametrize(
        ("field", "text", "reason"),
        [
            pytest.param("language", "Klingonese", "is not a language such as en, pt-BR or Spanish", id="language"),
            pytest.param("year", "soon", "is not a year from 1870 to 2200", id="year"),
            pytest.param("year", "20011", "is not a year from 1870 to 2200", id="five digits"),
            pytest.param("rating", "81", "is not a number from 0 to 10", id="percent"),
            pytest.param("rating", "6/5", "is not a number from 0 to 10", id="more than all"),
            pytest.param("rating", "5/0", "is not a number from 0 to 10", id="of nothing"),
            pytest.param("rating", "1/1/2001", "is not a number from 0 to 10", id="a date"),
            pytest.param("votes", "-3", "is not a whole number of 0 or more", id="negative"),
            pytest.param("votes", "1.5", "is not a whole number of 0 or more", id="fraction"),
            pytest.param("runtime", "long", "is not a runtime such as 136, 2h 16m or PT2H16M", id="runtime"),
            pytest.param("premiered", "2001-02-30", "is not a date such as 2001-05-31", id="no such day"),
            pytest.param("premiered", "3/4/2001", "is not a date such as 2001-05-31", id="day or month"),
            pytest.param("imdb_id", "Alien", "is not an IMDb id such as tt0083658", id="id"),
            pytest.param("genres", "[Horror", 'is not a list such as ["Drama", "War"]', id="list"),
        ],
    )
    def test_an_optional_value_is_left_out_alone(self, tmp_path: Path, field: str, text: str, reason: str) -> None:
        """A row whose optional value cannot be read goes in without it, and the value is told of."""
        found, rejected, _ = read(tmp_path, "films.csv", f'title,{field}\nBrazil,\nAlien,"{text}"\n')
        assert rejected == [(2, field, text, f"{reason}; the row goes in without it")]
        assert found["media_item"]["title"].to_list() == ["Brazil", "Alien"]

    def test_a_row_without_a_title_is_set_aside(self, tmp_path: Path) -> None:
        """A row that lacks what is required is set aside with its row, the others go in."""
        found, rejected, imported = read(tmp_path, "films.csv", "Title,Year\nAlien,1979\n,1985\nBlow-Up,1966\n")
        assert rejected == [(2, "Title", None, "is missing")]
        assert found["media_item"]["title"].to_list() == ["Alien", "Blow-Up"]
        assert imported.rows == 3

    def test_a_type_we_do_not_hold_is_set_aside(self, tmp_path: Path) -> None:
        """A video game is not taken for a film."""
        found, rejected, _ = read(tmp_path, "films.csv", "title,type\nAlien,movie\nPong,videoGame\n")
        assert rejected == [
            (2, "type", "videoGame", "is not movie or show or season or episode; a library holds nothing else")
        ]
        assert found["media_item"].height == 1

    def test_the_same_film_again_is_set_aside(self, tmp_path: Path) -> None:
        """Of rows for one film the first counts, and the others say which that was."""
        found, rejected, _ = read(tmp_path, "films.csv", "title,year\nAmélie,2001\nHeat,1995\nAMELIE,2001\n")
        assert rejected == [(3, "title", "AMELIE", "is the same item as row 1")]
        assert found["media_item"]["item_key"].to_list() == ["movie:amelie:2001", "movie:heat:1995"]

    @pytest.mark.parametrize("name", ["films.json", "films.ndjson"])
    def test_a_number_may_be_a_title(self, tmp_path: Path, name: str) -> None:
        """A column of text and numbers is text."""
        rows = [{"title": 1776, "year": "1972"}, {"title": "Heat", "year": 1995}]
        text = json.dumps(rows) if name.endswith(".json") else "\n".join(map(json.dumps, rows))
        assert [(row["title"], row["year"]) for row in items(tmp_path, name, text)] == [
            ("1776", 1972),
            ("Heat", 1995),
        ]

    def test_rows_and_values_that_stayed_out_are_told_apart(self, tmp_path: Path) -> None:
        """A row that went in without a value is not refused; of a refused row no value is left out."""
        text = "title,type,year,votes\nAlien,movie,soon,many\nPong,videoGame,soon,1\nHeat,movie,1995,1\n,movie,,2\n"
        _, rejected, imported = read(tmp_path, "films.csv", text)
        assert rejected[2:4] == [
            (2, "type", "videoGame", "is not movie or show or season or episode; a library holds nothing else"),
            (2, "year", "soon", "is not a year from 1870 to 2200"),
        ]
        assert imported.left_out.select("row", "column").rows() == [(1, "year"), (1, "votes")]
        assert imported.refused["row"].to_list() == [2, 2, 4]
        assert imported.rows_refused == 2
