"""Owns the demo library's history: three people's evenings over nine years, in UTC.

Films are seen one by one; shows from their start, a few episodes an evening, until the viewer gives up or
catches up. No event is later than the demo's present.
"""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import below, bits, chance, moment, pick, unit
from mediamgr.ingest.demo._world import DAY, World
from mediamgr.store.records import TABLES

__all__ = ["history_events"]

# name, share of films seen, share of shows begun, hour of the evening
_VIEWERS = (("ana", 0.24, 0.34, 19), ("björn", 0.13, 0.16, 20), ("chen", 0.07, 0.11, 12))
_OWNER = "ana"
_PARTS = (0.04, 0.11, 0.2, 0.35, 0.5, 0.72, 0.88)


def history_events(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """The history_event frame of item rows; films and shows alone have an event for being added."""
    films = items.filter((pl.col("media_type") == "movie") & pl.col("has_file"))
    episodes = items.filter((pl.col("media_type") == "episode") & (pl.col("has_file") | (pl.col("joined") == 2)))
    plays = [
        plays
        for name, films_seen, shows_begun, hour in _VIEWERS
        for plays in (
            *(_film_plays(world, films, name, films_seen, hour, turn) for turn in range(3)),
            _episode_plays(world, episodes, name, shows_begun, hour),
        )
    ]
    events = [*plays, _added(items), _rated(world, items), _watchlisted(world, films)]
    return (
        pl.concat(events)
        .filter(pl.col("at") < world.now_seconds)
        .select(
            "item_key",
            "event_type",
            "user_name",
            moment(pl.col("at")).alias("occurred_at"),
            "value",
            pl.lit("demo").alias("source"),
        )
        .select(*TABLES["history_event"].columns)
        .unique(["item_key", "event_type", "user_name", "occurred_at"], keep="first", maintain_order=True)
    )


def _event(frame: pl.DataFrame, event_type: str | pl.Expr, name: str, at: pl.Expr, value: pl.Expr) -> pl.DataFrame:
    kind = pl.lit(event_type) if isinstance(event_type, str) else event_type
    return frame.select(
        "item_key",
        kind.alias("event_type"),
        pl.lit(name).alias("user_name"),
        at.cast(pl.Int64).alias("at"),
        value.cast(pl.Float64).alias("value"),
    )


def _evening(day: pl.Expr, key: pl.Expr, hour: int) -> pl.Expr:
    """A second in the evening of the day that a time lies in."""
    return day - day % DAY + hour * 3600 + below(key, "evening", 3 * 3600).cast(pl.Int64)


def _film_plays(world: World, films: pl.DataFrame, name: str, share: float, hour: int, turn: int) -> pl.DataFrame:
    """First sight of films, or for later turns the few that are seen again."""
    row = pl.col("row")
    seen = chance(row, f"{name} sees", share) & (chance(row, f"{name} again {turn}", 0.09) if turn else pl.lit(True))
    films = films.filter(seen).with_columns(key=bits(row, f"{name} play {turn}"))
    key, added = pl.col("key"), pl.col("added")
    day = added + DAY + (unit(key, "day") * (world.now_seconds - added).cast(pl.Float64)).floor().cast(pl.Int64)
    left = chance(key, "left", 0.1)
    kind = pl.when(left & chance(key, "paused", 0.4)).then(pl.lit("paused")).otherwise(pl.lit("played"))
    value = pl.when(left).then(pick(key, "part", _PARTS)).otherwise(1.0)
    return _event(films, kind, name, _evening(day, key, hour), value)


def _episode_plays(world: World, episodes: pl.DataFrame, name: str, share: float, hour: int) -> pl.DataFrame:
    """Episodes in order from a start: two to four an evening, every one to three evenings."""
    show, order = pl.col("show"), pl.col("order")
    begun = episodes.filter(chance(show, f"{name} begins", share) & (order < 2_000)).with_columns(
        viewing=bits(show, f"{name} viewing"),
        first=pl.col("added").min().over("show"),
        key=bits(pl.col("row"), f"{name} play"),
    )
    begun = _seated(begun).with_columns(start=_started(world))
    begun = begun.with_columns(
        day=pl.max_horizontal(pl.col("start") + pl.col("sitting") * pl.col("apart") * DAY, pl.col("added") + DAY),
        night=bits(pl.col("viewing") + pl.col("sitting").cast(pl.UInt64), "night"),
    )
    at = _evening(pl.col("day"), pl.col("night"), hour) + pl.col("seat") * 3000
    value = pl.when(chance(pl.col("key"), "left", 0.04)).then(pick(pl.col("key"), "part", _PARTS)).otherwise(1.0)
    return _event(begun, "played", name, at, value)


def _seated(begun: pl.DataFrame) -> pl.DataFrame:
    """Which evening of a viewing an episode falls on, and its turn that evening; none after the last."""
    viewing, order = pl.col("viewing"), pl.col("order")
    stop = pl.when(chance(viewing, "drops", 0.4)).then(below(viewing, "stop", 9) + 1).otherwise(100_000)
    return begun.filter(order <= stop).with_columns(
        sitting=(order - 1) // (below(viewing, "a night", 3).cast(pl.Int64) + 2),
        seat=(order - 1) % (below(viewing, "a night", 3).cast(pl.Int64) + 2),
        apart=below(viewing, "apart", 3).cast(pl.Int64) + 1,
    )


def _started(world: World) -> pl.Expr:
    span = (world.now_seconds - pl.col("first")).cast(pl.Float64)
    return pl.col("first") + DAY + (unit(pl.col("viewing"), "start") * span * 0.8).floor().cast(pl.Int64)


def _added(items: pl.DataFrame) -> pl.DataFrame:
    kept = items.filter(pl.col("media_type").is_in(["movie", "show"]))
    return _event(kept, "added", _OWNER, pl.col("added"), pl.lit(None))


def _rated(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """The owner's ratings, as the items carry them, at some time since they were added."""
    since = (world.now_seconds - pl.col("added") - DAY).clip(lower_bound=60).cast(pl.Float64)
    at = pl.col("added") + (unit(pl.col("row"), "rated at") * since).floor().cast(pl.Int64)
    return _event(items.filter(pl.col("user_rating").is_not_null()), "rated", _OWNER, at, pl.col("user_rating"))


def _watchlisted(world: World, films: pl.DataFrame) -> pl.DataFrame:
    """Films the owner means to see and has not."""
    row = pl.col("row")
    unseen = films.filter(~chance(row, f"{_OWNER} sees", _VIEWERS[0][1]) & chance(row, "watchlisted", 0.03))
    since = (world.now_seconds - pl.col("added")).cast(pl.Float64)
    at = pl.col("added") + (unit(row, "watchlisted at") * since).floor().cast(pl.Int64)
    return _event(unseen, "watchlisted", _OWNER, at, pl.lit(None))
