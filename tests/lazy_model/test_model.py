"""Rows of any number of items, without any widget."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import mediamgr
from mediamgr.errors import Cancelled, QueryError
from mediamgr.lazy_model import LazyMediaItemModel, Query
from mediamgr.library import Library
from mediamgr.settings import get_settings
from mediamgr.store import Records
from tests.workers.waiting import until

COUNT = 530


def numbered(numbers: range) -> Records:
    """Films by number, in which the order of titles is that of numbers."""
    items = pl.DataFrame(
        {
            "item_key": [f"film-{n}" for n in numbers],
            "title": [f"Film {n}" for n in numbers],
            "year": [1950 + n % 60 for n in numbers],
            "genres": [["Drama"] if n % 2 else ["Noir"] for n in numbers],
        },
        schema_overrides={"year": pl.Int16},
    ).with_columns(media_type=pl.lit("movie"))
    return Records("Films", {"media_item": items}, source="test")


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """530 films."""
    with mediamgr.open(tmp_path / "films.duckdb", create=True) as opened:
        opened.load(numbered(range(COUNT)))
        yield opened


@pytest.fixture
def model(lib: Library) -> Iterator[LazyMediaItemModel]:
    """Pages of ten, at most eight of them."""
    with LazyMediaItemModel(page_size=10, prefetch_threshold=5, items=lib.items, max_pages=8) as made:
        yield made


class Heard:
    """What a model told, and waiting for it."""

    def __init__(self, model: LazyMediaItemModel, event: str) -> None:
        self.told: list[tuple[Any, ...]] = []
        self._changed = threading.Condition()
        model.observe(event, self._hear)

    def _hear(self, *facts: Any) -> None:
        with self._changed:
            self.told.append(facts)
            self._changed.notify_all()

    def wait_for(self, *facts: Any) -> None:
        """Until that was told."""
        with self._changed:
            assert self._changed.wait_for(lambda: facts in self.told, timeout=60), self.told


class TestRows:
    """window(), get_item(), fetch_more()."""

    @pytest.mark.parametrize(
        ("start", "stop"), [(0, 10), (0, 1), (7, 23), (295, 302), (525, 600), (600, 700), (3, 3), (0, 530)]
    )
    def test_are_those_of_the_order(self, lib: Library, model: LazyMediaItemModel, start: int, stop: int) -> None:
        """Wherever, whatever is held, however many pages it takes."""
        whole = lib.items.get_all(None)
        assert model.window(start, stop).equals(whole[start:stop])
        assert model.window(start, stop).equals(whole[start:stop])
        assert model.stats.held <= 8

    def test_one_by_its_place(self, model: LazyMediaItemModel) -> None:
        """As values by column."""
        assert model.get_item(400)["title"] == "Film 400"
        for row in (-1, COUNT):
            with pytest.raises(QueryError, match=f"no row {row}; there are 530"):
                model.get_item(row)

    def test_grow_page_by_page(self, model: LazyMediaItemModel) -> None:
        """Until there are no more."""
        grown = []
        while model.can_fetch_more():
            grown.append(model.fetch_more())
        assert grown == [10] * 53
        assert model.loaded_count == len(model) == COUNT
        assert model.fetch_more() == 0

    def test_of_nothing(self, model: LazyMediaItemModel) -> None:
        """A frame without rows has the columns of others."""
        columns = model.window(0, 5).columns
        model.set_text("no such film")
        assert model.window(0, 5).columns == columns
        assert model.window(0, 5).height == model.total_count == model.fetch_more() == 0
        assert not model.can_fetch_more()

    def test_of_the_library_of_the_settings(self, lib: Library) -> None:
        """As the published interface has it."""
        get_settings().set_library(lib.path)
        with LazyMediaItemModel(page_size=100, prefetch_threshold=20, library_id=1) as model:
            assert model.window(10, 12)["title"].to_list() == ["Film 10", "Film 11"]
            assert model.query.filters == {"library_id": 1}
        with LazyMediaItemModel(library_id=2) as model:
            assert model.total_count == 0

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({"page_size": 0}, "page_size is a whole number from 1 to 10,000, not 0"),
            ({"page_size": True}, "page_size"),
            ({"prefetch_threshold": -1}, "prefetch_threshold"),
            ({"max_pages": 1.5}, "max_pages"),
            ({"genra": "Noir"}, "no filter 'genra'; did you mean 'genre'"),
            ({"sort": "yaer"}, "did you mean 'year'"),
        ],
    )
    def test_what_cannot_be_is_told(self, lib: Library, given: dict[str, Any], told: str) -> None:
        """When the model is made."""
        with pytest.raises(QueryError, match=told):
            LazyMediaItemModel(items=lib.items, **given)


class TestChanges:
    """set_text(), set_sort(), set_filters(), query, refresh(), observe()."""

    def test_of_what_is_shown(self, model: LazyMediaItemModel) -> None:
        """Each keeps the others, and is told."""
        resets = Heard(model, "reset")
        model.set_filters(genre="noir")
        model.set_sort("year", descending=True)
        model.set_text("film")
        assert model.query == Query("film", "year", True, {"genre": "noir"})
        assert model.window(0, 3)["year"].to_list() == [2008, 2008, 2008]
        assert resets.told == [(1,), (2,), (3,)]
        # as many match without the text: a total may have been told before
        until(lambda: model.total == COUNT // 2 and not model.is_loading)
        assert model.revision == 3

    def test_one_that_cannot_be_leaves_what_was(self, model: LazyMediaItemModel) -> None:
        """The error says why."""
        with pytest.raises(QueryError):
            model.set_sort("colour")
        assert model.query == Query()
        assert model.get_item(0)["title"] == "Film 0"

    def test_of_the_library_are_seen_when_refreshed(self, lib: Library, model: LazyMediaItemModel) -> None:
        """Not before."""
        assert model.total_count == COUNT
        lib.load(numbered(range(COUNT, COUNT + 5)))
        assert model.total_count == COUNT
        assert model.window(COUNT - 1, COUNT + 9).height == 1
        model.refresh()
        assert model.total_count == COUNT + 5

    def test_rows_that_come_are_told(self, model: LazyMediaItemModel) -> None:
        """Once each, while they are held."""
        rows, loading = Heard(model, "rows_loaded"), Heard(model, "loading_changed")
        model.window(15, 35)
        model.window(15, 35)
        assert rows.told == [(10, 40)]
        assert loading.told == [(True,), (False,)]

    def test_an_observer_that_fails_keeps_nobody_waiting(
        self, model: LazyMediaItemModel, caplog: pytest.LogCaptureFixture
    ) -> None:
        """It is logged, and may be taken back."""
        stop = model.observe("rows_loaded", lambda *_: 1 / 0)
        rows = Heard(model, "rows_loaded")
        assert model.window(0, 5).height == 5
        assert rows.told == [(0, 10)]
        assert "an observer of rows_loaded failed" in caplog.text
        stop()
        caplog.clear()
        model.window(50, 55)
        assert not caplog.text
        with pytest.raises(QueryError, match="did you mean 'reset'"):
            model.observe("resets", print)

    def test_while_others_read_give_rows_of_one_order(self, model: LazyMediaItemModel) -> None:
        """Never a page of each; who is too late is told."""
        wrong, late = [], 0
        done = threading.Event()

        def read() -> None:
            nonlocal late
            while not done.is_set():
                try:
                    years = model.window(15, 45)["year"]
                except Cancelled:
                    late += 1
                    continue
                if not years.is_sorted() and not years.is_sorted(descending=True):
                    wrong.append(years.to_list())

        model.set_sort("year")
        readers = [threading.Thread(target=read) for _ in range(3)]
        for each in readers:
            each.start()
        for number in range(40):
            model.set_sort("year", descending=number % 2 == 0)
        done.set()
        for each in readers:
            each.join()
        assert wrong == []


class TestReadingAhead:
    """scrolled(), stats."""

    def test_what_comes_next_is_there(self, model: LazyMediaItemModel) -> None:
        """When it is wanted."""
        model.window(0, 10)
        rows = Heard(model, "rows_loaded")
        assert model.scrolled(0, 10, 0.0) == range(10, 20)
        rows.wait_for(10, 20)
        model.window(10, 20)
        assert (model.stats.hits, model.stats.misses, model.stats.prefetched, model.stats.wasted) == (1, 1, 1, 0)

    def test_what_nobody_looked_at_is_counted(self, model: LazyMediaItemModel) -> None:
        """When it is let go."""
        rows = Heard(model, "rows_loaded")
        model.scrolled(0, 10, 0.0)
        rows.wait_for(10, 20)
        model.set_sort("year")
        assert model.stats.wasted == 1
        assert model.stats.held == 0

    def test_ends_where_the_list_does(self, model: LazyMediaItemModel) -> None:
        """No page beyond is asked for."""
        assert model.total_count == COUNT
        assert model.scrolled(520, 530, 5.0) == range(530, 530)
        assert model.stats.prefetched == 0

    def test_what_is_not_wanted_any_more_is_not_read(self, model: LazyMediaItemModel) -> None:
        """One who turns away does not wait for it."""
        held = threading.Event()
        release = model.observe("rows_loaded", lambda *_: held.wait())
        for first in (0, 100, 200, 300):
            model.scrolled(first, first + 10, 3.0)
        model.scrolled(500, 510, 0.0)
        held.set()
        model.close()
        model._workers.shutdown(wait=True)
        release()
        assert model.stats.cancelled > 0
        assert model.stats.prefetched < 20


def test_one_that_rests_holds_nothing_and_begins_anew(lib: Library, model: LazyMediaItemModel) -> None:
    """With what was committed meanwhile; whoever asks for rows wakes it."""
    reset = Heard(model, "reset")
    assert model.window(0, 10)["title"][0] == "Film 0"
    before, revision = model.ordering, model.revision
    model.rest()
    assert model.is_resting
    assert "closed" in repr(before)
    assert model.stats.held == 0
    lib.load(numbered(range(COUNT, COUNT + 1)))
    assert not model.is_outdated
    assert model.scrolled(0, 10) is not None
    assert model.total_count == COUNT + 1
    assert not model.is_resting
    assert reset.told == [(revision + 1,)]
    model.rest()
    assert model.get_item(COUNT)["title"] == f"Film {COUNT}"
    assert len(reset.told) == 2


def test_many_may_wake_it_at_once(model: LazyMediaItemModel) -> None:
    """And it may be sent to rest while they read: they are told to ask again, or answered."""
    found: list[Any] = []

    def read() -> None:
        for _ in range(20):
            try:
                found.append(model.window(100, 105)["title"].to_list())
            except Cancelled:
                found.append(None)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    while any(reader.is_alive() for reader in readers):
        model.rest()
    assert {tuple(each) for each in found if each} <= {tuple(f"Film {n}" for n in range(100, 105))}
    assert len(found) == 80
    assert model.window(100, 101)["title"].item() == "Film 100"


def test_a_closed_model_says_so(lib: Library) -> None:
    """Whatever it is asked."""
    model = LazyMediaItemModel(items=lib.items)
    model.close()
    assert "closed" in repr(model)
    for ask in (lambda: model.window(0, 5), lambda: model.total_count, model.refresh):
        with pytest.raises(QueryError, match="closed"):
            ask()
