"""Owns helpers for who tunes a program by hand: thin faces of the workers, the settings and the cache.

Advice comes from what `WorkerManager.map` measured in this process, and says how it was arrived at.
"""

from __future__ import annotations

import os
from math import ceil
from typing import Final

import psutil

from mediamgr.cache_service import CacheService, Maintenance, get_cache_service
from mediamgr.card import human_bytes
from mediamgr.settings import get_settings
from mediamgr.workers import Measured, measured

__all__ = [
    "Advice",
    "clear_expired_cache",
    "get_batch_size_recommendation",
    "optimize_thread_pool_size",
    "run_cache_maintenance",
    "setup_cache_backend",
]

_MOST_THREADS: Final = 64
_BUSY: Final = 0.8
_ONE_CORE: Final = 1.2
_USUAL_BATCH: Final = 100
_LARGEST_BATCH: Final = 10_000
_BATCH_SECONDS: Final = 0.1
_SHARE_OF_MEMORY: Final = 0.25
_ENOUGH_ITEMS: Final = 20


class Advice(int):
    """A number that says why it is that one; else it is as any other.

    Attributes:
        reason: How it was arrived at, in a sentence or two.
    """

    reason: str

    def __new__(cls, number: int, reason: str) -> Advice:
        """The number, and its reason."""
        advice = super().__new__(cls, number)
        advice.reason = reason
        return advice

    def __repr__(self) -> str:
        return f"{int(self)}: {self.reason}"

    def __str__(self) -> str:
        return str(int(self))


def optimize_thread_pool_size() -> Advice:
    """How many threads suit the work done so far: `WorkerManager(optimize_thread_pool_size())`."""
    return threads_for(measured(), os.cpu_count() or 1)


def get_batch_size_recommendation() -> Advice:
    """How many things to hand over together, for work as that done so far: `map(…, batch_size=…)`."""
    return batch_for(measured(), os.cpu_count() or 1, psutil.virtual_memory().available)


def threads_for(work: Measured, cores: int) -> Advice:
    """Threads for such work on so many cores: as many as keep them busy while some of them wait."""
    if not work.items or not work.run_seconds:
        return Advice(
            2 * cores, f"Nothing was measured yet, so two for each of the {cores} cores, as for work that waits."
        )
    waited = 1 - min(work.cpu_seconds / work.run_seconds, 1)
    kept_busy = work.cpu_seconds / work.busy_seconds if work.busy_seconds else 0.0
    said = f"{work.items:,} items waited for {waited:.0%} of the time they took"
    if kept_busy >= _BUSY * cores or _BUSY <= kept_busy <= _ONE_CORE:
        return Advice(
            cores,
            f"{said}, but kept {kept_busy:.1f} of the {cores} cores busy all the while: they waited for each other, and"
            ' more threads would not help. Where Python computes, kind="processes" does.',
        )
    wanted = ceil(cores / (1 - waited)) if waited < 1 else _MOST_THREADS
    number = max(cores, min(wanted, _MOST_THREADS))
    limit = f", but no more than {_MOST_THREADS}" if wanted >= _MOST_THREADS else ""
    return Advice(number, f"{said}, so {cores} cores × time taken ÷ time computed{limit}.")


def batch_for(work: Measured, cores: int, available_bytes: int) -> Advice:
    """Items of such work in a batch: for about a tenth of a second, and in a quarter of the memory there is."""
    if not work.items or not work.run_seconds:
        return Advice(_USUAL_BATCH, "Nothing was measured yet; this is right for items that take about a millisecond.")
    seconds = work.run_seconds / work.items
    by_time = min(max(ceil(_BATCH_SECONDS / seconds), 1), _LARGEST_BATCH)
    said = (
        f"One of {work.items:,} items took {seconds * 1000:,.3g} ms, so a batch takes about {by_time * seconds:.2g} s"
    )
    if work.grown_items < _ENOUGH_ITEMS or work.grown_bytes <= 0:
        return Advice(by_time, f"{said}; the memory that they took was too little to be measured.")
    size = work.grown_bytes / work.grown_items
    # two batches a thread are under way, two threads a core
    by_memory = max(int(_SHARE_OF_MEMORY * available_bytes / (size * 4 * cores)), 1)
    memory = f"{human_bytes(int(size))} an item was measured, {human_bytes(available_bytes)} are free"
    if by_memory < by_time:
        return Advice(by_memory, f"{memory}: so many in each batch under way take a quarter of that.")
    return Advice(by_time, f"{said}; {memory}, which is enough.")


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
