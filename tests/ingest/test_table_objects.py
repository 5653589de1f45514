"""Importing tables: rows about nested objects, as Trakt's exports have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mediamgr.library import Library
from tests.ingest.scans import keys
from tests.ingest.tables import counts, given, read

SHOW = {"title": "Dark", "year": 2017, "ids": {"slug": "dark", "tvdb": 334824, "imdb": "tt5753856", "tmdb": 70523}}
EPISODE = {"season": 1, "number": 2, "title": "Lies", "ids": {"tvdb": 6318976, "imdb": "tt6305578", "tmdb": 1369017}}
MOVIE = {"title": "Alien", "year": 1979, "ids": {"slug": "alien-1979", "imdb": "tt0078748", "tmdb": 348}}
HISTORY = [
    {"watched_at": "2024-01-01T20:00:00.000Z", "action": "watch", "type": "episode", "episode": EPISODE, "show": SHOW},
    {"watched_at": "2024-01-02T20:00:00.000Z", "action": "scrobble", "type": "movie", "movie": MOVIE},
]
ITEMS = "Const,Title,Year,Title Type\ntt5753856,Dark,2017,tvSeries\ntt0078748,Alien,1979,movie\n"


def titled(lib: Library) -> list[tuple[Any, ...]]:
    """(media_type, title, year) of all items, in the order of their keys."""
    return lib.sql("select media_type, title, year from media_item order by item_key").rows()


class TestHistory:
    """Films and episodes in one file."""

    def test_each_row_has_the_title_of_its_object(self, lib: Library, tmp_path: Path) -> None:
        """An episode has its own title and place, its show the title and year of the show, a film its own."""
        report = lib.import_table(given(tmp_path, "history.json", HISTORY), "history")
        assert titled(lib) == [
            ("movie", "Alien", 1979),
            ("show", "Dark", 2017),
            ("season", "Season 1", None),
            ("episode", "Lies", None),
        ]
        assert report.table.columns["title"] == "movie.title, episode.title"
        assert report.table.columns["show_imdb_id"] == "show.ids.imdb"
        assert "episode.title" not in report.table.ignored
        assert "show.ids.slug" in report.table.ignored

    def test_all_ids_are_kept(self, lib: Library, tmp_path: Path) -> None:
        """The film, the episode and the show each have their own ids in the library."""
        lib.import_table(given(tmp_path, "history.json", HISTORY), "history")
        found = lib.sql("""
            select title, source, id_space, external_id from external_id e
            join media_item i on i.id = e.media_item_id order by all
        """)
        assert found.rows() == [
            ("Alien", "imdb", "movie", "tt0078748"),
            ("Alien", "tmdb", "movie", "348"),
            ("Dark", "imdb", "show", "tt5753856"),
            ("Dark", "tmdb", "show", "70523"),
            ("Dark", "tvdb", "show", "334824"),
            ("Lies", "imdb", "episode", "tt6305578"),
            ("Lies", "tmdb", "episode", "1369017"),
            ("Lies", "tvdb", "episode", "6318976"),
        ]

    @pytest.mark.parametrize("first", ["items", "history"])
    def test_a_show_is_one_whichever_comes_first(self, lib: Library, tmp_path: Path, first: str) -> None:
        """A show known by its IMDb id is the one that history names by the id, and the other way round."""
        files = {
            "items": given(tmp_path, "list.csv", ITEMS),
            "history": given(tmp_path, "history.json", HISTORY),
        }
        for kind in sorted(files, key=lambda kind: kind != first):
            lib.import_table(files[kind], kind)
        assert keys(lib) == ["imdb:tt0078748", "imdb:tt5753856", "imdb:tt5753856/s01", "imdb:tt5753856/s01e02"]
        assert lib.sql("select count(*) from history_event").item() == 2

    @pytest.mark.parametrize("first", ["items", "history"])
    def test_a_show_of_another_title_is_one_by_its_id(self, lib: Library, tmp_path: Path, first: str) -> None:
        """Ids say that two titles are one show, also where only one side knows the year."""
        files = {
            "items": given(tmp_path, "list.csv", "Title,Title Type,tmdb_id\nDunkel,tvSeries,70523\n"),
            "history": given(tmp_path, "history.json", HISTORY),
        }
        for kind in sorted(files, key=lambda kind: kind != first):
            lib.import_table(files[kind], kind)
        assert lib.sql("select count(*) from media_item where media_type = 'show'").item() == 1

    def test_again_says_nothing_new(self, lib: Library, tmp_path: Path) -> None:
        """The same history again finds all its items and events there."""
        path = given(tmp_path, "history.json", HISTORY)
        lib.import_table(path, "history")
        again = lib.import_table(path, "history")
        assert (sum(again.loaded.inserted.values()), sum(again.loaded.updated.values())) == (0, 0)

    def test_a_column_of_an_object_may_be_mapped(self, tmp_path: Path) -> None:
        """What a person maps comes before what the objects say."""
        found, _, _ = read(tmp_path, "h.json", HISTORY[1:], "history", mapping={"movie.ids.slug": "title"})
        assert found["media_item"]["title"].to_list() == ["alien-1979"]


class TestOtherExports:
    """Shows with their seasons, ratings, collections and watchlists."""

    WATCHED = (
        {
            "plays": 2,
            "last_watched_at": "2024-01-05T20:00:00.000Z",
            "show": SHOW,
            "seasons": [
                {
                    "number": 1,
                    "episodes": [
                        {"number": 1, "plays": 1, "last_watched_at": "2024-01-01T20:00:00.000Z"},
                        {"number": 2, "plays": 1, "last_watched_at": "2024-01-05T20:00:00.000Z"},
                    ],
                }
            ],
        },
    )

    def test_a_watched_show_is_its_episodes(self, tmp_path: Path) -> None:
        """A show with seasons of episodes is a play of each episode, at its own time."""
        found, rejected, imported = read(tmp_path, "watched-shows.json", list(self.WATCHED), "history")
        assert (rejected, imported.rows) == ([], 1)
        events = found["history_event"].select(
            "item_key", "event_type", day=found["history_event"]["occurred_at"].dt.day()
        )
        assert events.rows() == [
            ("imdb:tt5753856/s01e01", "played", 1),
            ("imdb:tt5753856/s01e02", "played", 5),
        ]

    @pytest.mark.parametrize(
        ("row", "expected"),
        [
            pytest.param({"rated_at": "2024-01-01T20:00:00Z", "rating": 9, "type": "movie", "movie": MOVIE},
                         [("imdb:tt0078748", "rated", 9.0)], id="film rated"),
            pytest.param({"rated_at": "2024-01-01T20:00:00Z", "rating": 8, "type": "show", "show": SHOW},
                         [("imdb:tt5753856", "rated", 8.0)], id="show rated"),
            pytest.param({"rated_at": "2024-01-01T20:00:00Z", "rating": 7, "type": "season", "season": {"number": 1},
                          "show": SHOW}, [("imdb:tt5753856/s01", "rated", 7.0)], id="season rated"),
            pytest.param({"listed_at": "2024-01-01T20:00:00Z", "rank": 1, "type": "movie", "movie": MOVIE},
                         [("imdb:tt0078748", "watchlisted", None)], id="watchlist"),
            pytest.param({"collected_at": "2024-01-01T20:00:00Z", "movie": MOVIE},
                         [("imdb:tt0078748", "added", None)], id="collected"),
            pytest.param({"last_watched_at": "2024-01-01T20:00:00Z", "plays": 3, "movie": MOVIE},
                         [("imdb:tt0078748", "played", None)], id="watched films"),
        ],
    )  # fmt: skip
    def test_what_a_row_tells_of(self, tmp_path: Path, row: dict[str, Any], expected: list[Any]) -> None:
        """The time's name says whether something was watched, rated, listed or collected."""
        found, rejected, _ = read(tmp_path, "export.json", [row], "history")
        assert rejected == []
        assert found["history_event"].select("item_key", "event_type", "value").rows() == expected

    def test_films_and_shows_rated_in_one_file(self, tmp_path: Path) -> None:
        """As items they have one's own rating, not that of all; a show does not lend an episode its id."""
        rows = [
            {"rated_at": "2024-01-01T20:00:00Z", "rating": 9, "type": "movie", "movie": {**MOVIE, "rating": 8.1}},
            {"rated_at": "2024-01-01T20:00:00Z", "rating": 8, "type": "show", "show": SHOW},
            {"rated_at": "2024-01-01T20:00:00Z", "rating": 7, "type": "episode", "show": SHOW,
             "episode": {"season": 1, "number": 2, "title": "Lies", "ids": {}}},
        ]  # fmt: skip
        found, rejected, _ = read(tmp_path, "ratings.json", rows)
        assert rejected == []
        assert found["media_item"].select("item_key", "title", "year", "user_rating", "rating").rows() == [
            ("imdb:tt5753856/s01", "Season 1", None, None, None),
            ("imdb:tt0078748", "Alien", 1979, 9.0, 8.1),
            ("imdb:tt5753856", "Dark", 2017, 8.0, None),
            ("imdb:tt5753856/s01e02", "Lies", None, 7.0, None),
        ]

    def test_an_object_that_is_none_of_ours_is_set_aside(self, tmp_path: Path) -> None:
        """A list of Trakt may hold people: they are no films."""
        rows = [
            {"listed_at": "2024-01-01T20:00:00Z", "type": "person", "person": {"name": "Ian Holm"}},
            {"listed_at": "2024-01-01T20:00:00Z", "type": "movie", "movie": MOVIE},
        ]
        found, rejected, _ = read(tmp_path, "list.json", rows, "history")
        assert [(row, column, value) for row, column, value, _ in rejected] == [(1, "type", "person")]
        assert found["history_event"].height == 1

    def test_the_counts_stay(self, lib: Library, tmp_path: Path) -> None:
        """A watched show brings its show, season and two episodes, and two events."""
        lib.import_table(given(tmp_path, "w.json", list(self.WATCHED)), "history")
        assert counts(lib) | {"media_item": 4, "history_event": 2, "external_id": 3} == counts(lib)
