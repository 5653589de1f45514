"""Owns what items can be narrowed by: the filters' names, meanings and values, said once and shown by `help`.

Decides only; the conditions are in sql/queries/items/filters.sql, by the same names.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, ParamSpec, TypedDict, TypeVar, get_args, get_type_hints

from mediamgr.errors import QueryError
from mediamgr.repository import _values
from mediamgr.repository._values import Reader
from mediamgr.store.guard import nearest

__all__ = [
    "ARTWORK_TYPES",
    "Filter",
    "ItemFilters",
    "PageBounds",
    "chosen",
    "item_filters",
    "page_bounds",
    "takes_filters",
]

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")
_ALL = 2**62

Words = str | Iterable[str]

MEDIA_TYPES = ("movie", "show", "season", "episode")
ARTWORK_TYPES = ("poster", "backdrop", "banner", "logo", "clearart", "thumb", "still", "disc", "profile")
"""What a picture may be of an item."""
LACKS = ("poster", "subtitles", "plot")
RESOLUTIONS = ("480p", "576p", "720p", "1080p", "1440p", "2160p")
_MEANT_TYPES = {
    "film": "movie", "films": "movie", "series": "show", "tv": "show", "tvshow": "show", "serie": "show",
}  # fmt: skip
_MEANT_ARTWORK = {"fanart": "backdrop", "background": "backdrop", "cover": "poster", "folder": "poster"}
_SAME_RESOLUTIONS = {"4k": "2160p", "uhd": "2160p"}
_SAME_CODECS = {
    "avc": "h264", "h.264": "h264", "x264": "h264", "h265": "hevc", "h.265": "hevc", "x265": "hevc",
}  # fmt: skip


def _codecs(name: str, value: object) -> list[str]:
    return [_SAME_CODECS.get(each.lower(), each.lower()) for each in _values.words(name, value)]


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing items can be narrowed by.

    Attributes:
        meaning: What it keeps, for people.
        read: Gives the value as the statement takes it; raises `QueryError` for one that is not allowed.
    """

    meaning: str
    read: Reader


class ItemFilters(TypedDict, total=False):
    """What items can be narrowed by; a filter that is left out or None does not narrow.

    A filter of words takes one or a list, any of which will do. Case, accents and punctuation of genres, countries
    and people do not matter. "without_…" keeps items that have none of it: `without_subtitle_language="es"` are
    films and episodes with no Spanish subtitle, neither inside a file nor beside it.
    """

    library_id: Annotated[int | None, Filter("a library inside the file, as in lib.about.libraries()", _values.whole)]
    library: Annotated[Words | None, Filter("the name of a library inside the file", _values.words)]
    id: Annotated[int | Iterable[int] | None, Filter("one of these items", _values.ids)]
    media_type: Annotated[
        Words | None, Filter("movie, show, season, episode", _values.some_of(MEDIA_TYPES, _MEANT_TYPES))
    ]
    parent_id: Annotated[int | None, Filter("seasons of that show, episodes of that season", _values.whole)]
    year: Annotated[int | None, Filter("of release", _values.whole)]
    year_from: Annotated[int | None, Filter("that year or later", _values.whole)]
    year_to: Annotated[int | None, Filter("that year or earlier", _values.whole)]
    decade: Annotated[int | Words | None, Filter('such as 1990 or "1990s"', _values.decades)]
    genre: Annotated[Words | None, Filter('such as "Drama" or "sci-fi"', _values.words)]
    country: Annotated[Words | None, Filter('ISO 3166-1, such as "FR"', _values.words)]
    min_rating: Annotated[float | None, Filter("community rating of at least that, 0 to 10", _values.rating)]
    max_rating: Annotated[float | None, Filter("community rating of at most that, 0 to 10", _values.rating)]
    rating: Annotated[int | Words | None, Filter("whole stars: 7 is a community rating of 7.0 to 7.9", _values.stars)]
    min_runtime_minutes: Annotated[int | None, Filter("at least so long", _values.number)]
    max_runtime_minutes: Annotated[int | None, Filter("at most so long", _values.number)]
    person: Annotated[Words | None, Filter("whole name of somebody who worked on it", _values.names)]
    person_id: Annotated[int | None, Filter("id of somebody who worked on it, as in lib.people", _values.whole)]
    resolution: Annotated[
        Words | None,
        Filter("480p, 576p, 720p, 1080p, 1440p, 2160p", _values.some_of(RESOLUTIONS, same=_SAME_RESOLUTIONS)),
    ]
    video_codec: Annotated[Words | None, Filter("h264, hevc, av1, ...", _codecs)]
    audio_language: Annotated[Words | None, Filter('such as "fr", "pt-BR" or "Spanish"', _values.languages)]
    without_audio_language: Annotated[Words | None, Filter("films and episodes without such sound", _values.languages)]
    subtitle_language: Annotated[Words | None, Filter("inside a file or beside it", _values.languages)]
    without_subtitle_language: Annotated[Words | None, Filter("films and episodes without such", _values.languages)]
    without_artwork: Annotated[
        Words | None, Filter("poster, backdrop, banner, logo, ...", _values.some_of(ARTWORK_TYPES, _MEANT_ARTWORK))
    ]
    lacks: Annotated[Words | None, Filter("poster, subtitles, plot", _values.some_of(LACKS))]
    watched: Annotated[bool | None, Filter("whether anybody played it", _values.flag)]
    has_file: Annotated[bool | None, Filter("whether a file of it is there", _values.flag)]
    missing: Annotated[bool | None, Filter("whether it had files and all of them are gone", _values.flag)]


@cache
def item_filters() -> dict[str, Filter]:
    """Each filter by its name, in their order."""
    hints = get_type_hints(ItemFilters, include_extras=True)
    return {name: get_args(hint)[1] for name, hint in hints.items()}


def chosen(filters: ItemFilters) -> dict[str, Any]:
    """The filters that narrow, as statements take them. Raises `QueryError` for a wrong name or value."""
    known = item_filters()
    if unknown := sorted(set(filters) - set(known)):
        hint = nearest(unknown[0], list(known))
        raise QueryError(f"There is no filter {unknown[0]!r}; {hint} help(lib.search) lists all.")
    given: dict[str, Any] = dict(filters)
    return {name: known[name].read(name, given[name]) for name in known if given.get(name) is not None}


def takes_filters(method: Callable[_Given, _Answer]) -> Callable[_Given, _Answer]:
    """A method that takes `**filters`, which now shows them in its signature and its docstring."""
    told = inspect.signature(method)
    own = [each for each in told.parameters.values() if each.kind is not each.VAR_KEYWORD]
    types = get_type_hints(ItemFilters)
    kinds = {name: inspect.formatannotation(kind).replace("collections.abc.", "") for name, kind in types.items()}
    shown = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind)
        for name, kind in kinds.items()
    ]
    vars(method)["__signature__"] = told.replace(parameters=[*own, *shown])
    lines = "\n".join(f"    {name}: {each.meaning}" for name, each in item_filters().items())
    method.__doc__ = f"{inspect.getdoc(method)}\n\n{_HEADING}\n{lines}\n"
    return method


_HEADING = "Filters (None does not narrow; of a list of words any will do):"


class PageBounds(TypedDict):
    """A page as the statements take it; both count rows."""

    limit: int
    skip: int


def page_bounds(limit: int | None, offset: int) -> PageBounds:
    """`limit` (None: all) and `offset` as statements take them. Raises `QueryError` for what does not count rows."""
    bounds = PageBounds(
        limit=_ALL if limit is None else _values.whole("limit", limit), skip=_values.whole("offset", offset)
    )
    if bounds["limit"] < 0 or bounds["skip"] < 0:
        raise QueryError(f"limit and offset count rows from 0, not {limit} and {offset}; limit=None gives all.")
    return bounds
