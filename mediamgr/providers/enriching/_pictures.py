"""Owns getting the pictures that providers told of, through the same client, from the hosts they may be on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

from mediamgr.errors import InputError, ProviderError
from mediamgr.progress import ShowProgress, silent
from mediamgr.providers.artwork import ACCEPTED, MOST_BYTES, ArtworkReport, download_artwork
from mediamgr.providers.directory import sites
from mediamgr.providers.enriching._enrich import client_for
from mediamgr.providers.http import Client, Downloaded, Site, is_allowed
from mediamgr.repository import ARTWORK_TYPES
from mediamgr.settings import get_settings
from mediamgr.store import Database
from mediamgr.workers import JobRecord, Outcome, WorkerManager

__all__ = ["fetch_artwork"]

_THREADS: Final = 8


def fetch_artwork(
    database: Database,
    *,
    types: Sequence[str] | None = None,
    retry_failed: bool = False,
    limit: int | None = None,
    record: Callable[[JobRecord], object] | None = None,
    show_progress: ShowProgress = silent,
) -> ArtworkReport:
    """Download pictures that are known by address only; see `Library.fetch_artwork`."""
    if wrong := [each for each in types or () if each not in ARTWORK_TYPES]:
        raise InputError(f"There are no pictures of type {wrong[0]!r}; there are {', '.join(ARTWORK_TYPES)}.")
    settings = get_settings()
    with (
        client_for(database.path) as client,
        WorkerManager(_THREADS, name="mediamgr-artwork", record=record) as workers,
    ):
        known = sites(client, settings)

        def in_parallel(work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Outcome[Any, Any]]:
            return workers.map(work, items, ordered=False, batch_size=1, job_type="artwork")

        return download_artwork(
            database,
            settings.get_artwork_dir(database.path),
            partial(_fetched, client, known),
            types=types,
            sources=[each.name for each in known],
            retry_failed=retry_failed,
            limit=limit,
            in_parallel=in_parallel,
            show_progress=show_progress,
        )


def _fetched(client: Client, known: Sequence[Site], url: str, file: Path) -> Downloaded:
    site = next((each for each in known if is_allowed(each, url)), None)
    if site is None:
        # not a fault of the picture: who told of it is nobody we may ask
        raise ProviderError(f"{url[:200]} is on no host of a provider, and is left alone.")
    return client.download(site, url, file, most_bytes=MOST_BYTES, accept=ACCEPTED)
