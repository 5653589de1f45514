"""Owns the snapshots of a library: what it held at a moment, kept as spans of items and files that stayed as they are.

Who writes an item, its files or their streams marks it (`media_item.is_in_snapshot`). A snapshot looks at what is
marked, ends the spans that hold no more and begins those that do now; when nothing differs, there is none.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

import duckdb

from mediamgr.instrumentation import Timer
from mediamgr.store.transaction import transaction

__all__ = ["FILE_FACTS", "ITEM_FACTS", "MARKED", "mark", "take", "take_if_changed"]

_log = logging.getLogger(__name__)
_TAKING: Final = Timer("store.snapshot", "Noting what a library holds now, as far as it differs from the last time")

MARKED: Final = "is_in_snapshot is not true"
"""Which rows of media_item may differ from the last snapshot."""
_TOUCHED: Final = f"select id from media_item where {MARKED}"
# what others removed from the tables has no mark
_ALL: Final = "select id from media_item union select media_item_id from snapshot_item where until_snapshot is null"
ITEM_FACTS: Final = """
select
    i.id as media_item_id, i.library_id, i.media_type,
    item_label(i.title, i.show_title, i.season_number, i.episode_number) as item,
from media_item i
"""
"""What is kept of an item."""
# file_fact has the same of all files, and reads all streams for it
FILE_FACTS: Final = """
with held as materialized (
    select f.id, f.media_item_id, f.file_role, f.path, f.size_bytes, f.quality_source
    from media_file f
    where {which}
),
said as (
    select
        media_file_id,
        arg_min(resolution_class, stream_index) filter (stream_type = 'video') as resolution,
        arg_min(hdr_format, stream_index) filter (stream_type = 'video') as hdr_format,
        arg_min(codec, stream_index) filter (stream_type = 'video') as video_codec,
        max(channels) filter (stream_type = 'audio') as audio_channels,
    from media_stream where media_file_id in (select id from held) and stream_type <> 'subtitle' group by all
)
select
    f.id as media_file_id, f.media_item_id, f.file_role, f.path, f.size_bytes,
    s.resolution, s.hdr_format, f.quality_source, s.video_codec, s.audio_channels,
from held f
left join said s on s.media_file_id = f.id
"""
"""What is kept of files; `which` says of which `f`."""
_THERE: Final = "not i.is_missing and i.id in (select id from touched)"
_HELD: Final = "f.missing_since is null and f.media_item_id in (select id from touched)"
_TOTALS: Final = f"""
with item as (
    select
        library_id,
        count(*) filter (media_type = 'movie' and not is_missing) as movies,
        count(*) filter (media_type = 'show') as shows,
        count(*) filter (media_type = 'episode' and not is_missing) as episodes,
    from media_item group by all
),
file as (
    select
        library_id, count(*) as files, sum(size_bytes) as size_bytes,
        -- whole milliseconds, for they add up to the same in whatever order; null for a length that nothing has
        sum(try_cast(duration_seconds * 1000 as bigint)) / 3600000 as hours,
    from media_file where missing_since is null group by all
)
select
    l.id as library_id, coalesce(i.movies, 0) as movies, coalesce(i.shows, 0) as shows,
    coalesce(i.episodes, 0) as episodes, coalesce(f.files, 0) as files,
    cast(least(coalesce(f.size_bytes, 0), {2**63 - 1}) as bigint) as size_bytes,
    round(coalesce(f.hours, 0), 3) as hours,
from library l
left join item i on i.library_id = l.id
left join file f on f.library_id = l.id
"""
"""What each library holds now."""
_LAST_TOTALS: Final = """
select * exclude snapshot_id from snapshot_total where snapshot_id = (select max(id) from snapshot)
"""
_IS_DIFFERENT: Final = f"""
select
    exists(from item_differs) or exists(from file_differs)
    or exists(from total_now except ({_LAST_TOTALS})) or exists({_LAST_TOTALS} except from total_now)
"""
_FACTS: Final[Mapping[str, tuple[str, ...]]] = {
    "item": ("media_item_id", "library_id", "media_type", "item"),
    "file": (
        "media_file_id", "media_item_id", "file_role", "path", "size_bytes", "resolution", "hdr_format",
        "quality_source", "video_codec", "audio_channels",
    ),
}  # fmt: skip
"""What a span says; it lasts while none of it changes."""
_MADE: Final = ("touched", "item_now", "file_now", "item_differs", "file_differs", "total_now")


def mark(connection: duckdb.DuckDBPyConnection, items: str) -> None:
    """Say that items may have changed, or their files; `items` is a SELECT of their ids. The caller's transaction."""
    connection.execute(
        f"update media_item set is_in_snapshot = false where is_in_snapshot and id in ({items})"
    ).fetchall()


def take_if_changed(connection: duckdb.DuckDBPyConnection, reason: str, job_run_id: int) -> None:
    """Take one at the end of a job. What went wrong is told, and left to the next: the job is done, and is not lost."""
    try:
        take(connection, reason, job_run_id)
    except duckdb.Error as error:
        _log.warning("no snapshot was taken after this job, the next one's tells what both changed: %s", error)


def take(
    connection: duckdb.DuckDBPyConnection, reason: str, job_run_id: int | None = None, *, whole: bool = False
) -> int | None:
    """Take a snapshot: its id, or None when all is as it was at the last one. Whole or not at all.

    `whole`: look at everything, not only at what is marked.
    """
    if not whole and not _is_any_marked(connection):
        return None
    with _TAKING.run(), transaction(connection):
        _compare(connection, _ALL if whole else _TOUCHED)
        ((is_different,),) = connection.execute(_IS_DIFFERENT).fetchall()
        number = _write(connection, reason, job_run_id) if is_different else None
        connection.execute(f"update media_item set is_in_snapshot = true where {MARKED}").fetchall()
        connection.execute("; ".join(f"drop table {name}" for name in _MADE)).fetchall()
    return number


def _is_any_marked(connection: duckdb.DuckDBPyConnection) -> bool:
    return connection.execute(f"select exists(from media_item where {MARKED})").fetchall() == [(True,)]


def _compare(connection: duckdb.DuckDBPyConnection, items: str) -> None:
    """Which spans end, and what begins, of these items."""
    for statement in (
        f"create or replace temp table touched as {items}",
        f"create or replace temp table item_now as {ITEM_FACTS} where {_THERE}",
        f"create or replace temp table file_now as {FILE_FACTS.format(which=_HELD)}",
        _differs("item"),
        _differs("file"),
        f"create or replace temp table total_now as {_TOTALS}",
    ):
        connection.execute(statement).fetchall()


def _differs(kind: str) -> str:
    """The statement that puts into `<kind>_differs` which rows of open spans hold no more, and whose spans begin."""
    facts = _FACTS[kind]
    is_so = " and ".join(f"n.{fact} is not distinct from s.{fact}" for fact in facts)
    return f"""
    create or replace temp table {kind}_differs as
    with still_open as (
        select rowid as place, {", ".join(facts)} from snapshot_{kind}
        where until_snapshot is null and media_item_id in (select id from touched)
    )
    select s.place as ended, n.{facts[0]} as begun
    from still_open s full join {kind}_now n on {is_so}
    where s.place is null or n.{facts[0]} is null
    """


def _write(connection: duckdb.DuckDBPyConnection, reason: str, job_run_id: int | None) -> int:
    ((number,),) = connection.execute(
        "insert into snapshot select coalesce(max(id), 0) + 1, cast(now() at time zone 'UTC' as timestamp), ?, ?"
        " from snapshot returning id",
        [reason, job_run_id],
    ).fetchall()
    for kind in ("item", "file"):
        connection.execute(
            f"update snapshot_{kind} set until_snapshot = {number} where rowid in (select ended from {kind}_differs)"
        ).fetchall()
        connection.execute(
            f"insert into snapshot_{kind} select *, {number}, null from {kind}_now"
            f" where {_FACTS[kind][0]} in (select begun from {kind}_differs) order by media_item_id"
        ).fetchall()
    connection.execute(f"insert into snapshot_total select {number}, * from total_now order by library_id").fetchall()
    return int(number)
