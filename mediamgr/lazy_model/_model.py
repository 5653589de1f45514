"""Owns the one source of rows for every surface: any number of items, in pages, by an order that is sliced anywhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Unpack, cast

import polars as pl

from mediamgr.errors import Cancelled, MediaManagerError, QueryError
from mediamgr.instrumentation import Timer
from mediamgr.lazy_model._observers import Observers
from mediamgr.lazy_model._pages import Pages, PageStats
from mediamgr.lazy_model._prefetch import Prefetch
from mediamgr.repository import ItemFilters, MediaItemRepository, Ordering, takes_filters
from mediamgr.settings import get_settings
from mediamgr.store import Database
from mediamgr.workers import WorkerManager, start_thread

__all__ = ["LazyMediaItemModel", "Query"]

_READING: Final = Timer(
    "lazy_model.reading", "Reading pages that were not held, wanted or ahead, neighbours together", "cause"
)
_WANTED, _AHEAD = _READING.of(cause="wanted"), _READING.of(cause="ahead")
_LARGEST_PAGE = 10_000
_EVENTS = ("rows_loaded", "total_changed", "loading_changed", "reset")


@dataclass(frozen=True, slots=True)
class Query:
    """What a model shows.

    Attributes:
        text: What items are to match; "" for all.
        sort: As in `lib.items.ordering`; None is best match first, or by title.
        descending: The other way round.
        filters: What items are narrowed by.
    """

    text: str = ""
    sort: str | None = None
    descending: bool = False
    filters: ItemFilters = field(default_factory=ItemFilters)


class _Epoch:
    """One order and the pages of it that are held; whatever changes the order begins another."""

    def __init__(self, ordering: Ordering) -> None:
        self.ordering = ordering
        self.total: int | None = None
        self.revealed = 0
        self.has_ended = False
        self.counted = threading.Event()
        self.failure: Exception | None = None


class LazyMediaItemModel:
    """Items in an order, read as they are looked at; safe to use from several threads.

        model = LazyMediaItemModel(page_size=100, library_id=1, items=lib.items)
        model.window(5_000_000, 5_000_100)      # a frame; costs the same anywhere
        while model.can_fetch_more():           # or as a list that grows
            model.fetch_more()

    What is committed meanwhile is seen at `refresh()`.

    Args:
        page_size: Rows a page, 1 to 10,000.
        prefetch_threshold: Rows to have beyond what is seen, when nobody scrolls; 0 reads nothing ahead at rest.
        library_id: Only that library inside the file; None is all.
        items: Of an open library, as `lib.items`; None opens the library of the settings.
        max_pages: How many pages are held.
        text: What items are to match; "" is all.
        sort: As in `lib.items.ordering`.
        descending: The other way round.
        filters: More of what `lib.items.ordering` takes, such as `genre="Drama"`.
    """

    def __init__(
        self,
        page_size: int = 100,
        prefetch_threshold: int = 20,
        library_id: int | None = None,
        *,
        items: MediaItemRepository | None = None,
        max_pages: int = 50,
        text: str = "",
        sort: str | None = None,
        descending: bool = False,
        **filters: Any,
    ) -> None:
        _require("page_size", page_size, 1, _LARGEST_PAGE)
        _require("prefetch_threshold", prefetch_threshold, 0, _LARGEST_PAGE)
        _require("max_pages", max_pages, 1, 10_000)
        self.page_size = page_size
        self._own = None if items else Database(get_settings().get_library())
        self._items = items or MediaItemRepository(self._own)  # type: ignore[arg-type]
        self._prefetch = Prefetch(page_size, prefetch_threshold)
        self._pages = Pages(max_pages)
        self._observers = Observers(*_EVENTS)
        self._lock = threading.RLock()
        self._growing = threading.Lock()
        # who scrolls never waits: what is not wanted any more by its turn is left
        self._workers = WorkerManager(2, max_queued=sys.maxsize, name="mediamgr-model")
        self._under_way = 0
        self._wanted_ahead = range(0)
        self._is_closed = self._is_resting = False
        self._revision = 0
        narrowed = filters if library_id is None else {"library_id": library_id, **filters}
        self._query = Query(text, sort, descending, cast(ItemFilters, narrowed))
        self._epoch = _Epoch(self._ordered(self._query))
        self._count(self._epoch)

    @property
    def query(self) -> Query:
        """What is shown; setting it shows something else. Raises `QueryError` for what cannot be asked."""
        return self._query

    @query.setter
    def query(self, query: Query) -> None:
        self._begin(query)

    def set_text(self, text: str) -> None:
        """Match that; "" matches all."""
        self._begin(Query(text, self._query.sort, self._query.descending, self._query.filters))

    def set_sort(self, sort: str | None, *, descending: bool = False) -> None:
        """Sort by that."""
        self._begin(Query(self._query.text, sort, descending, self._query.filters))

    @takes_filters
    def set_filters(self, **filters: Unpack[ItemFilters]) -> None:
        """Narrow by these, and by none of those before."""
        self._begin(Query(self._query.text, self._query.sort, self._query.descending, filters))

    def refresh(self) -> None:
        """Show what was committed by now."""
        self._begin(self._query)

    def rest(self) -> None:
        """Let go of the order, its generation and the pages until somebody asks for rows again."""
        with self._lock:
            if self._is_closed or self._is_resting:
                return
            self._is_resting = True
            self._wanted_ahead = range(0)
            self._pages.clear()
            self._epoch.ordering.close()

    @property
    def is_resting(self) -> bool:
        """Whether nothing is held."""
        return self._is_resting

    def wake(self) -> None:
        """Begin anew after `rest()`, with what was committed by now; whoever asks for rows need not call it."""
        if self._is_resting:
            self._begin(self._query, only_resting=True)

    @property
    def is_outdated(self) -> bool:
        """Whether something was committed since that `refresh()` would show."""
        return not self._is_closed and not self._is_resting and self._items.has_newer(self._epoch.ordering)

    @property
    def revision(self) -> int:
        """Rises whenever rows may be others than before; rows of an older one are void."""
        return self._revision

    @property
    def ordering(self) -> Ordering:
        """The order, for positions of ids and values; of this revision."""
        self.wake()
        return self._epoch.ordering

    @property
    def total(self) -> int | None:
        """How many items there are; None while that is being found out, which goes on by itself."""
        return self._epoch.total

    @property
    def total_count(self) -> int:
        """How many items there are; waits until that is known. Raises what went wrong."""
        while True:
            self.wake()
            self._ordering()
            epoch = self._epoch
            epoch.counted.wait()
            if epoch.failure:
                raise epoch.failure
            if epoch.total is not None:
                return epoch.total

    def __len__(self) -> int:
        return self.total_count

    @property
    def is_loading(self) -> bool:
        """Whether rows are being read, or the total is not known yet."""
        return self._under_way > 0 or not self._epoch.counted.is_set()

    @property
    def loaded_count(self) -> int:
        """Rows that `fetch_more` has given so far: the list as long as it has grown."""
        return self._epoch.revealed

    def can_fetch_more(self) -> bool:
        """Whether the list can grow, as far as is known; waits for nothing."""
        epoch = self._epoch
        return not epoch.has_ended and (epoch.total is None or epoch.revealed < epoch.total)

    def fetch_more(self) -> int:
        """Let the list grow by a page; how many rows it grew by."""
        with self._growing:
            epoch = self._epoch
            grown = self.window(epoch.revealed, epoch.revealed + self.page_size).height
            epoch.revealed += grown
            epoch.has_ended = grown < self.page_size
            return grown

    def window(self, start: int, stop: int) -> pl.DataFrame:
        """Rows `start` (0 is the first) up to, not including, `stop`: columns as `lib.items.get_all`.

        Fewer where the list ends. Raises `QueryError` for what is no window.
        """
        if start < 0 or stop < start:
            raise QueryError(f"A window begins at row 0 or later and ends no sooner, not {start} to {stop}.")
        self.wake()
        numbers = self._numbers(range(start, stop))
        if len(numbers) > self._pages.most:
            return self._ordering().window(start, stop)
        pages = self._read(numbers, is_ahead=False)
        if not pages:
            return self._ordering().window(start, start)
        return pl.concat(pages).slice(start - numbers.start * self.page_size, stop - start)

    def get_item(self, row: int) -> dict[str, Any]:
        """One row by its place, column to value. Raises `QueryError` when there is none."""
        found = self.window(row, row + 1) if row >= 0 else pl.DataFrame()
        if not found.height:
            raise QueryError(f"There is no row {row}; there are {self.total_count:,}, counted from 0.")
        return found.row(0, named=True)

    def scrolled(self, first: int, last: int, speed: float = 0.0) -> range:
        """Tell what is looked at; what is worth having next is read in the background, and given back.

        Args:
            first: The first row that is seen.
            last: The row after the last one.
            speed: Rows a frame of the screen, negative upwards, 0 at rest.
        """
        with self._lock:
            ahead = self._prefetch.ahead(first, last, speed)
            if self._epoch.total is not None:
                ahead = range(min(ahead.start, self._epoch.total), min(ahead.stop, self._epoch.total))
            numbers = self._numbers(ahead)
            self._wanted_ahead = range(numbers.start, numbers.stop)
            wanting = [number for number in numbers if number not in self._pages]
            if wanting and not self._is_closed and not self._is_resting:
                self._workers.submit(self._read_ahead, self._epoch, wanting)
        return ahead

    @property
    def stats(self) -> PageStats:
        """How pages were hit, missed, read ahead, wasted and cancelled."""
        with self._lock:
            return self._pages.stats

    def observe(self, event: str, callback: Callable[..., object]) -> Callable[[], None]:
        """Call it when something happens, in the thread in which it does; what is given back stops that.

        `event`: "rows_loaded" (start, stop), "total_changed" (total, or None), "loading_changed" (a bool), "reset" (the
        revision: rows are others now).
        """
        return self._observers.add(event, callback)

    def close(self) -> None:
        """Let go of the order and the pages."""
        with self._lock:
            self._is_closed = True
            self._pages.clear()
            self._epoch.ordering.close()
            self._workers.shutdown(wait=False)
        if self._own:
            self._own.close()

    def __enter__(self) -> LazyMediaItemModel:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def __repr__(self) -> str:
        total = "closed" if self._is_closed else "counting" if self.total is None else f"{self.total:,} items"
        return f"LazyMediaItemModel({total}, {self._pages.stats.held} of at most {self._pages.most} pages held)"

    def _ordering(self) -> Ordering:
        if self._is_closed:
            raise QueryError("This model is closed; make a new one.")
        return self._epoch.ordering

    def _numbers(self, rows: range) -> range:
        return range(rows.start // self.page_size, -(-rows.stop // self.page_size)) if rows else range(0)

    def _begin(self, query: Query, *, only_resting: bool = False) -> None:
        with self._lock:
            if only_resting and not self._is_resting:
                # another thread was first
                return
            self._ordering()
            before, begun = self._epoch, _Epoch(self._ordered(query))
            self._query, self._epoch = query, begun
            # not sooner: without the lock the one before would look like the one that is shown
            self._is_resting = False
            self._pages.clear()
            self._revision += 1
            revision = self._revision
        before.ordering.close()
        self._observers.tell("total_changed", None)
        self._observers.tell("reset", revision)
        self._count(begun)

    def _ordered(self, query: Query) -> Ordering:
        filters = ItemFilters(**query.filters)
        return self._items.ordering(query.text, sort=query.sort, descending=query.descending, **filters)

    def _count(self, epoch: _Epoch) -> None:
        """Find out in the background how long the order is."""

        def count() -> None:
            try:
                epoch.total = len(epoch.ordering)
            except Exception as failure:
                # when another order has taken its place nobody waits for this one
                epoch.failure = failure if self._is_current(epoch) else None
            finally:
                epoch.counted.set()
            if epoch.total is not None and self._is_current(epoch):
                self._observers.tell("total_changed", epoch.total)

        start_thread(count, "mediamgr-count")

    def _is_current(self, epoch: _Epoch) -> bool:
        return not self._is_closed and not self._is_resting and epoch is self._epoch

    def _read(self, numbers: Iterable[int], *, is_ahead: bool) -> list[pl.DataFrame]:
        """The pages of these numbers; those that are not held are read, neighbours together."""
        with self._lock:
            epoch, ordering = self._epoch, self._ordering()
            held = {number: None if is_ahead else self._pages.take(number) for number in numbers}
        reading = _AHEAD if is_ahead else _WANTED
        for run in _runs([number for number, page in held.items() if page is None]):
            with reading(), self._telling_of_work(), _superseded(lambda: not self._is_current(epoch)):
                rows = ordering.window(run.start * self.page_size, run.stop * self.page_size)
            for number in run:
                held[number] = rows.slice((number - run.start) * self.page_size, self.page_size)
            with self._lock:
                if not self._is_current(epoch):
                    raise Cancelled("Another order was asked for meanwhile.")
                for number in run:
                    page = held[number]
                    if page is not None and page.height:
                        self._pages.put(number, page, is_ahead=is_ahead)
            self._observers.tell("rows_loaded", run.start * self.page_size, run.start * self.page_size + rows.height)
        return [page for page in held.values() if page is not None]

    def _read_ahead(self, epoch: _Epoch, numbers: list[int]) -> None:
        """Read what is still wanted by now."""
        for number in numbers:
            with self._lock:
                if not self._is_current(epoch) or number not in self._wanted_ahead:
                    self._pages.count("cancelled")
                    continue
                if number in self._pages:
                    continue
            try:
                self._read([number], is_ahead=True)
            except MediaManagerError:
                # who wants the page asks for it, and is told
                self._pages.count("cancelled")

    @contextmanager
    def _telling_of_work(self) -> Iterator[None]:
        self._work(1)
        try:
            yield
        finally:
            self._work(-1)

    def _work(self, more: int) -> None:
        with self._lock:
            before = self._under_way > 0
            self._under_way += more
            now = self._under_way > 0
        if before != now:
            self._observers.tell("loading_changed", now)


@contextmanager
def _superseded(is_so: Callable[[], bool]) -> Iterator[None]:
    """An order that is closed because another has taken its place is not the caller's mistake."""
    try:
        yield
    except QueryError:
        if is_so():
            raise Cancelled("Another order was asked for meanwhile.") from None
        raise


def _runs(numbers: list[int]) -> list[range]:
    """Neighbours together: [3, 4, 7] is 3 to 5 and 7 to 8."""
    runs: list[range] = []
    for number in numbers:
        if runs and runs[-1].stop == number:
            runs[-1] = range(runs[-1].start, number + 1)
        else:
            runs.append(range(number, number + 1))
    return runs


def _require(name: str, value: object, least: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise QueryError(f"{name} is a whole number from {least:,} to {most:,}, not {value!r}.")
