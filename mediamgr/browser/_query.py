"""Owns what is shown as a value: a dict that `lib.items.ordering(**query)` takes, and the model's form of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

from mediamgr.errors import QueryError
from mediamgr.lazy_model import Query
from mediamgr.repository import ItemFilters

__all__ = ["as_dict", "as_query"]


def as_query(given: Mapping[str, Any]) -> Query:
    """The model's form. Raises `QueryError` for what is no query."""
    if not isinstance(given, Mapping) or not all(isinstance(name, str) for name in given):
        raise QueryError('A query is a dict such as {"query": "desert", "sort": "year", "genre": "Drama"}.')
    filters = {
        name: _listed(value)
        for name, value in given.items()
        if name not in ("query", "sort", "descending") and value is not None
    }
    text, sort = given.get("query") or "", given.get("sort")
    return Query(text, None if sort == "match" else sort, given.get("descending", False), cast(ItemFilters, filters))


def _listed(value: Any) -> Any:
    """Ids and words as a list, were they a column of a frame: what is shown is compared, and told."""
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else value


def as_dict(query: Query) -> dict[str, Any]:
    """What differs from showing everything by title."""
    told: dict[str, Any] = {"query": query.text, "sort": query.sort, "descending": query.descending}
    return {name: value for name, value in told.items() if value} | dict(query.filters)
