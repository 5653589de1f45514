"""Snapshots: what was there at each is known ever after, whoever changes what, and however a job ends."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import mediamgr
from mediamgr.library import Library, build_demo
from mediamgr.store import Records, scan_memory, snapshots
from tests.ingest.scans import scan
from tests.media import Masters, make_video
from tests.store.children import child

HELD = """
select f.path, f.size_bytes, f.resolution, i.item
from snapshot_file f
left join snapshot_item i on i.media_item_id = f.media_item_id
    and i.from_snapshot <= {0} and coalesce(i.until_snapshot > {0}, true)
where f.from_snapshot <= {0} and coalesce(f.until_snapshot > {0}, true)
order by f.path
"""
NOW = """
select f.path, f.size_bytes, f.resolution, case when not i.is_missing then i.title end
from file_fact f join media_item i on i.id = f.media_item_id
where f.missing_since is null
order by f.path
"""
TABLES = ("snapshot", "snapshot_total", "snapshot_item", "snapshot_file")


def film(number: int, size: int = 1000, width: int | None = None) -> Records:
    """A film with a file, of which the width is known or not."""
    path = f"/f/{number}.mkv"
    frames = {
        "media_item": pl.DataFrame({"item_key": [str(number)], "media_type": ["movie"], "title": [f"Film {number}"]}),
        "media_file": pl.DataFrame({"item_key": [str(number)], "path": [path], "size_bytes": [size]}),
    }
    if width:
        frames["media_stream"] = pl.DataFrame(
            {"path": [path], "stream_index": [0], "stream_type": ["video"], "width": [width], "height": [width // 2]}
        )
    return Records("Films", frames, source="test")


@pytest.fixture
def lib(tmp_path: Path) -> Library:
    """An empty library."""
    return mediamgr.open(tmp_path / "l.duckdb", create=True)


def taken(lib: Library) -> list[str]:
    """Why each snapshot was taken, oldest first."""
    return lib.about.snapshots()["reason"].to_list()[::-1]


def kinds(lib: Library) -> dict[str, tuple[str | None, str | None]]:
    """What the last snapshot found changed: kind to what it was and became."""
    return {kind: (was, became) for kind, was, became in lib.reports.changes()["kind", "was", "became"].iter_rows()}


def is_sound(lib: Library) -> bool:
    """Whether all rules of the library hold."""
    return lib.check().filter(pl.col("found") > 0).is_empty()


def rows_kept(lib: Library) -> int:
    """Rows of all tables of snapshots."""
    return sum(int(lib.sql(f"select count(*) from {table}").item()) for table in TABLES)


class TestWhoTakesOne:
    """Jobs, at their end, and whoever asks."""

    def test_each_job_that_changes_something(self, lib: Library) -> None:
        """One a job, whatever it loads; none when it says nothing new, or nothing that matters here."""
        lib.load([film(1), film(2)])
        lib.load(film(1))
        lib.load(Records("Films", {"media_item": pl.DataFrame(
            {"item_key": ["1"], "media_type": ["movie"], "title": ["Film 1"], "plot": ["It rains."]}
        )}, source="test"), job_type="enrich")  # fmt: skip
        lib.load(film(3), job_type="scan")
        assert taken(lib) == ["import", "scan"]
        jobs = lib.sql(
            "select s.reason, j.job_type from snapshot s join job_run j on j.id = s.job_run_id order by s.id"
        )
        assert jobs.rows() == [("import", "import"), ("scan", "scan")]

    def test_on_request(self, lib: Library) -> None:
        """`lib.snapshot()` gives its id; nothing when all is as it was."""
        lib.load(film(1))
        assert lib.snapshot() is None
        lib.edit(1, title="Another")
        assert lib.snapshot() == 2
        assert lib.about.snapshots().row(0, named=True)["reason"] == "request"
        assert kinds(lib) == {"renamed": ("Film 1", "Another")}

    def test_what_was_edited_is_in_the_next(self, lib: Library) -> None:
        """Edits take none; the next job's tells of them."""
        lib.load(film(1))
        lib.edit(1, title="Another")
        assert taken(lib) == ["import"]
        lib.load(film(2), job_type="scan")
        assert set(kinds(lib)) == {"added", "renamed"}

    def test_jobs_of_workers(self, lib: Library) -> None:
        """What was written meanwhile is in the snapshot of the job that is recorded at the end, as when enriching."""
        lib.load(film(1))
        lib.edit(1, title="Another")
        with lib.workers() as workers:
            list(workers.map(abs, [1], job_type="enrich"))
        assert taken(lib) == ["import", "enrich"]

    def test_a_library_from_before_snapshots(self, lib: Library) -> None:
        """The first job tells all that is there; nothing is known of before."""
        lib.load([film(1), film(2)])
        with lib.writing("age") as (connection, _):
            for table in TABLES:
                connection.execute(f"delete from {table}").fetchall()
            connection.execute("update media_item set is_in_snapshot = null").fetchall()
        lib.load(film(3))
        with lib._open.reading() as connection:
            assert len(connection.execute(HELD.format(lib.about.snapshots()["id"][0])).fetchall()) == 3
        assert lib.reports.changes().is_empty() or set(lib.reports.changes()["kind"]) == {"added"}

    def test_behind_its_back(self, lib: Library) -> None:
        """What a stranger deleted is found when asked for, and told by the name it had."""
        lib.load([film(1), film(2)])
        with lib._open.writing("stranger") as connection:
            connection.execute("delete from media_file where media_item_id = 1").fetchall()
            connection.execute("delete from media_item where id = 1").fetchall()
        assert lib.snapshot() == 2
        told = lib.reports.changes().row(0, named=True)
        assert (told["kind"], told["item"], told["size_change"]) == ("removed", "Film 1", -1000)


class TestWhatItCosts:
    """Rows in proportion to what changed."""

    def test_a_change_is_a_row(self, lib: Library) -> None:
        """One file of many that grew: a span ends, another begins, and a snapshot with the totals of the library."""
        frames: dict[str, list[pl.DataFrame]] = {}
        for each in map(film, range(50)):
            for name, frame in each.frames.items():
                frames.setdefault(name, []).append(frame)
        lib.load(Records("Films", {name: pl.concat(parts) for name, parts in frames.items()}, source="test"))
        before = rows_kept(lib)
        lib.load(film(7, size=2000))
        assert rows_kept(lib) - before == 1 + 1 + 1

    def test_only_what_is_marked_is_looked_at(self, lib: Library) -> None:
        """Without a mark nothing is compared, and afterwards nothing is marked."""
        lib.load([film(1), film(2)])
        assert lib.sql("select bool_and(is_in_snapshot) from media_item").item()
        lib.load(film(2, size=5))
        assert lib.sql("select bool_and(is_in_snapshot) from media_item").item()


STEP = st.tuples(
    st.sampled_from(["add", "resize", "lose", "move", "rename", "sharpen"]), st.integers(1, 4), st.integers(1, 3)
)


def _do(lib: Library, what: str, number: int, value: int) -> None:
    """Change something, as jobs do."""
    if what in ("add", "resize", "sharpen"):
        size, width = (1000 * value if what == "resize" else 1000), (1000 * value if what == "sharpen" else None)
        lib.load(film(number, size, width))
        return
    item = lib.items.get_all(None).filter(title=f"Film {number}")
    with lib.writing(what) as (connection, _):
        paths = pl.DataFrame({"path": [f"/f/{number}.mkv"]})
        if what == "lose":
            scan_memory.mark_missing(connection, "Films", paths)
        elif what == "move":
            moved = paths.select(old_path="path", path=pl.lit(f"/g/{number}-{value}.mkv"), path_bytes=pl.lit(None))
            scan_memory.move_files(connection, "Films", moved.cast({"path_bytes": pl.Binary}))
        elif item.height:
            lib.edit(item["id"].to_list(), title=f"Film {number}" if value == 1 else f"Other {number}")


class TestWhatWasThere:
    """At each snapshot."""

    @settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(steps=st.lists(STEP, min_size=3, max_size=6))
    def test_is_known_ever_after(
        self, tmp_path: Path, numbers: Iterator[int], steps: list[tuple[str, int, int]]
    ) -> None:
        """Whatever is done in whatever order: each state is told back, nothing is missed, and changes add up."""
        states: dict[int, list[Any]] = {}
        with mediamgr.open(tmp_path / f"{next(numbers)}.duckdb", create=True) as lib:
            for step in steps:
                _do(lib, *step)
                assert lib.snapshot() is None, "the job that changed something did not tell all of it"
                ids = lib.about.snapshots()["id"]
                states[ids[0] if ids.len() else 0] = lib.sql(NOW).rows()
            for number, state in states.items():
                assert lib.sql(HELD.format(number)).rows() == state
            totals = dict(lib.about.snapshots().select("id", "size_bytes").iter_rows())
            grown = lib.sql("select sum(size_after - size_before) from changed_item(1, 1000)").item() or 0
            assert grown == totals.get(max(totals, default=0), 0) - totals.get(1, 0)
            assert is_sound(lib)

    @pytest.fixture
    def numbers(self) -> Iterator[int]:
        """Names for libraries."""
        return count()

    def test_of_real_files(self, lib: Library, masters: Masters, tmp_path: Path) -> None:
        """A film is moved, another gets a better file at its place, a third is deleted: each is told by the next scan."""
        root = tmp_path / "films"
        masters.tree(root, {name: None for name in ("A (2001)/A (2001).mkv", "B (2002)/B (2002).mkv", "C (2003).mkv")})
        scan(lib, root)
        (root / "A (2001)" / "A (2001).mkv").rename(root / "A (2001)" / "A (2001) again.mkv")
        scan(lib, root)
        assert kinds(lib) == {
            "moved": (f"{root}/A (2001)/A (2001).mkv", f"{root}/A (2001)/A (2001) again.mkv"),
        }
        make_video(root / "B (2002)" / "B (2002).mkv", size="1280x720")
        scan(lib, root)
        assert kinds(lib) == {"upgraded": ("480p h264 1ch", "720p h264 1ch")}
        (root / "C (2003).mkv").unlink()
        scan(lib, root)
        assert kinds(lib) == {"removed": ("480p h264 1ch", None)}
        scan(lib, root)
        assert taken(lib) == ["scan"] * 4


class TestHowItEnds:
    """A job's work is never lost over it."""

    def test_a_job_that_fails_leaves_it_to_the_next(self, lib: Library) -> None:
        """What was committed by then is in the snapshot of the job after it."""

        def batches() -> Iterator[Records]:
            yield film(1)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            lib.load(batches())
        assert taken(lib) == []
        lib.load(film(2))
        assert lib.about.snapshots()["movies"].to_list() == [2]

    @pytest.mark.parametrize(
        "error", [KeyboardInterrupt(), duckdb.IOException("the disk is full")], ids=["Ctrl-C", "disk"]
    )
    def test_stopped_while_it_is_taken(
        self, lib: Library, error: BaseException, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        """Nothing of it is kept, all that was loaded is, and the next one tells it."""
        lib.load(film(1))
        whole: Callable[..., int] = snapshots._write

        def half(*given: Any) -> int:
            whole(*given)
            raise error

        monkeypatch.setattr(snapshots, "_write", half)
        with caplog.at_level(logging.WARNING):
            if isinstance(error, KeyboardInterrupt):
                with pytest.raises(KeyboardInterrupt):
                    lib.load(film(2))
            else:
                lib.load(film(2))
                assert "disk is full" in caplog.text
        monkeypatch.undo()
        assert (taken(lib), lib.items.count_all()) == (["import"], 2)
        with lib.writing("next"):
            pass
        assert taken(lib) == ["import", "next"]
        assert lib.reports.changes()["item"].to_list() == ["Film 2"]
        assert is_sound(lib)

    @pytest.mark.parametrize(
        "facts",
        [{"duration_seconds": float("nan")}, {"duration_seconds": float("inf")}, {"duration_seconds": 1e300},
         {"size_bytes": 2**63 - 1}],
        ids=["not a number", "endless", "too long", "too large"],
    )  # fmt: skip
    def test_a_file_of_nonsense(self, lib: Library, facts: dict[str, float]) -> None:
        """A length or a size that nothing has does not keep it from being taken."""
        files = pl.DataFrame({"item_key": ["1", "1"], "path": ["/a", "/b"]}).with_columns(
            **{name: pl.lit(value) for name, value in facts.items()}
        )
        lib.load(film(1))
        lib.load(Records("Films", {"media_file": files}, source="test"), job_type="scan")
        assert taken(lib) == ["import", "scan"]
        assert is_sound(lib)

    def test_two_processes(self, lib: Library) -> None:
        """Each takes its own, one after the other; each tells what its process wrote and nothing else."""
        with child("write", lib.path, 0) as one, child("write", lib.path, 1000) as other:
            for each in (one, other):
                assert each.line() == {"begun": True}
                each.line(), each.line()
            written = sum(part.end()["next"] for part in (one, other)) - 1000
        assert lib.about.snapshots().height == written
        assert lib.sql(
            "select count(distinct n), min(n), max(n) from"
            " (select count(*) as n from snapshot_item group by from_snapshot)"
        ).row(0) == (1, 30, 30)
        assert is_sound(lib)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A small demo library."""
    with build_demo(tmp_path_factory.mktemp("demo") / "l.duckdb", items=300) as lib:
        yield lib


class TestThePastOfTheDemo:
    """Invented with the library."""

    def test_leads_to_the_present(self, demo: Library) -> None:
        """The last snapshot is what is there: the next job has nothing to tell."""
        assert demo.snapshot() is None
        assert is_sound(demo)
        last = demo.about.snapshots().row(0, named=True)
        held = demo.about.libraries()
        assert (last["files"], last["size_bytes"]) == (held["files"].sum(), held["size_bytes"].sum())
        assert demo.about.snapshots().height == 37

    def test_totals_are_those_of_the_spans(self, demo: Library) -> None:
        """At each of them."""
        wrong = demo.sql(
            """
            select s.id
            from snapshot s
            join (select snapshot_id, sum(files) as files, sum(size_bytes) as size from snapshot_total group by all) t
                on t.snapshot_id = s.id
            left join snapshot_file f on f.from_snapshot <= s.id and coalesce(f.until_snapshot > s.id, true)
            group by s.id, t.files, t.size
            having count(f.media_file_id) <> t.files or coalesce(sum(f.size_bytes), 0) <> t.size
            """
        )
        assert wrong.is_empty()

    def test_is_believable(self, demo: Library) -> None:
        """Things were added, removed, upgraded and moved; and it is the same every time."""
        found = demo.sql("select kind, count(*) as things from changed_item(1, 37) group by all order by all")
        assert {"added", "moved", "removed", "upgraded"} <= set(found["kind"])
        with build_demo(demo.path.with_name("again.duckdb"), items=300) as again:
            for table in TABLES:
                assert demo.sql(f"from {table} order by all").equals(again.sql(f"from {table} order by all")), table
