"""The changes report, against a library whose two snapshots are written out by hand, and sums on a demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mediamgr.errors import QueryError
from mediamgr.library import Library, build_demo, open
from mediamgr.reports.changes import CHANGES
from mediamgr.store import Records, load, scan_memory

DAYS = (datetime(2024, 1, 10, 12), datetime(2024, 3, 10, 12))


def _batch(films: list[tuple[str, str, int, int, str | None]], episodes: int = 0) -> Records:
    """Films (title, path, size, width, HDR), and a show with so many episodes of 10 bytes."""
    items: list[dict[str, Any]] = [
        {"item_key": title, "media_type": "movie", "title": title} for title in dict.fromkeys(row[0] for row in films)
    ]
    files = [{"item_key": title, "path": path, "size_bytes": size} for title, path, size, _, _ in films]
    streams = [
        {"path": path, "stream_index": 0, "stream_type": "video", "codec": "h264", "width": width,
         "height": width * 9 // 16, "hdr_format": hdr}
        for _, path, _, width, hdr in films
    ]  # fmt: skip
    if episodes:
        items.append({"item_key": "show", "media_type": "show", "title": "Show"})
        items.append({"item_key": "s1", "media_type": "season", "title": "Season 1", "parent_key": "show"})
    for number in range(1, episodes + 1):
        items.append(
            {"item_key": f"e{number}", "media_type": "episode", "title": f"Part {number}", "parent_key": "s1",
             "season_number": 1, "episode_number": number}
        )  # fmt: skip
        files.append({"item_key": f"e{number}", "path": f"/s/{number}.mkv", "size_bytes": 10})
    frames = {"media_item": items, "media_file": files, "media_stream": streams}
    given = {name: pl.DataFrame(rows, infer_schema_length=None) for name, rows in frames.items()}
    return Records("Films", given, source="test")


BEFORE = [
    ("Stays", "/f/stays.mkv", 100, 1920, "SDR"),
    ("Sharper", "/f/sharper.mkv", 200, 1280, "SDR"),
    ("Brighter", "/f/brighter.mkv", 300, 3840, "SDR"),
    ("Duller", "/f/duller.mkv", 400, 3840, "HDR10"),
    ("Twice", "/f/twice.mkv", 50, 1920, "SDR"),
    ("Smaller", "/f/smaller.mkv", 60, 1920, "SDR"),
    ("Gone", "/f/gone.mkv", 70, 1920, "SDR"),
    ("Elsewhere", "/f/elsewhere.mkv", 80, 1920, "SDR"),
]
AFTER = [
    ("Sharper", "/f/sharper.mkv", 1200, 3840, "SDR"),
    ("Brighter", "/f/brighter.mkv", 310, 3840, "Dolby Vision / HDR10"),
    ("Duller", "/f/duller.mkv", 390, 1920, "HDR10"),
    ("Twice", "/f/twice again.mkv", 55, 1920, "SDR"),
    ("Smaller", "/f/smaller.mkv", 20, 1920, "SDR"),
    ("New", "/f/new.mkv", 500, 1280, None),
]


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library before and after one of everything happened, on the days of `DAYS`."""
    with open(tmp_path_factory.mktemp("changes") / "l.duckdb", create=True) as lib:
        assert lib.load(_batch(BEFORE, episodes=1)).rejected.is_empty()
        with lib.write():
            with lib.writing("scan") as (connection, _):
                lib.edit(1, title="Stays the same")
                scan_memory.mark_missing(connection, "Films", pl.DataFrame({"path": ["/f/gone.mkv"]}))
                moved = pl.DataFrame(
                    {"old_path": ["/f/elsewhere.mkv"], "path": ["/g/elsewhere.mkv"], "path_bytes": [None]}
                )
                scan_memory.move_files(connection, "Films", moved.cast({"path_bytes": pl.Binary}))
                assert load(connection, _batch(AFTER, episodes=2)).rejected.is_empty()
            with lib._open.writing("dates") as connection:
                for number, day in enumerate(DAYS, 1):
                    connection.execute("update snapshot set taken_at = ? where id = ?", [day, number]).fetchall()
        yield lib


class TestEachChange:
    """A row a thing."""

    def test_is_told(self, lib: Library) -> None:
        """Of every kind: what, what it was and became, and the bytes."""
        told = lib.reports.changes()
        assert told.drop("media_item_id", "library", "media_type").rows() == [
            ("upgraded", "Sharper", "720p h264", "2160p h264", 200, 1200, 1000),
            ("added", "New", None, "720p h264", 0, 500, 500),
            ("removed", "Gone", "1080p h264", None, 70, 0, -70),
            ("grown", "Twice", "1080p h264", "1080p h264, 2 files", 50, 105, 55),
            ("shrunk", "Smaller", "1080p h264", "1080p h264", 60, 20, -40),
            ("added", "Show S01E02 Part 2", None, None, 0, 10, 10),
            ("downgraded", "Duller", "2160p HDR10 h264", "1080p HDR10 h264", 400, 390, -10),
            ("upgraded", "Brighter", "2160p h264", "2160p Dolby Vision / HDR10 h264", 300, 310, 10),
            ("moved", "Elsewhere", "/f/elsewhere.mkv", "/g/elsewhere.mkv", 80, 80, 0),
            ("renamed", "Stays the same", "Stays", "Stays the same", 100, 100, 0),
        ]
        assert set(told["library"]) == {"Films"}

    def test_opens_its_item(self, lib: Library) -> None:
        """In the browser."""
        told = lib.reports.changes(kind="moved")
        opened = told.question.opens(told.row(0, named=True))
        assert opened is not None
        assert lib.items.ordering(**opened)[:]["title"].to_list() == ["Elsewhere"]

    @pytest.mark.parametrize(
        ("asked", "rows"),
        [
            pytest.param({"kind": "upgraded"}, 2, id="of a kind"),
            pytest.param({"most": 3}, 3, id="the largest"),
            pytest.param({"since": date(2024, 1, 10)}, 10, id="since the day of the first"),
            pytest.param({"since": date(2024, 1, 9)}, 10, id="since before there was any"),
            pytest.param({"since": date(2024, 3, 9)}, 10, id="since the day before the last"),
            pytest.param({"since": date(2024, 3, 10)}, 0, id="since the last"),
            pytest.param({"since": date(2024, 1, 10), "until": date(2024, 3, 9)}, 0, id="nothing between"),
            pytest.param({"until": date(2024, 3, 10)}, 10, id="until the last"),
        ],
    )
    def test_asked_for(self, lib: Library, asked: dict[str, Any], rows: int) -> None:
        """A day counts until it is over."""
        assert lib.reports.changes(**asked).height == rows

    def test_nothing_before_the_first(self, lib: Library) -> None:
        """What the first snapshot found is not told as added."""
        assert lib.reports.changes(until=date(2024, 1, 10)).is_empty()

    def test_a_library_there_is_not(self, lib: Library) -> None:
        """Is named."""
        with pytest.raises(QueryError, match=r"Filme"):
            lib.reports.changes(library="Filme")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"since": date(2024, 2, 2), "until": date(2024, 2, 1)}, "since is later than until"),
        ({"since": datetime(2024, 2, 2), "until": date(2024, 2, 1)}, "exchange them"),
        ({"most": -1}, "most of the report changes is a number from 0"),
    ],
)
def test_what_makes_no_sense(lib: Library, asked: dict[str, Any], words: str) -> None:
    """Days in the wrong order and fewer rows than none are refused, also where questions are asked by name."""
    with pytest.raises(QueryError, match=words):
        lib.reports.changes(**asked)
    with pytest.raises(QueryError, match=words):
        lib.reports._ask(CHANGES.questions[0], **asked)


def test_the_order_of_quality(lib: Library) -> None:
    """Resolution, then HDR, then source, then channels; what is not known of one of the two decides nothing."""

    def step(was: str, became: str) -> int:
        return int(lib.sql(f"select quality_step(quality_of({was}), quality_of({became})) as step").item())

    assert step("'1080p', 'SDR', 'WEBDL', 2", "'2160p', 'SDR', 'DVD', 2") == 1
    assert step("'2160p', 'HDR10', 'WEBDL', 2", "'2160p', 'SDR', 'Remux', 8") == -1
    assert step("'1080p', null, 'WEBDL', 8", "'1080p', 'SDR', 'Bluray', 2") == 1
    assert step("'1080p', 'SDR', 'Remux', 6", "'1080p', 'SDR', null, 6") == 0
    assert step("'1080p', 'SDR', 'Remux', 2", "'1080p', 'SDR', 'Remux', 6") == 1
    assert step("null, null, null, null", "'2160p', 'HDR10', 'Remux', 8") == 0


class TestSums:
    """Of the same library."""

    def test_by_kind(self, lib: Library) -> None:
        """Things and bytes."""
        told = lib.reports.changes_summary()
        assert told.drop("since_at", "until_at").rows() == [
            ("upgraded", 2, 500, 1510, 1010), ("added", 2, 0, 510, 510), ("removed", 1, 70, 0, -70),
            ("grown", 1, 50, 105, 55), ("shrunk", 1, 60, 20, -40), ("downgraded", 1, 400, 390, -10),
            ("moved", 1, 80, 80, 0), ("renamed", 1, 100, 100, 0),
        ]  # fmt: skip
        assert told.select("since_at", "until_at").unique().rows() == [DAYS]

    def test_growth(self, lib: Library) -> None:
        """What was there at each snapshot; of two in one year the later."""
        columns = ("movies", "shows", "episodes", "files", "size_bytes")
        assert lib.reports.changes_growth()[columns].rows() == [(8, 1, 1, 9, 1270), (8, 1, 2, 11, 2725)]
        assert lib.reports.changes_growth("year")[columns].rows() == [(8, 1, 2, 11, 2725)]
        assert lib.reports.changes_growth("snapshot").height == 2

    def test_pace(self, lib: Library) -> None:
        """What the second found; what was there at the first counts for nothing."""
        (row,) = lib.reports.changes_pace().rows(named=True)
        assert row == {
            "period": date(2024, 3, 1), "items_added": 2, "items_removed": 1, "files_added": 3, "files_removed": 1,
            "files_replaced": 5, "size_added": 565, "size_removed": 70, "size_replaced": 960,
        }  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Three years of changes in five libraries."""
    with build_demo(Path(tmp_path_factory.mktemp("demo")) / "l.duckdb", items=300) as lib:
        yield lib


DAY = st.dates(date(2022, 12, 1), date(2026, 2, 1))


class TestWhatAddsUp:
    """Whatever is asked for."""

    @settings(max_examples=12, deadline=None)
    @given(days=st.tuples(DAY, DAY).map(sorted), library=st.sampled_from([None, "Films", "Series"]))
    def test_changes_are_the_growth(self, demo: Library, days: list[date], library: str | None) -> None:
        """Bytes by kind, bytes by thing, and what the totals of the two snapshots differ by."""
        grown = demo.reports.changes_growth("snapshot", library=library)
        total = grown.group_by("snapshot_id", "taken_at").agg(pl.col("size_bytes").sum()).sort("snapshot_id")
        first, last = (
            total.filter(pl.col("taken_at").dt.date() <= day).tail(1)["size_bytes"].to_list() or total["size_bytes"][:1]
            for day in days
        )
        told = demo.reports.changes(*days, library=library, most=10**9)
        summed = demo.reports.changes_summary(*days, library=library)
        assert told["size_change"].sum() == summed["size_change"].sum() == last[0] - first[0]
        assert dict(told.group_by("kind").len().iter_rows()) == dict(summed["kind", "things"].iter_rows())

    @settings(max_examples=6, deadline=None)
    @given(by=st.sampled_from(["day", "week", "month", "quarter", "year"]), library=st.sampled_from([None, "Anime"]))
    def test_the_pace_is_the_growth(self, demo: Library, by: Any, library: str | None) -> None:
        """Whatever the periods."""
        grown = demo.reports.changes_growth("snapshot", library=library).group_by("snapshot_id", maintain_order=True)
        totals = grown.agg(pl.col("size_bytes").sum(), pl.col("files").sum(), pl.col("movies", "episodes").sum())
        first, last = totals.row(0, named=True), totals.row(-1, named=True)
        pace = demo.reports.changes_pace(by, library=library).sum().row(0, named=True)
        size = pace["size_added"] - pace["size_removed"] + pace["size_replaced"]
        assert size == last["size_bytes"] - first["size_bytes"]
        assert pace["files_added"] - pace["files_removed"] == last["files"] - first["files"]
        items = pace["items_added"] - pace["items_removed"]
        assert items == sum(last[kind] - first[kind] for kind in ("movies", "episodes"))
