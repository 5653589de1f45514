"""The report on quality upgrades, on a library whose right answers were worked out by hand, and its rules on any file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import log2
from typing import Any, Final

import polars as pl
import pytest

from mediamgr.library import Library
from tests.builders import library_of
from tests.reports.shelves import FILE_TYPES, film_files, shelves

FACTORS: Final = ("source_factor", "resolution_factor", "codec_factor", "hdr_factor", "sound_factor")
PICTURES: Final = ((640, 480), (1024, 576), (1280, 720), (1920, 800), (2560, 1440), (3840, 2160))
RATES: Final = (0.3, 1.1, 1.9, 2.5, 8.0, 30.0)
"""Megabits a second."""
BETTER: Final = {
    "height": [height for _, height in PICTURES],
    "mbit": list(RATES),
    "codec": ["mpeg4", "h264", "hevc"],
    "source": ["CAM", "DVD", "WEBDL", "Remux"],
    "hdr": ["SDR", "HDR10", "Dolby Vision / HDR10"],
    "channels": [1, 2, 4, 6, 8],
}
"""Values of a property, each better than the one before."""


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """`shelves`."""
    with library_of(tmp_path_factory.mktemp("upgrades") / "l.duckdb", *shelves()) as lib:
        yield lib


def _grid() -> pl.DataFrame:
    """A file of each combination of what the rules look at, an hour long; its film is named by its number."""
    rows: list[dict[str, Any]] = [
        {"width": picture[0], "height": picture[1], "mbit": mbit, "codec": codec, "source": source, "hdr": hdr,
         "channels": channels}
        for picture, mbit, codec, source, hdr, channels in product(
            PICTURES, RATES, BETTER["codec"], BETTER["source"][1:3], BETTER["hdr"], BETTER["channels"][1:4]
        )
    ] + [
        {"width": 1920, "height": 1080, "mbit": 8.0, "codec": codec, "source": source, "hdr": None, "channels": channels}
        for codec, source, channels in product([None, "x", "av1"], ["?", *BETTER["source"]], [None, 1, 8])
    ]  # fmt: skip
    grid = pl.DataFrame(rows, infer_schema_length=None).with_row_index("film")
    return grid.with_columns(
        film=pl.col("film").cast(pl.String),
        file_role=pl.lit("main"),
        edition=pl.lit(None, pl.String),
        seconds=pl.lit(3600.0),
        size_bytes=(pl.col("mbit") * 1e6 / 8 * 3600).cast(pl.Int64),
    )


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pl.DataFrame]:
    """Every file of the grid with what the rules say of it."""
    grid = _grid()
    files = grid.select(*FILE_TYPES)
    with library_of(tmp_path_factory.mktemp("grid") / "l.duckdb", film_files(files)) as lib:
        answer = lib.reports.upgrades(rows=10**6, poor=1.1, least_resolution="2160p", hdr_from="480p", least_channels=9)
        yield (
            pl.DataFrame(answer)
            .select("item", "score", *FACTORS, "reasons")
            .join(grid, left_on="item", right_on="film")
        )


class TestUpgrades:
    """What is worth a better copy."""

    def test_ranked(self, lib: Library) -> None:
        """Rated well and watched comes before worse but never seen; what lacks nothing is not there."""
        answer = lib.reports.upgrades()
        assert answer.select("item", "score", "priority", "plays", "rating", "reasons").rows() == [
            ("Casablanca", 64.1, 8.35, 2, 9.0, ["mono only"]),
            ("Alien", 26.22, 5.9, 0, 8.0, ["480p", "mpeg4 is an old codec", "the source is DVD", "stereo only"]),
            ("Tide S01E01 Ebb", 57.82, 2.11, 0, None, ["720p", "stereo only"]),
            ("Dune", 65.67, 1.72, 0, None, ["2.0 Mbit/s is low for 1080p in h264"]),
        ]
        assert answer["priority"][0] == round((100 - 64.1) / 100 * (1 + log2(3)) * 9, 2)
        assert lib.items.get(answer["media_item_id"][0]).title == "Casablanca"

    def test_starved(self, lib: Library) -> None:
        """A file with too few bits counts as the resolution for which it has enough."""
        row = lib.reports.upgrades().row(by_predicate=pl.col("item") == "Dune", named=True)
        assert (row["resolution"], row["counts_as"], row["resolution_factor"]) == ("1080p", "720p", 0.75)
        assert "Dune" not in lib.reports.upgrades(least_bitrate=0.5)["item"].to_list()

    def test_best_copy(self, lib: Library) -> None:
        """An item is judged by the best of its files that are there."""
        answer = lib.reports.upgrades(least_channels=9)
        row = answer.row(by_predicate=pl.col("item") == "Brazil", named=True)
        assert (row["path"], row["score"], row["reasons"]) == ("/f/Brazil 4K.mkv", 96.03, ["8 channels of sound"])

    def test_thresholds(self, lib: Library) -> None:
        """Each is a parameter."""

        def items(**given: Any) -> list[str]:
            return lib.reports.upgrades(**given)["item"].to_list()

        assert items(least_resolution="480p", least_channels=2) == ["Casablanca", "Alien", "Dune"]
        assert items(least_resolution="480p", least_channels=0, poor=0.7, least_bitrate=0.1) == []
        assert items(min_rating=8.5) == ["Casablanca"]
        assert items(min_rating=8.5, unrated=8.6) == ["Casablanca", "Tide S01E01 Ebb", "Dune"]
        assert items(library="Series") == ["Tide S01E01 Ebb"]
        assert "SDR although 1080p" in lib.reports.upgrades(hdr_from="1080p")["reasons"][0].to_list()
        assert items(rows=1) == ["Casablanca"]


class TestGroups:
    """How many items lack what, and how scores spread."""

    def test_by_library(self, lib: Library) -> None:
        """Each reason, also those that nothing lacks; an episode of which nothing is known lacks nothing."""
        answer = lib.reports.upgrades_by()
        assert answer.filter(pl.col("lacking") > 0).select("value", "reason", "items", "lacking", "share").rows() == [
            ("Films", "low resolution", 4, 1, 0.25),
            ("Films", "low bitrate", 4, 1, 0.25),
            ("Films", "old codec", 4, 1, 0.25),
            ("Films", "poor source", 4, 1, 0.25),
            ("Films", "few channels", 4, 2, 0.5),
            ("Series", "low resolution", 2, 1, 0.5),
            ("Series", "few channels", 2, 1, 0.5),
        ]
        assert answer.height == 2 * 6

    @pytest.mark.parametrize("by", ["library", "type", "decade", "resolution", "codec", "source", "all"])
    def test_groupings_agree(self, lib: Library, by: Any) -> None:
        """Whatever makes a row, as many items are judged and as many lack a thing."""
        rows = pl.DataFrame(lib.reports.upgrades_by(by=by))
        told = rows.group_by("reason", maintain_order=True).agg(pl.col("items", "lacking").sum()).rows()
        assert told == [
            ("low resolution", 6, 2), ("low bitrate", 6, 1), ("old codec", 6, 1), ("poor source", 6, 1),
            ("few channels", 6, 3), ("no HDR", 6, 0),
        ]  # fmt: skip
        scores = pl.DataFrame(lib.reports.upgrades_scores(by=by))
        assert scores["items"].sum() == 6
        assert scores.group_by("value").agg(pl.col("share").sum())["share"].to_list() == pytest.approx(
            [1] * scores["value"].n_unique(), abs=1e-3
        )

    def test_scores(self, lib: Library) -> None:
        """In steps of ten."""
        answer = lib.reports.upgrades_scores(by="all")
        assert answer.rows() == [
            ("all", 20, 1, 0.1667), ("all", 40, 1, 0.1667), ("all", 50, 1, 0.1667), ("all", 60, 2, 0.3333),
            ("all", 90, 1, 0.1667),
        ]  # fmt: skip


class TestRules:
    """The rules, and that they are all there is to a score."""

    def test_the_score_is_the_product(self, judged: pl.DataFrame) -> None:
        """Of the five factors that are shown, times 100, for every file there can be."""
        assert judged.height == len(_grid())
        products = judged.select(pl.reduce(lambda a, b: a * b, [pl.col(name) for name in FACTORS]) * 100).to_series()
        assert (products - judged["score"]).abs().max() <= 0.00501  # type: ignore[operator]
        assert judged.filter(~pl.col("score").is_between(0, 100, closed="right")).is_empty()

    def test_factors_are_those_of_the_rules(self, lib: Library, judged: pl.DataFrame) -> None:
        """No factor that upgrades_rules does not show."""
        rules = lib.reports.upgrades_rules()
        for name in FACTORS:
            known = rules.filter(pl.col("property") == name.removesuffix("_factor"))["factor"]
            assert set(judged[name]) <= set(known)
        assert set(rules["property"]) == {name.removesuffix("_factor") for name in FACTORS}

    @pytest.mark.parametrize("better", BETTER)
    def test_better_is_never_worse(self, judged: pl.DataFrame, better: str) -> None:
        """Of two files that differ in one thing, the better one has no lower score, nor a lower rank in that thing."""
        order = BETTER[better]
        others = [name for name in BETTER if name != better]
        rows = judged.filter(pl.col(better).is_in(order)).with_columns(
            rank=pl.col(better).replace_strict(order, list(range(len(order))), return_dtype=pl.Int64)
        )
        falls = rows.sort("rank").with_columns(gain=pl.col("score").diff().over(others)).filter(pl.col("gain") < 0)
        assert rows["rank"].n_unique() > 1
        assert falls.is_empty(), falls

    def test_every_judged_file_has_its_reasons(self, judged: pl.DataFrame) -> None:
        """Thresholds that nothing meets leave no file without a reason."""
        assert judged.filter(pl.col("reasons").list.len() == 0).is_empty()
