"""Owns what several rows open together in the browser: one query, when there is one that shows them all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mediamgr.errors import QueryError
from mediamgr.repository import item_filters

__all__ = ["Opened", "opened"]

Query = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """What is to be shown for some rows.

    Attributes:
        query: As `lib.browse(**query)` takes it; None: nothing.
        item: id of the one item that it is about, if it is one.
        said: What is to be known of rows that are not shown; "" when all are.
    """

    query: dict[str, Any] | None
    item: int | None = None
    said: str = ""


def opened(queries: Sequence[Query | None]) -> Opened:
    """What rows show together, each of which opens a query or nothing, in the order of selecting."""
    given = [query for query in queries if query]
    if not given:
        told = "This row opens nothing." if len(queries) == 1 else "These rows open nothing."
        return Opened(None, said=told if queries else "")
    united = _united(given)
    if united is None:
        last = dict(given[-1])
        return Opened(last, _item(last), "These rows cannot be shown together: this is the last one.")
    without = len(queries) - len(given)
    said = f"{without:,} of {len(queries):,} rows {'opens' if without == 1 else 'open'} nothing." if without else ""
    return Opened(united, _item(united), said)


def _united(queries: Sequence[Query]) -> dict[str, Any] | None:
    """One query for all; None when they differ in more than the values of one filter that takes several."""
    first = dict(queries[0])
    if any(set(each) != set(first) for each in queries):
        return None
    differing = [name for name in first if any(each[name] != first[name] for each in queries)]
    if not differing:
        return first
    name = differing[0]
    values = list(dict.fromkeys(value for each in queries for value in _listed(each[name])))
    return first | {name: values} if len(differing) == 1 and _takes_several(name, values) else None


def _takes_several(name: str, values: list[Any]) -> bool:
    try:
        item_filters()[name].read(name, values)
    except (KeyError, QueryError):
        return False
    return True


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _item(query: Query) -> int | None:
    ids = _listed(query["id"]) if set(query) == {"id"} else []
    return int(ids[0]) if len(ids) == 1 else None
