"""Owns the demo library's films: sequels, remakes, and a second library that repeats part of the first.

A film is a function of its number alone; its folder is too, once `crowded` has said which labels are taken.
"""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo import _facts as facts
from mediamgr.ingest.demo._dice import below, bits, chance, lookup, moment, pick, pick_by, unit
from mediamgr.ingest.demo._items import as_items
from mediamgr.ingest.demo._titles import native_title, plot, shown_title, sort_title, tagline
from mediamgr.ingest.demo._words import LANGUAGES
from mediamgr.ingest.demo._world import DAY, ROOT, Segment, World, rating_columns, safe_name, seconds_of

__all__ = ["crowded_films", "film_items"]

_CHUNK = 200_000
_SPAN = {"film": 104.0, "anime": 48.0, "documentary": 60.0}
_RUNTIME = {"film": (103.0, 28.0), "anime": (94.0, 18.0), "documentary": (84.0, 30.0)}
_MEAN = {"film": 6.3, "anime": 6.9, "documentary": 7.1}
_NUMERALS = pl.Series([" II", " III", " 2", " 3"])


def crowded_films(world: World, segment: Segment) -> pl.Series:
    """For each film of a segment that is no repetition: does an earlier one have its title and year?"""
    labels = [
        _named(world, segment, start, min(start + _CHUNK, segment.count)).select(_label())
        for start in range(0, max(segment.count, 1), _CHUNK)
    ]
    return ~pl.concat(labels).to_series().is_first_distinct()


def film_items(
    world: World, segment: Segment, source: Segment, crowded: pl.Series, start: int, stop: int
) -> pl.DataFrame:
    """Films `start` to `stop` of a segment as item rows, with the columns other rooms draw by.

    `source` is the segment whose films these are: the same one, or the one it repeats.
    """
    films = _named(world, source, start, stop, segment.stride or 1)
    films = (
        films.with_columns(
            row=world.key(pl.col("number") // (segment.stride or 1) + segment.first, "item"),
            item_key=pl.concat_str(pl.lit("demo/film/"), pl.col("ordinal").cast(pl.String)),
            repeated=_is_repeated(segment),
            crowded=lookup(pl.col("number"), crowded),
            label=_label(),
        )
        .with_columns(*_told(source), **rating_columns(pl.col("work"), _MEAN[source.theme], 1.5, 900_000))
        .with_columns(_added(world))
        .with_columns(*_placed(segment), added_at=moment(pl.col("added")))
    )
    return as_items(films)


def _named(world: World, segment: Segment, start: int, stop: int, stride: int = 1) -> pl.DataFrame:
    """Number, keys, language, titles and year: all that the label depends on."""
    number = pl.int_range(start, stop, dtype=pl.UInt64) * stride
    frame = pl.select(number.alias("number")).with_columns(
        ordinal=pl.col("number") + segment.first, place=pl.col("number") % 16
    )
    frame = frame.with_columns(_follows(world)).with_columns(
        work=world.key(pl.col("ordinal"), "work"), cast=world.key(pl.col("ordinal") - pl.col("back"), "work")
    )
    frame = frame.with_columns(
        lang=pick(pl.col("cast"), "lang", pl.Series(facts.LANGUAGE_MIX[segment.theme], dtype=pl.UInt32)),
        root_year=_root_year(world, _SPAN[segment.theme]),
    )
    return frame.with_columns(
        title=_numbered(shown_title(pl.col("cast"), pl.col("lang"))),
        original_title=_numbered(native_title(pl.col("cast"), pl.col("lang"))),
        year=_year(world).cast(pl.Int16),
    )


def _follows(world: World) -> list[pl.Expr]:
    """Sequels and remakes stand at fixed places of each sixteen films: how far back their original is."""
    place, key = pl.col("place"), world.key(pl.col("ordinal") - pl.col("place"), "franchise")
    second, third, remake = chance(key, "second", 0.55), chance(key, "third", 0.5), chance(key, "remake", 0.3)
    back = (
        pl.when((place == 5) & second)
        .then(1)
        .when((place == 6) & second & third)
        .then(2)
        .when((place == 11) & remake)
        .then(1)
        .otherwise(0)
        .cast(pl.UInt64)
    )
    return [back.alias("back"), (place.is_in([4, 5, 6]) & second & ((place < 6) | third)).alias("in_series")]


def _root_year(world: World, span: float) -> pl.Expr:
    luck = unit(pl.col("cast"), "year")
    ago = luck * 0.15 + luck * luck * luck * 0.85
    return world.last_year - (ago * span).floor().cast(pl.Int32)


def _year(world: World) -> pl.Expr:
    later = pl.col("root_year") + below(pl.col("work"), "year.later", 3).cast(pl.Int32)
    place = pl.col("place")
    years = (
        pl.when(pl.col("back") == 0)
        .then(pl.col("root_year"))
        .when(place == 5)
        .then(later + 2)
        .when(place == 6)
        .then(later + 5)
        .otherwise(later + 24)
    )
    return years.clip(upper_bound=world.last_year)


def _numbered(title: pl.Expr) -> pl.Expr:
    style = below(pl.col("cast"), "numeral", 2) * 2 + pl.col("back") - 1
    follows = (pl.col("back") > 0) & (pl.col("place") != 11)
    suffix = lookup(pl.when(follows).then(style).otherwise(0), _NUMERALS)
    return pl.concat_str(title, pl.when(follows).then(suffix).otherwise(pl.lit("")))


def _label() -> pl.Expr:
    year = pl.concat_str(pl.lit(" ("), pl.col("year").cast(pl.String), pl.lit(")"))
    return pl.concat_str(safe_name(pl.col("title")), year).alias("label")


def _is_repeated(segment: Segment) -> pl.Expr:
    if not segment.also:
        return pl.lit(False)
    stride = max(segment.count // segment.also, 1)
    return (pl.col("number") % stride == 0) & (pl.col("number") // stride < segment.also)


def _told(segment: Segment) -> list[pl.Expr]:
    """What is known of the work, the same in every library that has it."""
    work, lang, cast = pl.col("work"), pl.col("lang"), pl.col("cast")
    mean, spread = _RUNTIME[segment.theme]
    bell = unit(work, "runtime.1") + unit(work, "runtime.2") - 1.0
    minutes = pl.when(chance(work, "short", 0.03)).then(below(work, "short.minutes", 30) + 7)
    collection = pl.concat_str(shown_title(cast, lang), pl.lit(" Collection"))
    return [
        pl.lit("movie").alias("media_type"),
        pl.when(pl.col("original_title") != pl.col("title")).then(pl.col("original_title")).alias("original_title"),
        sort_title(pl.col("title")).alias("sort_title"),
        pl.when(~chance(work, "undated", 0.03)).then(_released()).alias("premiered_on"),
        minutes.otherwise((bell * spread + mean).floor().cast(pl.UInt64)).cast(pl.Int32).alias("runtime_minutes"),
        pick_by(lang, work, "content_rating", facts.CONTENT_RATINGS).alias("content_rating"),
        tagline(work).alias("tagline"),
        plot(work, 0.04).alias("plot"),
        pick(cast, "genres", facts.GENRES[segment.theme]).alias("genres"),
        pl.when(chance(work, "tagged", 0.15)).then(pick(work, "tags", facts.TAGS)).alias("tags"),
        pick_by(lang, cast, "countries", facts.COUNTRIES).alias("countries"),
        pick(work, "studios", facts.STUDIOS).alias("studios"),
        lookup(lang, LANGUAGES).alias("original_language"),
        pl.when(pl.col("in_series")).then(collection).alias("collection"),
        pl.when(chance(work, "user_rating", 0.1)).then(_stars()).alias("user_rating"),
    ]


def _stars() -> pl.Expr:
    return lookup(below(pl.col("work"), "stars", 12), [10.0, 9.0, 9.0, 8.0, 8.0, 8.0, 7.0, 7.0, 6.0, 5.0, 4.0, 2.0])


def _released() -> pl.Expr:
    first = pl.date(pl.col("year"), 1, 1).cast(pl.Int32)
    return (first + below(pl.col("work"), "day", 365).cast(pl.Int32)).cast(pl.Date)


def _added(world: World) -> pl.Expr:
    """Since nine years ago and after it came out; a third on the first days, by a bulk import."""
    row = pl.col("row")
    opened = world.now_seconds - 9 * 365 * DAY
    out = seconds_of(_released()).clip(lower_bound=opened, upper_bound=world.now_seconds - DAY)
    bulk = (
        pl.when(chance(row, "bulk", 0.33))
        .then(below(row, "bulk.at", 3 * DAY))
        .otherwise((unit(row, "added") * (world.now_seconds - out).cast(pl.Float64)).floor().cast(pl.UInt64))
    )
    return (out + bulk.cast(pl.Int64)).clip(upper_bound=world.now_seconds - 3600).alias("added")


def _placed(segment: Segment) -> list[pl.Expr]:
    """Folder and stem of the files, and the keys that their looks are drawn by."""
    tag = pl.concat_str(pl.lit(" {demo-"), pl.col("ordinal").cast(pl.String), pl.lit("}"))
    folder = pl.concat_str(
        pl.lit(f"{ROOT}/{segment.library}/"),
        pl.col("label"),
        pl.when(pl.col("crowded")).then(tag).otherwise(pl.lit("")),
    )
    sharp = bits(pl.col("work"), "uhd")
    return [
        folder.alias("folder"),
        pl.col("label").alias("stem"),
        (sharp if segment.stride else bits(pl.col("row"), "file")).alias("taste"),
        (sharp if segment.stride else bits(pl.col("row"), "file")).alias("content"),
        sharp.alias("sharp"),
        pl.lit(bool(segment.stride)).alias("only_sharp"),
        (~chance(pl.col("row"), "wanted", 0.012)).alias("has_file"),
        pl.lit(0, dtype=pl.UInt32).alias("joined"),
    ]
