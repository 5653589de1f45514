"""Libraries that are hard on reports: with nothing in them, with one thing, with nothing known, with hostile words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from mediamgr.library import Library, open
from mediamgr.store import Records

__all__ = ["HARD", "HOSTILE", "hard_library"]

HOSTILE: Final = (
    "</title><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "'; drop table media_item; --", '"$(rm -rf /)"',
    "`reboot`", "=cmd|' /C calc'!A0", "../../etc/passwd", "a\x1b[2Jb", "line\nbreak", "tab\there", "$\\alpha$", "${x}",
    "{{ 7 * 7 }}", "\u202eright to left", "x" * 300, "NaN", "null", "%s %d", "back\\slash", "🎬 ünïcödé",
    "bell\x07 delete\x7f next\x85 \ufffe\uffff",
)  # fmt: skip


def _one() -> list[Records]:
    frames = {
        "media_item": pl.DataFrame({"item_key": ["only"], "media_type": ["movie"], "title": ["Alone"], "year": [1999]}),
        "media_file": pl.DataFrame({"item_key": ["only"], "path": ["/f/Alone.mkv"], "size_bytes": [7_000_000_000]}),
    }
    return [Records("Films", frames, source="test")]


def _unknown() -> list[Records]:
    """A film, a show, a season and an episode of which nothing but a title is known, and files that are gone."""
    items: list[dict[str, Any]] = [
        {"item_key": "film", "media_type": "movie", "title": "Film"},
        {"item_key": "show", "media_type": "show", "title": "Show"},
        {"item_key": "season", "media_type": "season", "title": "Season", "parent_key": "show"},
        {"item_key": "episode", "media_type": "episode", "title": "Episode", "parent_key": "season"},
    ]
    files = {
        "item_key": ["film", "film", "episode"],
        "path": ["/x/Film.mkv", "/x/Film 2.mkv", "/x/Episode.mkv"],
        "size_bytes": [None, 0, None],
        "missing_since": [None, datetime(2025, 1, 2), datetime(2025, 1, 2)],
    }
    frames = {
        "media_item": pl.DataFrame(items, infer_schema_length=None),
        "media_file": pl.DataFrame(files),
    }
    return [Records("Unknown", frames, source="test")]


def _hostile() -> list[Records]:
    keys = [str(number) for number in range(len(HOSTILE))]
    shows = [
        {"item_key": f"s{key}", "media_type": "show", "title": word} for key, word in zip(keys, HOSTILE, strict=True)
    ]
    films = [
        {
            "item_key": key, "media_type": "movie", "title": word, "year": 2000, "genres": [word], "studios": [word],
            "tags": [word], "collection": word, "content_rating": word, "runtime_minutes": 90, "rating": 5.5,
            "added_at": datetime(2024, 3, 1),
        }
        for key, word in zip(keys, HOSTILE, strict=True)
    ]  # fmt: skip
    paths = [f"/films/{word}/{word}.mkv" for word in HOSTILE]
    frames = {
        "media_item": pl.DataFrame(shows + films, infer_schema_length=None),
        "media_file": pl.DataFrame(
            {
                "item_key": [*keys, *keys],
                "path": [*paths, *(f"{path}.avi" for path in paths)],
                "size_bytes": [1_500_000_000] * (2 * len(keys)),
                "duration_seconds": [5400.0] * (2 * len(keys)),
                "container": [*HOSTILE, *HOSTILE],
                "edition": [*HOSTILE, *HOSTILE],
                "quality_source": [*HOSTILE, *HOSTILE],
                "release_group": [*HOSTILE, *HOSTILE],
                "problem": [*HOSTILE, *HOSTILE],
            }
        ),
        "media_stream": pl.DataFrame(
            {
                "path": paths,
                "stream_index": [0] * len(paths),
                "stream_type": ["video"] * len(paths),
                "codec": list(HOSTILE),
                "width": [1920] * len(paths),
                "height": [1080] * len(paths),
                "frame_rate": [24.0] * len(paths),
                "hdr_format": list(HOSTILE),
            }
        ),
        "person": pl.DataFrame({"person_key": [f"name:{key}" for key in keys], "name": list(HOSTILE)}),
        "credit": pl.DataFrame(
            {
                "item_key": [*keys, *keys],
                "person_key": [f"name:{key}" for key in [*keys, *reversed(keys)]],
                "department": ["cast"] * (2 * len(keys)),
                "role": ["actor"] * (2 * len(keys)),
                "character": [*HOSTILE, *HOSTILE],
                "position": [0] * len(keys) + [1] * len(keys),
            }
        ),
        "history_event": pl.DataFrame(
            {
                "item_key": keys,
                "event_type": ["played"] * len(keys),
                "user_name": list(HOSTILE),
                "occurred_at": [datetime(2024, 5, 1, 20)] * len(keys),
                "value": [1.0] * len(keys),
            }
        ),
    }
    return [Records("<b>Films</b> & 'more'", frames, source="test")]


HARD: Final = {"empty": list, "one item": _one, "nothing known": _unknown, "hostile words": _hostile}
"""Name -> what is in it."""


@contextmanager
def hard_library(name: str, path: Path) -> Iterator[Library]:
    """One of `HARD`, at `path`."""
    with open(path, create=True) as lib:
        report = lib.load(HARD[name]())
        assert report.rejected.is_empty(), report.rejected
        yield lib
