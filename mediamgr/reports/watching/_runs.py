"""Owns days in a row: streaks of somebody who watches, and shows that were watched in one go."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

__all__ = ["binges", "streaks"]


def streaks(days: pl.DataFrame, given: Mapping[str, Any]) -> pl.DataFrame:
    """Streaks of at least `least_days` days, the longest first.

    Args:
        days: person, day, plays, hours, days_ago; a row a person and day.
        given: What was asked with.
    """
    return (
        _in_runs(days.lazy().sort("person", "day"), apart=1)
        .group_by("person", "run")
        .agg(
            first_on=pl.col("day").min(),
            last_on=pl.col("day").max(),
            days=pl.len().cast(pl.Int64),
            plays=pl.col("plays").sum(),
            hours=pl.col("hours").sum().round(1),
            days_ago=pl.col("days_ago").min(),
        )
        .filter(pl.col("days") >= given["least_days"])
        .drop("run")
        .sort("days", "last_on", "person", descending=[True, True, False])
        .collect()
    )


def binges(plays: pl.DataFrame, given: Mapping[str, Any]) -> pl.DataFrame:
    """Runs of at least `least_episodes` episodes of a show, no more than `days_apart` days apart, the most first.

    Args:
        plays: person, media_item_id and item (of the show), episode_id, season_number, episode_number, played_at,
            hours; a row a play of an episode.
        given: What was asked with.
    """
    ordered = plays.lazy().sort("person", "media_item_id", "played_at", "season_number", "episode_number", "episode_id")
    days = ordered.with_columns(day=pl.col("played_at").dt.date(), is_next=_is_next_episode())
    return (
        _in_runs(days, given["days_apart"])
        .group_by("person", "media_item_id", "run", maintain_order=True)
        .agg(
            item=pl.col("item").first(),
            first_on=pl.col("day").min(),
            last_on=pl.col("day").max(),
            days=(pl.col("day").max() - pl.col("day").min()).dt.total_days() + 1,
            episodes=pl.col("episode_id").n_unique().cast(pl.Int64),
            in_order=pl.col("is_next").slice(1).mean().round(2),
            hours=pl.col("hours").sum().round(1),
        )
        .filter(pl.col("episodes") >= given["least_episodes"])
        .sort("episodes", "last_on", "person", "item", "media_item_id", descending=[True, True, False, False, False])
        .select("person", "item", "media_item_id", "first_on", "last_on", "days", "episodes", "in_order", "hours")
        .collect()
    )


def _in_runs(ordered: pl.LazyFrame, apart: int) -> pl.LazyFrame:
    """Rows in the order of `day` for each person, and show, with the number of the run each is in: `run`."""
    is_late = pl.col("day").diff().dt.total_days() > apart
    return ordered.with_columns(run=is_late.fill_null(False).cum_sum())


def _is_next_episode() -> pl.Expr:
    """Whether a play is of the episode after that of the play before, or of the first one of the next season."""
    season, episode = pl.col("season_number"), pl.col("episode_number")
    goes_on = (season.diff() == 0) & (episode.diff() == 1)
    begins = (season.diff() == 1) & (episode == 1)
    return (goes_on | begins).fill_null(False)
