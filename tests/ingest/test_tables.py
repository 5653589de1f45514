"""Importing tables: columns found by name, values read as people write them, faults set aside by row."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.errors import InputError, SourceError
from mediamgr.ingest.tables import TableImport, read_table
from mediamgr.library import Library
from tests.builders import library_of

Rejects = list[tuple[int, str, str | None, str]]


def given(folder: Path, name: str, content: str | bytes | list[Any]) -> Path:
    """A file with this content; a list is written as JSON."""
    path = folder / name
    text = json.dumps(content) if isinstance(content, list) else content
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def frames(imported: TableImport) -> dict[str, pl.DataFrame]:
    """The frames of all batches, each table in one."""
    found: dict[str, list[pl.DataFrame]] = {}
    for records in imported.records:
        for name, frame in records.frames.items():
            found.setdefault(name, []).append(frame)
    return {name: pl.concat(parts, how="diagonal") for name, parts in found.items()}


def read(folder: Path, name: str, content: str | bytes | list[Any], kind: str = "items", **options: Any) -> Any:
    """(frames, rejected rows, the import) of a file with this content."""
    imported = read_table(given(folder, name, content), kind, library="Films", **options)
    rejected: Rejects = list(imported.rejected.iter_rows())
    return frames(imported), rejected, imported


def items(folder: Path, name: str, content: str | bytes | list[Any], **options: Any) -> list[dict[str, Any]]:
    """The item rows of a file with this content, of which nothing is set aside."""
    found, rejected, _ = read(folder, name, content, **options)
    assert rejected == []
    return list(found["media_item"].iter_rows(named=True))


def counts(lib: Library) -> dict[str, int]:
    """Rows of each table that an import fills."""
    tables = ("media_item", "person", "credit", "external_id", "history_event")
    return {name: lib.sql(f"select count(*) n from {name}")["n"][0] for name in tables}


ALIEN = {
    "title": "Alien",
    "year": 1979,
    "cast": ["Sigourney Weaver", "Ian Holm"],
    "genres": ["Horror", "Sci-Fi"],
}
BRAZIL = {"title": "Brazil", "year": 1985, "cast": ["Ian Holm"], "genres": []}
LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating"


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
        ],
    )
    def test_a_value_is_read_as_it_is_written(self, tmp_path: Path, field: str, text: str, expected: object) -> None:
        """Numbers, runtimes and dates are understood in their usual forms."""
        name = {"runtime": "runtime_minutes", "premiered": "premiered_on"}.get(field, field)
        assert items(tmp_path, "films.csv", f'title,{field}\nAlien,"{text}"\n')[0][name] == expected

    @pytest.mark.parametrize(
        ("field", "text", "reason"),
        [
            pytest.param("year", "soon", "is not a year from 1870 to 2200", id="year"),
            pytest.param("year", "20011", "is not a year from 1870 to 2200", id="five digits"),
            pytest.param("rating", "81", "is not a number from 0 to 10", id="percent"),
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
        assert rejected == [(2, "type", "videoGame", "is not movie or show or season or episode")]
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


class TestLists:
    """Lists of names, nested or in text."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Horror|Sci-Fi, Space", ["Horror", "Sci-Fi, Space"], id="bar"),
            pytest.param("Horror; Sci-Fi", ["Horror", "Sci-Fi"], id="semicolon"),
            pytest.param("Horror, Sci-Fi", ["Horror", "Sci-Fi"], id="comma"),
            pytest.param('["Horror", "Sci-Fi"]', ["Horror", "Sci-Fi"], id="json"),
            pytest.param('[{"id": 1, "name": "Horror"}]', ["Horror"], id="json objects"),
            pytest.param("[{'id': 1, 'name': 'Horror'}]", ["Horror"], id="python objects"),
            pytest.param("Horror||Horror", ["Horror"], id="blank and twice"),
            pytest.param("", None, id="nothing"),
        ],
    )
    def test_text_is_split(self, tmp_path: Path, text: str, expected: list[str] | None) -> None:
        """A list in text is split by the first of | ; , in its column, or read as JSON."""
        quoted = text.replace('"', '""')
        assert items(tmp_path, "films.csv", f'title,genres\nAlien,"{quoted}"\n')[0]["genres"] == expected

    def test_a_title_is_no_list(self, tmp_path: Path) -> None:
        """A comma in a title stays."""
        text = 'title,genres\n"Crouching Tiger, Hidden Dragon","Action, Drama"\n'
        assert items(tmp_path, "films.csv", text)[0]["title"] == "Crouching Tiger, Hidden Dragon"

    def test_cast_becomes_people_and_credits(self, tmp_path: Path) -> None:
        """Names in order become people, one each, and credits with their place."""
        rows = [{**ALIEN, "director": "Ridley Scott"}, BRAZIL]
        found, _, _ = read(tmp_path, "films.json", rows)
        assert found["person"].rows() == [
            ("name:sigourney weaver", "Sigourney Weaver"),
            ("name:ian holm", "Ian Holm"),
            ("name:ridley scott", "Ridley Scott"),
        ]
        columns = ["item_key", "person_key", "department", "role", "position"]
        assert found["credit"].select(columns).rows() == [
            ("movie:alien:1979", "name:sigourney weaver", "cast", "actor", 0),
            ("movie:alien:1979", "name:ian holm", "cast", "actor", 1),
            ("movie:brazil:1985", "name:ian holm", "cast", "actor", 0),
            ("movie:alien:1979", "name:ridley scott", "directing", "director", 0),
        ]

    @pytest.mark.parametrize("name", ["films.json", "films.parquet"])
    def test_cast_may_be_objects(self, tmp_path: Path, name: str) -> None:
        """Objects give the name, the character and the id of a person."""
        cast = [{"name": "Harrison Ford", "character": "Deckard", "imdb_id": "nm0000148"}]
        rows = [{"title": "Blade Runner", "cast": cast}]
        if name.endswith("parquet"):
            pl.DataFrame(rows).write_parquet(tmp_path / name)
            found = frames(read_table(tmp_path / name, "items", library="Films"))
        else:
            found, _, _ = read(tmp_path, name, rows)
        assert found["credit"].select("person_key", "character").rows() == [("imdb:nm0000148", "Deckard")]
        assert found["external_id"].rows() == [(None, "imdb:nm0000148", "imdb", "person", "nm0000148")]


class TestKeys:
    """Under which keys items go in."""

    def test_an_imdb_id_is_the_key(self, tmp_path: Path) -> None:
        """An item with an IMDb id, or the address of one, is known by it; all ids are kept."""
        text = "title,imdb_id,tmdb_id\nAlien,https://www.imdb.com/title/tt0078748/,348\nHeat,,949\n"
        found, _, _ = read(tmp_path, "films.csv", text)
        assert found["media_item"]["item_key"].to_list() == ["imdb:tt0078748", "movie:heat:"]
        assert found["external_id"].rows() == [
            ("imdb:tt0078748", None, "imdb", "movie", "tt0078748"),
            ("imdb:tt0078748", None, "tmdb", "movie", "348"),
            ("movie:heat:", None, "tmdb", "movie", "949"),
        ]

    def test_an_episode_brings_its_show_and_season(self, tmp_path: Path) -> None:
        """Episodes are keyed by show, season and number; show and season rows are made once."""
        text = "show,season,episode,title\nThe Harbour,1,1,Ebb\nThe Harbour,1,2,\nThe Harbour,0,1,Extra\n"
        found, _, _ = read(tmp_path, "episodes.csv", text)
        columns = ["item_key", "media_type", "parent_key", "title"]
        assert found["media_item"].select(columns).rows() == [
            ("show:the harbour:", "show", None, "The Harbour"),
            ("show:the harbour:/s01", "season", "show:the harbour:", "Season 1"),
            ("show:the harbour:/s00", "season", "show:the harbour:", "Specials"),
            ("show:the harbour:/s01e01", "episode", "show:the harbour:/s01", "Ebb"),
            ("show:the harbour:/s01e02", "episode", "show:the harbour:/s01", "S01E02"),
            ("show:the harbour:/s00e01", "episode", "show:the harbour:/s00", "Extra"),
        ]

    def test_an_import_enriches_what_a_scan_found(self, tmp_path: Path) -> None:
        """A film known by its title and year gets the new facts and stays one film."""
        scanned = frames(read_table(given(tmp_path, "a.csv", "title,year\nAmélie,2001\n"), "items", library="Films"))
        assert scanned["media_item"]["item_key"].to_list() == ["movie:amelie:2001"]
        first = read_table(tmp_path / "a.csv", "items", library="Films").records
        more = given(tmp_path, "b.csv", "title,year,plot\nAMELIE,2001,A waitress.\n")
        with library_of(tmp_path / "l.duckdb", *first, *read_table(more, "items", library="Films").records) as lib:
            assert lib.sql("select year, plot from media_item").rows() == [(2001, "A waitress.")]


class TestFiles:
    """Files as they come."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            pytest.param("f.csv", "title,year\nAmélie,2001\n", id="csv"),
            pytest.param("f.csv", "title;year\r\nAmélie;2001\r\n", id="semicolons and windows lines"),
            pytest.param("f.csv", "title,year\rAmélie,2001\r", id="old mac lines"),
            pytest.param("f.csv", b"\xef\xbb\xbf" + "title,year\nAmélie,2001\n".encode(), id="utf-8 with a mark"),
            pytest.param("f.csv", b"\xff\xfe" + "title,year\nAmélie,2001\n".encode("utf-16-le"), id="utf-16"),
            pytest.param("f.csv", "title,year\nAmélie,2001\n".encode("cp1252"), id="windows-1252"),
            pytest.param("f.csv", "title,year\nAmélie,2001\n\n,\n", id="blank lines"),
            pytest.param("f.tsv", "title\tyear\nAmélie\t2001\n", id="tsv"),
            pytest.param("f.json", '[{"title": "Amélie", "year": 2001}]', id="json"),
            pytest.param("f.json", '{"count": 1, "movies": [{"title": "Amélie", "year": 2001}]}', id="held array"),
            pytest.param("f.json", '{"title": "Amélie", "year": 2001}\n{"title": null}\n', id="json of lines"),
            pytest.param("f.json", '[{"movie": {"title": "Amélie", "year": 2001}}]', id="nested object"),
            pytest.param("f.json", '[{"title": "Amélie", "year": 2001, "rating": NaN}]', id="nan"),
            pytest.param("f.jsonl", '{"title": "Amélie", "year": 2001}\n\n', id="jsonl"),
        ],
    )
    def test_every_format_gives_the_same(self, tmp_path: Path, name: str, content: str | bytes) -> None:
        """One film comes out of every format and encoding."""
        found, _, _ = read(tmp_path, name, content)
        assert found["media_item"].select("item_key", "title", "year").rows() == [("movie:amelie:2001", "Amélie", 2001)]

    def test_another_encoding_is_noted(self, tmp_path: Path) -> None:
        """Text that is not UTF-8 is read as Windows-1252, which is said."""
        _, _, imported = read(tmp_path, "f.csv", b"title\nAm\xe9lie\n")
        assert imported.notes == ("f.csv is not UTF-8 (byte 8); it was read as Windows-1252.",)

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            pytest.param("f.csv", b"", "f.csv is empty", id="empty csv"),
            pytest.param("f.json", b" \n", "f.json is empty", id="empty json"),
            pytest.param(
                "f.json",
                b"title,year\n",
                "f.json: not JSON: .*line 1 column 1.*real format",
                id="csv as json",
            ),
            pytest.param("f.json", b'[{"title": "Alien"}', "f.json: not JSON: .*line 1", id="cut short"),
            pytest.param("f.json", b'{"title": "Alien"}', "no array of objects", id="one object"),
            pytest.param("f.json", b"[1, 2]", "holds no objects", id="numbers"),
            pytest.param("f.ndjson", b"title\nAlien\n", "no line is a JSON object: line 1", id="csv as ndjson"),
            pytest.param("f.csv", b"title,year\nAli\0en,1979\n", "line 2 has a NUL byte", id="nul"),
            pytest.param("f.csv", b"title\n\x81\x8d\n", "neither UTF-8 nor Windows-1252", id="bytes"),
            pytest.param("f.parquet", b"title,year\n", "f.parquet is not a Parquet file", id="csv as parquet"),
            pytest.param("f.parquet", b"PAR1 and no more", "f.parquet is damaged or cut short", id="cut parquet"),
            pytest.param("f.xlsx", b"PK", "a .xlsx file cannot be imported; give one of .csv", id="other format"),
        ],
    )
    def test_a_file_that_is_something_else_is_refused(
        self, tmp_path: Path, name: str, content: bytes, message: str
    ) -> None:
        """The message names the file, what is wrong with it and what to do."""
        with pytest.raises(SourceError, match=message):
            read(tmp_path, name, content)

    def test_an_absent_file_is_refused(self, tmp_path: Path) -> None:
        """A file that is not there is named."""
        with pytest.raises(SourceError, match=r"none.csv cannot be read: No such file"):
            read_table(tmp_path / "none.csv", "items", library="Films")

    @pytest.mark.parametrize(
        ("name", "content"),
        [pytest.param("f.csv", "title\n", id="csv"), pytest.param("f.json", "[]", id="json")],
    )
    def test_a_file_of_no_rows_imports_nothing(self, tmp_path: Path, name: str, content: str) -> None:
        """A header alone, or an empty array, is no fault."""
        found, rejected, imported = read(tmp_path, name, content)
        assert (found, rejected, imported.rows) == ({}, [], 0)

    def test_a_row_of_too_many_values_is_set_aside(self, tmp_path: Path) -> None:
        """A comma without quotation marks does not shift values; a short row lacks its last ones."""
        text = "title,year\nAlien,1979\nCrouching Tiger, Hidden Dragon,2000\nHeat\n"
        found, rejected, _ = read(tmp_path, "f.csv", text)
        assert [(row, reason[:31]) for row, _, _, reason in rejected] == [(2, "the row has more than 2 values;")]
        assert found["media_item"].select("title", "year").rows() == [("Alien", 1979), ("Heat", None)]

    def test_an_open_quotation_mark_costs_one_row(self, tmp_path: Path) -> None:
        """A mark that is never closed sets its row aside; lines within marks and marks within text stay."""
        text = 'title,plot\nAlien,"In\nspace."\n"Heat,cops\nBrazil,12" disc\nBlow-Up,"Two" words\n'
        found, rejected, _ = read(tmp_path, "f.csv", text)
        assert rejected == [(2, "", '"Heat,cops', "a quotation mark is opened and never closed")]
        assert found["media_item"].select("title", "plot").rows() == [
            ("Alien", "In\nspace."), ("Brazil", '12" disc'), ("Blow-Up", "Two words"),
        ]  # fmt: skip

    def test_a_broken_line_costs_one_row(self, tmp_path: Path) -> None:
        """A line that is not JSON is set aside with its number; so is one that is no object."""
        lines = ['{"title": "Alien", "cast": ["Ian Holm"]}', '{"title": "Bra', "[1]", '{"title": 1776}']
        found, rejected, imported = read(tmp_path, "f.ndjson", "\n".join(lines))
        assert [(row, value, reason[:11]) for row, _, value, reason in rejected] == [
            (2, '{"title": "Bra', "is not JSON"), (3, "[1]", "is not an o"),
        ]  # fmt: skip
        assert found["media_item"]["title"].to_list() == ["Alien", "1776"]
        assert imported.rows == 4

    def test_values_of_many_kinds_are_read(self, tmp_path: Path) -> None:
        """A column of lists, objects and text together is a column of lists."""
        cast = (
            ["Ian Holm"],
            {"name": "Jonathan Pryce", "character": "Sam"},
            "Michael Palin",
            None,
            [{"name": "A"}],
        )
        rows = [{"title": f"Film {number}", "cast": value} for number, value in enumerate(cast)]
        found, rejected, _ = read(tmp_path, "f.json", [*rows, 7])
        assert rejected == [(6, "", "7", "is not an object")]
        assert found["person"]["name"].to_list() == ["Ian Holm", "Jonathan Pryce", "Michael Palin", "A"]


class TestOtherKinds:
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


FILES = [
    pytest.param(
        "films.json",
        [ALIEN, BRAZIL],
        "items",
        {"media_item": 2, "person": 2, "credit": 3, "external_id": 0, "history_event": 0},
        id="items",
    ),
    pytest.param(
        "e.csv",
        "show,season,episode,imdb_id\nThe Harbour,1,1,tt0000011\nThe Harbour,2,1,tt0000012\n",
        "items",
        {"media_item": 5, "person": 0, "credit": 0, "external_id": 2, "history_event": 0},
        id="episodes",
    ),
    pytest.param(
        "p.csv",
        "name,imdb_id\nIan Holm,nm0000453\nZoë,\n",
        "people",
        {"media_item": 0, "person": 2, "credit": 0, "external_id": 1, "history_event": 0},
        id="people",
    ),
    pytest.param(
        "c.csv",
        "title,name,role\nAlien,Ian Holm,actor\nAlien,Ridley Scott,director\n",
        "credits",
        {"media_item": 1, "person": 2, "credit": 2, "external_id": 0, "history_event": 0},
        id="credits",
    ),
    pytest.param(
        "h.csv",
        "title,date,user\nAlien,2024-05-01,\nAlien,2024-05-02,ann\n",
        "history",
        {"media_item": 1, "person": 0, "credit": 0, "external_id": 0, "history_event": 2},
        id="history",
    ),
]


@pytest.mark.parametrize(("name", "content", "kind", "expected"), FILES)
def test_a_second_import_changes_nothing(
    tmp_path: Path, name: str, content: Any, kind: str, expected: dict[str, int]
) -> None:
    """What a file holds is in the library once, under the same ids, however often it is imported."""
    path = given(tmp_path, name, content)
    with library_of(tmp_path / "l.duckdb", *read_table(path, kind, library="Films").records) as lib:
        ids = "select id, item_key, updated_at from media_item union all select id, person_key, null from person"
        before = lib.sql(f"{ids} order by all").rows()
        assert counts(lib) == expected
        report = lib.load(read_table(path, kind, library="Films").records)
        assert report.rejected.is_empty()
        assert sum(report.updated.values()) == 0
        assert lib.sql(f"{ids} order by all").rows() == before
        assert counts(lib) == expected


def test_children_come_with_their_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are small, and each holds the credits of its own items and of no others."""
    monkeypatch.setattr("mediamgr.ingest.tables._records.BATCH", 2)
    rows = [{"title": f"Film {number}", "cast": ["Ian Holm", f"Actor {number}"]} for number in range(5)]
    batches = list(read_table(given(tmp_path, "f.json", rows), "items", library="Films").records)
    assert [batch.frames["media_item"].height for batch in batches] == [2, 2, 1]
    for batch in batches:
        owners = batch.frames["credit"]["item_key"].unique().sort().to_list()
        assert owners == batch.frames["media_item"]["item_key"].sort().to_list()
    with library_of(tmp_path / "l.duckdb", *batches) as lib:
        assert counts(lib) == {
            "media_item": 5,
            "person": 6,
            "credit": 10,
            "external_id": 0,
            "history_event": 0,
        }
