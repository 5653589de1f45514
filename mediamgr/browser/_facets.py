"""Owns what the list can be narrowed by with a click: facets with counts that follow the query, and chips."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any, Final, cast

import polars as pl

from mediamgr.errors import QueryError
from mediamgr.languages import language_name
from mediamgr.repository import ItemFilters, MediaItemRepository, item_filters

__all__ = ["GROUPS", "chips", "facets", "narrowed"]

_log = logging.getLogger(__name__)
Filters = Mapping[str, Any]

_LABELS: Final[Mapping[str, str]] = {
    "library": "Library", "media_type": "Type", "genre": "Genre", "decade": "Decade", "rating": "Rating",
    "watched": "Watched", "lacks": "Missing", "resolution": "Resolution", "video_codec": "Video codec",
    "audio_language": "Audio language",
}  # fmt: skip
GROUPS: Final = (
    ("library", "media_type", "genre", "decade", "rating", "watched"),
    ("lacks",),
    ("resolution", "video_codec", "audio_language"),
)
"""Facets that cost alike: what is quick comes first."""
_MOST_VALUES: Final = 30
_SINGLE: Final = ("watched",)
_SPOKEN: Final[Mapping[str, Mapping[str, str]]] = {
    "media_type": {"movie": "Films", "show": "Shows", "season": "Seasons", "episode": "Episodes"},
    "watched": {"true": "Watched", "false": "Not watched"},
    "lacks": {"poster": "No poster", "subtitles": "No subtitles", "plot": "No plot"},
}


def facets(
    items: MediaItemRepository, group: tuple[str, ...], filters: Filters, ids: list[int] | None
) -> Iterator[dict[str, Any]]:
    """The facets of a group, as the page shows them, most frequent values first.

    One that is narrowed by counts what it would give without that, so that more of its values can be chosen. `ids`:
    what matches the text; None when there is no text.
    """
    free = [name for name in group if name not in filters]
    counted = _counted(items, free, filters, ids)
    for name in group:
        if name in filters:
            others = {key: value for key, value in filters.items() if key != name}
            yield _shown(name, _counted(items, [name], others, ids), _meant(name, filters[name]))
        else:
            yield _shown(name, counted.filter(pl.col("facet") == name), frozenset())


def narrowed(filters: Filters, name: str, value: str, *, on: bool) -> dict[str, Any]:
    """The filters with one value of a facet more, or fewer. Raises `QueryError` for what is no facet."""
    if name not in _LABELS:
        raise QueryError(f"There is no facet {name!r}.")
    others = {key: held for key, held in filters.items() if key != name}
    if name in _SINGLE:
        return {**others, name: value == "true"} if on else others
    held = [each for each in _listed(filters.get(name)) if not _meant(name, each) & _meant(name, value)]
    values = [*held, value] if on else held
    return {**others, name: values} if values else others


def chips(filters: Filters, names: Mapping[str, str]) -> list[dict[str, str | None]]:
    """What is chosen, each with what takes it away; `names`: how values of ids are called."""
    shown: list[dict[str, str | None]] = []
    for name, value in filters.items():
        label = _LABELS.get(name, name.replace("_", " ").capitalize())
        if name in _LABELS and name not in _SINGLE:
            shown += [
                {"name": name, "value": str(each), "label": f"{label}: {_spoken(name, str(each))}"}
                for each in _listed(value)
            ]
        elif name in names:
            shown.append({"name": name, "value": None, "label": names[name]})
        elif isinstance(value, bool):
            shown.append({"name": name, "value": None, "label": _spoken(name, str(value).lower(), f"{label}: {value}")})
        else:
            told = ", ".join(map(str, _listed(value)))
            shown.append({"name": name, "value": None, "label": f"{label}: {told[:60]}"})
    return shown


def _counted(items: MediaItemRepository, names: list[str], filters: Filters, ids: list[int] | None) -> pl.DataFrame:
    if not names:
        return pl.DataFrame(schema={"facet": pl.String, "value": pl.String, "items": pl.Int64})
    among = {} if ids is None else {"id": ids}
    return items.facets(names, **cast(ItemFilters, {**filters, **among}))


def _shown(name: str, counted: pl.DataFrame, chosen: frozenset[str]) -> dict[str, Any]:
    rows = counted.drop_nulls("value").select("value", "items").rows()
    if name in ("decade", "rating"):
        rows.sort(key=lambda row: -int(row[0].removesuffix("s")))
    kept = [row for number, row in enumerate(rows) if number < _MOST_VALUES or _meant(name, row[0]) & chosen]
    values = [
        {"value": value, "label": _spoken(name, value), "items": count, "chosen": bool(_meant(name, value) & chosen)}
        for value, count in kept
    ]
    return {"name": name, "label": _LABELS[name], "values": values}


def _meant(name: str, value: object) -> frozenset[str]:
    """What a filter's value stands for, however it is spelled: "drama" is "Drama", "4k" 2160p, "Spanish" es."""
    try:
        value = item_filters()[name].read(name, value)
    except QueryError:
        # a value that items have and nobody may ask for stands for itself
        _log.debug("%s %r cannot be asked for", name, value)
    return frozenset(str(each).casefold() for each in _listed(value))


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _spoken(name: str, value: str, otherwise: str | None = None) -> str:
    if name == "audio_language":
        return language_name(value) or value
    if name == "rating":
        return f"{value} to {value}.9"
    return _SPOKEN.get(name, {}).get(value, otherwise or value)
