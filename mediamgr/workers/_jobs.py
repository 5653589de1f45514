"""Owns what is told of a job when it is over; who is told may write it down."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

__all__ = ["JobRecord", "Record", "recorded"]

_log = logging.getLogger("mediamgr.workers")


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A job that is over.

    Attributes:
        job_type: What kind of thing was done.
        status: "succeeded", "failed" or "interrupted".
        started_at: UTC.
        finished_at: UTC.
        counts: What was done, by name.
        error: Why it ended early; None when it did not.
    """

    job_type: str
    status: str
    started_at: datetime
    finished_at: datetime
    counts: Mapping[str, int]
    error: str | None


Record = Callable[[JobRecord], object]


@contextmanager
def recorded(job_type: str, record: Record | None) -> Iterator[dict[str, int]]:
    """Tell `record` of the job that the body is, which counts in what it gets. What fails there fails no work."""
    counts: dict[str, int] = {}
    started_at = datetime.now(UTC)
    status, error = "failed", None
    try:
        yield counts
        status = "succeeded"
    except (KeyboardInterrupt, GeneratorExit) as early:
        status = "interrupted"
        error = "stopped by the user" if isinstance(early, KeyboardInterrupt) else "left before all was done"
        raise
    except BaseException as failure:
        error = f"{type(failure).__name__}: {failure}"
        raise
    finally:
        if record is not None:
            _tell(record, JobRecord(job_type, status, started_at, datetime.now(UTC), dict(counts), error))


def _tell(record: Record, job: JobRecord) -> None:
    try:
        record(job)
    except Exception:
        _log.exception("a job %s could not be recorded", job.job_type)
