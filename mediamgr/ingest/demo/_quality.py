"""Owns what the demo library's files are made of: resolution, source, codec, range and sound, by era.

Columns come in three steps, each drawn from `taste` (the release) or `content` (the bytes) and what the
step before decided.
"""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.demo._dice import below, chance, lookup, pick, pick_by, unit

__all__ = ["audio_columns", "quality_columns", "video_columns"]

# by era (before 1980, to 1999, to 2009, to 2015, since): numbers of 480p, 576p, 720p, 1080p, 2160p
_BY_ERA = (
    (0,) * 6 + (1,) * 3 + (2,) * 4 + (3,) * 6 + (4,),
    (0,) * 4 + (1,) * 4 + (2,) * 4 + (3,) * 7 + (4,),
    (0,) * 3 + (1,) * 2 + (2,) * 5 + (3,) * 9 + (4,),
    (0,) + (2,) * 5 + (3,) * 12 + (4,) * 2,
    (2,) * 2 + (3,) * 12 + (4,) * 6,
)
_SOURCES = (
    ("DVD", "DVD", "DVD", "WEBDL", "HDTV"),
    ("DVD", "DVD", "DVD", "DVD", "HDTV"),
    ("HDTV", "HDTV", "WEBDL", "WEBRip", "Bluray"),
    ("Bluray", "Bluray", "Bluray", "WEBDL", "WEBDL", "WEBDL", "WEBRip", "Remux", "HDTV"),
    ("WEBDL", "WEBDL", "Bluray", "Remux", "WEBRip"),
)
_CODECS = (
    ("mpeg2video", "mpeg4", "mpeg4", "h264", "h264"),
    ("mpeg2video", "mpeg2video", "mpeg4", "h264"),
    ("h264",) * 8 + ("hevc",),
    ("h264",) * 26 + ("hevc",) * 11 + ("av1", "vc1"),
    ("hevc",) * 13 + ("av1",),
)
_KBPS = pl.Series([1100.0, 1500.0, 3900.0, 8600.0, 21000.0])
_SOURCE_FACTOR = {"Remux": 2.6, "Bluray": 1.25, "WEBDL": 0.75, "WEBRip": 0.6, "HDTV": 0.65, "DVD": 1.0}
_CODEC_FACTOR = {"h264": 1.0, "hevc": 0.62, "av1": 0.5, "mpeg2video": 3.2, "mpeg4": 0.9, "vc1": 1.15}
_PROFILES = {
    "h264": "High",
    "hevc": "Main",
    "av1": "Main",
    "mpeg2video": "Main",
    "mpeg4": "Advanced Simple Profile",
    "vc1": "Advanced",
}
# by quality: widths and heights, scope four times, flat twice, full frame, academy
_SIZES = (
    ((720, 304), (720, 304), (720, 390), (640, 480), (854, 480), (720, 480), (720, 480)),
    ((720, 576), (720, 576), (768, 576), (1024, 576)),
    ((1280, 534), (1280, 536), (1280, 692), (1280, 720), (1280, 720), (960, 720)),
    ((1920, 800), (1920, 804), (1920, 1038), (1920, 1040), (1920, 1080), (1920, 1080), (1440, 1080)),
    ((3840, 1600), (3840, 1606), (3840, 2076), (3840, 2160), (3840, 2160), (2880, 2160)),
)
_EPISODE_SIZES = (
    ((640, 480), (720, 480), (854, 480)),
    ((768, 576), (1024, 576)),
    ((1280, 720),),
    ((1920, 1080),),
    ((3840, 2160),),
)
_HDR = (
    "SDR",
    "HDR10",
    "HDR10",
    "HDR10",
    "HDR10",
    "Dolby Vision / HDR10",
    "Dolby Vision / HDR10",
    "HDR10+",
    "Dolby Vision",
    "HLG",
    "Dolby Vision / HDR10+",
)
_GROUPS = (
    "AMBER",
    "NoRTH",
    "kestrel",
    "TiDE",
    "LANTERN",
    "QuaY",
    "OSTRA",
    "Fjord",
    "mOTH",
    "PAPER",
    "SEVENTH",
    None,
    None,
)
# codec, channels, kbit/s of the first track, by kind: avi, mp4, DVD, HDTV, WEB, Bluray, Remux
_SOUND = (
    (("mp3", 2, 128), ("mp3", 2, 160), ("ac3", 6, 384)),
    (("aac", 2, 128), ("aac", 2, 192), ("aac", 6, 320), ("eac3", 6, 640)),
    (("ac3", 6, 448), ("ac3", 2, 192), ("mp2", 2, 224)),
    (("ac3", 6, 384), ("ac3", 2, 192), ("aac", 2, 160)),
    (("eac3", 6, 640), ("eac3", 6, 768), ("aac", 2, 192), ("ac3", 6, 640), ("opus", 6, 320)),
    (("dts", 6, 1509), ("ac3", 6, 640), ("flac", 2, 900), ("dts", 6, 768), ("eac3", 8, 1024)),
    (("truehd", 8, 4100), ("dts", 8, 3900), ("dts", 6, 2600), ("flac", 2, 1000), ("truehd", 6, 2300)),
)
_MONO = (("aac", 1, 96), ("ac3", 1, 192), ("ac3", 2, 192), ("flac", 1, 480))
_TRACKS = ((1, 1, 1, 2), (1, 1, 1, 2, 2, 3))


def quality_columns() -> list[pl.Expr]:
    """`quality` (0 is 480p, 4 is 2160p): as forced, by era, or small for a sample's or trailer's file."""
    taste, year = pl.col("taste"), pl.col("year").fill_null(2015)
    era = sum(((year >= start).cast(pl.UInt32) for start in (1980, 2000, 2010, 2016)), pl.lit(0, dtype=pl.UInt32))
    drawn = pick_by(era, taste, "quality", _BY_ERA).cast(pl.UInt32)
    return [pl.coalesce(pl.col("forced"), drawn).alias("quality")]


def video_columns() -> list[pl.Expr]:
    """Source, codec, container, size of picture, range, depth, frame rate, release group, video bitrate."""
    taste, content, quality = pl.col("taste"), pl.col("content"), pl.col("quality")
    drawn = pick_by(quality, taste, "source", _SOURCES)
    codec = (
        pl.when(pl.col("part_number").is_not_null())
        .then(pl.lit("mpeg4"))
        .otherwise(pick_by(quality, taste, "codec", _CODECS))
    )
    source = pl.when((codec == "mpeg2video") | pl.col("part_number").is_not_null()).then(pl.lit("DVD")).otherwise(drawn)
    wide = (quality == 4) & (codec != "h264")
    hdr = pl.when(wide).then(pick(taste, "hdr", _HDR)).otherwise(pl.lit("SDR"))
    episode = pl.col("media_type") == "episode"
    deep = (
        (hdr != "SDR")
        | ((codec == "hevc") & chance(taste, "deep", 0.6))
        | ((codec == "h264") & pl.col("folder").str.contains("/Anime/", literal=True) & chance(taste, "hi10", 0.2))
    )
    kbps = (
        lookup(quality, _KBPS)
        * source.replace_strict(_SOURCE_FACTOR, return_dtype=pl.Float64)
        * codec.replace_strict(_CODEC_FACTOR, return_dtype=pl.Float64)
        * (unit(content, "kbps") * 0.7 + 0.65)
    )
    return [
        source.alias("quality_source"),
        codec.alias("codec"),
        _container(codec, source).alias("container"),
        _size(episode, 0).alias("width"),
        _size(episode, 1).alias("height"),
        hdr.alias("hdr_format"),
        pl.when(deep).then(10).otherwise(8).cast(pl.Int32).alias("bit_depth"),
        _profile(codec, deep).alias("profile"),
        pick_by(
            (quality <= 1).cast(pl.UInt32),
            taste,
            "frame_rate",
            ((23.976,) * 8 + (24.0, 25.0), (23.976, 25.0, 29.97)),
        ).alias("frame_rate"),
        pick(taste, "group", _GROUPS).alias("release_group"),
        kbps.floor().cast(pl.Int32).alias("video_kbps"),
    ]


def _container(codec: pl.Expr, source: pl.Expr) -> pl.Expr:
    taste = pl.col("taste")
    web = source.is_in(["WEBDL", "WEBRip"]) & chance(taste, "mp4", 0.22)
    return (
        pl.when(codec == "mpeg4")
        .then(pl.lit("avi"))
        .when(codec == "mpeg2video")
        .then(pick(taste, "mpeg", ("mkv", "mkv", "mpg", "ts")))
        .when(web & (codec != "vc1"))
        .then(pl.lit("mp4"))
        .when((source == "HDTV") & chance(taste, "ts", 0.08))
        .then(pl.lit("ts"))
        .otherwise(pl.lit("mkv"))
    )


def _size(episode: pl.Expr, axis: int) -> pl.Expr:
    taste, quality = pl.col("taste"), pl.col("quality")
    films, episodes = ([[size[axis] for size in row] for row in table] for table in (_SIZES, _EPISODE_SIZES))
    drawn = pick_by(quality, taste, "size", films)
    return pl.when(episode).then(pick_by(quality, taste, "size", episodes)).otherwise(drawn).cast(pl.Int32)


def _profile(codec: pl.Expr, deep: pl.Expr) -> pl.Expr:
    usual = codec.replace_strict(_PROFILES)
    deeper = pl.when(codec == "h264").then(pl.lit("High 10")).when(codec == "hevc").then(pl.lit("Main 10"))
    return pl.when(deep).then(deeper.otherwise(usual)).otherwise(usual)


def audio_columns() -> list[pl.Expr]:
    """`tracks` (how many audio streams), the first one's codec, channels and bitrate, `audio_kbps` of all."""
    taste, content, source = pl.col("taste"), pl.col("content"), pl.col("quality_source")
    kind = (
        pl.when(pl.col("container") == "avi")
        .then(0)
        .when(pl.col("container") == "mp4")
        .then(1)
        .otherwise(
            source.replace_strict(
                {"DVD": 2, "HDTV": 3, "WEBDL": 4, "WEBRip": 4, "Bluray": 5, "Remux": 6}, return_dtype=pl.Int32
            )
        )
    ).cast(pl.UInt32)
    old = (pl.col("year").fill_null(2015) < 1985) & chance(taste, "mono", 0.55) & (pl.col("container") == "mkv")
    first = [
        pl.when(old)
        .then(pick(taste, "sound", [choice[place] for choice in _MONO]))
        .otherwise(pick_by(kind, taste, "sound", [[choice[place] for choice in row] for row in _SOUND]))
        for place in range(3)
    ]
    many = pick_by(pl.col("lang").gt(0).cast(pl.UInt32), content, "tracks", _TRACKS)
    single = (pl.col("file_role") != "main") | (pl.col("container") == "avi")
    tracks = pl.when(single).then(1).otherwise(many).cast(pl.Int32)
    return [
        tracks.alias("tracks"),
        first[0].alias("audio_codec"),
        first[1].cast(pl.Int32).alias("audio_channels"),
        first[2].cast(pl.Int32).alias("first_kbps"),
        (first[2].cast(pl.Int32) + (tracks - 1) * 192).alias("audio_kbps"),
        below(content, "subtitles", 12).alias("subtitle_luck"),
    ]
