"""The view that all reports see files through."""

from __future__ import annotations

import polars as pl
import pytest

from mediamgr.store import Records
from tests.builders import library_of

STREAMS = {
    "begins.mkv": [
        ("video", "h264", 1920, 800, None),
        ("audio", "aac", None, None, 2),
        ("audio", "dts", None, None, 6),
    ],
    "later.mkv": [
        ("audio", "mp3", None, None, 2),
        ("video", "hevc", 3840, 2160, None),
        ("video", "mjpeg", 600, 900, None),
    ],
    "both.mkv": [("video", "av1", 1280, 720, None), ("video", "png", 600, 900, None)],
    "sound.mka": [("audio", "flac", None, None, 2)],
    "bare.avi": [],
}


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("begins.mkv", ("h264", "1080p", 1920, "aac", 6)),
        ("later.mkv", ("hevc", "2160p", 3840, "mp3", 2)),
        ("both.mkv", ("av1", "720p", 1280, None, None)),
        ("sound.mka", (None, None, None, "flac", 2)),
        ("bare.avi", (None, None, None, None, None)),
    ],
)
def test_a_file_is_one_row(facts: pl.DataFrame, file: str, said: tuple[object, ...]) -> None:
    """Its first picture, its first sound and the most channels; what it has none of is null."""
    columns = ("video_codec", "resolution", "width", "audio_codec", "audio_channels")
    assert facts.filter(path=f"/{file}").select(columns).rows() == [said]


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """All of the view."""
    rows = [(f"/{file}", place, *stream) for file, streams in STREAMS.items() for place, stream in enumerate(streams)]
    columns = ["path", "stream_index", "stream_type", "codec", "width", "height", "channels"]
    keys = list(STREAMS)
    frames = {
        "media_item": pl.DataFrame({"item_key": keys, "media_type": ["movie"] * len(keys), "title": keys}),
        "media_file": pl.DataFrame({"item_key": keys, "path": [f"/{key}" for key in keys]}),
        "media_stream": pl.DataFrame(rows, schema=columns, orient="row", infer_schema_length=None),
    }
    with library_of(tmp_path_factory.mktemp("facts") / "l.duckdb", Records("Films", frames, source="test")) as lib:
        return lib.sql("from file_fact")
