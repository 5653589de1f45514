"""Importing tables: the exports of IMDb and Letterboxd as their users download them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mediamgr.library import Library
from tests.ingest.tables import given, read

IMDB = (
    "Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres,"
    "Num Votes,Release Date,Directors\n"
)
DARK = 'tt5753856,9,2024-05-01,Dark,Dark,,TV Series,8.7,53,2017,"Crime, Drama",450000,2017-12-01,\n'
ALIEN = 'tt0078748,10,2024-05-01,Alien,Alien,,Movie,8.5,117,1979,"Horror, Sci-Fi",980000,1979-05-25,Ridley Scott\n'


def rated(const: str, title: str, kind: str) -> str:
    """A row of ratings.csv."""
    return f'{const},8,2024-05-02,"{title}","{title}",,{kind},9.9,47,2013,Drama,200000,2013-09-15,Rian Johnson\n'


class TestImdb:
    """ratings.csv and watchlist.csv."""

    def test_every_column_is_understood(self, tmp_path: Path) -> None:
        """A film has its own and the community's rating, its genres and its director."""
        found, rejected, imported = read(tmp_path, "ratings.csv", IMDB + ALIEN)
        assert (rejected, imported.ignored) == ([], ("Date Rated", "URL"))
        columns = ["title", "user_rating", "rating", "runtime_minutes", "genres", "votes"]
        assert found["media_item"].select(columns).rows() == [
            ("Alien", 10.0, 8.5, 117, ["Horror", "Sci-Fi"], 980000),
        ]
        assert found["person"]["name"].to_list() == ["Ridley Scott"]

    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            pytest.param("Movie", "movie", id="movie"),
            pytest.param("TV Movie", "movie", id="tv movie"),
            pytest.param("tvMovie", "movie", id="tv movie of a dump"),
            pytest.param("TV Special", "movie", id="tv special"),
            pytest.param("TV Short", "movie", id="tv short"),
            pytest.param("TV Pilot", "movie", id="tv pilot"),
            pytest.param("Short", "movie", id="short"),
            pytest.param("Video", "movie", id="video"),
            pytest.param("TV Series", "show", id="series"),
            pytest.param("TV Mini Series", "show", id="mini series"),
            pytest.param("tvMiniSeries", "show", id="mini series of a dump"),
            pytest.param("Video Game", None, id="game"),
            pytest.param("Music Video", None, id="music video"),
            pytest.param("Podcast Series", None, id="podcast"),
            pytest.param("Podcast Episode", None, id="podcast episode"),
        ],
    )
    def test_title_types(self, tmp_path: Path, kind: str, expected: str | None) -> None:
        """What a library can hold becomes a film or a show; the rest is set aside with its reason."""
        found, rejected, _ = read(tmp_path, "ratings.csv", IMDB + rated("tt1000001", "A title", kind))
        if expected:
            assert (rejected, found["media_item"]["media_type"].to_list()) == ([], [expected])
        else:
            reason = "is not movie or show or season or episode; a library holds nothing else"
            assert rejected == [(1, "Title Type", kind, reason)]
            assert found == {}

    @pytest.mark.parametrize("kind", ["items", "history"])
    def test_an_episode_names_its_show(self, tmp_path: Path, kind: str) -> None:
        """What stands before the only colon is the show."""
        text = IMDB + rated("tt2301451", "Breaking Bad: Ozymandias", "TV Episode")
        found, rejected, _ = read(tmp_path, "ratings.csv", text, kind)
        assert rejected == []
        columns = ["item_key", "media_type", "parent_key", "title"]
        assert found["media_item"].select(columns).rows() == [
            ("show:breaking bad:", "show", None, "Breaking Bad"),
            ("show:breaking bad:/ozymandias", "episode", "show:breaking bad:", "Ozymandias"),
        ]
        assert found["external_id"].select("item_key", "id_space", "external_id").rows() == [
            ("show:breaking bad:/ozymandias", "episode", "tt2301451")
        ]

    def test_a_show_in_the_file_says_which_colon_it_is(self, tmp_path: Path) -> None:
        """Of several colons that one counts before which a known show stands, the longest such."""
        text = (
            IMDB
            + rated("tt0060028", "Star Trek", "TV Series")
            + rated("tt0092455", "Star Trek: The Next Generation", "TV Series")
            + rated("tt0708807", "Star Trek: The Next Generation: The Inner Light", "TV Episode")
        )
        found, rejected, _ = read(tmp_path, "ratings.csv", text)
        assert rejected == []
        parents = found["media_item"].select("title", "parent_key").rows()
        assert ("The Inner Light", "imdb:tt0092455") in parents

    def test_a_show_of_the_library_says_it_too(self, lib: Library, tmp_path: Path) -> None:
        """A show imported before takes the episode in; without it the row is set aside with what to do."""
        episode = given(tmp_path, "ratings.csv", IMDB + rated("tt0708807", "Trek: Deep: The Inner Light", "TV Episode"))
        first = lib.import_table(episode)
        ((row, column, value, reason),) = first.table.refused.rows()
        assert (row, column, value) == (1, "Title", "Trek: Deep: The Inner Light")
        assert reason == (
            "is an episode of no show; name the show in a column show_title, or import a list with the show in it first"
        )
        lib.import_table(given(tmp_path, "shows.csv", "Title,Title Type,Year\nTrek: Deep,TV Series,1993\n"))
        again = lib.import_table(episode)
        assert again.table.rejected.is_empty()
        found = lib.sql("""
            select e.title, s.title from media_item e join media_item s on s.id = e.parent_id
        """)
        assert found.rows() == [("The Inner Light", "Trek: Deep")]

    def test_an_episode_that_is_there_needs_no_show(self, lib: Library, tmp_path: Path) -> None:
        """An episode known by its id takes its rating, whatever its title is here."""
        text = "show,season,episode,title,imdb_id\nDark,1,2,Lies,tt6305578\n"
        lib.import_table(given(tmp_path, "e.csv", text))
        history = given(tmp_path, "r.csv", IMDB + rated("tt6305578", "Dark: A: B", "TV Episode"))
        report = lib.import_table(history, "history")
        assert report.table.rejected.is_empty()
        rated_ones = lib.sql("select title, value from history_event h join media_item i on i.id = h.media_item_id")
        assert rated_ones.rows() == [("Lies", 8.0)]

    def test_a_watchlist_is_no_history_of_plays(self, tmp_path: Path) -> None:
        """What is listed is to be watched, since the day it was put there."""
        text = (
            "Position,Const,Created,Modified,Description,Title,Title Type,Year,Your Rating,Date Rated\n"
            "1,tt0078748,2024-05-01,2024-05-01,,Alien,Movie,1979,,\n"
        )
        found, rejected, _ = read(tmp_path, "WATCHLIST.csv", text, "history")
        assert rejected == []
        assert found["history_event"].select("item_key", "event_type").rows() == [("imdb:tt0078748", "watchlisted")]


class TestLetterboxd:
    """diary.csv, ratings.csv, watched.csv and watchlist.csv."""

    HEAD = "Date,Name,Year,Letterboxd URI"

    @pytest.mark.parametrize(
        ("name", "text", "expected"),
        [
            pytest.param("diary.csv",
                         f'{HEAD},Rating,Rewatch,Tags,Watched Date\n2024-05-09,Alien,1979,x,4.5,Yes,"a, b",2024-05-01\n',
                         [("played", 1, None), ("rated", 1, 9.0)], id="diary"),
            pytest.param("diary.csv", f"{HEAD},Rating,Rewatch,Tags,Watched Date\n2024-05-09,Alien,1979,x,,,,2024-05-01\n",
                         [("played", 1, None)], id="diary without a rating"),
            pytest.param("ratings.csv", f"{HEAD},Rating\n2024-05-09,Alien,1979,x,5\n", [("rated", 9, 10.0)], id="five"),
            pytest.param("ratings.csv", f"{HEAD},Rating\n2024-05-09,Alien,1979,x,0.5\n", [("rated", 9, 1.0)], id="half"),
            pytest.param("watched.csv", f"{HEAD}\n2024-05-09,Alien,1979,x\n", [("played", 9, None)], id="watched"),
            pytest.param("watchlist.csv", f"{HEAD}\n2024-05-09,Alien,1979,x\n", [("watchlisted", 9, None)], id="list"),
        ],
    )  # fmt: skip
    def test_a_file_becomes_history(
        self, tmp_path: Path, name: str, text: str, expected: list[tuple[str, int, float | None]]
    ) -> None:
        """Plays and ratings are at their own day; five stars are ten."""
        found, rejected, _ = read(tmp_path, name, text, "history")
        assert rejected == []
        events = found["history_event"]
        assert events.select("event_type", events["occurred_at"].dt.day(), "value").rows() == expected

    @pytest.mark.parametrize("kind", ["items", "history"])
    def test_more_than_five_stars_are_none(self, tmp_path: Path, kind: str) -> None:
        """A rating above five is told of with its row, and does not cost the film."""
        text = f"{self.HEAD},Rating,Watched Date\n2024-05-09,Alien,1979,x,8,2024-05-09\n"
        found, rejected, _ = read(tmp_path, "diary.csv", text, kind)
        assert rejected == [(1, "Rating", "8", "is not a number from 0 to 5; the row goes in without it")]
        assert found["media_item"]["title"].to_list() == ["Alien"]
