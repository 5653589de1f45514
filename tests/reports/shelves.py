"""A small library written out by hand, with what storage and quality ask of files, and libraries of drawn files."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import polars as pl

from mediamgr.store import Records

__all__ = ["FILE_TYPES", "GB", "film_files", "shelves"]

GB = 10**9
FILE_TYPES = {
    "film": pl.String, "file_role": pl.String, "edition": pl.String, "source": pl.String, "size_bytes": pl.Int64,
    "seconds": pl.Float64, "codec": pl.String, "width": pl.Int64, "height": pl.Int64, "hdr": pl.String,
    "channels": pl.Int64,
}  # fmt: skip
"""What `film_files` takes."""
_FILE = ["item_key", "path", "file_role", "container", "quality_source", "size_bytes", "duration_seconds", "added_at"]
_VIDEO = ["path", "codec", "width", "height", "hdr_format", "channels"]


def _streams(rows: Iterable[tuple[Any, ...]]) -> pl.DataFrame:
    """A picture at 25 frames a second and sound, of each (path, codec, width, height, HDR, channels)."""
    streams: list[dict[str, Any]] = []
    for row in rows:
        file = dict(zip(_VIDEO, row, strict=True))
        path, channels = file["path"], file.pop("channels")
        streams += [
            {**file, "stream_index": 0, "stream_type": "video", "frame_rate": 25.0},
            {"path": path, "stream_index": 1, "stream_type": "audio", "codec": "aac", "channels": channels},
        ]
    return pl.DataFrame(streams, infer_schema_length=None)


def shelves() -> list[Records]:
    """Four films, one of them in two copies and one seen twice, and a show of two episodes, one of them hardly known."""
    films = [
        {"item_key": "alien", "title": "Alien", "year": 1979, "rating": 8.0},
        {"item_key": "brazil", "title": "Brazil", "year": 1985, "rating": 7.0},
        {"item_key": "casablanca", "title": "Casablanca", "year": 1942, "rating": 8.5, "user_rating": 9.0},
        {"item_key": "dune", "title": "Dune", "year": 2021},
    ]
    early, spring, late = datetime(2024, 1, 5), datetime(2024, 3, 1), datetime(2024, 4, 30, 23, 59)
    files = [
        ("alien", "/f/Alien.avi", "main", "avi", "DVD", 3_600_000_000, 3600.0, early),
        ("alien", "/f/Alien sample.avi", "sample", "avi", None, 50_000_000, 60.0, early),
        ("brazil", "/f/Brazil 4K.mkv", "main", "mkv", "Bluray", 36 * GB, 7200.0, late),
        ("brazil", "/f/Brazil.mkv", "main", "mkv", "WEBDL", 9 * GB, 7200.0, spring),
        ("casablanca", "/f/Casablanca.mkv", "main", "mkv", None, 9 * GB, 3600.0, early),
        ("casablanca", "/f/gone.mkv", "main", "mkv", "Remux", 50 * GB, 3600.0, early),
        ("dune", "/f/Dune.mp4", "main", "mp4", "WEBDL", 540_000_000, 2160.0, late),
    ]
    gone = pl.DataFrame({"missing_since": [None, None, None, None, None, datetime(2025, 1, 1), None]})
    streams = [
        ("/f/Alien.avi", "mpeg4", 720, 480, "SDR", 2),
        ("/f/Brazil 4K.mkv", "hevc", 3840, 2160, "HDR10", 8),
        ("/f/Brazil.mkv", "h264", 1920, 1080, "SDR", 2),
        ("/f/Casablanca.mkv", "h264", 1920, 1080, "SDR", 1),
        ("/f/gone.mkv", "h264", 1920, 1080, "SDR", 6),
        ("/f/Dune.mp4", "h264", 1920, 1080, "SDR", 6),
    ]
    plays = [datetime(2024, 5, 1, 20), datetime(2024, 6, 1, 20)]
    frames = {
        "media_item": pl.DataFrame([{"media_type": "movie", **film} for film in films], infer_schema_length=None),
        "media_file": pl.DataFrame(files, schema=_FILE, orient="row").hstack(gone),
        "media_stream": _streams(streams),
        "history_event": pl.DataFrame(
            {"item_key": ["casablanca"] * 2, "event_type": ["played"] * 2, "occurred_at": plays}
        ),
    }
    return [Records("Films", frames, source="test"), _show(spring)]


def _show(added_at: datetime) -> Records:
    items = [
        ("show", "show", None, "Tide", None, None),
        ("s1", "season", "show", "Season 1", 1, None),
        ("e1", "episode", "s1", "Ebb", 1, 1),
        ("e2", "episode", "s1", "Flow", 1, 2),
    ]
    columns = ["item_key", "media_type", "parent_key", "title", "season_number", "episode_number"]
    files = [
        ("e1", "/tv/Ebb.mkv", "main", "mkv", "HDTV", 900_000_000, 1800.0, added_at),
        ("e2", "/tv/Flow.mkv", "main", "mkv", None, None, None, added_at),
    ]
    frames = {
        "media_item": pl.DataFrame(items, schema=columns, orient="row"),
        "media_file": pl.DataFrame(files, schema=_FILE, orient="row"),
        "media_stream": _streams([("/tv/Ebb.mkv", "h264", 1280, 720, "SDR", 2)]),
    }
    return Records("Series", frames, source="test")


def film_files(files: pl.DataFrame, library: str = "Drawn") -> Records:
    """Films named by `film`, with files of `FILE_TYPES`; one whose name begins with "seen" was played."""
    numbered = files.with_row_index("number").with_columns(
        path=pl.format("/{}/{}/{}.mkv", pl.lit(library), "film", "number")
    )
    films = files["film"].unique(maintain_order=True)
    seen = films.filter(films.str.starts_with("seen"))
    streams = numbered.select("path", "codec", "width", "height", "hdr", "channels").rows()
    frames = {
        "media_item": pl.DataFrame({"item_key": films, "title": films, "media_type": ["movie"] * len(films)}),
        "media_file": numbered.select(
            "path", "file_role", "edition", "size_bytes",
            item_key="film", quality_source="source", duration_seconds="seconds",
        ),
        "media_stream": _streams(streams),
        "history_event": pl.DataFrame(
            {"item_key": seen, "event_type": ["played"] * len(seen), "occurred_at": [datetime(2024, 5, 1)] * len(seen)},
            schema={"item_key": pl.String, "event_type": pl.String, "occurred_at": pl.Datetime},
        ),
    }  # fmt: skip
    return Records(library, frames, source="test")
