"""Owns the demo library's files: versions, editions, parts, extras, and the sizes that follow from them.

What a file is follows from its `taste` and `content` keys alone, so that equal keys in two libraries are
true duplicates: same size, same fingerprint.
"""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import below, bits, chance, hex16, lookup, moment, pick
from mediamgr.ingest.demo._quality import audio_columns, quality_columns, video_columns
from mediamgr.ingest.demo._world import DAY, World
from mediamgr.store.records import TABLES

__all__ = ["main_paths", "make_files", "media_files"]

_HELD = (
    "item_key",
    "row",
    "work",
    "lang",
    "added",
    "folder",
    "stem",
    "year",
    "runtime_minutes",
    "media_type",
)
_EDITIONS = ("Director's Cut", "Extended", "Theatrical", "Remastered", "Unrated", "Final Cut", "IMAX")
_PROBLEMS = (
    "no streams found: the file is cut short",
    "permission denied",
    "invalid data at the start of the file",
    "the index is missing: the download did not finish",
)
_EXTRAS = ("Making of", "Deleted scenes", "Interview", "Gag reel", "Commentary on the score")


def make_files(world: World, items: pl.DataFrame) -> pl.DataFrame:
    """A row a file of the items, in order, with everything that its records and streams are drawn from."""
    frame = pl.concat([*_main_files(items), *_other_files(items)]).sort("row_number", "slot").drop("row_number")
    frame = frame.with_columns(quality_columns()).with_columns(video_columns()).with_columns(audio_columns())
    return _placed(_measured(world, frame))


def media_files(files: pl.DataFrame) -> pl.DataFrame:
    """The media_file frame of file rows."""
    return files.select(
        pl.lit(None, dtype=dtype).alias(name) if name == "path_bytes" else pl.col(name).cast(dtype)
        for name, dtype in TABLES["media_file"].columns.items()
    )


def main_paths(files: pl.DataFrame) -> pl.DataFrame:
    """Item key and path without extension of each item's first file, for what lies beside it."""
    first = files.filter(pl.col("slot") == 0).select("item_key", "path")
    return first.select("item_key", pl.col("path").str.replace(r"\.[a-z0-9]+$", "").alias("beside"))


def _slot(
    items: pl.DataFrame, slot: int, taste: pl.Expr, content: pl.Expr, role: str = "main", **given: pl.Expr
) -> pl.DataFrame:
    """One kind of file of each of these items."""
    defaults = {
        "part_number": pl.lit(None, dtype=pl.Int32),
        "forced": pl.lit(None, dtype=pl.UInt32),
        "edition": pl.lit(None, dtype=pl.String),
        "mark": pl.lit(""),
        "extra": pl.lit(""),
    }
    return items.select(
        "row_number",
        *_HELD,
        pl.lit(slot, dtype=pl.UInt32).alias("slot"),
        pl.lit(role).alias("file_role"),
        taste.alias("taste"),
        content.alias("content"),
        *(given.get(name, value).alias(name) for name, value in defaults.items()),
    )


def _main_files(items: pl.DataFrame) -> list[pl.DataFrame]:
    """The item itself: whole or in two parts, a second version, the 2160p one of another library."""
    items = items.with_row_index("row_number").filter("has_file")
    film = pl.col("media_type") == "movie"
    row, taste, content, sharp = pl.col("row"), pl.col("taste"), pl.col("content"), pl.col("sharp")
    parted = film & ~pl.col("only_sharp") & (pl.col("year") < 2000) & chance(row, "parts", 0.04)
    whole, parts = items.filter(~parted), items.filter(parted)
    again = items.filter(~parted & chance(row, "again", 0.08) & (film | chance(row, "again.episode", 0.3)))
    low = pl.lit(0, dtype=pl.UInt32)
    uhd = pl.lit(4, dtype=pl.UInt32)
    cut = pl.when(chance(row, "cut", 0.6)).then(pick(row, "edition", _EDITIONS))
    edition = pl.when(film & chance(content, "edition", 0.05)).then(pick(content, "edition", _EDITIONS))
    return [
        _slot(whole, 0, taste, content, forced=pl.when("only_sharp").then(uhd), edition=edition),
        _slot(parts, 0, taste, content, forced=low, part_number=pl.lit(1, dtype=pl.Int32)),
        _slot(parts, 1, taste, bits(content, "cd2"), forced=low, part_number=pl.lit(2, dtype=pl.Int32)),
        _slot(
            again,
            2,
            bits(row, "again"),
            bits(row, "again"),
            edition=pl.when(film).then(cut),
            mark=pl.lit(" Proper"),
        ),
        _slot(
            items.filter(pl.col("repeated") & chance(pl.col("work"), "kept", 0.3)),
            3,
            sharp,
            sharp,
            forced=uhd,
            mark=pl.lit(" - 4K"),
            edition=pl.when(chance(sharp, "edition", 0.05)).then(pick(sharp, "edition", _EDITIONS)),
        ),
    ]


def _other_files(items: pl.DataFrame) -> list[pl.DataFrame]:
    """Trailers, extras and samples of films."""
    films = items.with_row_index("row_number").filter(pl.col("has_file") & (pl.col("media_type") == "movie"))
    row = pl.col("row")
    shares = (("trailer", 0.12), ("extra", 0.05), ("sample", 0.025))
    return [
        _slot(
            films.filter(chance(row, role, share)),
            4 + place,
            bits(row, f"{role}.taste"),
            bits(row, f"{role}.content"),
            role,
            extra=pick(row, "extra", _EXTRAS) if role == "extra" else pl.lit(""),
        )
        for place, (role, share) in enumerate(shares)
    ]


def _measured(world: World, frame: pl.DataFrame) -> pl.DataFrame:
    """Duration, bitrate, size, fingerprint, and what went wrong with some."""
    content = pl.col("content")
    frame = frame.with_columns(
        duration_seconds=_duration(), broken=chance(content, "broken", 0.005), hash=bits(content, "hash")
    )
    kbps = pl.col("video_kbps") + pl.col("audio_kbps")
    size = (kbps.cast(pl.Float64) * pl.col("duration_seconds") * 125.6).floor().cast(pl.Int64)
    frame = frame.with_columns(bitrate_kbps=kbps, size_bytes=size + below(content, "bytes", 4096).cast(pl.Int64))
    known = ~chance(pl.col("row"), "no_fingerprint", 0.06)
    mark = pl.concat_str(pl.col("size_bytes").cast(pl.String), pl.lit("-"), hex16(pl.col("hash")))
    sound = ~pl.col("broken")
    return frame.with_columns(
        duration_seconds=pl.when(sound).then("duration_seconds"),
        bitrate_kbps=pl.when(sound).then("bitrate_kbps"),
        size_bytes=pl.when(sound).then("size_bytes").otherwise(pl.col("size_bytes") // 7),
        fingerprint=pl.when(known & sound).then(mark),
        problem=pl.when(~sound).then(pick(content, "problem", _PROBLEMS)),
        **_times(world),
    )


def _duration() -> pl.Expr:
    """Seconds, to the millisecond."""
    content, role = pl.col("content"), pl.col("file_role")
    minutes = pl.col("runtime_minutes").fill_null(45) * pl.when(pl.col("part_number").is_null()).then(2).otherwise(1)
    whole = minutes.cast(pl.Int64) * 30_000 + below(content, "seconds", 120_000).cast(pl.Int64) - 60_000
    longer = pl.when(pl.col("edition").is_in(["Director's Cut", "Extended", "Unrated"])).then(whole // 9).otherwise(0)
    both = pl.when(pl.col("stem").str.contains(r"E\d+-E\d+ - ")).then(whole).otherwise(0)
    milliseconds = (
        pl.when(role == "main")
        .then((whole + longer + both).clip(lower_bound=90_000))
        .when(role == "trailer")
        .then(below(content, "trailer", 120_000).cast(pl.Int64) + 55_000)
        .when(role == "extra")
        .then(below(content, "extra", 2_000_000).cast(pl.Int64) + 240_000)
        .otherwise(below(content, "sample", 30_000).cast(pl.Int64) + 30_000)
    )
    return milliseconds.cast(pl.Float64) / 1000.0


def _times(world: World) -> dict[str, pl.Expr]:
    added, row = pl.col("added"), pl.col("row")
    later = pl.when(pl.col("slot").is_between(2, 3)).then(below(row, "later", 200 * DAY)).otherwise(0).cast(pl.Int64)
    arrived = (added + later).clip(upper_bound=world.now_seconds - 1800)
    changed = (arrived - below(row, "age", 40 * DAY).cast(pl.Int64)) * 1_000_000_000
    lost = chance(bits(row, "lost") + pl.col("slot"), "missing", 0.012)
    since = pl.max_horizontal(arrived, world.now_seconds - below(row, "lost.at", 240 * DAY).cast(pl.Int64) - 900)
    return {
        "added_at": moment(arrived),
        "mtime_ns": changed + below(row, "ns", 1_000_000_000).cast(pl.Int64),
        "missing_since": pl.when(lost).then(moment(since)),
    }


def _placed(frame: pl.DataFrame) -> pl.DataFrame:
    """The path: folder, name, edition, quality, extension."""
    source, label = (
        pl.col("quality_source"),
        lookup(pl.col("quality"), ["480p", "576p", "720p", "1080p", "2160p"]),
    )
    quality = pl.when(source == "DVD").then(pl.lit("DVD")).otherwise(pl.concat_str(source, pl.lit("-"), label))
    edition = pl.concat_str(pl.lit(" {edition-"), pl.col("edition"), pl.lit("}")).fill_null("")
    part = pl.concat_str(pl.lit(" - cd"), pl.col("part_number").cast(pl.String)).fill_null("")
    name = pl.concat_str(pl.lit("/"), "stem", edition, pl.lit(" "), quality, "mark", part)
    role = pl.col("file_role")
    within = (
        pl.when(role == "main")
        .then(name)
        .when(role == "trailer")
        .then(pl.concat_str(pl.lit("/"), "stem", pl.lit("-trailer")))
        .when(role == "extra")
        .then(pl.concat_str(pl.lit("/Extras/"), "extra"))
        .otherwise(pl.concat_str(pl.lit("/Sample/"), "stem", pl.lit(" sample")))
    )
    return frame.with_columns(
        path=pl.concat_str("folder", within, pl.lit("."), "container"),
        quality_source=pl.when(role == "main").then(source),
        release_group=pl.when((role == "main") & pl.col("release_group").is_not_null()).then("release_group"),
        edition=pl.when(role == "main").then("edition"),
    )
