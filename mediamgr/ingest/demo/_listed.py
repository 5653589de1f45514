"""Owns what is listed of the demo library's shows, whether it is there or not: what gaps leave out, what is to come."""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import below, bits, chance
from mediamgr.ingest.demo._titles import shown_title
from mediamgr.ingest.demo._world import DAY, World

__all__ = ["listed_episodes"]

_LISTED = 0.35


def listed_episodes(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """The listed_episode frame: every show that goes on, and some others.

    A list has the numbers that a season lacks, at times one or two after the last, and of a show that goes on what is
    to come.
    """
    numbered = _seasons(world, items).with_columns(
        episode_number=pl.int_ranges(1, pl.col("last") + pl.col("late") + pl.col("ahead") + 1)
    )
    numbered = numbered.explode("episode_number").with_columns(pl.col("episode_number").cast(pl.Int32))
    held = items.filter(pl.col("media_type") == "episode").select(
        "parent_key", "episode_number", "title", "premiered_on"
    )
    rows = numbered.join(held, on=("parent_key", "episode_number"), how="left", maintain_order="left")
    work = bits(pl.col("row") + pl.col("episode_number").cast(pl.UInt64), "listed.episode")
    is_ahead = pl.col("episode_number") > pl.col("last") + pl.col("late")
    later = world.now_seconds // DAY + 7 * (pl.col("episode_number") - pl.col("last") - pl.col("late"))
    aired = pl.col("first_day") + 7 * (pl.col("episode_number") - 1)
    return rows.select(
        "item_key",
        pl.lit("demo").alias("source"),
        pl.col("season_number"),
        pl.col("episode_number"),
        pl.lit(None, dtype=pl.Int32).alias("absolute_number"),
        pl.when(~is_ahead).then(pl.coalesce("title", shown_title(work, pl.col("lang")))).alias("title"),
        pl.when(is_ahead)
        .then(pl.when(~chance(work, "unplanned", 0.3)).then(later))
        .otherwise(pl.col("premiered_on").cast(pl.Int32).fill_null(aired))
        .cast(pl.Int32)
        .cast(pl.Date)
        .alias("premiered_on"),
        pl.lit(None, dtype=pl.Int32).alias("runtime_minutes"),
        (work % 100_000_000).cast(pl.String).alias("external_id"),
    )


def _seasons(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """A row a season that is listed: its last number, how many follow that have aired, and how many are to come."""
    shows = items.filter(
        (pl.col("media_type") == "show")
        & ((pl.col("series_status") == "continuing") | chance(pl.col("row"), "listed", _LISTED))
    ).select("item_key", goes_on=pl.col("series_status") == "continuing")
    lasts = (
        items.filter(pl.col("media_type") == "episode").group_by("parent_key").agg(last=pl.col("episode_number").max())
    )
    seasons = items.filter((pl.col("media_type") == "season") & (pl.col("season_number") > 0)).select(
        item_key="parent_key", parent_key="item_key", season_number="season_number", row="row", lang="lang",
        first_day=pl.col("premiered_on").cast(pl.Int32),
    )  # fmt: skip
    key = pl.col("row")
    is_last = pl.col("season_number") == pl.col("season_number").max().over("item_key")
    return (
        seasons.join(shows, on="item_key", maintain_order="left")
        .join(lasts, on="parent_key", maintain_order="left")
        .with_columns(
            late=pl.when(chance(key, "late", 0.06)).then(below(key, "late.many", 2).cast(pl.Int32) + 1).otherwise(0),
            ahead=pl.when(is_last & pl.col("goes_on")).then(below(key, "ahead", 5).cast(pl.Int32) + 2).otherwise(0),
        )
    )
