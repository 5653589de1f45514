"""Owns the demo library's streams: video, one to three audio tracks, embedded subtitles."""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import chance, lookup, pick
from mediamgr.ingest.demo._words import LANGUAGE_RAW, LANGUAGES
from mediamgr.store.records import TABLES

__all__ = ["media_streams"]

# numbers of _TRACKS below, by luck; containers that carry none have none
_SETS: tuple[list[int], ...] = (
    [], [], [], [0], [0], [0], [0, 1], [0, 2], [0, 2, 3], [0, 1, 2, 4], [5, 0], [0, 1, 2, 3, 4, 6]
)  # fmt: skip
# language, raw, title, forced, hearing impaired
_TRACKS = (
    ("en", "eng", None, False, False),
    ("en", "eng", "English (SDH)", False, True),
    ("es", "spa", "Español", False, False),
    ("fr", "fre", "Français", False, False),
    ("de", "ger", "Deutsch", False, False),
    ("en", "eng", "Forced", True, False),
    ("pt-BR", "por", "Português (Brasil)", False, False),
)
_DUBS = ((2, 2, 2, 1, 0, 3), (0, 0, 0, 2))


def media_streams(files: pl.DataFrame) -> pl.DataFrame:
    """The media_stream frame of file rows; files that could not be read have none."""
    sound = files.filter(pl.col("problem").is_null())
    return pl.concat([_video(sound), _audio(sound), _subtitles(sound)]).sort("path", "stream_index")


def _streams(frame: pl.DataFrame, kind: str, **columns: pl.Expr | str) -> pl.DataFrame:
    given = {name: pl.col(each) if isinstance(each, str) else each for name, each in columns.items()}
    given["stream_type"] = pl.lit(kind)
    return frame.select(
        given[name].cast(dtype).alias(name)
        if name in given
        else pl.lit(False if dtype == pl.Boolean else None, dtype=dtype).alias(name)
        for name, dtype in {"path": pl.String, **TABLES["media_stream"].columns}.items()
    )


def _video(files: pl.DataFrame) -> pl.DataFrame:
    same = ("path", "codec", "profile", "bit_depth", "width", "height", "frame_rate", "hdr_format")
    return _streams(
        files,
        "video",
        **{name: pl.col(name) for name in same},
        stream_index=pl.lit(0),
        bitrate_kbps=pl.col("video_kbps"),
        is_default=pl.lit(True),
    )


def _audio(files: pl.DataFrame) -> pl.DataFrame:
    frame = files.select(
        "path",
        "content",
        "lang",
        "audio_codec",
        "audio_channels",
        "first_kbps",
        pl.int_ranges("tracks", dtype=pl.Int32).alias("track"),
    ).explode("track")
    content, track, lang = pl.col("content"), pl.col("track"), pl.col("lang")
    first, commentary = track == 0, (track == 1) & (lang == 0) & chance(content, "commentary", 0.3)
    dub = (
        pl.when(lang == 0)
        .then(pick(content, "dub", pl.Series(_DUBS[0], dtype=pl.UInt32)))
        .otherwise(pick(content, "dub", pl.Series(_DUBS[1], dtype=pl.UInt32)))
    )
    third = pl.when(dub == 3).then(1).otherwise(3).cast(pl.UInt32)
    spoken = pl.when(first | commentary).then(lang).when(track == 1).then(dub).otherwise(third)
    named = ~(first & chance(content, "und", 0.05))
    return _streams(
        frame,
        "audio",
        path=pl.col("path"),
        stream_index=track + 1,
        codec=pl.when(first).then("audio_codec").otherwise(pl.lit("ac3")),
        channels=pl.when(first).then("audio_channels").otherwise(2),
        bitrate_kbps=pl.when(first).then("first_kbps").otherwise(192),
        language=pl.when(named).then(lookup(spoken, LANGUAGES)),
        language_raw=pl.when(named).then(lookup(spoken, LANGUAGE_RAW)).otherwise(pl.lit("und")),
        title=pl.when(commentary).then(pl.lit("Commentary")),
        is_default=first,
    )


def _subtitles(files: pl.DataFrame) -> pl.DataFrame:
    carries = (pl.col("file_role") == "main") & (pl.col("container") == "mkv")
    luck = pl.when(carries).then(pl.col("subtitle_luck")).otherwise(0)
    frame = files.with_columns(kinds=lookup(luck, pl.Series(_SETS, dtype=pl.List(pl.UInt32)))).filter(
        pl.col("kinds").list.len() > 0
    )
    frame = frame.with_columns(at=pl.int_ranges(pl.col("kinds").list.len())).explode("kinds", "at")
    codec = (
        pl.when(pl.col("quality_source") == "DVD")
        .then(pl.lit("dvd_subtitle"))
        .when(pl.col("quality_source").is_in(["Bluray", "Remux"]))
        .then(pl.lit("hdmv_pgs_subtitle"))
        .when(pl.col("folder").str.contains("/Anime/", literal=True))
        .then(pl.lit("ass"))
        .otherwise(pl.lit("subrip"))
    )
    told = {
        name: lookup(pl.col("kinds"), pl.Series([track[place] for track in _TRACKS]))
        for place, name in enumerate(("language", "language_raw", "title", "is_forced", "is_hearing_impaired"))
    }
    return _streams(
        frame,
        "subtitle",
        path=pl.col("path"),
        stream_index=pl.col("tracks") + 1 + pl.col("at"),
        codec=codec,
        **told,
    )
