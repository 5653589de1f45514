"""Owns the demo library's past job runs: scans, imports and enrichments over a year, some of them bad."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from mediamgr.ingest.demo._dice import draw

__all__ = ["past_jobs"]

_RUNS = 36
_LIBRARIES = ("Films", "Series", "Anime", "Documentaries", "Films 4K")
_TYPES = ("scan",) * 6 + ("enrich",) * 3 + ("import",)
_STATUS = ("succeeded",) * 9 + ("failed", "interrupted")
_ERRORS = {
    "scan": "/media/demo is not mounted",
    "import": "the file ends in the middle of a row",
    "enrich": "the provider answered 503 five times in a row",
}


def past_jobs(sizes: Mapping[str, int], seed: int, now: datetime) -> list[dict[str, Any]]:
    """Job runs before `now` (naive UTC), oldest first; `sizes` is the number of items of each library."""
    return [_job(number, sizes, seed, now) for number in range(_RUNS)]


def _job(number: int, sizes: Mapping[str, int], seed: int, now: datetime) -> dict[str, Any]:
    key = draw(seed * _RUNS + number, "job")
    library = _LIBRARIES[number % 5]
    job_type = "import" if number < 3 else _TYPES[draw(key, "type") % len(_TYPES)]
    status = _STATUS[draw(key, "status") % len(_STATUS)]
    started = now - timedelta(days=10 * (_RUNS - number), seconds=draw(key, "start") % 80_000)
    total = sizes.get(library, 0) * (number + 1) // _RUNS
    seconds = 4 + total // 90 + draw(key, "seconds") % 120
    done = total if status == "succeeded" else total * (draw(key, "done") % 90) // 100
    return {
        "library": library,
        "job_type": job_type,
        "status": status,
        "started_at": started,
        "finished_at": None if status == "interrupted" else started + timedelta(seconds=seconds),
        "counts": _counts(job_type, done, key),
        "error": _ERRORS[job_type] if status == "failed" else None,
    }


def _counts(job_type: str, done: int, key: int) -> dict[str, int]:
    some = draw(key, "some") % (done // 20 + 1)
    if job_type == "scan":
        return {"files_seen": done, "files_probed": some, "files_missing": some // 9}
    if job_type == "import":
        return {"rows_read": done, "items_added": done - some, "items_updated": some}
    return {"items_asked": done, "items_updated": some, "items_not_found": some // 7}
