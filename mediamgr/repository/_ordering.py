"""Owns an order of items that can be looked at anywhere: a window costs the same at any depth.

The order is computed once, in the background, as ids, and sliced; its beginning can be seen before that is done.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import count
from typing import Any, Final

import polars as pl

from mediamgr.errors import Cancelled, QueryError
from mediamgr.instrumentation import Timer
from mediamgr.repository import _values
from mediamgr.repository._finding import find, find_nearly, is_indexed, matching, nearly
from mediamgr.repository._rows import rows
from mediamgr.repository._shelf import shelf
from mediamgr.repository._values import Reader
from mediamgr.search import TextQuery, normalise
from mediamgr.store.background import Asked
from mediamgr.store.database import Database
from mediamgr.store.guard import nearest
from mediamgr.store.statements import Sort, sort_names

__all__ = ["SORTS", "ItemQuery", "Ordering", "sorted_by"]

_WINDOW: Final = Timer("repository.window", "Rows of an order, from anywhere in it")
_FINDING_OUT: Final = Timer("repository.order", "Finding out a whole order, in the background")
_JUMP: Final = Timer("repository.jump", "The place of a value in an order")
_ALL: Final = 2**62
_FIRST_ROWS: Final = 2_000
"""Rows from the beginning that are asked for directly while the order is not known."""
_INTERNAL = ("match", "title_key")
SORTS: Final = tuple(name for name in sort_names() if name not in _INTERNAL)
"""What items can be sorted by."""
_LARGEST_SHORT: Final = 2**31 - 1
_TITLES: Final = ("title", "title_key")
_WITHOUT_PLACES: Final = ("match", "show_title")
_READERS: Final[Mapping[str, Reader]] = {
    **dict.fromkeys((*_TITLES, "media_type", "genres"), _values.text),
    **dict.fromkeys(("premiered_on", "added_at", "updated_at", "last_played_at"), _values.moment),
}
"""How a value to jump to is read, where it is not a number."""
_MOST_AMONG: Final = 100_000
"""Matches up to which those before a value are counted among their ids."""


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """Which items, in which order.

    Attributes:
        text: What they are to match; None for all.
        sort: The order.
        filters: What they are narrowed by, as statements take it.
    """

    text: TextQuery | None
    sort: Sort
    filters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def statement(self) -> str:
        """The statement that gives their ids."""
        return "items/found" if self.text else "items/order"

    @property
    def key(self) -> Hashable:
        """What tells it from other questions."""
        return self.text, self.sort, repr(sorted(self.filters.items()))

    def parameters(self, limit: int = _ALL, skip: int = 0) -> dict[str, Any]:
        """Those of the statement."""
        bounds = {"limit": limit, "skip": skip}
        return {**matching(self.text), **bounds} if self.text else bounds


def sorted_by(name: str, descending: bool, database: Database) -> Sort:
    """The order of a name. Raises `QueryError` for one there is not."""
    if name not in SORTS:
        raise QueryError(f"Items are not sorted by {name!r}; {nearest(str(name), SORTS)}")
    if name == "title" and database.fact("items/unplaced"):
        # right, and slower
        name = "title_key"
    return Sort(name, _values.flag("descending", descending))


_numbers = count()


class Ordering:
    """Items in an order, at one generation of the library; made by `lib.items.ordering()`.

    `len(ordering)`, `ordering.window(start, stop)`, `ordering.position_of(id)`, `ordering.position_at(value)`. Whatever
    is committed meanwhile, it stays as it was. Close it, or let it go, when it is not needed.
    """

    def __init__(self, database: Database, query: ItemQuery) -> None:
        self._database = database
        self._query = query
        # orders of one generation that are asked for alike are one
        self._key: Hashable = (database.state, query.key) if database.state else next(_numbers)
        self._lock = threading.Lock()
        self._asked: list[Asked[int]] = []
        self._length: int | None = None
        self._is_cancelled = False
        self._close = weakref.finalize(self, _let_go, database, self._asked, None if database.state else self._key)

    def __len__(self) -> int:
        """How many items there are; waits for the order to be known."""
        return self._ids().len() if self._length is None else self._length

    def __getitem__(self, part: slice) -> pl.DataFrame:
        """`ordering[5:10]` is `window(5, 10)`, `ordering[-10:]` the last ten."""
        if not isinstance(part, slice) or part.step not in (None, 1):
            raise QueryError(f"Take a part of an ordering, such as [5:10], not [{part!r}].")
        start, stop, _ = part.indices(len(self))
        return self.window(start, max(start, stop))

    @_WINDOW
    def window(self, start: int, stop: int) -> pl.DataFrame:
        """Items from place `start` (0 is the first) up to, not including, `stop`: columns as `get_all`.

        The first ones are there before the whole order is known, others when it is. Raises `Cancelled`.
        """
        return rows(self._database, self._some_ids(*_bounds(start, stop)).to_list())

    def ids(self, start: int = 0, stop: int | None = None) -> pl.Series:
        """The ids of a window, of all items when no bounds are given. Raises `Cancelled`."""
        return self._some_ids(*_bounds(start, max(start, len(self)) if stop is None else stop))

    def position_of(self, item_id: int) -> int | None:
        """The place of an item, from 0; None when it is not among these. Waits for the order. Raises `Cancelled`."""
        wanted, ids = _values.whole("item_id", item_id), self._ids()
        return ids.index_of(wanted) if 0 <= wanted <= _LARGEST_SHORT or ids.dtype == pl.Int64 else None

    @_JUMP
    def position_at(self, value: object) -> int:
        """Where a value begins in what it is sorted by: "M" or a title, a year, a rating, a day.

        The place of the first item that is not before it, the length when all are. Raises `QueryError` for a value of
        another kind, and for the orders of matches and of shows, which have no such places.
        """
        self._require_open()
        query, sort = self._query, self._query.sort
        if sort.name in _WITHOUT_PLACES:
            raise QueryError(f"Sorted by {sort.name} is not sorted by a value; sort by title, year, ... to jump.")
        given: dict[str, object] = {"value": _READERS.get(sort.name, _values.number)(f"a {sort.name}", value)}
        if sort.name in _TITLES:
            given["title_key"] = normalise(str(value))
        if not query.text:
            return int(self._database.query("items/before", query.filters, sort, **given).item())
        # few are looked at by their ids, and what is nearly the text is known by these alone
        ids = self._ids()
        if ids.len() <= _MOST_AMONG:
            return int(self._database.query_once("items/before_among", None, sort, ids=ids.to_list(), **given).item())
        return int(
            self._database.query("items/found_before", query.filters, sort, **given, **matching(query.text)).item()
        )

    @property
    def is_known(self) -> bool:
        """Whether the whole order is known, so that no window waits."""
        return not self._is_cancelled and shelf.get(self._key) is not None

    def is_older_than(self, database: Database) -> bool:
        """Whether the database has a later generation than this is of."""
        return database.has_newer(self._database)

    def cancel(self) -> None:
        """Stop finding out the order; who waits for it gets `Cancelled`. What is known stays."""
        with self._lock:
            for asked in self._asked:
                asked.cancel()
            self._is_cancelled = self._is_cancelled or shelf.get(self._key) is None

    def close(self) -> None:
        """Cancel, and let go of the generation and of the memory."""
        self.cancel()
        self._close()

    def __enter__(self) -> Ordering:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def __repr__(self) -> str:
        way = " descending" if self._query.sort.descending else ""
        known = f"{len(self):,} items" if self._close.alive and self.is_known else "not known yet"
        return f"Ordering(by {self._query.sort.name}{way}: {known if self._close.alive else 'closed'})"

    def _require_open(self) -> None:
        if not self._close.alive:
            raise QueryError("This ordering is closed; ask for a new one.")
        if self._is_cancelled:
            raise Cancelled("This was cancelled; ask for a new ordering.")

    def _some_ids(self, start: int, stop: int) -> pl.Series:
        if stop <= _FIRST_ROWS and not self.is_known:
            self._require_open()
            # the rest is found out while these are looked at, not before them
            first = self._first_ids(start, stop)
            self._ask()
            if first.len():
                return first
        return self._ids().slice(start, stop - start)

    def _first_ids(self, start: int, stop: int) -> pl.Series:
        query = self._query
        if query.text and query.sort.name == "match" and is_indexed(self._database):
            return find(self._database, query.text, query.filters, limit=stop - start, skip=start)["id"]
        given = query.parameters(limit=stop - start, skip=start)
        return self._database.query(query.statement, query.filters, query.sort, **given)["id"]

    def _ask(self) -> Asked[int]:
        with self._lock:
            self._require_open()
            if not self._asked:
                self._asked.append(Asked(partial(_find_out, self._database, self._query, self._key)))
            return self._asked[0]

    def _ids(self) -> pl.Series:
        self._require_open()
        while (kept := shelf.get(self._key)) is None:
            self._length = self._ask().answer()
            with self._lock:
                # what had to go to make room for others is found out anew
                self._asked.clear()
        return kept


@_FINDING_OUT
def _find_out(database: Database, query: ItemQuery, key: Hashable) -> int:
    """Put the whole order on the shelf; its length."""
    ids = database.query_once(query.statement, query.filters, query.sort, **query.parameters())["id"]
    if query.text and not ids.len():
        ids = _nearly(database, query, query.text)
    if ids.len() and int(ids.max()) <= _LARGEST_SHORT:  # type: ignore[arg-type]
        ids = ids.cast(pl.Int32)
    shelf.put(key, ids)
    return ids.len()


def _nearly(database: Database, query: ItemQuery, text: TextQuery) -> pl.Series:
    """As a search does when nothing matches."""
    if is_indexed(database):
        ids = find_nearly(database, text, query.filters, limit=_ALL, skip=0)["id"]
    else:
        ids = database.query("items/fuzzy", query.filters, **nearly(text), limit=_ALL, skip=0)["id"]
    if query.sort.name == "match":
        return ids
    return database.query_once("items/order_among", None, query.sort, ids=ids.to_list())["id"]


def _bounds(start: int, stop: int) -> tuple[int, int]:
    start, stop = _values.whole("start", start), _values.whole("stop", stop)
    if start < 0 or stop < start:
        raise QueryError(f"A window begins at 0 or later and ends no sooner, not {start} to {stop}.")
    return start, stop


def _let_go(database: Database, asked: list[Asked[int]], key: Hashable | None) -> None:
    """`key`: of an order that is nobody else's; what others may ask for alike stays while there is room."""
    for each in asked:
        each.abandon()
    if key is not None:
        shelf.drop(key)
    database.close()
