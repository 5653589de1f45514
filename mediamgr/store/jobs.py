"""Owns the record of jobs: each scan, import and the like is a row of job_run, from start to end.

A job that ended well leaves a snapshot, if it changed what the library holds; what others changed is in the next one's.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

from mediamgr.errors import LibraryError
from mediamgr.store.database import Database
from mediamgr.store.snapshots import take_if_changed
from mediamgr.workers import JobRecord

__all__ = ["Job", "JobBook", "job", "record_past_jobs"]

_log = logging.getLogger("mediamgr.store")
_NOW = "cast(now() at time zone 'UTC' as timestamp)"


@dataclass(slots=True)
class Job:
    """A job that is running.

    Attributes:
        id: Of its job_run.
        counts: What it has done so far, by name; written when it ends.
    """

    id: int
    counts: dict[str, int] = field(default_factory=dict)


@contextmanager
def job(connection: duckdb.DuckDBPyConnection, job_type: str, library: str | None = None) -> Iterator[Job]:
    """Record a job around the body: succeeded, failed with the error's text, or interrupted by Ctrl-C.

    Who holds the connection is the only writer, so jobs still "running" belong to a process that died.
    """
    connection.execute(
        f"update job_run set status = 'interrupted', finished_at = {_NOW},"
        " error = 'the process ended without saying so' where status = 'running'"
    ).fetchall()
    running = Job(_started(connection, job_type))
    status, error = "failed", None
    try:
        yield running
        take_if_changed(connection, job_type, running.id)
        status = "succeeded"
    except KeyboardInterrupt:
        status, error = "interrupted", "stopped by the user; what was committed is kept"
        raise
    except Exception as failure:
        error = f"{type(failure).__name__}: {failure}"
        raise
    finally:
        connection.execute(
            f"update job_run set status = ?, finished_at = {_NOW}, counts = map(?, ?), error = ?,"
            " library_id = (select id from library where name = ?) where id = ?",
            [status, list(running.counts), list(running.counts.values()), error, library, running.id],
        ).fetchall()


def record_past_jobs(connection: duckdb.DuckDBPyConnection, runs: Iterable[Mapping[str, object]]) -> None:
    """Write jobs that ran elsewhere: library, job_type, status, started_at, finished_at, counts, error."""
    for run in runs:
        _record(connection, run)


def _record(connection: duckdb.DuckDBPyConnection, run: Mapping[str, object]) -> int:
    """Write one; its id."""
    counts = run["counts"]
    assert isinstance(counts, Mapping)
    rows = connection.execute(
        "insert into job_run (library_id, job_type, status, started_at, finished_at, counts, error)"
        " values ((select id from library where name = ?), ?, ?, ?, ?, map(?, ?), ?) returning id",
        [
            run["library"], run["job_type"], run["status"], run["started_at"], run["finished_at"],
            list(counts), list(counts.values()), run["error"],
        ],
    ).fetchall()  # fmt: skip
    return int(rows[0][0])


class JobBook:
    """Writes down jobs of workers when they are over; those of a moment when another writes, later.

    Args:
        database: Their library.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._unwritten: list[dict[str, object]] = []

    def add(self, job: JobRecord) -> None:
        """Write it down; or with the next one, when the library cannot be written now."""
        run = {name: getattr(job, name) for name in ("job_type", "status", "counts", "error")}
        times = {name: getattr(job, name).replace(tzinfo=None) for name in ("started_at", "finished_at")}
        with self._lock:
            self._unwritten.append({"library": None, **run, **times})
        self.write()

    def write(self, wait: float = 0) -> None:
        """Write down what could not be before; waits so many seconds for who writes now."""
        with self._lock:
            if not self._unwritten:
                return
            try:
                with self._database.writing("recording jobs", wait=wait) as connection:
                    while self._unwritten:
                        number = _record(connection, self._unwritten[0])
                        job_type = str(self._unwritten.pop(0)["job_type"])
                        take_if_changed(connection, job_type, number)
            except LibraryError as error:
                _log.info("%d jobs are written down later: %s", len(self._unwritten), error)


def _started(connection: duckdb.DuckDBPyConnection, job_type: str) -> int:
    rows = connection.execute(
        f"insert into job_run (job_type, status, started_at) values (?, 'running', {_NOW}) returning id", [job_type]
    ).fetchall()
    return int(rows[0][0])
