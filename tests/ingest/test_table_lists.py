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

    @pytest.mark.parametrize(
        ("cells", "expected"),
        [
            pytest.param(["Horror|War", "Drama; War", "Horror, Sci-Fi"],
                         [["Horror", "War"], ["Drama", "War"], ["Horror", "Sci-Fi"]], id="each its own way"),
            pytest.param(["Horror|War", "Sci-Fi, Space"], [["Horror", "War"], ["Sci-Fi, Space"]], id="a name with one"),
            pytest.param(["Korea, Republic of", "Iran, Islamic Republic of, France"],
                         [["Korea, Republic of"], ["Iran, Islamic Republic of", "France"]], id="countries"),
            pytest.param(["US, CO, MD", "Congo, the Democratic Republic of the"],
                         [["US", "CO", "MD"], ["Congo, the Democratic Republic of the"]], id="codes of countries"),
            pytest.param(["Eon, Inc., Pathe"], [["Eon, Inc.", "Pathe"]], id="companies"),
            pytest.param(["10,000 BC,Epic"], [["10,000 BC", "Epic"]], id="thousands"),
            pytest.param(["Horror,,War,"], [["Horror", "War"]], id="nothing between"),
        ],
    )  # fmt: skip
    def test_a_column_says_what_its_commas_mean(
        self, tmp_path: Path, cells: list[str], expected: list[list[str]]
    ) -> None:
        """Where | or ; are used a comma splits only what stands alone elsewhere, and never what is one name."""
        rows = "".join(f'Film {number},"{cell}"\n' for number, cell in enumerate(cells))
        assert [row["genres"] for row in items(tmp_path, "films.csv", f"title,genres\n{rows}")] == expected

    def test_names_keep_their_commas(self, tmp_path: Path) -> None:
        """Jr. is nobody's name; who is written surname first, among names split by semicolons, is one person."""
        text = 'title,cast,director\nA,"Sammy Davis, Jr., Ian Holm","Davis, Ossie; Scott, Ridley"\nB,,"Lean, David"\n'
        found, _, _ = read(tmp_path, "films.csv", text)
        assert found["person"]["name"].to_list() == [
            "Sammy Davis, Jr.", "Ian Holm", "Davis, Ossie", "Scott, Ridley", "Lean, David",
        ]  # fmt: skip

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
