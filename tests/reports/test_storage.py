"""The storage report, on a library whose right answers were worked out by hand, and what must hold on any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mediamgr.library import Library
from mediamgr.reports.storage import By, GrowthBy, SavingsBy
from mediamgr.store import Records
from tests.builders import library_of
from tests.reports.shelves import FILE_TYPES, GB, film_files, shelves

HELD = 59_090_000_000
"""Bytes of all files of `shelves` that are there."""


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """`shelves`."""
    with library_of(tmp_path_factory.mktemp("storage") / "l.duckdb", *shelves()) as lib:
        yield lib


def _rows(frame: pl.DataFrame, *columns: str) -> list[tuple[Any, ...]]:
    return frame.select(columns).rows()


class TestStorage:
    """Where the bytes are."""

    def test_by_library(self, lib: Library) -> None:
        """Files that are gone do not count, samples do, and a size that is not known is none."""
        answer = lib.reports.storage(by="library")
        assert _rows(answer, "value", "items", "files", "size_bytes", "hours", "share") == [
            ("Films", 4, 6, 58_190_000_000, 6.6, 0.9848),
            ("Series", 2, 2, 900_000_000, 0.5, 0.0152),
        ]

    def test_by_codec(self, lib: Library) -> None:
        """Gigabytes an hour and bits per pixel are of those files of which both parts are known."""
        answer = lib.reports.storage(by="codec")
        assert _rows(answer, "value", "files", "size_bytes", "gb_per_hour", "bits_per_pixel") == [
            ("hevc", 1, 36 * GB, 18.0, 0.1929),
            ("h264", 4, 19_440_000_000, 4.741, 0.218),
            ("mpeg4", 1, 3_600_000_000, 3.6, 0.9259),
            (None, 2, 50_000_000, 3.0, None),
        ]

    def test_by_folder(self, lib: Library) -> None:
        """As many folders as were asked for."""
        assert _rows(lib.reports.storage(by="folder", depth=1), "value", "files") == [("/f", 6), ("/tv", 2)]

    def test_a_file_is_no_folder(self, lib: Library) -> None:
        """However deep one asks, and however flat the folders lie."""
        assert _rows(lib.reports.storage(by="folder"), "value", "files") == [("/f", 6), ("/tv", 2)]
        assert _rows(lib.reports.storage(by="folder", depth=0), "value", "files") == [("/", 8)]

    @pytest.mark.parametrize("by", get_args(By))
    def test_every_property_holds_the_same(self, lib: Library, by: By) -> None:
        """Whatever makes a row: the files, the bytes and the shares of all rows are those of the library."""
        answer = lib.reports.storage(by=by)
        assert answer["files"].sum() == 8
        assert answer["size_bytes"].sum() == HELD
        assert answer["share"].sum() == pytest.approx(1, abs=1e-3)

    def test_what_a_row_opens(self, lib: Library) -> None:
        """The items with a file like that, where a filter of the browser says so."""

        def opened(by: By, **more: str) -> list[Any]:
            answer = lib.reports.storage(by=by, **more)
            return [answer.question.opens(row) for row in answer.iter_rows(named=True)]

        assert opened("codec")[1:] == [{"video_codec": "h264"}, {"video_codec": "mpeg4"}, None]
        assert opened("type") == [{"media_type": "movie"}, {"media_type": "episode"}]
        assert opened("decade", library="Films")[0] == {"library": "Films", "decade": "1980s"}
        assert lib.items.ordering(**opened("decade", library="Films")[0])[:]["title"].to_list() == ["Brazil"]
        assert set(map(str, opened("container"))) == {"None"}


class TestLargest:
    """The largest items."""

    def test_items(self, lib: Library) -> None:
        """All files of an item count; an episode is a row."""
        answer = lib.reports.storage_largest()
        assert _rows(answer, "item", "files", "size_bytes", "codecs", "resolutions") == [
            ("Brazil", 2, 45 * GB, ["h264", "hevc"], ["1080p", "2160p"]),
            ("Casablanca", 1, 9 * GB, ["h264"], ["1080p"]),
            ("Alien", 2, 3_650_000_000, ["mpeg4"], ["480p"]),
            ("Tide S01E01 Ebb", 1, 900_000_000, ["h264"], ["720p"]),
            ("Dune", 1, 540_000_000, ["h264"], ["1080p"]),
            ("Tide S01E02 Flow", 1, 0, [], []),
        ]

    def test_shows(self, lib: Library) -> None:
        """A show has the files of all its episodes, and opens as the show."""
        row = lib.reports.storage_largest(by="show", library="Series").row(0, named=True)
        assert (row["item"], row["media_type"], row["files"], row["size_bytes"], row["share"]) == (
            "Tide", "show", 2, 900_000_000, 1.0,
        )  # fmt: skip
        assert lib.items.get(row["media_item_id"]).media_type == "show"

    def test_as_many_as_asked_for(self, lib: Library) -> None:
        """The share is of all bytes, not of those rows."""
        answer = lib.reports.storage_largest(rows=1)
        assert _rows(answer, "item", "share") == [("Brazil", round(45 * GB / HELD, 4))]


class TestDensity:
    """Gigabytes an hour and bits per pixel."""

    def test_by_resolution(self, lib: Library) -> None:
        """Samples do not count; of three files the middle one is the middle."""
        answer = lib.reports.storage_density(by="resolution")
        columns = ("value", "files", "gb_per_hour", "bits_per_pixel_low", "bits_per_pixel", "bits_per_pixel_high")
        assert _rows(answer, *columns) == [
            ("480p", 1, 3.6, 0.9259, 0.9259, 0.9259),
            ("2160p", 1, 18.0, 0.1929, 0.1929, 0.1929),
            ("1080p", 3, 4.5, 0.0386, 0.1929, 0.3858),
            ("720p", 1, 1.8, 0.1736, 0.1736, 0.1736),
        ]

    def test_densest(self, lib: Library) -> None:
        """Beside the middle file of its codec and resolution."""
        answer = lib.reports.storage_densest(rows=2)
        assert _rows(answer, "item", "bits_per_pixel", "usual_bits_per_pixel", "times_usual") == [
            ("Casablanca", 0.3858, 0.1929, 2.0),
            ("Alien", 0.9259, 0.9259, 1.0),
        ]
        assert lib.reports.storage_densest(by="gb_per_hour")["item"][0] == "Brazil"


class TestGrowth:
    """How it grew."""

    def test_by_month(self, lib: Library) -> None:
        """Months in which nothing came are there, and totals go on."""
        answer = lib.reports.storage_growth(by="library")
        assert _rows(answer, "period", "value", "files", "size_bytes", "total_files", "total_bytes") == [
            (date(2024, 1, 1), "Films", 3, 12_650_000_000, 3, 12_650_000_000),
            (date(2024, 1, 1), "Series", 0, 0, 0, 0),
            (date(2024, 2, 1), "Films", 0, 0, 3, 12_650_000_000),
            (date(2024, 2, 1), "Series", 0, 0, 0, 0),
            (date(2024, 3, 1), "Films", 1, 9 * GB, 4, 21_650_000_000),
            (date(2024, 3, 1), "Series", 2, 900_000_000, 2, 900_000_000),
            (date(2024, 4, 1), "Films", 2, 36_540_000_000, 6, 58_190_000_000),
            (date(2024, 4, 1), "Series", 0, 0, 2, 900_000_000),
        ]

    @pytest.mark.parametrize("by", get_args(GrowthBy))
    def test_ends_with_all(self, lib: Library, by: GrowthBy) -> None:
        """Whatever makes a line and however long a period is, the last totals are what is held."""
        for every in ("day", "quarter", "year"):
            answer = lib.reports.storage_growth(by=by, every=every)
            last = answer.filter(pl.col("period") == pl.col("period").max())
            assert last["total_bytes"].sum() == answer["size_bytes"].sum() == HELD
            assert last["total_files"].sum() == answer["files"].sum() == 8


class TestSavings:
    """What would free room."""

    def test_by_way(self, lib: Library) -> None:
        """A spare copy of what nobody played, a sample, and two old codecs at the target that the model names."""
        answer = lib.reports.storage_savings()
        assert _rows(answer, "value", "files", "size_bytes", "target_bytes", "saved_bytes", "saved_share") == [
            ("re-encode", 3, 13_500_000_000, 3_803_616_000, 9_696_384_000, 0.7183),
            ("spare copy", 1, 9 * GB, 0, 9 * GB, 1.0),
            ("sample", 1, 50_000_000, 0, 50_000_000, 1.0),
        ]

    def test_by_item(self, lib: Library) -> None:
        """The most saved first, with the numbers of the model; what is small already is not there."""
        answer = lib.reports.storage_savings(by="item")
        assert _rows(answer, "value", "ways", "saved_bytes", "bits_per_pixel", "target_bits_per_pixel") == [
            ("Brazil", ["spare copy"], 9 * GB, None, None),
            ("Casablanca", ["re-encode"], 6_582_240_000, 0.3858, 0.1036),
            ("Alien", ["re-encode", "sample"], 2_931_296_000, 0.9259, 0.1849),
            ("Tide S01E01 Ebb", ["re-encode"], 232_848_000, 0.1736, 0.1287),
        ]
        assert lib.items.get(answer["media_item_id"][0]).title == "Brazil"

    def test_thresholds(self, lib: Library) -> None:
        """A larger share, a better picture and another codec change what is worth it."""
        saved = lib.reports.storage_savings(least_share=0.5, by="codec")
        assert _rows(saved, "value", "files") == [("h264", 2), ("mpeg4", 1), (None, 1)]
        assert lib.reports.storage_savings(quality=100.0)["value"].to_list() == ["spare copy", "sample"]
        by_av1 = lib.reports.storage_savings(by="codec", codec="av1")
        assert by_av1.filter(pl.col("value") == "hevc")["saved_bytes"].item() > 0

    def test_a_copy_that_cannot_be_read(self, tmp_path: Path) -> None:
        """Is not the one to keep, however large."""
        files = pl.DataFrame({"item_key": ["a", "a"], "path": ["/Bad.mkv", "/Good.mkv"], "size_bytes": [9 * GB, GB]})
        frames = {
            "media_item": pl.DataFrame({"item_key": ["a"], "media_type": ["movie"], "title": ["A"]}),
            "media_file": files.with_columns(problem=pl.Series(["is cut short", None])),
        }
        with library_of(tmp_path / "l.duckdb", Records("Films", frames, source="test")) as lib:
            assert _rows(lib.reports.storage_savings(), "value", "saved_bytes") == [("spare copy", 9 * GB)]

    @pytest.mark.parametrize("by", get_args(SavingsBy))
    def test_every_grouping_saves_the_same(self, lib: Library, by: SavingsBy) -> None:
        """Whatever makes a row."""
        assert lib.reports.storage_savings(by=by)["saved_bytes"].sum() == 18_746_384_000


def _file() -> st.SearchStrategy[dict[str, Any]]:
    shape = st.sampled_from(
        [(640, 480), (1024, 576), (1280, 720), (1920, 800), (2560, 1440), (3840, 2160), (None, None)]
    )
    return st.fixed_dictionaries(
        {
            "film": st.sampled_from(["one", "two", "seen three"]),
            "file_role": st.sampled_from(["main", "main", "main", "extra", "sample"]),
            "edition": st.sampled_from([None, "Final Cut"]),
            "source": st.sampled_from([None, "DVD", "WEBDL"]),
            "size_bytes": st.none() | st.integers(0, 10**13),
            "seconds": st.none() | st.floats(0, 10**5),
            "codec": st.sampled_from([None, "mpeg2video", "h264", "hevc", "av1", "x"]),
            "shape": shape,
            "hdr": st.none(),
            "channels": st.sampled_from([None, 2, 6]),
        }
    )


class TestAnyLibrary:
    """What must hold whatever the files are."""

    @settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(drawn=st.lists(_file(), min_size=1, max_size=12), quality=st.floats(0, 10), least=st.floats(0, 1))
    def test_sums(self, tmp_path: Path, drawn: list[dict[str, Any]], quality: float, least: float) -> None:
        """Groupings agree, nothing saves more than is held, and every share is one of the whole."""
        rows = [{**file, "width": file["shape"][0], "height": file["shape"][1]} for file in drawn]
        files = pl.DataFrame(rows, schema_overrides=FILE_TYPES, infer_schema_length=None).drop("shape")
        held = files["size_bytes"].sum()
        path = tmp_path / "drawn.duckdb"
        path.unlink(missing_ok=True)
        with library_of(path, film_files(files)) as lib:
            for by in get_args(By):
                answer = lib.reports.storage(by=by)
                assert (answer["size_bytes"].sum(), answer["files"].sum()) == (held, len(drawn))
                assert answer["share"].sum() == pytest.approx(1 if held else 0, abs=0.01)
            assert lib.reports.storage_largest(by="show")["size_bytes"].sum() == held
            assert lib.reports.storage_growth(by="codec")["size_bytes"].sum() == held
            saved = set()
            for by in get_args(SavingsBy):
                answer = lib.reports.storage_savings(by=by, quality=quality, least_share=least)
                assert (answer["saved_bytes"] + answer["target_bytes"] == answer["size_bytes"]).all()
                assert answer.filter(~pl.col("saved_bytes").is_between(0, pl.col("size_bytes"))).is_empty()
                assert answer["size_bytes"].sum() <= held
                saved.add(answer["saved_bytes"].sum())
            assert len(saved) == 1
