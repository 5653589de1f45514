"""Owns what lies beside the demo library's files: artwork and subtitles, with their gaps and failures.

A row that is local or downloaded has a path; one that is pending or failed has an address only.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from mediamgr.ingest.demo._dice import bits, chance, lookup, pick
from mediamgr.ingest.demo._words import LANGUAGE_RAW, LANGUAGES
from mediamgr.store.records import TABLES

__all__ = ["artwork", "subtitles"]

_SERVER = "https://images.example.org/"
_STATUS = ("local",) * 11 + ("downloaded",) * 5 + ("pending",) * 2 + ("failed",)
# media type, artwork type, share that has one, file name, sizes
_PICTURES = (
    ("movie", "poster", 0.93, "/poster.jpg", ((1000, 1500), (2000, 3000), (680, 1000))),
    ("movie", "backdrop", 0.78, "/fanart.jpg", ((1920, 1080), (3840, 2160), (1280, 720))),
    ("movie", "logo", 0.30, "/clearlogo.png", ((800, 310), (500, 194))),
    ("show", "poster", 0.95, "/poster.jpg", ((1000, 1500), (2000, 3000), (680, 1000))),
    ("show", "backdrop", 0.85, "/fanart.jpg", ((1920, 1080), (3840, 2160), (1280, 720))),
    ("show", "banner", 0.40, "/banner.jpg", ((1000, 185), (758, 140))),
    ("show", "logo", 0.35, "/clearlogo.png", ((800, 310), (500, 194))),
    ("season", "poster", 0.62, "-poster.jpg", ((1000, 1500), (400, 578))),
    ("episode", "still", 0.55, "-thumb.jpg", ((1280, 720), (1920, 1080), (400, 225))),
)
# number of the language, share of files that has it, hearing impaired, forced
_SUBTITLES = (
    (0, 0.42, False, False),
    (2, 0.27, False, False),
    (0, 0.07, True, False),
    (1, 0.06, False, False),
    (0, 0.03, False, True),
    (10, 0.03, False, False),
)
_FORMATS = ("srt",) * 8 + ("ass", "vtt")


def artwork(items: pl.DataFrame) -> pl.DataFrame:
    """The artwork frame of item rows."""
    by_type = {kind: items.filter(pl.col("media_type") == kind) for kind in ("movie", "show", "season", "episode")}
    return pl.concat(
        _pictures(by_type[media_type], artwork_type, share, name, sizes)
        for media_type, artwork_type, share, name, sizes in _PICTURES
    )


def _pictures(
    items: pl.DataFrame, kind: str, share: float, name: str, sizes: Sequence[tuple[int, int]]
) -> pl.DataFrame:
    key = bits(pl.col("row"), kind)
    held = items.filter(chance(pl.col("row"), f"has {kind}", share)).with_columns(key=key)
    key, work = pl.col("key"), pl.col("ordinal").cast(pl.String)
    status = pick(key, "status", _STATUS)
    season = pl.concat_str(pl.lit("/season"), pl.col("season_number").cast(pl.String).str.zfill(2))
    place = {"-poster.jpg": season, "-thumb.jpg": pl.concat_str(pl.lit("/"), "stem")}.get(name, pl.lit(""))
    size = [pick(key, "size", pl.Series([each[axis] for each in sizes], dtype=pl.Int32)) for axis in (0, 1)]
    ending = name.rsplit(".", 1)[1]
    return held.select(
        "item_key",
        pl.lit(kind).alias("artwork_type"),
        pl.when(status.is_in(["local", "downloaded"])).then(pl.concat_str("folder", place, pl.lit(name))).alias("path"),
        pl.when(status != "local")
        .then(pl.concat_str(pl.lit(f"{_SERVER}{kind}/"), work, pl.lit(f".{ending}")))
        .alias("url"),
        size[0].alias("width"),
        size[1].alias("height"),
        pick(key, "language", ("en", "en", "en", None) if kind in ("poster", "logo", "banner") else (None,))
        .cast(pl.String)
        .alias("language"),
        status.alias("download_status"),
        pl.lit("demo").alias("source"),
    )


def subtitles(items: pl.DataFrame, beside: pl.DataFrame) -> pl.DataFrame:
    """The subtitle frame: `beside` says where each item's first file is, its path without the extension."""
    held = beside.join(items.select("item_key", "row", "lang"), on="item_key", how="left", maintain_order="left")
    frames = [_subtitle(held, number, share, impaired, forced) for number, share, impaired, forced in _SUBTITLES]
    own = held.filter(~pl.col("lang").is_in([0, 1, 2, 10]))
    frames.append(_subtitle(own, None, 0.15, False, False))
    return pl.concat(frames)


def _subtitle(held: pl.DataFrame, number: int | None, share: float, impaired: bool, forced: bool) -> pl.DataFrame:
    """Subtitles of one kind; `number` None is the work's own language."""
    name = f"subtitle {number} {impaired} {forced}"
    frame = held.filter(chance(pl.col("row"), name, share)).with_columns(key=bits(pl.col("row"), name + " key"))
    if number is not None:
        frame = frame.with_columns(lang=pl.lit(number, dtype=pl.UInt32))
    frame = frame.with_columns(language=lookup(pl.col("lang"), LANGUAGES), raw=lookup(pl.col("lang"), LANGUAGE_RAW))
    key = pl.col("key")
    raw = pl.when(chance(key, "raw", 0.4)).then("raw").otherwise("language")
    kind, status = pick(key, "format", _FORMATS), pick(key, "status", _STATUS)
    ending = pl.concat_str(
        pl.lit("."), raw, pl.lit(".sdh" if impaired else ".forced" if forced else ""), pl.lit("."), kind
    )
    address = pl.concat_str(pl.lit("https://subtitles.example.org/"), key.cast(pl.String), pl.lit("."), kind)
    return frame.select(
        "item_key",
        pl.when(status.is_in(["local", "downloaded"])).then(pl.concat_str("beside", ending)).alias("path"),
        pl.when(status != "local").then(address).alias("url"),
        "language",
        raw.alias("language_raw"),
        kind.alias("format"),
        chance(key, "default", 0.1).alias("is_default"),
        pl.lit(forced).alias("is_forced"),
        pl.lit(impaired).alias("is_hearing_impaired"),
        status.alias("download_status"),
        pl.lit("demo").alias("source"),
    ).select(*TABLES["subtitle"].columns)
