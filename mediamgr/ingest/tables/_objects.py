"""Owns rows that are about a nested object: `movie`, `show`, `season` or `episode`, as Trakt's exports have them.

A film and an episode stand in different columns of one file; each row gets the values of the object that it is
about, and a part of a show those of the show beside them. A show that lists its seasons becomes their episodes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

__all__ = ["Merged", "merged", "unrolled"]

_THINGS = ("movie", "show", "season", "episode")
_OWN = {
    "title": "title", "year": "year", "ids.imdb": "imdb_id", "ids.tmdb": "tmdb_id", "ids.tvdb": "tvdb_id",
    "overview": "plot", "tagline": "tagline", "runtime": "runtime_minutes", "certification": "content_rating",
    "rating": "rating", "votes": "votes", "genres": "genres", "country": "countries", "released": "premiered_on",
    "first_aired": "premiered_on", "number_abs": "absolute_number", "language": "original_language",
}  # fmt: skip
"""What any of the objects may say, and the field it fills."""
_OF_SHOW = {
    "title": "show_title", "year": "show_year",
    "ids.imdb": "show_imdb_id", "ids.tmdb": "show_tmdb_id", "ids.tvdb": "show_tvdb_id",
}  # fmt: skip
_PLACES = {"season_number": ("episode.season", "season.number"), "episode_number": ("episode.number",)}
_PARTS = ("season", "episode")


@dataclass(frozen=True, slots=True)
class Merged:
    """The columns that objects give.

    Attributes:
        frame: The frame, with a column more where a field comes from several: "movie.title, episode.title".
        columns: Field to its column.
        parts: Columns of the file that those are made of.
    """

    frame: pl.DataFrame
    columns: Mapping[str, str]
    parts: frozenset[str]


def merged(frame: pl.DataFrame) -> Merged:
    """Fields filled by the object of each row; none when no row has one.

    The object is the one that a column `type` names, else the smallest that the row has: an episode comes with
    its show.
    """
    held = [thing for thing in _THINGS if any(name.startswith(f"{thing}.") for name in frame.columns)]
    if not held or frame.is_empty():
        return Merged(frame, {}, frozenset())
    things = frame.select(thing=_thing(frame, held)).to_series()
    columns = {"media_type": "type" if "type" in frame.columns else ", ".join(held)}
    made, parts = [things.alias(columns["media_type"])], set[str]()
    for field, sources in _sources([thing for thing in held if thing in set(things)]).items():
        there = {name: of for name, of in sources.items() if name in frame.columns and frame[name].dtype != pl.Null}
        if not there:
            continue
        parts |= set(there)
        first = next(iter(there))
        columns[field] = first
        if len(there) > 1 or (frame[first].is_not_null() & ~things.is_in(there[first])).any():
            whose = "" if len(there) > 1 else f" of {' or '.join(there[first])}"
            columns[field] = f"{', '.join(there)}{whose}"
            made.append(_coalesced(frame, things, there).alias(columns[field]))
    return Merged(frame.with_columns(made), columns, frozenset(parts))


def _sources(things: list[str]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Field to the columns that may fill it, each with the objects for whose rows it does."""
    told: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, field in _OWN.items():
        told.setdefault(field, {}).update({f"{thing}.{name}": (thing,) for thing in things})
    if any(thing in _PARTS for thing in things):
        told |= {field: {f"show.{name}": _PARTS} for name, field in _OF_SHOW.items()}
        told |= {field: dict.fromkeys(names, _PARTS) for field, names in _PLACES.items()}
    return told


def _thing(frame: pl.DataFrame, held: list[str]) -> pl.Expr:
    """Which object a row is about; what `type` says where that is none of ours."""
    said = pl.col("type").cast(pl.String, strict=False) if "type" in frame.columns else pl.lit(None, pl.String)
    present = [
        pl.when(
            pl.any_horizontal(pl.col(name).is_not_null() for name in frame.columns if name.startswith(f"{thing}."))
        ).then(pl.lit(thing))
        for thing in reversed(held)
    ]
    return pl.coalesce(said.replace({"movies": "movie", "shows": "show"}), *present)


def _coalesced(frame: pl.DataFrame, things: pl.Series, sources: Mapping[str, tuple[str, ...]]) -> pl.Series:
    """What fits each row's object; lists and text do not mix, so the type of the first decides."""
    dtypes = {frame[name].dtype for name in sources}
    nested = next((frame[name].dtype for name in sources if frame[name].dtype.is_nested()), None)
    dtype = nested or (dtypes.pop() if len(dtypes) == 1 else pl.String())
    return pl.select(
        pl.coalesce(
            pl.when(things.is_in(of)).then(frame[name].cast(dtype, strict=False))
            for name, of in sources.items()
            if nested is None or frame[name].dtype == nested
        )
    ).to_series()


def unrolled(frame: pl.DataFrame) -> pl.DataFrame:
    """A row for each episode where rows are shows with `seasons` of `episodes`; as it is, where they are not.

    What the episode says, such as when it was last watched, comes before what the show says.
    """
    if "seasons" not in frame.columns or not any(name.startswith("show.") for name in frame.columns):
        return frame
    for field, inner, outer in (("seasons", "season", "episodes"), ("season.episodes", "episode", "")):
        if field not in frame.columns or not _is_of_objects(frame[field].dtype, outer):
            return frame
        frame = frame.explode(field, empty_as_null=True)
        fields = frame[field].struct.unnest()
        frame = frame.drop(field).with_columns(_deeper(frame, inner, fields[name]) for name in fields.columns)
    return frame


def _is_of_objects(dtype: pl.DataType, needed: str) -> bool:
    inner = dtype.inner if isinstance(dtype, pl.List) else None
    return isinstance(inner, pl.Struct) and (not needed or any(field.name == needed for field in inner.fields))


def _deeper(frame: pl.DataFrame, thing: str, values: pl.Series) -> pl.Series:
    if values.name not in frame.columns:
        return values.alias(f"{thing}.{values.name}")
    if values.dtype != frame[values.name].dtype:
        return frame[values.name]
    return values.to_frame().select(pl.col(values.name).fill_null(frame[values.name])).to_series()
