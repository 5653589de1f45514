"""Owns the demo library's external ids, and which fields of its items a person has edited."""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import bits, chance, moment, pick, scatter, unit
from mediamgr.ingest.demo._world import World

__all__ = ["field_sources", "item_ids"]

# media type, id space, source, share that has one; spaces that number apart have a name of their own
_IDS = (
    ("movie", "movie", "imdb", 0.93, "imdb"),
    ("movie", "movie", "tmdb", 0.96, "tmdb.movie"),
    ("show", "show", "imdb", 0.86, "imdb"),
    ("show", "show", "tmdb", 0.92, "tmdb.show"),
    ("show", "show", "tvdb", 0.94, "tvdb.show"),
    ("season", "season", "tvdb", 0.45, "tvdb.season"),
    ("episode", "episode", "imdb", 0.42, "imdb"),
    ("episode", "episode", "tvdb", 0.74, "tvdb.episode"),
)
_FIELDS = ("title", "sort_title", "year", "plot", "genres", "collection", "content_rating", "tags")


def item_ids(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """The external_id rows of items."""
    by_type = {kind: items.filter(pl.col("media_type") == kind) for kind in ("movie", "show", "season", "episode")}
    return pl.concat(
        _ids(world, by_type[media_type], id_space, source, share, numbers)
        for media_type, id_space, source, share, numbers in _IDS
    )


def _ids(world: World, items: pl.DataFrame, id_space: str, source: str, share: float, numbers: str) -> pl.DataFrame:
    number = scatter(pl.col("ordinal"), world.id_width, numbers).cast(pl.String)
    external_id = pl.concat_str(pl.lit("tt"), number.str.zfill(7)) if source == "imdb" else number
    return items.filter(chance(pl.col("row"), f"id {source}", share)).select(
        "item_key",
        pl.lit(None, dtype=pl.String).alias("person_key"),
        pl.lit(source).alias("source"),
        pl.lit(id_space).alias("id_space"),
        external_id.alias("external_id"),
    )


def field_sources(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """The field_source frame: fields set by hand on a few items, after they were added."""
    edited = items.filter(chance(pl.col("row"), "edited", 0.012)).with_columns(key=bits(pl.col("row"), "edit"))
    since = (world.now_seconds - pl.col("added") - 60).clip(lower_bound=0).cast(pl.Float64)
    return edited.select(
        "item_key",
        pick(pl.col("key"), "field", _FIELDS).alias("field_name"),
        pl.lit("user").alias("source"),
        moment(pl.col("added") + (unit(pl.col("key"), "at") * since).floor().cast(pl.Int64)).alias("set_at"),
    )
