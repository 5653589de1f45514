"""Owns the demo library's shows: how many seasons and episodes each has, and their item rows.

The plan of a segment is small (a row a show) and made first; a batch is a slice of it, so that the rows do
not depend on the size of batches. Only the last show of a segment may be cut short, to the exact count.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from mediamgr.ingest.demo import _facts as facts
from mediamgr.ingest.demo._dice import below, bits, chance, lookup, moment, pick, pick_by, unit
from mediamgr.ingest.demo._episodes import episode_rows, season_rows
from mediamgr.ingest.demo._items import as_items
from mediamgr.ingest.demo._titles import native_title, plot, shown_title, sort_title
from mediamgr.ingest.demo._words import LANGUAGES
from mediamgr.ingest.demo._world import DAY, ROOT, Segment, World, rating_columns, safe_name, seconds_of

__all__ = ["plan_shows", "show_items", "show_slices"]

_CHUNK = 4096
_SEASONS = {
    "series": (1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 7, 8, 10, 14),
    "anime": (1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5, 9),
    "documentary": (1, 1, 1, 1, 1, 2, 2, 3, 6),
}
_EPISODES = {
    "series": (6, 6, 8, 8, 8, 10, 10, 10, 12, 13, 13, 16, 20, 22, 22, 24),
    "anime": (11, 12, 12, 12, 12, 13, 13, 24, 25, 25, 26, 50),
    "documentary": (3, 3, 4, 4, 5, 6, 6, 8, 10),
}
_MINUTES = {
    "series": (22, 22, 25, 30, 42, 43, 45, 45, 50, 55, 58, 60),
    "anime": (23, 24, 24, 24, 24, 25, 12),
    "documentary": (28, 45, 50, 52, 58, 60),
}
_STATUS = (
    ("ended", "ended", "ended", "ended", "canceled"),
    ("continuing", "continuing", "continuing", "ended", "canceled"),
)


def plan_shows(world: World, segment: Segment) -> pl.DataFrame:
    """A row a show of the segment, in order: keys, title, year, seasons, first place and size in items."""
    chunks: list[pl.DataFrame] = []
    planned = 0
    while planned < segment.count:
        chunk = _plan_chunk(world, segment, len(chunks) * _CHUNK)
        planned += int(chunk["size"].sum())
        chunks.append(chunk)
    if not chunks:
        return pl.DataFrame(schema={"size": pl.Int64})
    plan = pl.concat(chunks).with_columns(start=pl.col("size").cum_sum() - pl.col("size"))
    plan = plan.filter(pl.col("start") < segment.count)
    cut = pl.min_horizontal("size", segment.count - pl.col("start"))
    return plan.with_columns(size=cut, crowded=~pl.col("label").is_first_distinct())


def show_slices(plan: pl.DataFrame, batch_items: int) -> Iterator[pl.DataFrame]:
    """Runs of whole shows with at most that many items; a show that is larger stands alone."""
    begin, held = 0, 0
    for place, size in enumerate(plan["size"]):
        if held and held + size > batch_items:
            yield plan[begin:place]
            begin, held = place, 0
        held += size
    if held:
        yield plan[begin:]


def show_items(world: World, segment: Segment, plan: pl.DataFrame) -> pl.DataFrame:
    """The shows of a slice, their seasons and episodes as item rows, with the columns other rooms draw by."""
    shows = plan.with_columns(ordinal=(pl.col("start") + segment.first).cast(pl.UInt64)).with_columns(
        *_show_facts(world, segment), **rating_columns(pl.col("work"), 7.2, 1.4, 400_000)
    )
    seasons = season_rows(world, segment, shows.filter(pl.col("seasons") > 0))
    episodes = episode_rows(world, segment, seasons)
    return pl.concat([as_items(shows), as_items(seasons), as_items(episodes)]).sort("ordinal")


def _plan_chunk(world: World, segment: Segment, first: int) -> pl.DataFrame:
    theme = segment.theme
    key, lang = pl.col("work"), pl.col("lang")
    frame = pl.select(pl.int_range(first, first + _CHUNK, dtype=pl.UInt64).alias("number"))
    frame = frame.with_columns(work=world.key(pl.col("number"), f"show {theme}")).with_columns(
        lang=pick(key, "lang", pl.Series(facts.LANGUAGE_MIX[theme], dtype=pl.UInt32)),
        upcoming=chance(key, "upcoming", 0.015),
        seasons=pick(key, "seasons", pl.Series(_SEASONS[theme], dtype=pl.Int32)),
        usual=pick(key, "episodes", pl.Series(_EPISODES[theme], dtype=pl.Int32)),
        specials=pl.when(chance(key, "specials", 0.25)).then(below(key, "specials.many", 5) + 1).cast(pl.Int32),
        minutes=pick(key, "minutes", pl.Series(_MINUTES[theme], dtype=pl.Int32)),
    )
    frame = frame.with_columns(
        title=shown_title(key, lang),
        original_title=native_title(key, lang),
        seasons=pl.when(pl.col("upcoming")).then(0).otherwise(pl.col("seasons")),
        specials=pl.when(pl.col("upcoming")).then(0).otherwise(pl.col("specials").fill_null(0)),
        year=_first_year(world),
    )
    frame = frame.with_columns(label=_label())
    return frame.with_columns(counts=_episode_counts()).with_columns(
        size=1 + pl.col("counts").list.len().cast(pl.Int64) + pl.col("counts").list.sum().cast(pl.Int64)
    )


def _first_year(world: World) -> pl.Expr:
    luck = unit(pl.col("work"), "year")
    ago = (luck * 0.2 + luck * luck * luck * 0.8) * 55.0
    first = world.last_year + 1 - pl.col("seasons") - ago.floor().cast(pl.Int32)
    return pl.when(pl.col("upcoming")).then(world.last_year + 1).otherwise(first).cast(pl.Int16)


def _label() -> pl.Expr:
    year = pl.concat_str(pl.lit(" ("), pl.col("year").cast(pl.String), pl.lit(")"))
    return pl.concat_str(safe_name(pl.col("title")), year)


def _episode_counts() -> pl.Expr:
    """Episodes of each season, the specials first where there are any."""
    longest = max(max(row) for row in _SEASONS.values())
    regular = [
        pl.when(pl.col("seasons") > place).then(
            (pl.col("usual") + below(pl.col("work"), f"episodes.{place}", 3).cast(pl.Int32) - 1).clip(lower_bound=2)
        )
        for place in range(longest)
    ]
    specials = pl.when(pl.col("specials") > 0).then(pl.col("specials"))
    return pl.concat_list(specials, *regular).list.drop_nulls()


def _show_facts(world: World, segment: Segment) -> list[pl.Expr]:
    work, lang = pl.col("work"), pl.col("lang")
    first = pl.date(pl.col("year"), 1, 1).cast(pl.Int32) + below(work, "day", 300).cast(pl.Int32)
    opened = world.now_seconds - 9 * 365 * DAY
    came = seconds_of(first.cast(pl.Date)).clip(lower_bound=opened, upper_bound=world.now_seconds - 30 * DAY)
    added = came + (unit(work, "added") * (world.now_seconds - came - DAY).cast(pl.Float64) * 0.7).floor().cast(
        pl.Int64
    )
    tag = pl.concat_str(pl.lit(" {demo-"), pl.col("ordinal").cast(pl.String), pl.lit("}"))
    tagged = pl.when(pl.col("crowded")).then(tag).otherwise(pl.lit(""))
    recent = (pl.col("year") + pl.col("seasons") >= world.last_year).cast(pl.UInt32)
    status = pl.when(pl.col("upcoming")).then(pl.lit("upcoming")).otherwise(pick_by(recent, work, "status", _STATUS))
    return [
        pl.lit("show").alias("media_type"),
        pl.concat_str(pl.lit("demo/show/"), pl.col("ordinal").cast(pl.String)).alias("item_key"),
        work.alias("row"),
        work.alias("cast"),
        work.alias("show"),
        pl.when(pl.col("original_title") != pl.col("title")).then(pl.col("original_title")).alias("original_title"),
        sort_title(pl.col("title")).alias("sort_title"),
        pl.when(~pl.col("upcoming")).then(first.cast(pl.Date)).alias("premiered_on"),
        first.alias("first_day"),
        (pl.col("minutes") + 0).alias("runtime_minutes"),
        pick(work, "content_rating", facts.TV_RATINGS).alias("content_rating"),
        plot(work, 0.04).alias("plot"),
        pick(work, "genres", facts.GENRES[segment.theme]).alias("genres"),
        pl.when(chance(work, "tagged", 0.15)).then(pick(work, "tags", facts.TAGS)).alias("tags"),
        pick_by(lang, work, "countries", facts.COUNTRIES).alias("countries"),
        pick(work, "studios", facts.NETWORKS).alias("studios"),
        lookup(lang, LANGUAGES).alias("original_language"),
        status.alias("series_status"),
        pl.when(chance(work, "user_rating", 0.12))
        .then(below(work, "stars", 6).cast(pl.Float64) + 5.0)
        .alias("user_rating"),
        added.alias("added"),
        moment(added).alias("added_at"),
        pl.concat_str(pl.lit(f"{ROOT}/{segment.library}/"), pl.col("label"), tagged).alias("folder"),
        safe_name(pl.col("title")).alias("show_name"),
        bits(work, "file").alias("taste"),
        pl.lit(False).alias("has_file"),
        pl.lit(segment.theme == "anime").alias("absolute"),
    ]
