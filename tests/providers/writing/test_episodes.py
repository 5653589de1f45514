"""Seasons and episodes: the library's are told of, and all that is listed is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.store import Records
from tests.providers.writing.telling import LATER, SHOW, by, episode, item, key_to_id, season, tell


def add(lib: Library, *keys: str, parent: str = "show", **columns: object) -> None:
    """More episodes of the show."""
    frame = pl.DataFrame({"item_key": keys}).with_columns(
        pl.lit(value).alias(name)
        for name, value in {"media_type": "episode", "parent_key": parent, "title": "Nameless", **columns}.items()
    )
    lib.load(Records("Series", {"media_item": frame}, source="scan"))


def listed(lib: Library) -> list[tuple[object, ...]]:
    """Of the show."""
    columns = (
        "source, season_number, episode_number, absolute_number, title, premiered_on, runtime_minutes, external_id"
    )
    return lib.sql(f"select {columns} from listed_episode order by 1, 2, 3").rows()


class TestMatching:
    """Which episode is which."""

    @pytest.mark.parametrize(
        "columns",
        [
            pytest.param({"season_number": 1, "episode_number": 3}, id="season and number"),
            pytest.param({"absolute_number": 3}, id="number across seasons"),
            pytest.param({"premiered_on": date(2001, 1, 15)}, id="day"),
            pytest.param({"season_number": 2001, "episode_number": 3, "premiered_on": date(2001, 1, 15)}, id="day, otherwise numbered"),
        ],
    )  # fmt: skip
    def test_an_episode_is_known_by(self, lib: Library, columns: dict[str, object]) -> None:
        """Each copy of it is told; what it lacks of its numbers is filled."""
        add(lib, "copy1", "copy2", **columns)
        tell(lib, "show", SHOW)
        for key in ("copy1", "copy2"):
            found = item(lib, key)
            assert (found["runtime_minutes"], found["premiered_on"], found["absolute_number"]) == (
                50,
                date(2001, 1, 15),
                3,
            )
            assert found["season_number"] == columns.get("season_number", 1)
            assert found["episode_number"] == 3

    def test_what_several_may_be_is_none_of_them(self, lib: Library) -> None:
        """Two episodes of one day, for one that is known by the day alone."""
        add(lib, "daily", premiered_on=date(2001, 1, 1))
        both = season(1, *(episode(1, number, "x", premiered_on=date(2001, 1, 1), plot="y") for number in (1, 2)))
        tell(lib, "show", replace(SHOW, parts=(both,)))
        assert item(lib, "daily")["plot"] is None
        assert item(lib, "s1e1")["plot"] == "y"

    def test_parts_have_ids_of_their_own_kind(self, lib: Library) -> None:
        """A show, a season and an episode of one number are three things."""
        tell(lib, "show", replace(SHOW, ids={"tmdb": "111"}))
        found = lib.sql("select i.item_key, e.id_space, e.external_id from external_id e join media_item i"
                        " on i.id = e.media_item_id where e.source = 'tmdb' order by i.id").rows()  # fmt: skip
        assert found == [
            ("show", "show", "111"), ("s0", "season", "s0"), ("s1", "season", "s1"), ("s1e1", "episode", "111"),
            ("s1e2", "episode", "122"), ("s0e1", "episode", "01"),
        ]  # fmt: skip


class TestListing:
    """listed_episode."""

    def test_holds_what_is_there_and_what_is_not(self, lib: Library) -> None:
        """As the provider has it; another provider's list is its own."""
        tell(lib, "show", SHOW)
        assert listed(lib) == [
            ("tmdb", 0, 1, None, "Making of", None, None, "01"),
            ("tmdb", 1, 1, 1, "Ebb", date(2001, 1, 1), None, "111"),
            ("tmdb", 1, 2, 2, "Flow", date(2001, 1, 8), None, "122"),
            ("tmdb", 1, 3, 3, "Storm", date(2001, 1, 15), 50, "133"),
        ]
        tell(lib, "show", by("tvmaze", SHOW))
        assert len(listed(lib)) == 8
        assert lib.items.count_all(media_type="episode") == 3

    def test_what_is_listed_no_more_goes(self, lib: Library) -> None:
        """Of the seasons that were told; of the others nothing was said."""
        tell(lib, "show", SHOW)
        done = tell(lib, "show", replace(SHOW, parts=(season(0), season(1, episode(1, 1, "Low water")))), LATER)
        assert [(row[1], row[2], row[4]) for row in listed(lib)] == [(0, 1, "Making of"), (1, 1, "Low water")]
        assert done.report.removed["listed_episode"] == 3
        assert tell(lib, "show", replace(SHOW, parts=()), LATER).report.removed.get("listed_episode", 0) == 0

    def test_of_two_shows_are_apart(self, lib: Library) -> None:
        """Each is told of its own."""
        frame = pl.DataFrame({"item_key": ["other"], "media_type": ["show"], "title": ["Other"]})
        lib.load(Records("More", {"media_item": frame}))
        tell(lib, "show", SHOW)
        tell(lib, "other", replace(SHOW, parts=(season(1, episode(1, 1, "Pilot")),)))
        counts = lib.sql("select media_item_id, count(*) as n from listed_episode group by all order by n").rows()
        assert counts == [(key_to_id(lib, "other"), 1), (key_to_id(lib, "show"), 4)]
