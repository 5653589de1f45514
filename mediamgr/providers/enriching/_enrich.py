"""Owns enriching as one asks for it: which providers, for which items, through which client and cache."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Literal

from mediamgr.cache_service import CacheService, get_cache_service
from mediamgr.errors import InputError, Interrupted
from mediamgr.progress import ShowProgress, silent
from mediamgr.providers.directory import is_simulated, opened, sites, without_key
from mediamgr.providers.enriching._report import EnrichReport
from mediamgr.providers.enriching._run import Run
from mediamgr.providers.http import Client
from mediamgr.providers.protocol import Provider
from mediamgr.repository import LibraryRepository, MatchRepository
from mediamgr.settings import get_settings
from mediamgr.store import Database, utc_now
from mediamgr.workers import JobRecord, WorkerManager

__all__ = ["ONLY", "cache_for", "client_for", "enrich"]

ONLY: Final = ("new", "missing")
_THREADS: Final = 8
"""Enough for 40 answers a second that take 0.2 s each."""


def cache_for(library: Path) -> CacheService:
    """Where answers are kept for that library file; those of a simulation apart from what the real ones said."""
    return get_cache_service("simulated" if is_simulated(get_settings()) else "default", library=library)


def client_for(library: Path) -> Client:
    """A client as the settings say, which keeps answers there, and through which the cache asks again (`warm`)."""
    settings = get_settings()
    pace_file = settings.get_disk_cache_dir() / "pace.sqlite"
    client = Client(cache_for(library), offline=settings.get_provider_offline(), pace_file=pace_file)
    client.teach(sites(client, settings))
    return client


def enrich(
    database: Database,
    *,
    providers: Sequence[str] | None = None,
    library: str | None = None,
    only: Literal["new", "missing"] = "new",
    limit: int | None = None,
    dry_run: bool = False,
    record: Callable[[JobRecord], object] = lambda job: None,
    show_progress: ShowProgress = silent,
    clock: Callable[[], datetime] = utc_now,
) -> EnrichReport:
    """Ask providers for films and shows that they were not asked for, and fill what is empty; see `Library.enrich`."""
    if only not in ONLY:
        raise InputError(f"only is {' or '.join(map(repr, ONLY))}, not {only!r}.")
    names = LibraryRepository(database).libraries()["name"].to_list()
    if library is not None and library not in names:
        raise InputError(f"There is no library {library!r} in this file; there are {', '.join(names) or 'none'}.")
    began = datetime.now(UTC)
    status, error = "failed", None
    with client_for(database.path) as client, WorkerManager(_THREADS, name="mediamgr-enrich") as workers:
        left_out = () if providers is not None else without_key(get_settings())
        run = Run(database, client, workers, EnrichReport((), dry_run, left_out=left_out), clock)
        try:
            for provider in opened(providers, client, get_settings()):
                due = MatchRepository(database).due(
                    provider.name,
                    media_types=provider.capabilities.media_types,
                    library=library,
                    lacking=_lacking(provider) if only == "missing" else None,
                    limit=limit,
                )
                run.ask(provider, due, show_progress)
            status = "succeeded"
        except KeyboardInterrupt:
            status, error = "interrupted", "stopped by the user; what was committed is kept"
            raise Interrupted(_DRY if dry_run else _SAID.format(counted=run.report.counts["matched"])) from None
        except Exception as failure:
            error = f"{type(failure).__name__}: {failure}"
            raise
        finally:
            if not dry_run:
                record(JobRecord("enrich", status, began, datetime.now(UTC), run.report.counts, error))
    return run.report


_DRY: Final = "Stopped; nothing was to be written. What was answered is kept: the next run does not ask for it again."
_SAID: Final = (
    "Stopped. {counted:,} items were found, and what was told of them is in the library; the same command goes on with"
    " the rest."
)


def _lacking(provider: Provider) -> list[str]:
    """What an item may lack that this provider knows."""
    knows = provider.capabilities
    fields = sorted(knows.fields - {"season_number", "episode_number", "absolute_number"})
    return [*fields, *(["credits"] if knows.has_credits else []), *(["poster"] if knows.has_pictures else [])]
