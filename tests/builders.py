"""Small libraries written out by hand, for tests that know the right answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from mediamgr.library import Library, open
from mediamgr.store import Records

FILMS = [
    {"item_key": "blade", "title": "Blade Runner", "year": 1982, "rating": 8.1, "genres": ["Sci-Fi", "Noir"]},
    {"item_key": "blade2", "title": "Blade Runner 2049", "year": 2017, "rating": 8.0, "genres": ["Sci-Fi"]},
    {"item_key": "sling", "title": "Sling Blade", "year": 1996, "rating": 8.0, "genres": ["Drama"]},
    {
        "item_key": "amelie",
        "title": "Amélie",
        "original_title": "Le Fabuleux Destin",
        "year": 2001,
        "rating": 8.3,
        "genres": ["Comedy"],
    },
    {"item_key": "8half", "title": "8½", "year": 1963, "rating": 8.0, "genres": None},
    {"item_key": "walle", "title": "WALL·E", "year": 2008, "rating": 8.4, "genres": ["Animation"]},
    {"item_key": "chihiro", "title": "千と千尋の神隠し", "year": 2001, "rating": 8.6, "genres": ["Animation"]},
    {"item_key": "aeon", "title": "Æon Flux", "year": 2005, "rating": 5.4, "genres": ["Sci-Fi"]},
    {"item_key": "dont", "title": "Don't Look Now", "year": 1973, "rating": 7.1, "genres": ["Drama"]},
    {"item_key": "acdc", "title": "AC/DC: Let There Be Rock", "year": 1980, "rating": 7.9, "genres": ["Music"]},
]


def films(**frames: Any) -> Records:
    """Ten films, one with files, streams, people, ids, artwork, subtitles and history."""
    given: dict[str, pl.DataFrame] = {
        "media_item": pl.DataFrame([{"media_type": "movie", **film} for film in FILMS], infer_schema_length=None),
        "media_file": pl.DataFrame(
            {
                "item_key": ["blade", "blade", "amelie"],
                "path": ["/films/Blade Runner.mkv", "/films/Blade Runner 4K.mkv", "/films/Amelie.mp4"],
                "size_bytes": [4_000_000_000, 40_000_000_000, 2_000_000_000],
                "duration_seconds": [7200.0, 7200.0, 3600.0],
                "container": ["mkv", "mkv", "mp4"],
                "edition": [None, "Final Cut", None],
            }
        ),
        "media_stream": pl.DataFrame(
            [
                ("/films/Blade Runner.mkv", 0, "video", "h264", 1920, 800, None),
                ("/films/Blade Runner.mkv", 1, "audio", "ac3", None, None, "en"),
                ("/films/Blade Runner.mkv", 2, "subtitle", "subrip", None, None, "es"),
                ("/films/Blade Runner 4K.mkv", 0, "video", "hevc", 3840, 1600, None),
                ("/films/Amelie.mp4", 0, "video", "h264", 1280, 536, None),
                ("/films/Amelie.mp4", 1, "audio", "aac", None, None, "fr"),
            ],
            schema=["path", "stream_index", "stream_type", "codec", "width", "height", "language"],
            orient="row",
        ),
        "person": pl.DataFrame(
            {"person_key": ["imdb:nm1", "imdb:nm2", "name:zoe"], "name": ["Harrison Ford", "Ridley Scott", "Zoë"]}
        ),
        "credit": pl.DataFrame(
            [
                ("blade", "imdb:nm1", "cast", "actor", "Deckard", 0),
                ("blade2", "imdb:nm1", "cast", "actor", "Deckard", 1),
                ("blade", "imdb:nm2", "directing", "director", None, 0),
                ("amelie", "name:zoe", "cast", "actor", "Zoë", 0),
            ],
            schema=["item_key", "person_key", "department", "role", "character", "position"],
            orient="row",
        ),
        "external_id": pl.DataFrame(
            {"item_key": ["blade"], "source": ["imdb"], "id_space": ["movie"], "external_id": ["tt0083658"]}
        ),
        "artwork": pl.DataFrame(
            {
                "item_key": ["blade"],
                "artwork_type": ["poster"],
                "path": ["/films/poster.jpg"],
                "download_status": ["local"],
            }
        ),
        "subtitle": pl.DataFrame(
            {
                "item_key": ["amelie"],
                "path": ["/films/Amelie.es.srt"],
                "language": ["es"],
                "download_status": ["local"],
            }
        ),
        "history_event": pl.DataFrame(
            {"item_key": ["blade"], "event_type": ["played"], "occurred_at": [datetime(2024, 5, 1, 20, 15)]}
        ),
    }
    return Records("Films", {**given, **frames}, source="test")


def series(title: str = "The Harbour", library: str = "Series") -> Records:
    """One show, a season of two episodes in one file, and a special."""
    items = [
        ("show", "show", None, None, title, None, None),
        ("s0", "season", "show", None, "Specials", 0, None),
        ("s1", "season", "show", None, "Season 1", 1, None),
        ("s1e1", "episode", "s1", None, "Ebb", 1, 1),
        ("s1e2", "episode", "s1", "s1e1", "Flow", 1, 2),
        ("s0e1", "episode", "s0", None, "Making of", 0, 1),
    ]
    columns = ["item_key", "media_type", "parent_key", "shared_file_key", "title", "season_number", "episode_number"]
    files = {"item_key": ["s1e1"], "path": [f"/tv/{title}/S01E01-E02.mkv"], "size_bytes": [900]}
    frames = {"media_item": pl.DataFrame(items, schema=columns, orient="row"), "media_file": pl.DataFrame(files)}
    return Records(library, frames, source="test")


def library_of(path: Path, *batches: Records) -> Library:
    """A library at `path` holding these batches."""
    lib = open(path, create=True)
    report = lib.load(batches)
    assert report.rejected.is_empty(), report.rejected
    return lib


@contextmanager
def copy_of(made: bytes, path: Path) -> Iterator[Library]:
    """A library at `path` of the bytes of one that was made once, to change; it is sound in the end."""
    path.write_bytes(made)
    with open(path) as lib:
        yield lib
    with open(path) as lib:
        assert lib.check().filter(pl.col("found") > 0).is_empty()
