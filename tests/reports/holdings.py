"""Libraries of films and episodes written out a line each, for what is held twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zlib import crc32

import polars as pl

from mediamgr.library import Library
from mediamgr.store import Records
from tests.builders import library_of

__all__ = ["File", "Held", "episode", "held", "show"]

_FILE = ("size_bytes", "duration_seconds", "edition", "fingerprint", "quality_source", "part_number", "file_role",
         "missing_since", "bitrate_kbps", "problem", "path_bytes", "added_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """A file of an item; what is not given is usual: no two are of one size."""

    path: str
    size_bytes: int | None = -1
    duration_seconds: float | None = 6000.0
    edition: str | None = None
    fingerprint: str | None = None
    quality_source: str | None = None
    part_number: int | None = None
    file_role: str = "main"
    missing_since: datetime | None = None
    bitrate_kbps: int | None = 5000
    problem: str | None = None
    path_bytes: bytes | None = None
    added_at: datetime = datetime(2024, 1, 1)
    video: tuple[str, int, int, str] | None = ("h264", 1920, 1080, "SDR")
    audio: tuple[str, int] | None = ("ac3", 6)


@dataclass(frozen=True, slots=True)
class Held:
    """An item of a library."""

    key: str
    title: str
    year: int | None = 2000
    files: Sequence[File] = ()
    library: str = "Films"
    runtime_minutes: int | None = 100
    ids: dict[str, str] = field(default_factory=dict)
    original_title: str | None = None
    media_type: str = "movie"
    parent_key: str | None = None
    season_number: int | None = None
    episode_number: int | None = None
    shared_file_key: str | None = None
    plays: int = 0


def show(key: str, title: str, library: str = "Series", **given: Any) -> list[Held]:
    """A show with two seasons to hang episodes on: `<key>/0` and `<key>/1`."""
    seasons = [
        Held(
            f"{key}/{number}",
            f"Season {number}",
            None,
            library=library,
            media_type="season",
            parent_key=key,
            season_number=number,
        )
        for number in (0, 1)
    ]
    return [Held(key, title, library=library, media_type="show", **given), *seasons]


def episode(of: str, season: int, number: int, title: str, *files: File, library: str = "Series", **given: Any) -> Held:
    """An episode of the show of that key."""
    return Held(
        f"{of}/{season}x{number}", title, files=files, library=library, media_type="episode",
        parent_key=f"{of}/{season}", season_number=season, episode_number=number, **{"runtime_minutes": 22, **given},
    )  # fmt: skip


@contextmanager
def held(path: Path, *items: Held) -> Iterator[Library]:
    """A library file that holds these."""
    names = list(dict.fromkeys(each.library for each in items))
    with library_of(path, *(_records(name, [each for each in items if each.library == name]) for name in names)) as lib:
        yield lib


def _said(file: File) -> dict[str, Any]:
    said = {name: getattr(file, name) for name in _FILE}
    return said | ({"size_bytes": 4_000_000_000 + crc32(file.path.encode())} if file.size_bytes == -1 else {})


def _records(library: str, items: Sequence[Held]) -> Records:
    told = ("title", "year", "runtime_minutes", "original_title", "media_type", "parent_key", "season_number",
            "episode_number", "shared_file_key")  # fmt: skip
    files = [(item, file) for item in items for file in item.files]
    streams = [
        *({"path": file.path, "stream_index": 0, "stream_type": "video", "codec": file.video[0], "width": file.video[1],
           "height": file.video[2], "hdr_format": file.video[3]} for _, file in files if file.video),
        *({"path": file.path, "stream_index": 1, "stream_type": "audio", "codec": file.audio[0], "channels": file.audio[1]}
          for _, file in files if file.audio),
    ]  # fmt: skip
    rows: dict[str, list[dict[str, Any]]] = {
        "media_item": [{"item_key": each.key, **{name: getattr(each, name) for name in told}} for each in items],
        "media_file": [{"item_key": item.key, "path": file.path, **_said(file)} for item, file in files],
        "media_stream": streams,
        "external_id": [
            {"item_key": each.key, "source": source, "id_space": each.media_type, "external_id": text}
            for each in items
            for source, text in each.ids.items()
        ],
        "history_event": [
            {"item_key": each.key, "event_type": "played", "occurred_at": datetime(2024, 5, 1 + day)}
            for each in items
            for day in range(each.plays)
        ],
    }  # fmt: skip
    frames = {table: pl.DataFrame(some, infer_schema_length=None) for table, some in rows.items() if some}
    return Records(library, frames, source="test")
