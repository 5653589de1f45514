"""The watching report: when and what is watched, on a history written out by hand and on the demo's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediamgr.errors import QueryError
from mediamgr.library import Library, build_demo
from mediamgr.reports.watching._runs import binges, streaks
from mediamgr.store import Records
from tests.builders import library_of

QUICK = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
GB = 1_000_000_000
_OLD, _YOUNG = datetime(2020, 1, 1), datetime(2024, 1, 15)

# title, year, runtime, genres, added, rating, bytes
_FILMS = [
    ("Alpha", 1994, 120, ["Drama"], _OLD, 6.0, 10 * GB),
    ("Beta", 2005, 90, ["Comedy"], _OLD, 7.0, 2 * GB),
    ("Gamma", 2011, 80, ["Drama", "Comedy"], _OLD, 8.0, 4 * GB),
    ("Delta", 2012, 100, None, _OLD, None, 9 * GB),
    ("Epsilon", 2013, None, None, _YOUNG, None, 5 * GB),
]
_SHOW = [
    ("show", "show", None, None, "Harbour", None, None),
    ("s0", "season", "show", None, "Specials", 0, None),
    ("s1", "season", "show", None, "Season 1", 1, None),
    ("e1", "episode", "s1", "e2", "Ebb", 1, 1),
    ("e2", "episode", "s1", None, "Flow", 1, 2),
    ("e3", "episode", "s1", None, "Tide", 1, 3),
    ("e4", "episode", "s1", None, "Calm", 1, 4),
    ("special", "episode", "s0", None, "Making of", 0, 1),
]
# item, what, who, when, share
_EVENTS: list[tuple[str, str, str, datetime, float | None]] = [
    ("Beta", "played", "cy", datetime(2023, 12, 30, 10), 1.0),
    ("Alpha", "played", "ana", datetime(2024, 1, 1, 20), 1.0),
    ("Alpha", "played", "ana", datetime(2024, 1, 1, 22), 1.0),
    ("Beta", "played", "ana", datetime(2024, 1, 2, 23, 30), 0.4),
    ("e1", "played", "ana", datetime(2024, 1, 3, 20), None),
    ("e2", "played", "ana", datetime(2024, 1, 3, 20), None),
    ("e3", "played", "ana", datetime(2024, 1, 4, 20, 30), 1.0),
    ("e1", "played", "bo", datetime(2024, 2, 10, 18), 1.0),
    ("e3", "played", "bo", datetime(2024, 2, 11, 18), 1.0),
    ("Gamma", "paused", "bo", datetime(2024, 2, 20, 18), 0.25),
    ("e1", "played", "cy", datetime(2024, 2, 24, 10), 1.0),
    ("e3", "played", "cy", datetime(2024, 2, 24, 11), 1.0),
    ("e4", "played", "cy", datetime(2024, 2, 24, 12), 1.0),
    ("Alpha", "played", "ana", datetime(2024, 3, 1, 20), 1.0),
]


def _films() -> Records:
    titles = [film[0] for film in _FILMS]
    names = ["title", "year", "runtime_minutes", "genres", "added_at", "rating", "size_bytes"]
    items = pl.DataFrame(_FILMS, schema=names, orient="row").drop("size_bytes")
    frames = {
        "media_item": items.with_columns(pl.col("title").alias("item_key"), pl.lit("movie").alias("media_type")),
        "media_file": pl.DataFrame(
            {
                "item_key": titles,
                "path": [f"/films/{title}.mkv" for title in titles],
                "size_bytes": [film[-1] for film in _FILMS],
                "missing_since": [datetime(2023, 1, 1) if title == "Delta" else None for title in titles],
            }
        ),
        "history_event": _history(set(titles)),
    }
    return Records("Films", frames, source="test")


def _series() -> Records:
    columns = ["item_key", "media_type", "parent_key", "shared_file_key", "title", "season_number", "episode_number"]
    is_show, is_episode = pl.col("media_type") == "show", pl.col("media_type") == "episode"
    items = pl.DataFrame(_SHOW, schema=columns, orient="row").with_columns(
        runtime_minutes=pl.when(is_episode).then(30),
        year=pl.when(is_show).then(1999).otherwise(2003),
        # of none and of no genres known: those of the show count
        genres=pl.when(is_show)
        .then(pl.lit(["Drama"]))
        .when(pl.col("item_key") == "e1")
        .then(pl.lit([], pl.List(pl.String))),
        added_at=pl.lit(_OLD),
    )
    files = {
        "item_key": ["e2", "e3", "e4"],
        "path": ["/tv/1-2.mkv", "/tv/3.mkv", "/tv/4.mkv"],
        "size_bytes": [3 * GB, GB, GB],
    }
    frames = {"media_item": items, "media_file": pl.DataFrame(files)}
    return Records("Series", {**frames, "history_event": _history({row[0] for row in _SHOW})}, source="test")


def _history(keys: set[str]) -> pl.DataFrame:
    names = ["item_key", "event_type", "user_name", "occurred_at", "value"]
    return pl.DataFrame([event for event in _EVENTS if event[0] in keys], schema=names, orient="row")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Five films and a show; three people and what they watched."""
    with library_of(tmp_path_factory.mktemp("watched") / "l.duckdb", _films(), _series()) as lib:
        yield lib


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A small demo library."""
    with build_demo(tmp_path_factory.mktemp("demo") / "d.duckdb", items=600) as lib:
        yield lib


class TestWatching:
    """Plays by one property."""

    def test_by_person(self, watched: Library) -> None:
        """A play counts as often as the history says; its hours are the runtime times the share."""
        answer = watched.reports.watching("person")
        assert answer.rows() == [
            ("ana", 7, 3, 8.1, 0.5385), ("cy", 4, 2, 3.0, 0.3077), ("bo", 2, 1, 1.0, 0.1538),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("by", "plays"),
        [
            ("month", {"2023-12": 1, "2024-01": 6, "2024-02": 5, "2024-03": 1}),
            ("year", {"2023": 1, "2024": 12}),
            ("weekday", {"Monday": 2, "Tuesday": 1, "Wednesday": 2, "Thursday": 1, "Friday": 1, "Saturday": 5, "Sunday": 1}),
            ("hour", {"10": 2, "11": 1, "12": 1, "18": 2, "20": 5, "22": 1, "23": 1}),
            ("library", {"Series": 8, "Films": 5}),
            ("type", {"episode": 8, "movie": 5}),
        ],
    )  # fmt: skip
    def test_by(self, watched: Library, by: Any, plays: dict[str, int]) -> None:
        """In the order of time, else the most first."""
        answer = watched.reports.watching(by)
        assert list(zip(answer["value"], answer["plays"], strict=True)) == list(plays.items())

    def test_in_a_time_zone(self, watched: Library) -> None:
        """Evenings in UTC are the next morning in Tokyo."""
        days = watched.reports.watching("day", timezone="Asia/Tokyo", person="ana")["value"].to_list()
        assert days == ["2024-01-02", "2024-01-03", "2024-01-04", "2024-01-05", "2024-03-02"]

    def test_of_the_last_days(self, watched: Library) -> None:
        """Counted from the latest event in the library, or from the day given."""
        assert watched.reports.watching("year", days=1).rows() == [("2024", 1, 1, 2.0, 1.0)]
        assert watched.reports.watching("year", days=6)["plays"].to_list() == [1]
        assert watched.reports.watching("year", days=7)["plays"].to_list() == [4]
        assert watched.reports.watching_week(days=6)["plays"].to_list() == [1]
        assert watched.reports.watching("day", on=date(2024, 1, 2))["plays"].to_list() == [1, 2, 1]

    def test_of_a_library(self, watched: Library) -> None:
        """Only of that one."""
        assert watched.reports.watching("person", library="Series")["plays"].to_list() == [3, 3, 2]

    def test_who_there_is_not(self, watched: Library) -> None:
        """Is told, with who there is."""
        with pytest.raises(QueryError, match=r"nobody called 'anna' in the history; did you mean 'ana'\?"):
            watched.reports.watching(person="anna")

    def test_where_there_is_nothing(self, watched: Library) -> None:
        """A time zone that there is not is told, with what one is called."""
        with pytest.raises(QueryError, match=r"no time zone 'Mars/Phobos'; name one such as UTC, Europe/Berlin"):
            watched.reports.watching_week(timezone="Mars/Phobos")

    def test_what_is_of_another_kind(self, watched: Library) -> None:
        """Is told in words, not in those of SQL."""
        with pytest.raises(QueryError, match=r"^days of the report watching is a whole number, not '3'\.$"):
            watched.reports.watching(days="3")  # type: ignore[arg-type]

    def test_the_week(self, watched: Library) -> None:
        """A row a weekday and hour, Monday first."""
        ana = watched.reports.watching_week(person="ana")
        assert ana.rows() == [(1, 20, 1, 2.0), (1, 22, 1, 2.0), (2, 23, 1, 0.6), (3, 20, 2, 1.0), (4, 20, 1, 0.5), (5, 20, 1, 2.0)]  # fmt: skip
        assert watched.reports.watching_week(person="bo").rows() == [(6, 18, 1, 0.5), (7, 18, 1, 0.5)]


class TestRuns:
    """Days in a row."""

    def test_streaks(self, watched: Library) -> None:
        """The longest first, each person by their own."""
        rows = watched.reports.watching_streaks().rows()
        assert rows == [
            ("ana", date(2024, 1, 1), date(2024, 1, 4), 4, 6, 6.1, 57),
            ("bo", date(2024, 2, 10), date(2024, 2, 11), 2, 2, 1.0, 19),
        ]
        in_tokyo = watched.reports.watching_streaks(timezone="Asia/Tokyo", person="ana").row(0)
        assert in_tokyo[1:4] == (date(2024, 1, 2), date(2024, 1, 5), 4)
        alone = watched.reports.watching_streaks(least_days=1).filter(pl.col("days") == 1)
        assert alone["last_on"].to_list() == [date(2024, 3, 1), date(2024, 2, 24), date(2023, 12, 30)]

    def test_binges(self, watched: Library) -> None:
        """Episodes of one show on days in a row, and whether they were in order."""
        answer = watched.reports.watching_binges(least_episodes=2).drop("media_item_id", "item")
        assert answer.rows() == [
            ("cy", date(2024, 2, 24), date(2024, 2, 24), 1, 3, 0.5, 1.5),
            ("ana", date(2024, 1, 3), date(2024, 1, 4), 2, 3, 1.0, 1.5),
            ("bo", date(2024, 2, 10), date(2024, 2, 11), 2, 2, 0.0, 1.0),
        ]
        one_day = watched.reports.watching_binges(least_episodes=2, days_apart=0)
        assert one_day["person"].to_list() == ["cy", "ana"]

    @given(st.sets(st.tuples(st.sampled_from("ab"), st.integers(0, 30))))
    def test_streaks_are_the_days(self, seen: set[tuple[str, int]]) -> None:
        """Streaks cover exactly the days with plays, and no two of a person touch."""
        first = date(2024, 2, 20)
        schema = {"person": pl.String, "day": pl.Date, "plays": pl.Int64, "hours": pl.Float64, "days_ago": pl.Int64}
        rows = [(who, first + timedelta(day), 1, 0.5, 30 - day) for who, day in seen]
        found = streaks(pl.DataFrame(rows, schema=schema, orient="row"), {"least_days": 1})
        covered = [
            (who, (start - first).days + day)
            for who, start, days in found.select("person", "first_on", "days").rows()
            for day in range(days)
        ]
        assert sorted(covered) == sorted(seen)
        ends = {(who, last) for who, last in found.select("person", "last_on").rows()}
        assert not ends & {(who, start - timedelta(1)) for who, start in found.select("person", "first_on").rows()}
        assert found["plays"].sum() == len(seen)

    @given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 2), st.integers(0, 20), st.integers(1, 5))))
    def test_each_play_is_in_one_binge(self, plays: list[tuple[str, int, int, int]]) -> None:
        """Hours of all runs are those of all plays, each once."""
        rows = [
            (who, show, "x", 10 * show + n, 1, n, datetime(2024, 1, 1) + timedelta(day), 1.0)
            for who, show, day, n in plays
        ]
        names = [
            "person",
            "media_item_id",
            "item",
            "episode_id",
            "season_number",
            "episode_number",
            "played_at",
            "hours",
        ]
        kinds = [pl.String, pl.Int64, pl.String, pl.Int64, pl.Int32, pl.Int32, pl.Datetime("us"), pl.Float64]
        frame = pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")
        found = binges(frame, {"least_episodes": 1, "days_apart": 1})
        assert found["hours"].sum() == len(plays)
        assert found.filter(pl.col("days") < 1).is_empty()


class TestOpening:
    """What a row opens."""

    @pytest.mark.parametrize(
        ("by", "asked", "found"),
        [
            ("type", {}, [{"e1", "e2", "e3", "e4"}, {"Alpha", "Beta"}]),
            ("library", {}, [{"e1", "e2", "e3", "e4"}, {"Alpha", "Beta"}]),
            ("type", {"library": "Films"}, [{"Alpha", "Beta"}]),
        ],
    )
    def test_what_was_watched(self, watched: Library, by: Any, asked: dict[str, Any], found: list[set[str]]) -> None:
        """Where a filter says just that."""
        names = {"Ebb": "e1", "Flow": "e2", "Tide": "e3", "Calm": "e4"}
        answer = watched.reports.watching(by, **asked)
        for row, items in zip(answer.iter_rows(named=True), found, strict=True):
            opened = answer.opened(row)
            assert opened is not None
            assert {names.get(title, title) for title in watched.items.get_all(**opened)["title"]} == items

    @pytest.mark.parametrize(
        ("by", "asked"), [("month", {}), ("type", {"person": "bo"}), ("type", {"days": 9}), ("person", {})]
    )
    def test_else_nothing(self, watched: Library, by: Any, asked: dict[str, Any]) -> None:
        """No filter says when, or by whom."""
        answer = watched.reports.watching(by, **asked)
        assert {answer.opened(row) is None for row in answer.iter_rows(named=True)} == {True}


class TestAgainAndUnfinished:
    """What was seen again, and what was not seen to its end."""

    def test_rewatches(self, watched: Library) -> None:
        """A play told twice is none; two people who see a film once each are none."""
        answer = watched.reports.watching_rewatches().drop("media_item_id")
        assert answer.rows() == [("Alpha", "movie", 1, 1, 1, date(2024, 3, 1), 2.0, 6.0)]
        assert watched.reports.watching_rewatches(hours_apart=1)["rewatches"].to_list() == [2]

    def test_unfinished(self, watched: Library) -> None:
        """Each person by their own, the latest first."""
        answer = watched.reports.watching_unfinished()
        names = ["item", "person", "share", "minutes_left", "begun", "last_on", "days_ago"]
        assert answer.select(names).rows() == [
            ("Gamma", "bo", 0.25, 60, 1, date(2024, 2, 20), 10),
            ("Beta", "ana", 0.4, 54, 1, date(2024, 1, 2), 59),
        ]
        assert watched.reports.watching_unfinished(finished=0.3)["item"].to_list() == ["Gamma"]
        assert watched.reports.watching_unfinished(days=30)["item"].to_list() == ["Gamma"]

    def test_next(self, watched: Library) -> None:
        """The one after the furthest seen, else the first one skipped; specials do not count."""
        answer = watched.reports.watching_next(idle_days=0)
        assert answer.select("item", "person", "episodes", "seen", "hours_left", "days_ago").rows() == [
            ("Harbour S01E02 Flow", "cy", 4, 3, 0.5, 6),
            ("Harbour S01E04 Calm", "bo", 4, 2, 1.0, 19),
            ("Harbour S01E04 Calm", "ana", 4, 3, 0.5, 57),
        ]
        assert watched.reports.watching_next()["person"].to_list() == ["ana"]


class TestNever:
    """What one might let go of."""

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ({}, [("Gamma", 4)]),
            ({"added_days": 0}, [("Epsilon", 5), ("Gamma", 9)]),
            ({"added_days": 0, "least_bytes": 5 * GB}, [("Epsilon", 5)]),
            ({"added_days": 0, "most_rating": 7.5}, [("Epsilon", 5)]),
            ({"added_days": 0, "most": 1}, [("Epsilon", 5)]),
            ({"watched_days": 30}, [("Gamma", 4), ("Beta", 6)]),
            ({"person": "bo"}, [("Alpha", 10), ("Gamma", 14), ("Beta", 16)]),
            ({"by": "file", "person": "bo", "library": "Series"}, [("Harbour S01E04 Calm", 1)]),
            ({"by": "file", "person": "ana"}, [("Gamma", 4), ("Harbour S01E04 Calm", 5)]),
        ],
    )
    def test_never(self, watched: Library, asked: dict[str, Any], found: list[tuple[str, int]]) -> None:
        """The largest first, with what all down to it would free; a file shared with a watched episode stays."""
        answer = watched.reports.watching_never(**asked)
        assert [(item, freed // GB) for item, freed in answer.select("item", "freed_bytes").rows()] == found

    def test_what_it_says_of_one(self, watched: Library) -> None:
        """Days are counted to the latest day in the library."""
        row = watched.reports.watching_never(watched_days=30).row(1, named=True)
        assert (row["item"], row["plays"], row["watched_on"], row["days_since_watched"]) == (
            "Beta",
            2,
            date(2024, 1, 2),
            59,
        )
        assert (row["added_on"], row["days_since_added"], row["files"]) == (date(2020, 1, 1), 1521, 1)


class TestTasteAndTime:
    """How taste moves, and what is left."""

    def test_taste(self, watched: Library) -> None:
        """Episodes have the genres and the decade of their show."""
        rows = watched.reports.watching_taste().rows()
        assert rows == [
            (2023, "Comedy", 1, 1.5, 1.0, None),
            (2024, "Drama", 11, 10.0, 0.9167, 0.9167),
            (2024, "Comedy", 1, 0.6, 0.0833, -0.9167),
        ]
        decades = watched.reports.watching_taste("decade").filter(pl.col("year") == 2024)
        assert decades.select("value", "plays").rows() == [("1990s", 11), ("2000s", 1)]

    def test_left(self, watched: Library) -> None:
        """Unseen hours at the pace of the last days, or of those since the first play."""
        rows = watched.reports.watching_left(days=30).rows()
        assert rows == [("movie", 2, 1.0, 1, 0.15, 6.7, 0.02), ("episode", 1, 0.5, 0, 0.15, 3.3, 0.01)]
        movies = watched.reports.watching_left(days=30, person="bo").row(0)
        assert movies == ("movie", 4, 4.5, 1, 0.05, 94.5, 0.26)

    def test_left_by_genre(self, watched: Library) -> None:
        """An item counts for each of its genres."""
        rows = watched.reports.watching_left("genre").select("value", "items", "hours").rows()
        assert rows == [("Drama", 2, 1.5), ("Comedy", 1, 1.0), (None, 1, 0.0)]


class TestSums:
    """Whatever is asked, the parts are the whole."""

    @QUICK
    @given(
        person=st.sampled_from([None, "ana", "chen"]),
        timezone=st.sampled_from(["UTC", "Asia/Kathmandu", "America/New_York"]),
        days=st.sampled_from([None, 400]),
        library=st.sampled_from([None, "Films", "Series"]),
    )
    def test_plays(self, demo: Library, **asked: Any) -> None:
        """Plays by any property add up to the same, and so do hours, which are never less than none."""
        answers = [
            demo.reports.watching(by, **asked)
            for by in ("day", "month", "year", "weekday", "hour", "person", "library", "type")
        ]
        answers.append(demo.reports.watching_week(**asked))
        assert len({answer["plays"].sum() for answer in answers}) == 1
        assert all((answer["hours"] >= 0).all() for answer in answers)
        hours = [answer["hours"].sum() for answer in answers]
        rounding = max(answer.height for answer in answers) * 0.05 + 1
        assert max(hours) - min(hours) <= rounding

    def test_streaks_and_taste(self, demo: Library) -> None:
        """Have all plays, too."""
        plays = demo.reports.watching("year")["plays"].sum()
        assert plays > 100
        assert demo.reports.watching_streaks(least_days=1)["plays"].sum() == plays
        assert demo.reports.watching_taste("decade")["plays"].sum() == plays

    @QUICK
    @given(
        person=st.sampled_from([None, "ana", "chen"]),
        by=st.sampled_from(["title", "file"]),
        library=st.sampled_from([None, "Films", "Anime"]),
    )
    def test_never_and_watched(self, demo: Library, **asked: Any) -> None:
        """What was never watched and what was are apart, and together all that is held."""
        everything = {"added_days": 0, "least_bytes": 0, "most": 10**9}
        never = demo.reports.watching_never(**asked, **everything)
        both = demo.reports.watching_never(**asked, **everything, watched_days=0)
        assert never["plays"].sum() == 0
        seen = both.filter(pl.col("plays") > 0)
        assert set(never["media_item_id"]) | set(seen["media_item_id"]) == set(both["media_item_id"])
        assert not set(never["media_item_id"]) & set(seen["media_item_id"])
        held = demo.sql(
            "select sum(size_bytes) as held from media_file f join library l on l.id = f.library_id"
            " where file_role = 'main' and missing_since is null"
            + (f" and l.name = '{asked['library']}'" if asked["library"] else "")
        ).item()
        assert both["size_bytes"].sum() == held == (both["freed_bytes"].max() or 0)


class TestCharts:
    """What is drawn."""

    @pytest.mark.parametrize("by", ["day", "month", "year", "weekday", "hour", "person", "library", "type"])
    def test_by(self, watched: Library, by: Any) -> None:
        """Each grouping is drawn, in one picture of few marks."""
        drawn = watched.reports.watching(by).chart().to_dict()
        assert drawn["title"].startswith("Plays")
        assert len(next(iter(drawn["datasets"].values()))) <= 371

    def test_a_calendar_has_every_day(self, watched: Library) -> None:
        """Weeks without plays are drawn, too: fifty-three of them, up to the last play."""
        drawn = watched.reports.watching("day").chart().to_dict()
        (days,) = drawn["datasets"].values()
        assert (len({day["week"] for day in days}), len(days)) == (53, 52 * 7 + 5)
        assert sum(day["plays"] for day in days) == 13

    def test_the_week_has_every_hour(self, watched: Library) -> None:
        """Hours without plays are drawn, too."""
        drawn = watched.reports.watching_week().chart().to_dict()
        assert len(next(iter(drawn["datasets"].values()))) == 7 * 24
