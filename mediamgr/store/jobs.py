"""Owns the record of jobs: each scan, import and the like is a row of job_run, from start to end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb

__all__ = ["Job", "job", "record_past_jobs"]

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
        counts = run["counts"]
        assert isinstance(counts, Mapping)
        connection.execute(
            "insert into job_run (library_id, job_type, status, started_at, finished_at, counts, error)"
            " values ((select id from library where name = ?), ?, ?, ?, ?, map(?, ?), ?)",
            [
                run["library"], run["job_type"], run["status"], run["started_at"], run["finished_at"],
                list(counts), list(counts.values()), run["error"],
            ],
        ).fetchall()  # fmt: skip


def _started(connection: duckdb.DuckDBPyConnection, job_type: str) -> int:
    rows = connection.execute(
        f"insert into job_run (job_type, status, started_at) values (?, 'running', {_NOW}) returning id", [job_type]
    ).fetchall()
    return int(rows[0][0])
