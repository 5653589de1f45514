"""Importing tables: lists of names, nested or in text."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from mediamgr.ingest.tables import read_table
from tests.ingest.tables import ALIEN, BRAZIL, frames, items, read


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
