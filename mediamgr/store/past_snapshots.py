"""Owns snapshots that were never taken: what they would hold, as far as items and files say since and until when.

For a library that is made with a past of its own, as the demo is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import duckdb
import polars as pl

from mediamgr.store.snapshots import FILE_FACTS, ITEM_FACTS, MARKED
from mediamgr.store.transaction import transaction

__all__ = ["FORMER", "record_past_snapshots"]

FORMER: Final = pl.Schema(
    {
        "media_file_id": pl.Int64(),
        "path": pl.String(),
        "size_bytes": pl.Int64(),
        "resolution": pl.String(),
        "hdr_format": pl.String(),
        "quality_source": pl.String(),
        "video_codec": pl.String(),
        "audio_channels": pl.Int32(),
        "until": pl.Datetime("us"),
    }
)
"""What files were like before, and until when (UTC); the rest of them was as it is. At most one row a file."""
_SHOWN: Final = ", ".join(f"f.{name}" for name in FORMER.names()[1:-1])
_ITEMS: Final = f"""
with loss as (
    select media_item_id, max(missing_since) as gone_at from media_file where file_role = 'main' group by all
),
item as ({ITEM_FACTS})
select n.*, i.added_at as begun_at, case when i.is_missing then l.gone_at end as ended_at
from item n
join media_item i on i.id = n.media_item_id
left join loss l on l.media_item_id = coalesce(i.shared_file_item_id, i.id)
"""
_FILES: Final = f"""
with now as ({FILE_FACTS.format(which="true")}),
file as (
    select n.*, f.added_at as begun_at, f.missing_since as ended_at
    from now n join media_file f on f.id = n.media_file_id
)
select f.* exclude (begun_at), coalesce(o.until, f.begun_at) as begun_at
from file f left join former o on o.media_file_id = f.media_file_id
union all by name
select f.media_file_id, f.media_item_id, f.file_role, {_SHOWN.replace("f.", "o.")}, f.begun_at, o.until as ended_at
from former o join file f on f.media_file_id = o.media_file_id
"""
# the first snapshot at which it had begun, the first at which it had ended
_SPANS: Final = """
insert into snapshot_{kind}
select p.* exclude (begun_at, ended_at), b.id, e.id
from ({past}) p
asof join snapshot b on b.taken_at >= p.begun_at
asof left join snapshot e on e.taken_at >= p.ended_at
where e.id is null or e.id > b.id
order by p.media_item_id, b.id
"""
_TOTALS: Final = """
insert into snapshot_total
with span as (
    select
        library_id, media_type = 'movie' as movies, media_type = 'show' as shows, media_type = 'episode' as episodes,
        0 as files, 0 as size_bytes, 0 as milliseconds, from_snapshot, until_snapshot
    from snapshot_item
    union all
    select
        f.library_id, false, false, false, 1, coalesce(s.size_bytes, 0),
        cast(coalesce(f.duration_seconds, 0) * 1000 as bigint), s.from_snapshot, s.until_snapshot
    from snapshot_file s join media_file f on f.id = s.media_file_id
),
step as (
    select * exclude (from_snapshot, until_snapshot), from_snapshot as snapshot_id, 1 as sign from span
    union all
    select * exclude (from_snapshot, until_snapshot), until_snapshot, -1 from span where until_snapshot is not null
),
stepped as (
    select
        s.id as snapshot_id, l.id as library_id,
        coalesce(sum(sign) filter (t.movies), 0) as movies, coalesce(sum(sign) filter (t.shows), 0) as shows,
        coalesce(sum(sign) filter (t.episodes), 0) as episodes, coalesce(sum(sign * t.files), 0) as files,
        coalesce(sum(sign * t.size_bytes), 0) as size_bytes, coalesce(sum(sign * t.milliseconds), 0) as milliseconds,
    from snapshot s cross join library l
    left join step t on t.snapshot_id = s.id and t.library_id = l.id
    group by s.id, l.id
)
select
    snapshot_id, library_id, sum(movies) over so_far, sum(shows) over so_far, sum(episodes) over so_far,
    sum(files) over so_far, sum(size_bytes) over so_far, round(sum(milliseconds) over so_far / 3600000, 3),
from stepped
window so_far as (partition by library_id order by snapshot_id)
order by snapshot_id, library_id
"""


def record_past_snapshots(
    connection: duckdb.DuckDBPyConnection, moments: Sequence[tuple[datetime, str]], former: pl.DataFrame
) -> None:
    """Write snapshots of these moments (UTC, reason; in order, the last is now) into a library that has none.

    `former`: as in `FORMER`.
    """
    taken = pl.DataFrame(moments, schema={"taken_at": pl.Datetime("us"), "reason": pl.String}, orient="row")
    connection.register("taken", taken.with_row_index("id", offset=1))
    connection.register("former", former.select(FORMER.names()).cast(FORMER))
    try:
        with transaction(connection):
            for statement in (
                "insert into snapshot select id, taken_at, reason, null from taken",
                _SPANS.format(kind="item", past=_ITEMS),
                _SPANS.format(kind="file", past=_FILES),
                _TOTALS,
                f"update media_item set is_in_snapshot = true where {MARKED}",
            ):
                connection.execute(statement).fetchall()
    finally:
        connection.unregister("taken")
        connection.unregister("former")
