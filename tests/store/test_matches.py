"""What became of asking providers: noted, decided by the user, and asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.errors import ItemNotFound, RecordError
from mediamgr.library import Library
from mediamgr.store import Records, matches
from tests.builders import films, library_of, series

ASKED, WRITTEN = datetime(2026, 1, 2), datetime(2026, 1, 3)


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films and a show."""
    with library_of(tmp_path / "l.duckdb", films(), series()) as opened:
        yield opened
        assert opened.check().filter(pl.col("found") > 0).is_empty()


def found(item: int, external_id: str, status: str, **more: Any) -> dict[str, Any]:
    """A row to note."""
    return {
        "media_item_id": item, "source": "tmdb", "external_id": external_id, "status": status, "checked_at": ASKED, **more,
    }  # fmt: skip


def note(lib: Library, *rows: dict[str, Any]) -> None:
    """Note what was found."""
    with lib.writing("test") as (connection, _):
        matches.record(connection, pl.DataFrame(rows, schema_overrides=matches.SCHEMA))


def decide(lib: Library, what: Any, *about: Any) -> None:
    """What the user says."""
    with lib.writing("test") as (connection, _):
        what(connection, *about)


def states(lib: Library, item: int) -> dict[str, str]:
    """Candidate to what it is."""
    return dict(lib.matches.of_items(item).select("external_id", "status").iter_rows())


class TestNoting:
    """record()."""

    def test_what_was_found_replaces_what_was_before(self, lib: Library) -> None:
        """Of the item and the provider; what another provider gave stays."""
        note(lib, found(1, "a", "doubtful", score=0.7), found(1, "b", "doubtful"), found(2, "", "nothing"))
        note(lib, {**found(1, "x", "matched"), "source": "tvmaze"})
        note(lib, found(1, "b", "matched", score=0.9, reasons=["same year"], title="Blade", year=1982))
        assert states(lib, 1) == {"b": "matched", "x": "matched"}
        told = lib.matches.of_items(1).filter(pl.col("source") == "tmdb").row(0, named=True)
        assert (told["score"], told["reasons"], told["title"], told["year"]) == (0.9, ["same year"], "Blade", 1982)
        assert states(lib, 2) == {"": "nothing"}

    def test_when_it_was_written_is_kept(self, lib: Library) -> None:
        """Though the provider is asked again; marked ones are those that were found."""
        note(lib, found(1, "a", "matched"), found(2, "b", "doubtful"))
        with lib.writing("test") as (connection, _):
            matches.mark_written(connection, [(1, "a"), (2, "b")], "tmdb", WRITTEN)
        note(lib, found(1, "a", "matched"))
        assert lib.matches.of_items([1, 2])["enriched_at"].to_list() == [WRITTEN, None]

    def test_a_frame_of_something_else_is_refused(self, lib: Library) -> None:
        """By the column."""
        with pytest.raises(RecordError, match="look at certainty"):
            note(lib, found(1, "a", "matched", certainty=1))
        with pytest.raises(RecordError, match="look at status"), lib.writing("test") as (connection, _):
            matches.record(connection, pl.DataFrame([found(1, "a", "matched")]).drop("status"))


class TestDeciding:
    """accept(), reject(), undo()."""

    def test_the_accepted_one_is_due_and_the_others_are_rejected(self, lib: Library) -> None:
        """Whatever was written before."""
        note(lib, found(1, "a", "matched", enriched_at=WRITTEN), found(1, "b", "doubtful"), found(1, "c", "doubtful"))
        decide(lib, matches.accept, 1, "tmdb", "b")
        assert states(lib, 1) == {"a": "rejected", "b": "accepted", "c": "rejected"}
        assert lib.matches.due("tmdb").row(0, named=True)["external_id"] == "b"
        with lib.writing("test") as (connection, _):
            matches.mark_written(connection, [(1, "b")], "tmdb", WRITTEN)
        assert 1 not in lib.matches.due("tmdb")["id"]

    def test_what_was_decided_stays(self, lib: Library) -> None:
        """Whatever is found later."""
        note(lib, found(1, "a", "doubtful"), found(1, "b", "doubtful"), found(2, "c", "doubtful"))
        decide(lib, matches.accept, 1, "tmdb", "a")
        decide(lib, matches.reject, 2, "tmdb", "c")
        note(
            lib, found(1, "b", "matched"), found(1, "z", "matched"), found(2, "c", "matched"), found(2, "d", "doubtful")
        )
        assert states(lib, 1) == {"a": "accepted", "b": "rejected"}
        assert states(lib, 2) == {"c": "rejected", "d": "doubtful"}
        note(lib, found(1, "", "nothing"))
        note(lib, found(1, "a", "matched", enriched_at=WRITTEN))
        assert states(lib, 1) == {"a": "accepted", "b": "rejected"}
        assert 1 not in lib.matches.due("tmdb")["id"]

    def test_is_taken_back(self, lib: Library) -> None:
        """Then all is to be reviewed again."""
        note(lib, found(1, "a", "doubtful"), found(1, "b", "doubtful"))
        decide(lib, matches.accept, 1, "tmdb", "a")
        assert lib.matches.doubtful().is_empty()
        decide(lib, matches.undo, 1, "tmdb")
        assert states(lib, 1) == {"a": "doubtful", "b": "doubtful"}

    def test_what_was_not_found_cannot_be_decided_of(self, lib: Library) -> None:
        """The error says where to look."""
        note(lib, found(1, "", "nothing"))
        for what in (matches.accept, matches.reject):
            for candidate in ("a", ""):
                with pytest.raises(ItemNotFound, match=r"lib\.matches\.of_items\(1\)"):
                    decide(lib, what, 1, "tmdb", candidate)
        assert states(lib, 1) == {"": "nothing"}


class TestAsking:
    """lib.matches."""

    def test_nobody_is_asked_twice(self, lib: Library) -> None:
        """But of what was found and not written; seasons and episodes are not asked for."""
        assert set(lib.matches.due("tmdb")["media_type"]) == {"movie", "show"}
        note(
            lib,
            found(1, "a", "matched"),
            found(2, "b", "matched", enriched_at=WRITTEN),
            found(3, "c", "doubtful"),
            found(4, "", "nothing"),
        )
        assert lib.matches.due("tmdb", limit=2).select("id", "external_id").rows() == [(1, "a"), (5, None)]
        assert lib.matches.due("tmdb", after=5, limit=1)["id"].to_list() == [6]
        assert lib.matches.due("tvmaze").height == 11
        (show,) = lib.matches.due("tmdb", library="Series").iter_rows(named=True)
        assert (show["title"], show["library"], show["media_type"]) == ("The Harbour", "Series", "show")

    def test_what_was_not_found_is_asked_for_again_once_it_was_renamed(self, lib: Library) -> None:
        """And what is doubtful; what the user decided is decided."""
        lib.edit([2, 3, 5], year=1999)
        lib.edit(4, title="Another")
        lib.edit(6, plot="Something else changed.")
        note(lib, found(2, "b", "matched", enriched_at=WRITTEN), found(3, "c", "doubtful"), found(4, "", "nothing"))
        note(lib, found(5, "e", "rejected"), found(6, "", "nothing"))
        assert lib.matches.due("tmdb", after=1, limit=3)["id"].to_list() == [3, 4, 7]

    @pytest.mark.parametrize(
        ("lacking", "due"),
        [
            pytest.param(["year"], ["The Harbour"], id="a field"),
            pytest.param(["genres"], ["8½", "The Harbour"], id="a list"),
            pytest.param(["credits"], ["8½", "The Harbour"], id="people"),
            pytest.param(["poster"], ["8½", "The Harbour"], id="a picture"),
            pytest.param(["tagline", "collection"], ["8½", "Blade Runner"], id="only films have these"),
            pytest.param(["series_status"], ["The Harbour"], id="only shows have this"),
            pytest.param(["logo", "year"], ["8½", "Blade Runner", "The Harbour"], id="any of them"),
        ],
    )
    def test_only_what_lacks_something(self, lib: Library, lacking: list[str], due: list[str]) -> None:
        """A field, people, or a picture that is neither there nor known by address."""
        found = lib.matches.due("tmdb", lacking=lacking)["title"].to_list()
        assert sorted({"8½", "Blade Runner", "The Harbour"} & {*found}) == due

    def test_a_show_lacks_what_an_episode_lacks(self, lib: Library) -> None:
        """And nothing when none of them does."""
        told = series().frames["media_item"].with_columns(plot=pl.lit("Boats."))
        for plots, is_due in ((told.filter(media_type="show"), True), (told.filter(media_type="episode"), False)):
            lib.load(Records("Series", {"media_item": plots}))
            assert ("The Harbour" in lib.matches.due("tmdb", lacking=["plot"])["title"]) is is_due

    def test_doubtful_ones_are_shown_beside_their_items(self, lib: Library) -> None:
        """The likeliest first."""
        note(lib, found(1, "a", "doubtful", score=0.6), found(1, "b", "doubtful", score=0.8, title="Blade", year=1998))
        shown = lib.matches.doubtful("tmdb").row(0, named=True)
        assert (shown["item_title"], shown["item_year"], shown["title"], shown["year"]) == (
            "Blade Runner",
            1982,
            "Blade",
            1998,
        )
        assert lib.matches.doubtful("tvmaze").is_empty()
