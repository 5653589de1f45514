"""Owns what the demo library was before: when snapshots of it were taken, and which files were worse or elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import polars as pl

from mediamgr.ingest.demo._dice import chance, key_of, unit
from mediamgr.ingest.demo._world import ROOT

__all__ = ["former_files", "snapshot_moments"]

_MONTHS = 36
_UPGRADED, _MOVED = 0.05, 0.03
_WORSE = {"2160p": "1080p", "1080p": "720p", "720p": "480p"}
_SHARES = {"2160p": 0.35, "1080p": 0.45, "720p": 0.5}


def snapshot_moments(now: datetime) -> Iterator[tuple[datetime, str]]:
    """(when, why) of each, oldest first: as a month began, for three years, and the present. Naive UTC."""
    for back in range(_MONTHS, 0, -1):
        months = now.year * 12 + now.month - 1 - back
        yield datetime(months // 12, months % 12 + 1, 1) + timedelta(hours=4), "scan"
    yield now, "demo"


def former_files(files: pl.DataFrame, seed: int, now: datetime) -> pl.DataFrame:
    """How some files were before, and until when: `mediamgr.store.past_snapshots.FORMER`.

    `files`: of those columns but the last, with file_role and added_at.
    """
    frame = files.filter(pl.col("file_role") == "main").with_columns(
        key=key_of(pl.col("media_file_id"), seed, "former"), better=pl.col("resolution")
    )
    key = pl.col("key")
    upgraded = chance(key, "upgraded", _UPGRADED) & pl.col("better").is_in(list(_WORSE))
    moved = ~upgraded & chance(key, "moved", _MOVED)
    kept = (pl.lit(now) - pl.col("added_at")).dt.total_seconds().cast(pl.Float64)
    waited = (kept * (unit(key, "until") * 0.9 + 0.1)).cast(pl.Int64) * 1_000_000
    frame = frame.filter(upgraded | moved).with_columns(
        upgraded=upgraded, until=pl.col("added_at") + waited.cast(pl.Duration("us"))
    )
    was_worse = pl.when("upgraded")
    return frame.select(
        "media_file_id",
        was_worse.then(_worse_path()).otherwise(_elsewhere()).alias("path"),
        was_worse.then(_smaller()).otherwise("size_bytes").alias("size_bytes"),
        was_worse.then(pl.col("better").replace(_WORSE)).otherwise("resolution").alias("resolution"),
        was_worse.then(pl.lit("SDR")).otherwise("hdr_format").alias("hdr_format"),
        was_worse.then(pl.lit("HDTV")).otherwise("quality_source").alias("quality_source"),
        was_worse.then(pl.lit("h264")).otherwise("video_codec").alias("video_codec"),
        was_worse.then(pl.lit(2)).otherwise("audio_channels").alias("audio_channels"),
        "until",
    )


def _worse_path() -> pl.Expr:
    return pl.col("path").str.replace(r" \w+-\d+p", pl.lit(" HDTV-") + pl.col("better").replace(_WORSE))


def _elsewhere() -> pl.Expr:
    return pl.col("path").str.replace(ROOT, f"{ROOT}/Unsorted", literal=True)


def _smaller() -> pl.Expr:
    share = pl.col("better").replace_strict(_SHARES, default=1.0, return_dtype=pl.Float64)
    return (pl.col("size_bytes").cast(pl.Float64) * share).floor().cast(pl.Int64)
