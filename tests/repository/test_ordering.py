"""Orders of items that are looked at in windows."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mediamgr
from mediamgr.errors import Cancelled, QueryError
from mediamgr.library import Library
from mediamgr.repository._ordering import SORTS
from mediamgr.repository._shelf import shelf
from mediamgr.repository._type_ahead import TypeAhead
from mediamgr.settings import get_settings
from mediamgr.store import Records, database
from mediamgr.store.background import Asked
from tests.builders import films, library_of, series

TITLES = ["", "The ", "A "]
ENDLESS = "select sum(a.range * b.range) as id from range(100000000) a, range(100000000) b"
WORDS = ["alpha", "Beta", "béta", "7", "11", "Émile", "emile", "zoo"]

NARROWED = {
    "": (None, "true"),
    "genre": ("noir", "list_contains(i.genres, 'Noir')"),
    "year_from": (1993, "i.year >= 1993"),
    "min_rating": (3, "i.rating >= 3"),
    "watched": (True, "exists (from history_event h where h.media_item_id = i.id)"),
}
"""Filter to a value, and what that means."""


def batch(rows: list[tuple[int, str, int | None, float | None]]) -> Records:
    """Films by number; some have files and were played."""
    keys = [f"film-{number}" for number, *_ in rows]
    items = pl.DataFrame(
        {
            "item_key": keys,
            "title": [title for _, title, _, _ in rows],
            "year": [year for *_, year, _ in rows],
            "rating": [rating for *_, rating in rows],
            "genres": [["Drama"] if number % 2 else ["Noir"] for number, *_ in rows],
            "premiered_on": [year and date(year, 1 + number % 3, 1) for number, _, year, _ in rows],
            "votes": [None if rating is None else number % 4 for number, *_, rating in rows],
            "user_rating": [None if rating is None else 10 - rating for *_, rating in rows],
            "runtime_minutes": [year and 60 + year % 3 * 10 for _, _, year, _ in rows],
            "added_at": [datetime(2020, 1, 1 + number % 5) for number, *_ in rows],
        },
        schema_overrides={
            "year": pl.Int16,
            "rating": pl.Float64,
            "premiered_on": pl.Date,
            "votes": pl.Int64,
            "user_rating": pl.Float64,
            "runtime_minutes": pl.Int64,
        },
    ).with_columns(media_type=pl.lit("movie"))
    some = [(key, number) for key, (number, *_) in zip(keys, rows, strict=True) if number % 3 == 0]
    files = pl.DataFrame(
        {
            "item_key": [key for key, _ in some],
            "path": [f"/{key}.mkv" for key, _ in some],
            "size_bytes": [number % 5 for _, number in some],
        },
        schema={"item_key": pl.String, "path": pl.String, "size_bytes": pl.Int64},
    )
    played = pl.DataFrame(
        {
            "item_key": [key for key, _ in some],
            "occurred_at": [datetime(2024, 1, 1) + timedelta(days=number % 4) for _, number in some],
        },
        schema={"item_key": pl.String, "occurred_at": pl.Datetime("us")},
    ).with_columns(event_type=pl.lit("played"))
    return Records("Films", {"media_item": items, "media_file": files, "history_event": played}, source="test")


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Three hundred films."""
    rows = [
        (n, f"{TITLES[n % 3]}{WORDS[n % 8]} {n % 13}", 1950 + n % 40 if n % 7 else None, n % 11 / 2) for n in range(300)
    ]
    with mediamgr.open(tmp_path / "films.duckdb", create=True) as opened:
        opened.load(batch(rows))
        yield opened


def windows(lib: Library, size: int, **asked: object) -> list[int]:
    """All ids, window by window."""
    with lib.items.ordering(**asked) as ordering:  # type: ignore[arg-type]
        starts = range(0, max(len(ordering), 1), size)
        return [each for start in starts for each in ordering.window(start, start + size)["id"].to_list()]


class TestWindows:
    """window(), len()."""

    @pytest.mark.parametrize("descending", [False, True])
    @pytest.mark.parametrize("sort", SORTS)
    def test_join_to_the_page_of_all(self, lib: Library, sort: str, descending: bool) -> None:
        """Whatever they are sorted by, both ways."""
        whole = lib.items.get_all(None, sort=sort, descending=descending)
        assert windows(lib, 70, sort=sort, descending=descending) == whole["id"].to_list()
        assert whole.height == 300

    def test_one_way_is_the_other_backwards(self, lib: Library) -> None:
        """But for what is unknown, which is last both ways."""
        up, down = (
            lib.items.get_all(None, sort="year", descending=way).drop_nulls("year")["id"] for way in (False, True)
        )
        assert up.to_list() == down.to_list()[::-1]
        assert lib.items.get_all(None, sort="year", descending=True)["year"].tail(10).null_count() == 10

    def test_of_shows_are_by_show_season_and_episode(self, tmp_path: Path) -> None:
        """As titles of shows are sorted, without their articles; what belongs to no show comes last."""
        names = ["The Zoo", "A Beehive", "Moss"]
        with library_of(tmp_path / "l.duckdb", films(), *(series(name, name) for name in names)) as lib:
            episodes = lib.items.get_all(None, sort="show_title", media_type="episode")
            told = episodes.select("show_title", "season_number", "episode_number").rows()
            assert list(dict.fromkeys(name for name, _, _ in told)) == ["A Beehive", "Moss", "The Zoo"]
            assert told == sorted(told, key=lambda row: (names.index(row[0]) != 1, row[0] != "Moss", *row[1:]))
            backwards = lib.items.get_all(None, sort="show_title", media_type="episode", descending=True)
            assert backwards["id"].to_list() == episodes["id"].to_list()[::-1]
            assert lib.items.get_all(None, sort="show_title")["show_title"].tail(3).to_list() == [None] * 3
            with lib.items.ordering(sort="show_title") as ordering, pytest.raises(QueryError, match="not sorted by a"):
                ordering.position_at("Moss")

    def test_of_what_is_narrowed_and_searched(self, lib: Library) -> None:
        """The same rows as the search, in its order or in another."""
        found = lib.search("alpha", limit=None, genre="noir")
        assert windows(lib, 7, query="alpha", genre="noir") == found["id"].to_list()
        by_year = windows(lib, 7, query="alpha", genre="noir", sort="year", descending=True)
        assert sorted(by_year) == sorted(found["id"])
        assert (
            by_year == lib.items.get_many(by_year).sort("year", "id", descending=True, nulls_last=True)["id"].to_list()
        )

    def test_of_what_is_nearly_the_text(self, lib: Library) -> None:
        """As a search does when nothing matches."""
        assert windows(lib, 50, query="emlie 3") == lib.search("emlie 3", limit=None)["id"].to_list() != []

    def test_begins_before_the_whole_is_known(self, lib: Library) -> None:
        """The first window does not wait."""
        with lib.items.ordering(sort="year") as ordering:
            assert not ordering.is_known
            first = ordering.window(0, 20)
            assert first["id"].to_list() == ordering.ids(0, 20).to_list()
            len(ordering)
            assert ordering.is_known
            assert ordering.window(0, 20).equals(first)

    def test_past_the_end_there_is_nothing(self, lib: Library) -> None:
        """As a slice has nothing there."""
        with lib.items.ordering() as ordering:
            assert ordering.window(290, 400).height == 10
            assert ordering.window(1_000, 1_100).height == 0
            with pytest.raises(QueryError, match="begins at 0"):
                ordering.window(-1, 5)

    def test_what_cannot_be_sorted_by_is_told(self, lib: Library) -> None:
        """With what comes nearest."""
        with pytest.raises(QueryError, match="not sorted by 'yaer'; did you mean 'year'"):
            lib.items.ordering(sort="yaer")


class TestPositions:
    """position_of(), position_at()."""

    def test_of_an_item(self, lib: Library) -> None:
        """Its place; none for what is not among these."""
        with lib.items.ordering(sort="rating", descending=True, genre="drama") as ordering:
            ids = ordering.ids().to_list()
            assert [ordering.position_of(each) for each in ids] == list(range(len(ids)))
            assert ordering.position_of(max(ids) + 10**12) is None
            other = lib.items.get_all(1, genre="noir")["id"].item()
            assert ordering.position_of(other) is None

    @pytest.mark.parametrize("descending", [False, True])
    def test_of_a_year(self, lib: Library, descending: bool) -> None:
        """The first of it, or where it would be."""
        with lib.items.ordering(sort="year", descending=descending) as ordering:
            years = ordering.window(0, 300)["year"].to_list()
            assert ordering.position_at(1970) == years.index(1970)
            assert ordering.position_at(2100 if descending else 1900) == 0

    def test_of_a_title_and_a_letter(self, lib: Library) -> None:
        """Without its article, case and accents."""
        with lib.items.ordering() as ordering:
            titles = ordering.window(0, 300)["title"].to_list()
            assert ordering.position_at("Z") == next(n for n, title in enumerate(titles) if "zoo" in title)
            assert titles[ordering.position_at("The Zoo 0")] == "zoo 0"
        with lib.items.ordering(descending=True) as ordering:
            titles = ordering.window(0, 300)["title"].to_list()
            assert titles[ordering.position_at("ZOO 0")] == "The zoo 0"
            assert ordering.position_at("z") == 0
        with lib.items.ordering("alpha") as ordering, pytest.raises(QueryError, match="not sorted by a value"):
            ordering.position_at("a")


class TestStaying:
    """An ordering stays at its generation."""

    def test_whatever_is_committed_meanwhile(self, lib: Library) -> None:
        """The same rows and values, by this process or another, until a new one is made."""
        with lib.items.ordering() as ordering:
            first = ordering.window(0, 5)
            lib.load(batch([(1, "aaaa", 1, None)]))
            lib.load(batch([(1000, "000", 2000, 1.0)]))
            assert ordering.window(0, 5).equals(first)
            assert len(ordering) == 300
        with lib.items.ordering() as ordering:
            assert ordering.window(0, 1)["title"].item() == "000"

    def test_knows_that_there_is_something_newer(self, lib: Library) -> None:
        """As the library that made it sees it: one that does not follow sees it when it is refreshed."""
        with mediamgr.open(lib.path, follow=False) as still, still.items.ordering() as old, lib.items.ordering() as own:
            assert not lib.items.has_newer(own)
            lib.load(batch([(1000, "000", 2000, 1.0)]))
            assert lib.items.has_newer(own)
            assert not still.items.has_newer(old)
            still.refresh()
            still.items.count_all()
            assert still.items.has_newer(old)

    def test_also_for_who_writes(self, lib: Library) -> None:
        """It has what was committed when it was made."""
        with lib.write():
            lib.load(batch([(1000, "000", 2000, 1.0)]))
            with lib.items.ordering() as ordering:
                lib.load(batch([(1001, "0000", 2000, 1.0)]))
                assert len(ordering) == 301
                assert lib.items.count_all() == 302

    @pytest.mark.parametrize("sort", [*SORTS, None])
    @settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        steps=st.lists(
            st.lists(
                st.tuples(
                    st.integers(0, 40),
                    st.builds("{}{} {}".format, st.sampled_from(TITLES), st.sampled_from(WORDS), st.integers(0, 12)),
                    st.none() | st.integers(1990, 1995),
                    st.none() | st.sampled_from([1.0, 5.5]),
                ),
                min_size=1,
                max_size=12,
            ),
            min_size=2,
            max_size=4,
        ),
        descending=st.booleans(),
        text=st.sampled_from(["", "beta", "zoo"]),
        narrowed=st.sampled_from(sorted(NARROWED)),
        size=st.integers(1, 9),
        data=st.data(),
    )
    def test_windows_are_one_order_by(
        self,
        sort: str | None,
        steps: list[list[tuple[int, str, int | None, float | None]]],
        descending: bool,
        text: str,
        narrowed: str,
        size: int,
        data: st.DataObject,
    ) -> None:
        """Concatenated they are one ORDER BY over what there was at the generation that the reader chose to see.

        Whatever is inserted, renamed and deleted between them; without a refresh it stays what it was.
        """
        filters: dict[str, object] = {narrowed: NARROWED[narrowed][0]} if narrowed else {}
        with (
            tempfile.TemporaryDirectory() as folder,
            mediamgr.open(Path(folder, "l.duckdb"), create=True) as lib,
            mediamgr.open(Path(folder, "l.duckdb"), follow=False) as reader,
        ):
            for step in steps:
                lib.load(batch(step))
                if step is steps[0] or data.draw(st.booleans(), label="refresh"):
                    reader.refresh()
                    expected = _one_order_by(reader, text, sort, descending, narrowed)
                asked = {"sort": sort, "descending": descending, **filters}
                with reader.items.ordering(text, **asked) as ordering:  # type: ignore[arg-type]
                    seen: list[int] = []
                    while len(seen) < len(expected):
                        seen += ordering.window(len(seen), len(seen) + size)["id"].to_list()
                        if data.draw(st.booleans(), label="insert"):
                            number = data.draw(st.integers(0, 60))
                            lib.load(batch([(number, f"zoo {number}", 1991, 5.5)]))
                        elif data.draw(st.booleans(), label="delete"):
                            with lib.writing("delete") as (connection, _):
                                connection.execute("delete from media_item where id = ?", [expected[0]]).fetchall()
                    assert seen == expected
                    assert len(ordering) == len(expected)


SORTED_BY = {
    "title": "title_sort_key(i.title, i.sort_title, i.original_language)",
    "show_title": "i.show_title",  # of films, unknown
    "genres": "array_to_string(i.genres, ', ')",
    "size_bytes": "(select sum(size_bytes) from media_file f where f.media_item_id = i.id)",
    "last_played_at": "(select max(occurred_at) from history_event h where h.media_item_id = i.id)",
    "plays": "(select count(*) from history_event h where h.media_item_id = i.id)",
}
"""What the sorts mean that are no columns."""


def _one_order_by(lib: Library, text: str, sort: str | None, descending: bool, narrowed: str) -> list[int]:
    value, condition = NARROWED[narrowed]
    if text and sort is None:
        # written out by looking through titles, not by the index of words
        return lib.search(text, limit=None, **{narrowed: value} if narrowed else {})["id"].to_list()  # type: ignore[arg-type]
    by = SORTED_BY.get(sort or "title", f"i.{sort}")
    way = "desc" if descending else "asc"
    return lib.sql(
        f"select i.id from media_item i where {condition} and contains(strip_accents(lower(i.title)), '{text}')"
        f" order by {by} {way} nulls last, i.id {way}"
    )["id"].to_list()


class TestMemoryAndCancelling:
    """What orders take, and stopping them."""

    def test_all_of_them_together_are_bounded(self, lib: Library) -> None:
        """Those not used for longest are made anew when they are wanted."""
        get_settings().set_ordering_bytes(3_000)
        orderings = [lib.items.ordering(sort=sort) for sort in ("title", "year", "rating", "votes")]
        try:
            wanted = [ordering.ids().to_list() for ordering in orderings]
            assert shelf.size_bytes <= 3_000
            assert [ordering.ids().to_list() for ordering in orderings] == wanted
            assert shelf.size_bytes <= 3_000
        finally:
            for ordering in orderings:
                ordering.close()

    def test_who_waits_for_a_cancelled_one_is_told(self, lib: Library) -> None:
        """And the library answers others as before."""
        ordering = lib.items.ordering("alpha", sort="size_bytes")
        ordering.cancel()
        with pytest.raises(Cancelled):
            len(ordering)
        with pytest.raises(Cancelled):
            ordering.window(0, 10)
        ordering.close()
        assert lib.items.count_all() == 300

    def test_what_runs_is_stopped(self, lib: Library) -> None:
        """A statement that takes minutes ends at once."""
        asked = Asked(lambda: lib._open.run(ENDLESS, label="endless"))
        running = threading.Event()
        stopper = threading.Thread(target=lambda: (running.wait(), asked.cancel()))
        stopper.start()
        while asked._interruptible._connection is None:
            pass
        running.set()
        with pytest.raises(Cancelled):
            asked.answer()
        stopper.join()
        assert lib.items.count_all() == 300

    def test_those_nobody_asked_for_are_bounded_too(self, lib: Library) -> None:
        """Their first window is looked at, the whole is found out behind it."""
        get_settings().set_ordering_bytes(3_000)
        orderings = [lib.items.ordering(year_from=year) for year in range(1900, 1910)]
        try:
            for ordering in orderings:
                ordering.window(0, 5)
            for ordering in orderings:
                len(ordering)
            assert shelf.size_bytes <= 3_000
            assert not any(ordering._asked for ordering in orderings)
        finally:
            for ordering in orderings:
                ordering.close()

    def test_a_closed_one_says_so(self, lib: Library) -> None:
        """Whatever it knew."""
        ordering = lib.items.ordering()
        assert len(ordering) == 300
        ordering.close()
        for ask in (lambda: ordering.window(0, 5), lambda: ordering.position_at("a"), lambda: ordering.ids()):
            with pytest.raises(QueryError, match="closed"):
                ask()
        assert "closed" in repr(ordering)

    def test_one_that_is_let_go_stops(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """Nobody waits for it any more; the next one is not kept waiting."""
        endless = f"{ENDLESS} where $limit > $skip"
        monkeypatch.setattr(database, "statement", lambda *_: endless)
        orderings = [lib.items.ordering(sort=sort) for sort in ("year", "rating")]
        work = [ordering._ask() for ordering in orderings]
        while any(each._interruptible._connection is None for each in work):
            pass
        del orderings
        for each in work:
            with pytest.raises(Cancelled):
                each.answer()


class TestParts:
    """ordering[a:b]."""

    def test_are_windows(self, lib: Library) -> None:
        """As of a list."""
        with lib.items.ordering() as ordering:
            assert ordering[5:10].equals(ordering.window(5, 10))
            assert ordering[-10:].equals(ordering.window(290, 300))
            assert ordering[20:10].height == 0
            with pytest.raises(QueryError, match="part of an ordering"):
                ordering[5]  # type: ignore[index]

    @pytest.mark.parametrize(
        ("sort", "value"),
        [
            ("title", 5),
            ("rating", "abc"),
            ("rating", True),
            ("year", None),
            ("rating", float("nan")),
            ("added_at", "junk"),
        ],
    )
    def test_values_of_another_kind_are_told(self, lib: Library, sort: str, value: object) -> None:
        """Not in the words of SQL."""
        with lib.items.ordering(sort=sort) as ordering, pytest.raises(QueryError, match=f"a {sort} is") as refused:
            ordering.position_at(value)
        assert "LINE" not in str(refused.value)

    def test_days_come_in_many_forms(self, lib: Library) -> None:
        """A year, a day, a text."""
        with lib.items.ordering(sort="added_at") as ordering:
            assert {ordering.position_at(value) for value in (2999, "2999-01-01", date(2999, 1, 1))} == {300}
            assert ordering.position_at(1999) == 0


class TestTypeAhead:
    """lib.items.type_ahead()."""

    def test_gives_the_best_matches(self, lib: Library) -> None:
        """As a search does."""
        box = lib.items.type_ahead(limit=3, genre="noir")
        assert box("alph").equals(lib.search("alph", limit=3, genre="noir"))

    def test_the_next_text_cancels_the_one_before(self, lib: Library) -> None:
        """Which is told so, and does not run on."""
        began, told = threading.Event(), []

        def search(text: str) -> pl.DataFrame:
            began.set()
            return lib._open.run(ENDLESS if text == "slow" else "select 1 as id", label="typed")

        box = TypeAhead(search)

        def ask() -> None:
            with pytest.raises(Cancelled) as refused:
                box("slow")
            told.append(refused.value)

        first = threading.Thread(target=ask)
        first.start()
        began.wait()
        assert box("quick")["id"].to_list() == [1]
        first.join()
        assert len(told) == 1
