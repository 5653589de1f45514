"""Owns the helpers for who tunes a program: a thin face of the report, the workers, the settings and the cache."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, TextIO

from mediamgr.cache_service import CacheService, Maintenance, get_cache_service
from mediamgr.library import Library
from mediamgr.performance import Advice, get_batch_size, get_threads, performance_report, write_report
from mediamgr.settings import get_settings

__all__ = [
    "Advice",
    "clear_expired_cache",
    "export_performance_metrics",
    "get_batch_size_recommendation",
    "get_performance_report",
    "optimize_thread_pool_size",
    "print_performance_report",
    "run_cache_maintenance",
    "setup_cache_backend",
]


def get_performance_report(lib: Library | None = None) -> dict[str, Any]:
    """Where time and memory went, as a dict of JSON's types; its keys are those of `PerformanceReport.as_dict`.

    at, version, process, memory, duckdb, caches, timers, counters, gauges, workers, store, slow_statements, advice; and
    left_out, which says why a part that is None could not be had.

    Args:
        lib: The library; None: the one opened last, or that of the settings when none is open.
    """
    return performance_report(lib).as_dict()


def print_performance_report(lib: Library | None = None, *, file: TextIO | None = None) -> None:
    """Print the report, right in 100 columns; `file`: where to, None is the standard output."""
    print(performance_report(lib), file=file)


def export_performance_metrics(path: str | os.PathLike[str] = "metrics.json", lib: Library | None = None) -> Path:
    """Write the report to a file, whole or not at all; the file.

    Args:
        path: Its ending says as what: .json, .prom (Prometheus text) or .txt.
        lib: The library; None: the one opened last, or that of the settings when none is open.

    Raises:
        InputError: There is no such ending, or the file cannot be written; what was there stays.
    """
    return write_report(performance_report(lib), path)


def optimize_thread_pool_size() -> Advice:
    """How many threads suit the work done so far: `WorkerManager(optimize_thread_pool_size())`."""
    return get_threads()


def get_batch_size_recommendation() -> Advice:
    """How many things to hand over together, for work as that done so far: `map(…, batch_size=…)`."""
    return get_batch_size()


def setup_cache_backend(
    backend: str, *, redis_url: str | None = None, disk_cache_dir: str | os.PathLike[str] | None = None
) -> CacheService:
    """Keep answers of providers there from now on, and in later programs; the cache.

    Args:
        backend: "db", "redis" or "disk".
        redis_url: Of the server; None leaves it as it was.
        disk_cache_dir: The folder; None leaves it as it was.

    Raises:
        SettingsError: What is given is not valid; the backend stays as it was.
        MissingPart: The backend needs a package that is not installed.
    """
    settings = get_settings()
    if redis_url is not None:
        settings.set_redis_url(redis_url)
    if disk_cache_dir is not None:
        settings.set_disk_cache_dir(os.fspath(disk_cache_dir))
    settings.set_cache_backend_type(backend)
    return get_cache_service()


def clear_expired_cache() -> int:
    """Remove answers that nobody is given any more; how many."""
    return get_cache_service().clear_expired()


def run_cache_maintenance() -> Maintenance:
    """Remove from the cache what is over and what is too much, and give back its room."""
    return get_cache_service().run_cache_maintenance()
