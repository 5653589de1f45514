"""Owns what items can be narrowed by. Decides only; the conditions are in sql/queries/items/filters.sql."""

from __future__ import annotations

from typing import Any, TypedDict

from mediamgr.errors import QueryError
from mediamgr.search import normalise

__all__ = ["ItemFilters", "PageBounds", "chosen", "page_bounds"]


class ItemFilters(TypedDict, total=False):
    """What items can be narrowed by; a filter that is left out or None does not narrow.

    Languages are BCP 47, ratings 0 to 10, `resolution` is a class such as "1080p", `person` a name.
    "without_…" keeps items that have none of it: `without_subtitle_language="es"` are films and episodes
    with no Spanish subtitle, neither inside a file nor beside it.
    """

    library_id: int | None
    media_type: str | None
    parent_id: int | None
    year: int | None
    year_from: int | None
    year_to: int | None
    genre: str | None
    country: str | None
    min_rating: float | None
    max_rating: float | None
    min_runtime_minutes: int | None
    max_runtime_minutes: int | None
    person: str | None
    person_id: int | None
    resolution: str | None
    video_codec: str | None
    audio_language: str | None
    without_audio_language: str | None
    subtitle_language: str | None
    without_subtitle_language: str | None
    without_artwork: str | None
    watched: bool | None
    has_file: bool | None


def chosen(filters: ItemFilters) -> dict[str, Any]:
    """The filters that narrow, in their order. Raises `QueryError` for a name that is not a filter."""
    known = ItemFilters.__annotations__
    if unknown := sorted(set(filters) - set(known)):
        raise QueryError(f"There is no filter {', '.join(unknown)}; there are {', '.join(known)}.")
    given: dict[str, Any] = {name: filters.get(name) for name in known if filters.get(name) is not None}
    if "person" in given:
        given["person"] = normalise(given["person"])
    return given


class PageBounds(TypedDict):
    """A page as the statements take it; both count rows."""

    limit: int
    skip: int


def page_bounds(limit: int, offset: int) -> PageBounds:
    """`limit` and `offset` as the statements take them. Raises `QueryError` for a negative one."""
    if limit < 0 or offset < 0:
        raise QueryError(f"limit and offset count rows from 0, not {limit} and {offset}.")
    return PageBounds(limit=limit, skip=offset)
