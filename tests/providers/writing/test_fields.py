"""Fields: what is empty is filled, and what somebody else said stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from mediamgr.library import Library
from mediamgr.providers.writing import Told, written
from mediamgr.store import Records
from tests.builders import series
from tests.providers.writing.telling import FILM, LATER, NOW, SHOW, by, episode, item, key_to_id, season, sources, tell

TOLD = ("countries", "original_language", "plot", "premiered_on", "runtime_minutes")


def titled(lib: Library, key: str, title: str, source: str = "") -> None:
    """One more copy of an episode, called so by a scan or somebody else."""
    numbers = {"parent_key": ["s1"], "season_number": [1], "episode_number": [1]}
    told = pl.DataFrame({"item_key": [key], "media_type": ["episode"], "title": [title], **numbers})
    frames = {"media_item": told}
    if source:
        frames["field_source"] = pl.DataFrame({"item_key": [key], "field_name": ["title"], "set_at": [NOW]})
    lib.load(Records("Series", frames, source=source or "scan"))


class TestFilling:
    """What a film is told."""

    def test_empty_fields_are_filled_and_say_who_filled_them(self, lib: Library) -> None:
        """What the library has stays: here title, year, rating and genres."""
        done = tell(lib, "blade", FILM)
        now = item(lib, "blade")
        assert {name: now[name] for name in TOLD} == {
            "countries": ["US", "HK"],
            "original_language": "en",
            "plot": "A blade runner hunts replicants.",
            "premiered_on": FILM.fields["premiered_on"],
            "runtime_minutes": 117,
        }
        assert (now["title"], now["year"], now["rating"], now["genres"]) == (
            "Blade Runner",
            1982,
            8.1,
            ["Sci-Fi", "Noir"],
        )
        assert sources(lib, "blade") == dict.fromkeys(TOLD, "tmdb")
        assert set(lib.sql("select set_at from field_source where field_name not like 'id:%'")["set_at"]) == {NOW}
        assert done.filled.filter(field_name="countries").rows() == [(1, "Blade Runner", "countries", None, "US, HK")]
        assert done.filled["field_name"].sort().to_list() == list(TOLD)

    def test_votes_belong_to_their_rating(self, lib: Library) -> None:
        """Those of another's rating are not the provider's to give; nor is an original title that is the title."""
        tell(lib, "blade", FILM)
        assert (item(lib, "blade")["votes"], item(lib, "blade")["original_title"]) == (None, None)
        lib.edit(key_to_id(lib, "dont"), rating=None)
        with lib.writing("test") as (connection, _):
            connection.execute("update media_item set rating = null where item_key = 'walle'").fetchall()
        for key, expected in (("dont", (None, None)), ("8half", (8.0, None)), ("walle", (7.9, 13_000))):
            tell(lib, key, FILM)
            assert (item(lib, key)["rating"], item(lib, key)["votes"]) == expected

    def test_told_again_nothing_changes(self, lib: Library) -> None:
        """Not even when it was."""
        assert tell(lib, "blade", FILM).report.rows > 0
        again = tell(lib, "blade", FILM, LATER)
        assert (again.report.counts, again.filled.height) == ({}, 0)
        assert tell(lib, "show", SHOW).report.rows > 0
        assert tell(lib, "show", SHOW, LATER).report.counts == {}
        assert set(lib.sql("select set_at from field_source where field_name not like 'id:%'")["set_at"]) == {NOW}

    def test_what_it_filled_is_brought_up_to_date(self, lib: Library) -> None:
        """By the same provider only; what it does not know any more stays."""
        tell(lib, "blade", FILM)
        tell(lib, "blade", by("tvmaze", replace(FILM, fields={"plot": "Robots.", "content_rating": "R"})))
        assert (item(lib, "blade")["plot"], item(lib, "blade")["content_rating"]) == (FILM.fields["plot"], "R")
        tell(lib, "blade", replace(FILM, fields={"plot": "Replicants are hunted.", "content_rating": "16"}), LATER)
        now = item(lib, "blade")
        assert (now["plot"], now["content_rating"], now["runtime_minutes"]) == ("Replicants are hunted.", "R", 117)
        assert sources(lib, "blade") == {**dict.fromkeys(TOLD, "tmdb"), "content_rating": "tvmaze"}

    def test_words_of_an_original_title_are_found(self, lib: Library) -> None:
        """Both those that are told and those that were there."""
        tell(lib, "walle", replace(FILM, fields={"original_title": "Der Letzte räumt die Erde auf"}))
        assert lib.search("letzte raumt")["title"].to_list() == ["WALL·E"]
        tell(lib, "amelie", FILM)
        assert lib.search("fabuleux")["title"].to_list() == ["Amélie"]


class TestWhatStays:
    """What somebody said."""

    def test_edits_by_hand(self, lib: Library) -> None:
        """An emptied field is one; so is a rating of one's own, which no provider gives."""
        blade = key_to_id(lib, "blade")
        tell(lib, "blade", FILM)
        lib.edit(blade, plot="Mine.", runtime_minutes=None, title="Mine, too", user_rating=3)
        changed = {**FILM.fields, "plot": "Other.", "runtime_minutes": 120, "user_rating": 9.0}
        done = tell(lib, "blade", replace(FILM, fields=changed))
        now = item(lib, "blade")
        assert (now["plot"], now["runtime_minutes"], now["title"], now["user_rating"]) == (
            "Mine.",
            None,
            "Mine, too",
            3,
        )
        assert done.filled["field_name"].to_list() == ["original_title"]
        assert sources(lib, "blade")["plot"] == "user"

    def test_what_others_filled(self, lib: Library) -> None:
        """An NFO; though it be empty or the same."""
        nfo = {"item_key": ["blade"] * 2, "field_name": ["year", "tagline"], "set_at": [NOW] * 2}
        lib.load(Records("Films", {"field_source": pl.DataFrame(nfo)}, source="nfo"))
        tell(lib, "blade", replace(FILM, fields={"year": 1983, "tagline": "Man has made his match"}))
        assert (item(lib, "blade")["year"], item(lib, "blade")["tagline"]) == (1982, None)
        assert set(sources(lib, "blade").values()) == {"nfo"}

    def test_locked_fields_the_provider_filled(self, lib: Library) -> None:
        """They are the user's from then on."""
        tell(lib, "blade", FILM)
        with lib.writing("test") as (connection, _):
            connection.execute("update field_source set is_locked = true where field_name = 'plot'").fetchall()
        done = tell(lib, "blade", replace(FILM, fields={"plot": "Other.", "runtime_minutes": 110}))
        assert done.filled["field_name"].to_list() == ["runtime_minutes"]
        assert item(lib, "blade")["plot"] == FILM.fields["plot"]


class TestTitles:
    """Titles are given in place of those that a scan makes up."""

    def test_of_an_episode(self, lib: Library) -> None:
        """But none that an NFO or the user gave."""
        cases = {
            "a number": ("Episode 1", "", "Ebb"),
            "a day": ("2001-01-01", "", "Ebb"),
            "the show": ("The Harbour", "", "Ebb"),
            "a part of the show": ("the harbour (2)", "", "Ebb"),
            "a title": ("Ebbe", "", "Ebbe"),
            "as an NFO calls it": ("Episode 1", "nfo", "Episode 1"),
            "as the user calls it": ("Episode 1", "user", "Episode 1"),
            "as it was told before": ("Episode One", "tmdb", "Ebb"),
        }
        for case, (title, source, _) in cases.items():
            titled(lib, case, title, source)
        tell(lib, "show", SHOW)
        assert {case: item(lib, case)["title"] for case in cases} == {case: last for case, (*_, last) in cases.items()}
        told = {case: "tmdb" if last == "Ebb" else source or None for case, (_, source, last) in cases.items()}
        assert {case: sources(lib, case).get("title") for case in cases} == told

    def test_of_seasons(self, lib: Library) -> None:
        """One that says more than its number; and it is found by its new name."""
        tell(lib, "show", SHOW)
        assert (item(lib, "s0")["title"], item(lib, "s1")["title"]) == ("Extras", "Season 1")
        tell(
            lib, "show", replace(SHOW, parts=(season(1, title="Year of the Tide"), season(0, title="Season 0"))), LATER
        )
        assert (item(lib, "s0")["title"], item(lib, "s1")["title"]) == ("Extras", "Year of the Tide")

    def test_of_films_and_shows_stay(self, lib: Library) -> None:
        """Whatever they are."""
        lib.load(series("Episode 1"))
        tell(lib, "show", SHOW)
        assert item(lib, "show")["title"] == "Episode 1"

    def test_made_up_ones_are_not_told(self, lib: Library) -> None:
        """A provider's "Episode 3" is no better than a day."""
        titled(lib, "daily", "2001-01-01")
        tell(lib, "show", replace(SHOW, parts=(season(1, episode(1, 1, "Episode 1")),)))
        assert item(lib, "daily")["title"] == "2001-01-01"


class TestTrouble:
    """What is not as it should be."""

    @pytest.mark.parametrize("wrong", [{"rating": 11.0}, {"year": 1066}])
    def test_a_value_that_cannot_be_is_set_aside(self, lib: Library, wrong: dict[str, Any]) -> None:
        """With the reason, and nothing says that it was filled; the rest goes in."""
        told = [Told(1, replace(FILM, fields={"plot": "x", **wrong})), Told(2, FILM)]
        with lib.writing("test") as (connection, _):
            connection.execute("update media_item set rating = null, year = null where id = 1").fetchall()
        done = written(lib._open, told, "tmdb", clock=lambda: NOW)
        assert done.report.rejected["key"].to_list() == ["blade"]
        assert set(done.filled["item_id"]) == {2}
        assert (sources(lib, "blade"), item(lib, "blade")["plot"]) == ({}, None)
        assert item(lib, "blade2")["plot"] == FILM.fields["plot"]

    def test_an_item_that_is_gone_is_left_out(self, lib: Library) -> None:
        """The others are written."""
        done = written(lib._open, [Told(999, FILM), Told(1, FILM)], "tmdb")
        assert set(done.filled["item_id"]) == {1}
        assert written(lib._open, [Told(999, FILM)], "tmdb").report.rows == 0

    def test_a_film_is_not_told_of_a_show(self, lib: Library) -> None:
        """Nor by whom it is not."""
        with pytest.raises(ValueError, match="is a movie and tmdb is to tell of it, not tmdb of a show"):
            tell(lib, "blade", SHOW)
        with pytest.raises(ValueError, match="not tmdb of a movie"):
            written(lib._open, [Told(1, FILM)], "tvmaze")
        assert lib.sql("select * from field_source").is_empty()

    def test_a_dry_run_says_what_would_be(self, lib: Library) -> None:
        """And changes nothing."""
        before = lib.sql("select * from media_item")
        would = tell(lib, "blade", FILM, dry_run=True)
        assert lib.sql("select * from media_item").equals(before)
        assert lib.sql("select * from artwork where url is not null").is_empty()
        done = tell(lib, "blade", FILM)
        assert would.report.counts == done.report.counts
        assert would.filled.equals(done.filled)
