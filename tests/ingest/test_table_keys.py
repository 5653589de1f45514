"""Importing tables: under which keys items go in."""

from __future__ import annotations

from pathlib import Path

from mediamgr.ingest.tables import read_table
from tests.builders import library_of
from tests.ingest.tables import frames, given, read


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

    def test_a_show_and_its_episodes_in_one_file_are_one_show(self, tmp_path: Path) -> None:
        """The row of the show says its year, those of the episodes only its name; in any order."""
        show, episode = "show,Foo,,,,2002\n", "episode,A,Foo,1,1,\n"
        for name, rows in {"a.csv": show + episode, "b.csv": episode + show}.items():
            found, _, _ = read(tmp_path, name, f"type,title,show,season,episode,year\n{rows}")
            assert sorted(found["media_item"]["item_key"]) == [
                "show:foo:2002", "show:foo:2002/s01", "show:foo:2002/s01e01",
            ]  # fmt: skip

    def test_two_works_of_one_title_are_not_one_that_lacks_a_year(self, tmp_path: Path) -> None:
        """Neither is taken for it, at the first import as at the second."""
        given(tmp_path, "a.csv", "title,rating\nHeat,8\n")
        both = given(tmp_path, "b.csv", "title,year,imdb_id\nHeat,1995,tt0113277\nHeat,1986,tt0093164\n")
        with library_of(tmp_path / "l.duckdb") as lib:
            lib.import_table(tmp_path / "a.csv")
            assert lib.import_table(both).loaded.inserted["media_item"] == 2
            assert lib.import_table(both).loaded.inserted["media_item"] == 0
            assert lib.sql("select year from media_item order by year")["year"].to_list() == [1986, 1995, None]

    def test_an_import_enriches_what_a_scan_found(self, tmp_path: Path) -> None:
        """A film known by its title and year gets the new facts and stays one film."""
        scanned = frames(read_table(given(tmp_path, "a.csv", "title,year\nAmélie,2001\n"), "items", library="Films"))
        assert scanned["media_item"]["item_key"].to_list() == ["movie:amelie:2001"]
        first = read_table(tmp_path / "a.csv", "items", library="Films").records
        more = given(tmp_path, "b.csv", "title,year,plot\nAMELIE,2001,A waitress.\n")
        with library_of(tmp_path / "l.duckdb", *first, *read_table(more, "items", library="Films").records) as lib:
            assert lib.sql("select year, plot from media_item").rows() == [(2001, "A waitress.")]
