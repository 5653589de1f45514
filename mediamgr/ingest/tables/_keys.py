"""Owns the natural keys of what a table names: the same that a scan gives, so that an import enriches it.

An item that the library knows by one of the ids keeps its key, and so does a film or show known by its type,
title and year; a new one with an IMDb id is "imdb:tt...". An episode or season is its place in the show. A person
is "imdb:nm..." or "name:" and the name.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from mediamgr.search import normalise_expr

__all__ = ["REFERENCE", "KnownKeys", "with_item_keys", "with_person_keys"]

REFERENCE = {
    "item_key": pl.String, "title": pl.String, "year": pl.Int16, "media_type": pl.String,
    "imdb_id": pl.String, "tmdb_id": pl.String, "tvdb_id": pl.String, "show_title": pl.String,
    "show_year": pl.Int16, "season_number": pl.Int32, "episode_number": pl.Int32, "absolute_number": pl.Int32,
}  # fmt: skip
"""What names an item, and its types."""


_IDS = pl.Schema({"source": pl.String, "id_space": pl.String, "external_id": pl.String, "item_key": pl.String})


@dataclass(frozen=True, slots=True)
class KnownKeys:
    """The items a library holds.

    Attributes:
        items: Their natural keys: item_key.
        ids: What others call them: source, id_space, external_id, item_key.
    """

    items: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema={"item_key": pl.String}))
    ids: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=_IDS))


def with_item_keys(rows: pl.DataFrame, known: KnownKeys) -> pl.DataFrame:
    """Rows with `item_key`, `media_type` and, for parts of shows, `show_key`; titles of parts filled in.

    A row that says too little to name an item has a null `item_key`.
    """
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in REFERENCE.items() if name not in rows.columns]
    numbered = pl.any_horizontal(pl.col("season_number", "episode_number").is_not_null())
    guess = pl.when(pl.col("show_title").is_not_null() & numbered).then(pl.lit("episode")).otherwise(pl.lit("movie"))
    rows = rows.with_columns(absent).with_columns(pl.col("media_type").fill_null(guess))
    is_part = pl.col("show_title").is_not_null() & pl.col("media_type").is_in(["season", "episode"])
    in_season = is_part & pl.col("episode_number").is_not_null()
    rows = rows.with_columns(
        show_key=pl.when(is_part).then(_titled(pl.lit("show"), "show_title", "show_year")),
        season_number=pl.when(in_season).then(pl.col("season_number").fill_null(1)).otherwise("season_number"),
    )
    rows = rows.with_columns(pl.col("title").fill_null(_part_title()))
    rows, found = _known_by_id(rows, known.ids)
    rows = rows.with_columns(_titled(pl.col("media_type"), "title", "year").alias("titled_key"))
    is_there = pl.col("titled_key").is_in(known.items["item_key"].implode())
    return rows.with_columns(
        item_key=pl.coalesce(
            "item_key",
            *found,
            pl.format("{}/{}", "show_key", _place()),
            pl.when(is_there).then("titled_key"),
            pl.format("imdb:{}", "imdb_id"),
            "titled_key",
        )
    ).drop("titled_key", *found)


def _known_by_id(rows: pl.DataFrame, ids: pl.DataFrame) -> tuple[pl.DataFrame, list[str]]:
    """The rows with a column for each source that knows any: the key of the item with the row's id."""
    found = []
    for source in ("imdb", "tmdb", "tvdb"):
        held = ids.filter(pl.col("source") == source).unique(["id_space", "external_id"], keep="first")
        if held.height:
            found.append(f"{source}_known")
            held = held.select("id_space", "external_id", pl.col("item_key").alias(found[-1]))
            keys = ["media_type", f"{source}_id"]
            rows = rows.join(
                held, left_on=keys, right_on=["id_space", "external_id"], how="left", maintain_order="left"
            )
    return rows, found


def with_person_keys(rows: pl.DataFrame, id_column: str = "imdb_id") -> pl.DataFrame:
    """Rows with `person_key`, null where neither an id nor a name is known."""
    names = ("person_key", "name", id_column)
    rows = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in names if name not in rows.columns)
    by_name = pl.format("name:{}", normalise_expr(pl.col("name")))
    return rows.with_columns(person_key=pl.coalesce("person_key", pl.format("imdb:{}", id_column), by_name))


def _titled(kind: pl.Expr, title: str, year: str) -> pl.Expr:
    return pl.format("{}:{}:{}", kind, normalise_expr(pl.col(title)), pl.col(year).cast(pl.String).fill_null(""))


def _two(number: str) -> pl.Expr:
    return pl.col(number).cast(pl.String).str.zfill(2)


def _place() -> pl.Expr:
    """What stands after the show in the key of an episode or season."""
    numbered = pl.format("s{}e{}", _two("season_number"), _two("episode_number"))
    absolute = pl.format("e{}", pl.col("absolute_number").cast(pl.String).str.zfill(3))
    is_season = pl.col("media_type") == "season"
    episode = pl.coalesce(numbered, absolute, normalise_expr(pl.col("title")))
    return pl.when(is_season).then(pl.format("s{}", _two("season_number"))).otherwise(episode)


def _part_title() -> pl.Expr:
    """The title of an episode or season that has none."""
    season = pl.when(pl.col("season_number") == 0).then(pl.lit("Specials")).otherwise(
        pl.format("Season {}", "season_number")
    )  # fmt: skip
    episode = pl.format("S{}E{}", _two("season_number"), _two("episode_number"))
    known = pl.when(pl.col("media_type") == "season").then(season).when(pl.col("media_type") == "episode").then(episode)
    return pl.when(pl.col("show_key").is_not_null()).then(known)
