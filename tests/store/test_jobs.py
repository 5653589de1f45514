"""Jobs of workers in the library they belong to."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import mediamgr
from mediamgr.library import Library


@pytest.fixture
def lib(tmp_path: Path) -> Library:
    """An empty library."""
    return mediamgr.open(tmp_path / "films.duckdb", create=True)


def jobs_of(lib: Library) -> list[tuple[object, ...]]:
    """Type, status, counts and error of each, the newest first."""
    return lib.about.jobs().select("job_type", "status", "counts", "error").rows()


def test_a_map_is_a_row(lib: Library) -> None:
    """With what was counted, in UTC; what is handed in singly is none."""
    with lib.workers(2, name="fetching") as workers:
        list(workers.map(lambda n: 1 // n, [1, 0], job_type="fetch"))
        workers.submit(int).result()
        assert "fetching" in repr(workers)
    assert lib.about.jobs().height == 1
    (job,) = lib.sql("select *, map_entries(counts) as counted from job_run").rows(named=True)
    assert (job["job_type"], job["status"], job["error"], job["library_id"]) == ("fetch", "succeeded", None, None)
    assert job["counted"] == [{"key": "done", "value": 1}, {"key": "failed", "value": 1}]
    assert job["started_at"] <= job["finished_at"]
    assert abs(datetime.now(UTC).replace(tzinfo=None) - job["finished_at"]) < timedelta(minutes=10)


def test_while_another_writes_it_waits_for_the_next(lib: Library, tmp_path: Path) -> None:
    """The work is not kept up, and nothing is lost."""
    other = mediamgr.open(tmp_path / "films.duckdb")
    begun, ended = threading.Event(), threading.Event()

    def write() -> None:
        with other.write("a long import"):
            begun.set()
            ended.wait(60)

    writer = threading.Thread(target=write)
    with lib.workers() as workers:
        writer.start()
        assert begun.wait(60)
        list(workers.map(abs, [1], job_type="first"))
        assert lib.about.jobs().height == 0
        ended.set()
        writer.join(60)
        list(workers.map(abs, [1, 2], job_type="second"))
    assert lib.about.jobs()["job_type"].to_list() == ["second", "first"]


def test_the_last_is_written_when_the_library_is_closed(lib: Library, tmp_path: Path) -> None:
    """By a thread that may write by then."""
    with mediamgr.open(tmp_path / "films.duckdb") as other:
        thread = threading.Thread(target=lambda: list(lib.workers().map(abs, [1], job_type="late")))
        with other.write():
            thread.start()
            thread.join(60)
        lib.close()
        assert other.about.jobs()["job_type"].to_list() == ["late"]


def test_a_job_within_a_write_is_part_of_it(lib: Library) -> None:
    """The thread that writes need not wait for itself."""
    with lib.write(), lib.workers() as workers:
        list(workers.map(abs, [1], job_type="inside"))
    assert lib.about.jobs()["job_type"].to_list() == ["inside"]
