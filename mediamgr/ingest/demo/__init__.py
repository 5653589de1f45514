"""Owns the demo library: invented films, shows and people in five libraries, of any size.

The same items, seed and present give the same rows everywhere, whatever the size of batches. Memory is that
of one batch and a small plan. Nothing on disk is read or written: the paths lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import polars as pl

from mediamgr.errors import QueryError
from mediamgr.ingest.demo._beside import artwork, subtitles
from mediamgr.ingest.demo._files import main_paths, make_files, media_files
from mediamgr.ingest.demo._films import crowded_films, film_items
from mediamgr.ingest.demo._former import former_files, snapshot_moments
from mediamgr.ingest.demo._history import history_events
from mediamgr.ingest.demo._ids import field_sources, item_ids
from mediamgr.ingest.demo._items import media_items
from mediamgr.ingest.demo._jobs import past_jobs
from mediamgr.ingest.demo._listed import listed_episodes
from mediamgr.ingest.demo._people import People
from mediamgr.ingest.demo._shows import plan_shows, show_items, show_slices
from mediamgr.ingest.demo._streams import media_streams
from mediamgr.ingest.demo._world import Segment, World, make_world
from mediamgr.instrumentation import Counter, Timer
from mediamgr.store.records import Records

__all__ = ["NOW", "former_files", "generate", "job_runs", "snapshot_moments"]

_BATCH: Final = Timer("ingest.demo_batch", "Inventing a batch of items, with all that hangs on them")
_ITEMS: Final = Counter("ingest.demo_items", "Items that were invented")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""The demo's present unless told otherwise."""


def generate(
    items: int = 10_000, seed: int = 7, *, now: datetime | None = None, batch_items: int = 50_000
) -> Iterator[Records]:
    """Batches of records, library by library: exactly `items` films, shows, seasons and episodes in all.

    A batch holds all children of its items, and at most `batch_items` items unless one show has more.
    A person comes once, with the first batch that names them: load batches in order.
    `now`: naive is UTC; None is `NOW`.

    Raises:
        QueryError: `items` is negative or `batch_items` is not positive.
    """
    if items < 0 or batch_items < 1:
        raise QueryError(
            f"a demo of {items} items in batches of {batch_items}: give 0 or more, in batches of 1 or more"
        )
    return _generate(make_world(items, seed, now or NOW), batch_items)


def job_runs(items: int = 10_000, seed: int = 7, now: datetime | None = None) -> list[dict[str, Any]]:
    """Past job runs of the same demo, oldest first, as rows for the job_run table.

    Keys: library (a name), job_type, status, started_at, finished_at (None when interrupted), counts, error;
    times are naive UTC.
    """
    world = make_world(items, seed, now or NOW)
    sizes: dict[str, int] = {}
    for segment in (*world.films, *world.shows):
        sizes[segment.library] = sizes.get(segment.library, 0) + segment.count
    return past_jobs(sizes, seed, world.now)


def _generate(world: World, batch_items: int) -> Iterator[Records]:
    people = People(world)
    for segment, rows in _item_batches(world, batch_items):
        with _BATCH.run():
            records = _records(world, segment, rows, people)
        _ITEMS.add(len(rows))
        yield records


def _item_batches(world: World, batch_items: int) -> Iterator[tuple[Segment, pl.DataFrame]]:
    """Item rows of each segment, in order."""
    first = world.films[0]
    crowded = crowded_films(world, first)
    for segment in world.films:
        source = first if segment.stride else segment
        taken = crowded if source is first else crowded_films(world, segment)
        for start in range(0, segment.count, batch_items):
            stop = min(start + batch_items, segment.count)
            yield segment, film_items(world, segment, source, taken, start, stop)
    for segment in world.shows:
        for shows in show_slices(plan_shows(world, segment), batch_items):
            yield segment, show_items(world, segment, shows)


def _records(world: World, segment: Segment, items: pl.DataFrame, people: People) -> Records:
    """All records of a batch of items."""
    files = make_files(world, items)
    named = people.frames(items)
    frames = {
        "media_item": media_items(items),
        "media_file": media_files(files),
        "media_stream": media_streams(files),
        "person": named["person"],
        "credit": named["credit"],
        "external_id": pl.concat([item_ids(world, items), named["external_id"]]),
        "artwork": artwork(items),
        "subtitle": subtitles(items, main_paths(files)),
        "history_event": history_events(world, items),
        "field_source": field_sources(world, items),
        "listed_episode": listed_episodes(world, items),
    }
    return Records(segment.library, frames, source="demo")
