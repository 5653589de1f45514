"""Owns the demo library's seasons and episodes: gaps, specials, absolute numbers, shared files."""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import below, bits, chance, moment
from mediamgr.ingest.demo._titles import plot, shown_title
from mediamgr.ingest.demo._world import DAY, Segment, World, rating_columns, safe_name

__all__ = ["episode_rows", "season_rows"]

_OF_THE_SHOW = (
    "show",
    "lang",
    "cast",
    "first_day",
    "minutes",
    "added",
    "folder",
    "show_name",
    "taste",
    "absolute",
    "start",
    "size",
    "show_year",
)


def season_rows(world: World, segment: Segment, shows: pl.DataFrame) -> pl.DataFrame:
    """The seasons of shows as item rows; `many` is how many of a season's episodes there are."""
    frame = shows.select(
        *(name for name in _OF_THE_SHOW if name != "show_year"),
        pl.col("year").alias("show_year"),
        pl.col("item_key").alias("parent_key"),
        (pl.col("specials") == 0).cast(pl.Int32).alias("from_season"),
        "counts",
    )
    frame = frame.with_columns(season_number=pl.int_ranges(pl.col("counts").list.len())).explode(
        "counts", "season_number"
    )
    within = (pl.col("counts").cast(pl.Int64) + 1).cum_sum().over("show") - pl.col("counts")
    frame = frame.with_columns(
        place=within, season_number=(pl.col("season_number") + pl.col("from_season")).cast(pl.Int32)
    )
    frame = frame.filter(pl.col("place") < pl.col("size")).with_columns(
        ordinal=(pl.col("start") + pl.col("place") + segment.first).cast(pl.UInt64),
        many=pl.min_horizontal(pl.col("counts").cast(pl.Int64), pl.col("size") - pl.col("place") - 1),
    )
    return _numbered(frame.with_columns(work=world.key(pl.col("ordinal"), "work"))).with_columns(_season_facts(world))


def _numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Where a season lacks episodes, and how many numbers the seasons before it used."""
    work, regular = pl.col("work"), pl.col("season_number") > 0
    holed = regular & (pl.col("many") > 4) & chance(work, "gap", 0.14)
    frame = frame.with_columns(
        gap_at=pl.when(holed).then(below(work, "gap.at", pl.col("many") - 2) + 1).otherwise(999_999).cast(pl.Int64),
        gap=pl.when(holed).then(below(work, "gap.wide", 2) + 1).otherwise(0).cast(pl.Int64),
    )
    numbers = pl.when(regular).then(pl.col("counts").cast(pl.Int64) + pl.col("gap")).otherwise(0)
    return frame.with_columns(before=numbers.cum_sum().over("show") - numbers)


def _season_facts(world: World) -> list[pl.Expr]:
    number = pl.col("season_number")
    year = pl.col("show_year").cast(pl.Int32) + number.clip(lower_bound=1) - 1
    start = pl.col("first_day") - pl.date(pl.col("show_year"), 1, 1).cast(pl.Int32)
    latest = 364 - 7 * (pl.col("counts") + pl.col("gap"))
    day = pl.date(year, 1, 1).cast(pl.Int64) + pl.min_horizontal(start, latest).clip(lower_bound=0)
    name = (
        pl.when(number == 0)
        .then(pl.lit("Specials"))
        .otherwise(pl.concat_str(pl.lit("Season "), number.cast(pl.String)))
    )
    sub = (
        pl.when(number == 0)
        .then(pl.lit("Specials"))
        .otherwise(pl.concat_str(pl.lit("Season "), number.cast(pl.String).str.zfill(2)))
    )
    tail = pl.concat_str(pl.lit("/s"), number.cast(pl.String).str.zfill(2))
    added = pl.max_horizontal(pl.col("added"), day.cast(pl.Int64) * DAY + DAY).clip(
        upper_bound=world.now_seconds - 7200
    )
    return [
        pl.lit("season").alias("media_type"),
        pl.concat_str("parent_key", tail).alias("item_key"),
        pl.col("work").alias("row"),
        name.alias("title"),
        year.cast(pl.Int16).alias("year"),
        day.cast(pl.Int32).cast(pl.Date).alias("premiered_on"),
        day.alias("season_day"),
        moment(added).alias("added_at"),
        added.alias("season_added"),
        added.alias("added"),
        pl.concat_str(pl.col("folder"), pl.lit("/"), sub).alias("season_folder"),
        pl.lit(False).alias("has_file"),
    ]


def episode_rows(world: World, segment: Segment, seasons: pl.DataFrame) -> pl.DataFrame:
    """The episodes of seasons as item rows."""
    kept = ("season_number", "year", "gap", "gap_at", "before", "season_day", "season_added", "many")
    frame = (
        seasons.filter(pl.col("many") > 0)
        .select(
            *_OF_THE_SHOW,
            *kept,
            pl.col("season_folder").alias("folder_of"),
            pl.col("item_key").alias("parent_key"),
            pl.col("ordinal").alias("season_ordinal"),
            pl.int_ranges(pl.col("many")).alias("at"),
        )
        .explode("at")
    )
    frame = frame.with_columns(
        ordinal=(pl.col("season_ordinal") + pl.col("at").cast(pl.UInt64) + 1),
        folder=pl.col("folder_of"),
        number=pl.col("at") + 1 + pl.when(pl.col("at") >= pl.col("gap_at")).then(pl.col("gap")).otherwise(0),
    )
    frame = frame.with_columns(work=world.key(pl.col("ordinal"), "work"), pair=_pair(world))
    frame = frame.with_columns(joined=_joined(), title=_title())
    return frame.with_columns(*_episode_facts(), **rating_columns(pl.col("work"), 7.5, 1.1, 9_000)).with_columns(
        *_dated(world), *_placed()
    )


def _pair(world: World) -> pl.Expr:
    """Do this episode and its neighbour of the same two share a file? Not across a gap, not in specials."""
    even = pl.col("at") - pl.col("at") % 2
    share = chance(world.key(pl.col("season_ordinal") + even.cast(pl.UInt64), "pair"), "pair", 0.025)
    whole = (even + 1 < pl.col("many")) & (even + 1 != pl.col("gap_at")) & (pl.col("season_number") > 0)
    return share & whole


def _joined() -> pl.Expr:
    """1 for the first of two episodes in a file, 2 for the second, 0 for one that stands alone."""
    return pl.when(pl.col("pair")).then(pl.col("at") % 2 + 1).otherwise(0).cast(pl.UInt32)


def _title() -> pl.Expr:
    number = pl.col("number").cast(pl.String)
    work = pl.col("work")
    return (
        pl.when((pl.col("at") == 0) & (pl.col("season_number") == 1) & chance(work, "pilot", 0.3))
        .then(pl.lit("Pilot"))
        .when(chance(work, "untitled", 0.06))
        .then(pl.concat_str(pl.lit("Episode "), number))
        .otherwise(shown_title(work, pl.col("lang")))
    )


def _tail(number: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit("e"), number.cast(pl.String).str.zfill(2))


def _episode_facts() -> list[pl.Expr]:
    work, number = pl.col("work"), pl.col("number")
    own = pl.concat_str(pl.col("parent_key"), _tail(number))
    other = pl.concat_str(pl.col("parent_key"), _tail(number - 1))
    minutes = pl.col("minutes") + below(work, "minutes", 5).cast(pl.Int32) - 2
    absolute = pl.col("absolute") & (pl.col("season_number") > 0)
    return [
        pl.lit("episode").alias("media_type"),
        own.alias("item_key"),
        _order().alias("order"),
        work.alias("row"),
        pl.when(pl.col("joined") == 2).then(other).alias("shared_file_key"),
        number.cast(pl.Int32).alias("episode_number"),
        pl.when(absolute).then(pl.col("before") + number).cast(pl.Int32).alias("absolute_number"),
        pl.when(~chance(work, "no_runtime", 0.03)).then(minutes).alias("runtime_minutes"),
        plot(work, 0.18).alias("plot"),
        pl.when(chance(work, "user_rating", 0.02))
        .then(below(work, "stars", 5).cast(pl.Float64) + 6.0)
        .alias("user_rating"),
        pl.when(chance(work, "odd", 0.15)).then(bits(work, "file")).otherwise(pl.col("taste")).alias("taste"),
        bits(work, "content").alias("content"),
        bits(work, "uhd").alias("sharp"),
        pl.lit(False).alias("only_sharp"),
        pl.lit(False).alias("repeated"),
        ((pl.col("joined") != 2) & ~chance(work, "wanted", 0.03)).alias("has_file"),
    ]


def _order() -> pl.Expr:
    return (
        pl.when(pl.col("season_number") > 0)
        .then(pl.col("before") + pl.col("number"))
        .otherwise(pl.col("number") + 2_000)
    )


def _dated(world: World) -> list[pl.Expr]:
    aired = pl.col("season_day") + 7 * (pl.col("number") - 1)
    delay = below(pl.col("work"), "added", 2 * DAY).cast(pl.Int64)
    added = pl.max_horizontal(pl.col("season_added"), aired * DAY) + delay
    added = added.clip(upper_bound=world.now_seconds - 3600)
    known = ~chance(pl.col("work"), "undated", 0.02)
    return [
        pl.when(known).then(aired.cast(pl.Int32).cast(pl.Date)).alias("premiered_on"),
        added.alias("added"),
        moment(added).alias("added_at"),
    ]


def _placed() -> list[pl.Expr]:
    """The stem of the file: "Show - S01E02 - Title", or "Show - S01E02-E03 - Title" for two in one."""
    season = pl.concat_str(pl.lit(" - S"), pl.col("season_number").cast(pl.String).str.zfill(2))
    first = pl.concat_str(pl.lit("E"), pl.col("number").cast(pl.String).str.zfill(2))
    second = pl.concat_str(pl.lit("-E"), (pl.col("number") + 1).cast(pl.String).str.zfill(2))
    both = pl.when(pl.col("joined") == 1).then(second).otherwise(pl.lit(""))
    return [
        pl.concat_str("show_name", season, first, both, pl.lit(" - "), safe_name(pl.col("title"))).alias("stem"),
    ]
