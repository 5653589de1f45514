"""Owns an order of items that can be looked at anywhere: a window costs the same at any depth.

The order is computed once, in the background, as ids, and sliced; its beginning can be seen before that is done.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import polars as pl

from mediamgr.errors import Cancelled, QueryError
from mediamgr.repository import _values
from mediamgr.repository._finding import find, find_nearly, is_indexed, matching, nearly
from mediamgr.repository._rows import rows
from mediamgr.repository._shelf import shelf
from mediamgr.search import TextQuery
from mediamgr.store.background import Asked
from mediamgr.store.database import Database
from mediamgr.store.guard import nearest
from mediamgr.store.statements import Sort, sort_names

__all__ = ["SORTS", "ItemQuery", "Ordering", "sorted_by"]

_ALL: Final = 2**62
_FIRST_ROWS: Final = 2_000
"""Rows from the beginning that are asked for directly while the order is not known."""
_INTERNAL = ("match", "title_key")
SORTS: Final = tuple(name for name in sort_names() if name not in _INTERNAL)
"""What items can be sorted by."""
_LARGEST_SHORT: Final = 2**31 - 1


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
        self._asked: Asked | None = None
        self._length: int | None = None
        self._is_cancelled = False
        self._close = weakref.finalize(self, _let_go, database, None if database.state else self._key)

    def __len__(self) -> int:
        """How many items there are; waits for the order to be known."""
        return self._ids().len() if self._length is None else self._length

    def window(self, start: int, stop: int) -> pl.DataFrame:
        """Items from place `start` (0 is the first) up to, not including, `stop`: columns as `get_all`.

        The first ones are there before the whole order is known, others when it is. Raises `Cancelled`.
        """
        start, stop = _values.whole("start", start), _values.whole("stop", stop)
        if start < 0 or stop < start:
            raise QueryError(f"A window begins at 0 or later and ends no sooner, not {start} to {stop}.")
        return rows(self._database, self._some_ids(start, stop).to_list())

    def ids(self, start: int = 0, stop: int | None = None) -> pl.Series:
        """The ids of a window, of all items when no bounds are given. Raises `Cancelled`."""
        return self._some_ids(start, len(self) if stop is None else stop)

    def position_of(self, item_id: int) -> int | None:
        """The place of an item, from 0; None when it is not among these. Waits for the order. Raises `Cancelled`."""
        wanted = _values.whole("item_id", item_id)
        return self._ids().index_of(wanted) if 0 <= wanted <= _LARGEST_SHORT or self._ids().dtype == pl.Int64 else None

    def position_at(self, value: object) -> int:
        """Where a value begins in what it is sorted by: "M" or a title, a year, a rating, a time.

        The place of the first item that is not before it, the length when all are. Raises `QueryError` for an order of
        matches, which has no such places.
        """
        sort = self._query.sort
        if sort.name == "match":
            raise QueryError("Matches are not sorted by a value; sort them by title, year, ... to jump.")
        given = {**self._query.parameters(), "value": value}
        given.pop("limit")
        given.pop("skip")
        statement = "items/found_before" if self._query.text else "items/before"
        return int(self._database.query(statement, self._query.filters, sort, **given).item())

    @property
    def is_known(self) -> bool:
        """Whether the whole order is known, so that no window waits."""
        return shelf.get(self._key) is not None or bool(self._asked and self._asked.is_answered)

    def cancel(self) -> None:
        """Stop finding out the order; who waits for it gets `Cancelled`. What is known stays."""
        with self._lock:
            if self._asked:
                self._asked.cancel()
            self._is_cancelled = shelf.get(self._key) is None

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
        known = f"{len(self):,} items" if self.is_known and not self._is_cancelled else "not known yet"
        return f"Ordering(by {self._query.sort.name}{way}: {known})"

    def _some_ids(self, start: int, stop: int) -> pl.Series:
        if not self.is_known and stop <= _FIRST_ROWS and not self._is_cancelled:
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

    def _ask(self) -> Asked:
        query = self._query
        with self._lock:
            if self._is_cancelled:
                raise Cancelled("This was cancelled; ask for a new ordering.")
            self._asked = self._asked or Asked(
                self._database, query.statement, query.filters, query.sort, **query.parameters()
            )
            return self._asked

    def _ids(self) -> pl.Series:
        if (kept := shelf.get(self._key)) is not None:
            return kept
        ids = self._ask().answer()["id"]
        if self._query.text and not ids.len():
            ids = self._nearly(self._query.text)
        if ids.len() and int(ids.max()) <= _LARGEST_SHORT:  # type: ignore[arg-type]
            ids = ids.cast(pl.Int32)
        with self._lock:
            self._asked = None
            self._length = ids.len()
        shelf.put(self._key, ids)
        return ids

    def _nearly(self, text: TextQuery) -> pl.Series:
        """As a search does when nothing matches."""
        if is_indexed(self._database):
            return find_nearly(self._database, text, self._query.filters, limit=_ALL, skip=0)["id"]
        return self._database.query("items/fuzzy", self._query.filters, **nearly(text), limit=_ALL, skip=0)["id"]


def _let_go(database: Database, key: Hashable | None) -> None:
    """`key`: of an order that is nobody else's; what others may ask for alike stays while there is room."""
    if key is not None:
        shelf.drop(key)
    database.close()
