"""A report is gathered from real parts; one that is broken leaves the others standing, and is named."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from weakref import WeakValueDictionary

import psutil
import pytest

from mediamgr import library
from mediamgr.cache_service import get_cache_service
from mediamgr.instrumentation import get_instrumentation
from mediamgr.library import Library
from mediamgr.performance import _gathering, performance_report
from mediamgr.settings import get_settings
from mediamgr.store.results import results
from mediamgr.store.slow import remember
from mediamgr.workers import WorkerManager
from tests.builders import films, library_of, series
from tests.cache_service.redis_servers import free_port, server
from tests.workers.waiting import until

HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture(autouse=True)
def own_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that has just begun, whose settings name a library that is not there yet."""
    get_instrumentation().reset()
    results()[0].clear()
    monkeypatch.setattr(library, "_opened", WeakValueDictionary())
    monkeypatch.setenv("MEDIAMGR_LIBRARY", str(tmp_path / "none.duckdb"))


@pytest.fixture
def lib(tmp_path: Path) -> Iterator[Library]:
    """Ten films and a show."""
    with library_of(tmp_path / "films.duckdb", films(), series()) as opened:
        get_instrumentation().reset()
        yield opened


def note_slow(sql: str) -> None:
    """A statement that took long."""
    remember(
        seconds=1.5, statement="sql", sql=sql, parameters={}, rows=1, library=Path("x"), line=("film.py", 3), plan=None
    )


class TestAllParts:
    """What is in it."""

    def test_nothing_is_left_out(self, lib: Library) -> None:
        """Of a library that is sound."""
        report = performance_report(lib)
        assert report.left_out == {}
        assert (report.process, report.version.count(".")) == (os.getpid(), 2)

    def test_the_librarys_file(self, lib: Library) -> None:
        """Its size, and what is in it, as the disk and the tables have it."""
        store = performance_report(lib).store
        assert store is not None
        assert (store.path, store.file_bytes) == (lib.path, lib.path.stat().st_size)
        log = lib.path.with_name("films.duckdb.wal")
        assert store.log_bytes == (log.stat().st_size if log.exists() else 0)
        with lib._open.reading() as connection:
            ((free,),) = connection.execute("select free_blocks * block_size from pragma_database_size()").fetchall()
        assert store.free_bytes == free < store.file_bytes
        rows = {each.name: each.rows for each in store.tables}
        assert (rows["media_item"], rows["credit"]) == (16, 4)
        sizes = [each.size_bytes for each in store.tables]
        assert sizes == sorted(sizes, reverse=True)
        assert ("external_id_by_value", "index") in {(each.name, each.kind) for each in store.indexes}
        assert [each.is_current for each in store.generations] == [*[False] * (len(store.generations) - 1), True]
        assert lib.about.generations()["generation"].to_list() == [each.number for each in store.generations]

    def test_what_is_committed_is_seen_by_the_next(self, lib: Library) -> None:
        """A report is of its moment; the one before stays as it was."""
        before = performance_report(lib)
        lib.load(series("Another", "More"))
        after = performance_report(lib)
        rows = [{each.name: each.rows for each in report.store.tables} for report in (before, after) if report.store]
        assert [each["media_item"] for each in rows] == [16, 22]

    def test_kept_results(self, lib: Library) -> None:
        """What the same generation was asked before, and how often that helped."""
        for _ in range(3):
            lib.items.facets("genre")
        used = performance_report(lib).results
        assert used is not None
        assert (used.hits, used.misses, used.entries, used.hit_rate) == (2, 1, 1, 2 / 3)
        assert used.size_bytes > 1_000
        assert used.most_bytes == 64_000_000

    def test_timers_are_sorted_by_what_they_took(self, lib: Library) -> None:
        """Each series; the report's own questions are not in it."""
        with get_instrumentation().timer("long"):
            until(lambda: True)
            lib.items.get_all()
        for _ in range(3):
            with get_instrumentation().timer("short"):
                pass
        get_instrumentation().increment_counter("films", 3, of="x")
        get_instrumentation().set_gauge("queue", 2)
        report = performance_report(lib)
        totals = [each.total for each in report.timers.values()]
        assert totals == sorted(totals, reverse=True)
        assert [each for each in report.timers if "library/" in each] == []
        assert [each for each in report.timers if each in ("long", "short")] == ["long", "short"]
        assert (report.counters["films{of=x}"].value, report.gauges["queue"].value) == (3, 2)

    def test_workers_that_are_there(self) -> None:
        """With what they do now."""
        go = threading.Event()
        with WorkerManager(2, name="fetching") as workers:
            for _ in range(5):
                workers.submit(go.wait)
            until(lambda: workers.active_count == 2)
            (told,) = (each for each in performance_report().workers if each.name == "fetching")
            assert (told.active_count, told.queue_depth, told.max_thread_count, told.is_closed) == (2, 3, 2, False)
            go.set()

    def test_memory(self, lib: Library) -> None:
        """What the system says of this process, and what orders of items have of it."""
        ordering = lib.items.ordering(sort="rating")
        assert len(ordering) == 16
        report = performance_report(lib)
        memory, now = report.memory, psutil.Process().memory_info().rss
        assert memory is not None
        assert 0.5 * now < memory.process_bytes < 2 * now
        assert memory.peak_bytes is not None
        assert memory.process_bytes <= memory.peak_bytes
        assert memory.orderings >= 1
        assert memory.orderings_bytes > 0
        assert report.duckdb is not None
        assert report.duckdb.memory_bytes > 0
        ordering.close()

    def test_the_peak_where_there_is_no_proc(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """As on macOS: what getrusage says, which counts otherwise there."""
        monkeypatch.setattr(_gathering, "Path", lambda path: Path("/nowhere"))
        kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        monkeypatch.setattr("sys.platform", "linux")
        assert _gathering._peak_bytes() == pytest.approx(kilobytes * 1024, rel=0.1)
        monkeypatch.setattr("sys.platform", "darwin")
        assert _gathering._peak_bytes() == pytest.approx(kilobytes, rel=0.1)

    def test_the_last_slow_statements(self) -> None:
        """Newest first, ten of them."""
        for number in range(15):
            note_slow(f"select {number}")
        told = performance_report().slow
        assert [each.sql for each in told] == [f"select {number}" for number in range(14, 4, -1)]
        assert told[0].line == "film.py:3"


class TestAnswers:
    """The cache of answers of providers."""

    def test_on_disk(self, lib: Library, tmp_path: Path) -> None:
        """As `get_stats()` tells of it."""
        get_settings().set_disk_cache_dir(tmp_path / "answers")
        get_settings().set_cache_backend_type("disk")
        self.given_and_told("disk", lib)

    def test_on_redis(self, lib: Library, tmp_path: Path) -> None:
        """The same."""
        with server(tmp_path / "redis") as url:
            get_settings().set_redis_url(url)
            get_settings().set_cache_backend_type("redis")
            self.given_and_told("redis", lib)

    def test_beside_the_library(self, lib: Library) -> None:
        """The same; and other processes may have the file at once."""
        self.given_and_told("db", lib)
        file = lib.path.with_name("films.cache.duckdb")
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as other:
            assert other.stdin is not None
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            left_out = performance_report(lib).left_out
            other.stdin.close()
        assert f"is in use by process {other.pid}" in left_out["answers"]

    def given_and_told(self, backend: str, lib: Library) -> None:
        """One answer is kept, given three times, and once there was none."""
        cache = get_cache_service(library=lib.path)
        cache.set("tmdb:movie/1", b"x" * 1_000)
        assert [cache.get(f"tmdb:movie/{key}") is None for key in (1, 1, 1, 2)] == [False, False, False, True]
        answers = performance_report(lib).answers
        assert answers is not None
        told = answers.stats
        assert (told["backend"], told["total_entries"], told["total_hits"], told["hit_rate"]) == (backend, 1, 3, 0.75)
        assert backend in answers.where

    def test_a_file_that_is_not_there_is_not_made(self, lib: Library) -> None:
        """To look is not to keep."""
        before = sorted(each.name for each in lib.path.parent.iterdir())
        answers = performance_report(lib).answers
        assert answers is not None
        assert answers.stats["total_entries"] == 0
        assert sorted(each.name for each in lib.path.parent.iterdir()) == before


class TestWhatIsBroken:
    """It is named, and the rest is there."""

    def test_no_library_yet(self, tmp_path: Path) -> None:
        """As before the first scan; none is made."""
        report = performance_report()
        assert report.store is report.duckdb is None
        assert list(report.left_out) == ["store"]
        assert f"There is no library at {tmp_path / 'none.duckdb'}" in report.left_out["store"]
        assert report.memory is not None
        assert report.answers is not None
        assert [each.name for each in tmp_path.iterdir() if each.name.startswith("none")] == []

    def test_a_library_that_was_closed(self, lib: Library) -> None:
        """Open it again."""
        lib.close()
        assert list(performance_report(lib).left_out) == ["store"]
        assert "open it again" in performance_report(lib).left_out["store"]

    def test_a_library_that_another_program_holds(self, tmp_path: Path) -> None:
        """Who does is named."""
        library_of(tmp_path / "films.duckdb", films()).close()
        with subprocess.Popen(
            [sys.executable, "-c", HOLD, str(tmp_path / "films.duckdb")], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, text=True,
        ) as other:  # fmt: skip
            assert other.stdin is not None
            assert other.stdout is not None
            assert other.stdout.readline() == "held\n"
            held = Library(library.Database(tmp_path / "films.duckdb", wait=0.0))
            report = performance_report(held)
            other.stdin.close()
        assert list(report.left_out) == ["store"]
        assert f"held by process {other.pid}" in report.left_out["store"]
        assert report.memory is not None

    def test_a_library_that_is_none(self, tmp_path: Path) -> None:
        """And no cache of answers that works, and no list of slow statements: all three are named."""
        (tmp_path / "none.duckdb").write_bytes(b"this is no library" * 1_000)
        get_settings().set_redis_url(f"redis://:secret@127.0.0.1:{free_port()}/0")
        get_settings().set_cache_backend_type("redis")
        (tmp_path / "log").mkdir()
        (tmp_path / "log" / "slow.jsonl").mkdir()
        report = performance_report()
        assert list(report.left_out) == ["store", "answers", "slow"]
        assert "not a DuckDB file" in report.left_out["store"]
        assert "cannot be used" in report.left_out["answers"]
        assert "secret" not in str(report)
        assert report.memory is not None
        assert report.threads is not None

    def test_slow_statements_that_are_damaged(self, tmp_path: Path) -> None:
        """Those that are sound are told."""
        note_slow("select 1")
        file = tmp_path / "log" / "slow.jsonl"
        file.write_bytes(b"\xff\xfe{\n" + file.read_bytes() + b'{"at": "2026')
        assert [each.sql for each in performance_report().slow] == ["select 1"]

    def test_a_setting_that_is_wrong(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """What needs it is named, with the setting."""
        monkeypatch.setenv("MEDIAMGR_CACHE_BACKEND_TYPE", "tape")
        report = performance_report(lib)
        assert list(report.left_out) == ["answers"]
        assert "MEDIAMGR_CACHE_BACKEND_TYPE" in report.left_out["answers"]

    def test_what_nobody_thought_of(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """A part that fails in whatever way is named, at least by what it raised."""

        def fail() -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(_gathering, "_memory", fail)
        report = performance_report(lib)
        assert report.left_out == {"memory": "ZeroDivisionError"}
        assert report.store is not None
        assert "Left out\n  memory: ZeroDivisionError" in str(report)

    def test_what_was_measured(self, lib: Library, monkeypatch: pytest.MonkeyPatch) -> None:
        """As of a gauge that cannot be read; and what workers did: the rest is told, on every face."""

        def fail(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr(type(get_instrumentation()), "get_all_metrics", fail)
        monkeypatch.setattr(_gathering, "all_stats", fail)
        report = performance_report(lib)
        assert report.left_out == {"metrics": "ZeroDivisionError", "workers": "ZeroDivisionError"}
        assert (report.timers, report.counters, report.gauges, report.workers) == ({}, {}, {}, ())
        assert report.store is not None
        assert "what was measured: ZeroDivisionError" in str(report)
        assert 'mediamgr_performance_left_out{part="metrics"} 1.0' in report.to_prometheus()


class TestWithoutALibraryNamed:
    """performance_report()."""

    def test_it_is_that_of_the_one_opened_last(self, lib: Library, tmp_path: Path) -> None:
        """And open still; else that of the settings."""
        library_of(tmp_path / "none.duckdb", films()).close()
        other = library_of(tmp_path / "other.duckdb", films())
        paths = []
        for closing in (other, lib, None):
            store = performance_report().store
            paths.append(store.path.name if store else None)
            if closing:
                closing.close()
        assert paths == ["other.duckdb", "films.duckdb", "none.duckdb"]
