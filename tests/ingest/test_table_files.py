"""Importing tables: files as they come, and as they should not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediamgr.errors import SourceError
from mediamgr.ingest.tables import read_table
from tests.ingest.tables import read


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
