"""The report of missing episodes, on shows whose right answer was worked out by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediamgr.library import Library
from mediamgr.reports._frame import ReportFrame
from mediamgr.store import Records
from tests.builders import library_of

LONG_AGO = date(2020, 5, 1)
LATER = date(2030, 1, 1)
Row = dict[str, Any]


def _show(title: str, episodes: Sequence[Row], listed: Sequence[Row] = (), **facts: Any) -> dict[str, list[Row]]:
    """Records of a show: an episode has a file unless `file` is None; "gone" had one."""
    items: list[Row] = [{"item_key": title, "media_type": "show", "title": title, **facts}]
    for number in sorted({each["season_number"] for each in episodes if each.get("season_number") is not None}):
        season = {"media_type": "season", "title": f"Season {number}", "parent_key": title, "season_number": number}
        items.append({"item_key": f"{title}/{number}", **season})
    files: list[Row] = []
    for place, each in enumerate(episodes):
        told = {name: value for name, value in each.items() if name != "file"}
        key, season = f"{title}/{place}", each.get("season_number")
        parent = title if season is None else f"{title}/{season}"
        items.append(
            {"item_key": f"e{key}", "media_type": "episode", "title": f"E{place}", "parent_key": parent, **told}
        )
        if file := each.get("file", "there"):
            gone = datetime(2024, 1, 1) if file == "gone" else None
            files.append({"item_key": f"e{key}", "path": f"/tv/{key}.mkv", "missing_since": gone})
    return {
        "media_item": items,
        "media_file": files,
        "listed_episode": [{"item_key": title, "source": "tmdb", **each} for each in listed],
    }


def _numbers(season: int, *numbers: int) -> list[Row]:
    return [{"season_number": season, "episode_number": number} for number in numbers]


def _records(*shows: dict[str, list[Row]]) -> Records:
    tables = {name: [row for show in shows for row in show[name]] for name in shows[0]}
    tables["media_item"][0]["added_at"] = datetime(2025, 6, 1)
    frames = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in tables.items() if rows}
    older = pl.lit(datetime(2024, 1, 1)) if "added_at" in frames["media_item"].columns else None
    frames["media_item"] = frames["media_item"].with_columns(pl.col("added_at").fill_null(older))
    frames["media_file"] = frames["media_file"].with_columns(added_at=pl.lit(datetime(2024, 1, 1)))
    return Records("TV", frames, source="test")


NUMBERS = _show(
    "Numbers",
    [
        *_numbers(0, 2),
        *_numbers(1, 1, 3, 4),
        {"season_number": 1, "episode_number": 5, "shared_file_key": "eNumbers/3", "file": None},
        {"season_number": 1, "episode_number": 6, "file": "gone"},
        {"season_number": 1, "episode_number": 7, "file": None},
        *_numbers(3, 1),
    ],
)
LISTED = _show(
    "Listed",
    _numbers(1, 1, 3),
    [
        *({**each, "title": "Told", "premiered_on": LONG_AGO} for each in _numbers(1, 1, 2, 3)),
        {"season_number": 1, "episode_number": 4, "premiered_on": LATER},
        {"season_number": 1, "episode_number": 5},
        {"season_number": 0, "episode_number": 1, "title": "Making of", "premiered_on": LONG_AGO},
        # fewer of what is there, and more in all
        *({**each, "source": "zzz", "premiered_on": LONG_AGO} for each in _numbers(2, *range(1, 20))),
    ],
    series_status="continuing",
)
ENDED = _show("Ended", _numbers(1, 1), _numbers(1, 1, 2), series_status="ended")
OPEN = _show("Open", _numbers(1, 1), _numbers(1, 1, 2), series_status="continuing")
ACROSS = _show("Across", [{"absolute_number": number} for number in (1, 2, 4)])
BOTH = _show(
    "Both",
    [
        {"season_number": season, "episode_number": number, "absolute_number": overall}
        for season, number, overall in ((1, 1, 1), (1, 2, 2), (2, 2, 5), (2, 3, 6))
    ],
)
DAILY = _show("Daily", [{"premiered_on": date(2025, 3, day)} for day in (3, 4, 6)])
DAILY_LISTED = _show(
    "Daily listed",
    [{"premiered_on": date(2025, 3, day)} for day in (3, 6)],
    [{**each, "premiered_on": date(2025, 3, 2 + each["episode_number"])} for each in _numbers(2025, 1, 2, 3, 4)],
)
ACROSS_LISTED = _show(
    "Across listed",
    [{"absolute_number": number} for number in (1, 3)],
    [{**each, "premiered_on": LONG_AGO} for each in (*_numbers(1, 1, 2), *_numbers(2, 1, 2))],
)
RUNS_ON = _show("Runs on", [*_numbers(1, *range(1, 14)), *_numbers(2, 14, 16)])
MISREAD = _show("Misread", _numbers(1, 1, 1080))
YEARS = _show("Years", [*_numbers(2019, 1), *_numbers(2021, 1)])
FROM_NOUGHT = _show("From nought", _numbers(1, 0, 1, 3))
NOTHING = _show("Nothing", [])
SHOWS = (
    NUMBERS, LISTED, ENDED, OPEN, ACROSS, BOTH, DAILY, DAILY_LISTED, ACROSS_LISTED, RUNS_ON, MISREAD, YEARS, FROM_NOUGHT,
    NOTHING,
)  # fmt: skip


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """All of them."""
    with library_of(tmp_path_factory.mktemp("episodes") / "l.duckdb", _records(*SHOWS)) as lib:
        yield lib


def _told(frame: ReportFrame, *columns: str) -> list[tuple[Any, ...]]:
    return frame.select(columns).rows()


class TestMissingEpisodes:
    """What is not there, by what tells so."""

    def test_by_numbering(self, lib: Library) -> None:
        """Gaps, whole seasons, files that are gone and entries that never had one; two episodes in a file are there."""
        told = _told(lib.reports.missing_episodes(show="numbers"), "season", "episode", "status", "known_from")
        assert told == [
            (1, 2, "missing", "numbering"),
            (1, 6, "file gone", "record"),
            (1, 7, "missing", "record"),
            (2, None, "missing", "numbering"),
        ]

    def test_specials(self, lib: Library) -> None:
        """Only when asked for."""
        told = lib.reports.missing_episodes(show="Numbers", specials=True).filter(season=0)
        assert _told(told, "episode", "status") == [(1, "special")]

    def test_by_a_list(self, lib: Library) -> None:
        """The list that has most of what is there counts; what has not aired is told apart."""
        columns = ("season", "episode", "title", "status", "known_from", "source")
        assert _told(lib.reports.missing_episodes(show="Listed", specials=True), *columns) == [
            (0, 1, "Making of", "special", "provider", "tmdb"),
            (1, 2, "Told", "missing", "numbering, provider", "tmdb"),
            (1, 4, None, "unaired", "provider", "tmdb"),
            (1, 5, None, "unaired", "provider", "tmdb"),
        ]

    def test_the_day_is_given(self, lib: Library) -> None:
        """By a later day more has aired; by default the day is the latest in the library."""
        told = _told(lib.reports.missing_episodes(show="Listed", on=date(2031, 1, 1)), "episode", "status")
        assert told == [(2, "missing"), (4, "missing"), (5, "unaired")]

    @pytest.mark.parametrize(("show", "status"), [("Ended", "missing"), ("Open", "unaired")])
    def test_without_a_day(self, lib: Library, show: str, status: str) -> None:
        """What has no day has aired when the show has ended, and has not when it goes on."""
        assert _told(lib.reports.missing_episodes(show=show), "episode", "status") == [(2, status)]

    def test_across_seasons(self, lib: Library) -> None:
        """Numbers across seasons are judged as such, and name the season where the others do."""
        columns = ("season", "episode", "absolute_number")
        assert _told(lib.reports.missing_episodes(show="Across"), *columns) == [(None, None, 3)]
        assert _told(lib.reports.missing_episodes(show="Both"), *columns) == [(1, 3, 3), (2, 1, 4)]
        assert _told(lib.reports.missing_episodes(show="Across listed"), *columns) == [(1, 2, 2), (2, 2, 4)]

    def test_by_days(self, lib: Library) -> None:
        """What is known by its day cannot be judged by numbering, only by a list."""
        assert lib.reports.missing_episodes(show="Daily").is_empty()
        assert _told(lib.reports.missing_episodes(show="Daily listed"), "season", "episode") == [(2025, 2), (2025, 3)]

    def test_an_episode_nought(self, lib: Library) -> None:
        """A pilot that is numbered 0 hides no gap."""
        assert _told(lib.reports.missing_episodes(show="From nought"), "season", "episode") == [(1, 2)]

    def test_other_ways_of_numbering(self, lib: Library) -> None:
        """Numbers that run on, numbers misread and seasons that are years make no false gaps."""
        columns = ("season", "episode")
        assert _told(lib.reports.missing_episodes(show="Runs on"), *columns) == [(2, 15)]
        assert lib.reports.missing_episodes(show="Misread").is_empty()
        assert _told(lib.reports.missing_episodes(show="Years"), *columns) == [(2020, None)]

    def test_what_opens(self, lib: Library) -> None:
        """The entry of an episode that has one, else its show; both have a name."""
        rows = lib.reports.missing_episodes(show="Numbers")
        assert rows["item"].to_list() == [
            "Numbers S01E02",
            "Numbers S01E06 E5",
            "Numbers S01E07 E6",
            "Numbers – Season 2",
        ]
        opened = lib.items.get_many(rows["media_item_id"].to_list())
        assert set(opened["title"]) == {"E5", "E6", "Numbers"}


class TestShows:
    """How complete each is."""

    def test_counts(self, lib: Library) -> None:
        """What is there of what has aired."""
        told = lib.reports.missing_episodes_shows().filter(pl.col("show").is_in(["Numbers", "Listed"]))
        columns = ("show", "seasons", "held", "missing", "file_gone", "unaired", "listed", "share")
        assert _told(told, *columns) == [
            ("Numbers", 3, 5, 3, 1, 0, None, 0.5556),
            ("Listed", 1, 2, 1, 0, 2, 5, 0.6667),
        ]

    def test_what_it_is_judged_by(self, lib: Library) -> None:
        """Or why it cannot be."""
        told = dict(_told(lib.reports.missing_episodes_shows(), "show", "judged_by"))
        assert {show: told[show] for show in ("Numbers", "Listed", "Daily", "Nothing")} == {
            "Numbers": "numbering",
            "Listed": "tmdb and numbering",
            "Daily": "nothing: its episodes are known by their days",
            "Nothing": "nothing: it has no episodes",
        }

    def test_the_least_complete_first(self, lib: Library) -> None:
        """Those of which nothing has aired come last."""
        shares = lib.reports.missing_episodes_shows()["share"]
        assert shares.to_list() == shares.sort(nulls_last=True).to_list()
        assert shares.null_count() == 1


class TestMatrix:
    """One show, as seasons by episodes."""

    def test_all_of_a_show(self, lib: Library) -> None:
        """What is there stands among what is not."""
        told = _told(lib.reports.missing_episodes_matrix("both"), "season", "episode", "status")
        assert told == [
            (1, 1, "held"), (1, 2, "held"), (1, 3, "missing"), (2, 1, "missing"), (2, 2, "held"), (2, 3, "held"),
        ]  # fmt: skip

    def test_the_one_that_lacks_most(self, lib: Library) -> None:
        """Unless one is named."""
        assert set(lib.reports.missing_episodes_matrix()["show"]) == {"Numbers"}

    def test_numbers_across_seasons(self, lib: Library) -> None:
        """They stand in the place of numbers in a season, and can be drawn."""
        told = lib.reports.missing_episodes_matrix("Across")
        assert _told(told, "season", "episode", "status") == [
            (None, 1, "held"), (None, 2, "held"), (None, 3, "missing"), (None, 4, "held"),
        ]  # fmt: skip
        assert told.chart().to_dict()["encoding"]["y"]["title"] == "from number"


def test_a_library_without_files(tmp_path: Path) -> None:
    """Holds what it names: only gaps are missing."""
    show = _show("Imported", [{**each, "file": None} for each in _numbers(1, 1, 3)])
    frames = {"media_item": pl.DataFrame(show["media_item"], infer_schema_length=None)}
    with library_of(tmp_path / "l.duckdb", Records("TV", frames, source="test")) as lib:
        assert _told(lib.reports.missing_episodes(), "episode", "status") == [(2, "missing")]


_SEASONS = st.dictionaries(st.integers(1, 3), st.integers(1, 6), min_size=1)
_SHOW = _SEASONS.flatmap(
    lambda seasons: st.tuples(
        st.just([row for season, most in seasons.items() for row in _numbers(season, *range(1, most + 1))]),
        st.randoms(use_true_random=False),
        st.sampled_from([LONG_AGO, LATER, None]),
    )
)


@settings(max_examples=4, deadline=None)
@given(st.lists(_SHOW, min_size=1, max_size=12))
def test_sums_agree(shows: list[tuple[list[Row], Any, date | None]]) -> None:
    """Of a list that has all there is, each episode is held, missing, gone or to come; rows and counts are the same."""
    made = []
    for place, (listed, chance, day) in enumerate(shows):
        held = [{**row, "file": chance.choice(["there", "gone", None])} for row in listed if chance.random() < 0.6]
        made.append(_show(f"Show {place}", held, [{**row, "premiered_on": day} for row in listed]))
    files = _show("With a file", _numbers(1, 1))
    with TemporaryDirectory() as folder, library_of(Path(folder) / "l.duckdb", _records(*made, files)) as lib:
        told = lib.reports.missing_episodes_shows().filter(pl.col("show") != "With a file")
        assert (
            told.select(pl.sum_horizontal("held", "missing", "file_gone", "unaired") == pl.col("listed"))
            .to_series()
            .all()
        )
        assert told["share"].drop_nulls().is_between(0, 1).all()
        rows = lib.reports.missing_episodes()
        for column, status in (("missing", "missing"), ("file_gone", "file gone"), ("unaired", "unaired")):
            assert rows.filter(status=status).height == told[column].sum()
