"""Owns making a library small and quick again: what lies together is asked for together, dead space goes.

What is derived is written anew in order where much of it has changed. The file itself is written anew, next to the old
one, when much of it is dead space, when what belongs together has been scattered, or when asked to; it replaces the old
one in one step, so nothing is lost however that ends. A job that changed much looks at the end whether it is time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from mediamgr.errors import LibraryDamaged, MediaManagerError
from mediamgr.instrumentation import Timer
from mediamgr.progress import ShowProgress
from mediamgr.store import search_index, title_order
from mediamgr.store.database import Database

__all__ = ["ORDERS", "CompactReport", "compact", "compact_if_worn"]

_log = logging.getLogger(__name__)
_COMPACTION: Final = Timer("store.compaction", "Bringing a library into order, and writing its file anew if it is worn")
_MOST_DEAD: Final = 0.2
"""Share of the file's blocks that hold nothing, from which it is written anew."""
_MOST_SCATTERED: Final = 4.0
"""Row groups in which a row may lie by its id, from which the file is written anew; one or two when in order."""
_ROW_GROUP: Final = 122_880
_LEAST_BYTES: Final = 64_000_000
"""Of a file for which it matters at all."""

ORDERS: Final[Mapping[str, str]] = {
    "library": "id",
    "media_item": "id",
    "media_file": "media_item_id, id",
    "media_stream": "media_file_id, stream_index",
    "person": "id",
    "credit": "media_item_id, department, role, position",
    "external_id": "media_item_id nulls last, person_id",
    "artwork": "media_item_id, artwork_type",
    "subtitle": "media_item_id, language",
    "history_event": "media_item_id, occurred_at",
    "field_source": "media_item_id, field_name",
    "listed_episode": "media_item_id, season_number, episode_number",
    "provider_match": "media_item_id, source",
    "job_run": "id",
    "snapshot": "id",
    "snapshot_total": "snapshot_id, library_id",
    "snapshot_item": "media_item_id, from_snapshot",
    "snapshot_file": "media_item_id, media_file_id, from_snapshot",
    "scan_entry": "library_id, path",
    "name_guess": "name",
    "schema_migration": "version",
    "title_mark": "title_rank",
    "word": "id",
    "item_word": "word_id, rating desc nulls last, media_item_id",
    "person_word": "word_id, person_id",
    "person_credit": "person_id, media_item_id",
    "index_state": "built_at",
}
"""What the rows of each table lie by: whatever is asked for of an item, a person or a word is in one place."""


@dataclass(frozen=True, slots=True)
class CompactReport:
    """What `compact` did.

    Attributes:
        bytes_before: Of the file and its log.
        bytes_after: Of the file.
        is_indexed_anew: Words and credits by person were written anew.
        is_rewritten: So was the whole file.
    """

    bytes_before: int
    bytes_after: int
    is_indexed_anew: bool
    is_rewritten: bool


@_COMPACTION
def compact(database: Database, *, full: bool, on_table: Callable[[str], None] | None) -> CompactReport:
    """Bring what is derived into order, and write the file anew if much of it is dead space, or if `full`.

    `on_table` is told the name of each table before it is copied. Raises `LibraryError` when there is no room.
    """
    before = database.size_bytes
    with database.writing("compact") as connection:
        if full:
            title_order.number_all(connection)
        else:
            title_order.give_places(connection)
        is_indexed = full or search_index.is_worth_building(connection)
        if is_indexed:
            search_index.build(connection)
        connection.execute("force checkpoint").fetchall()
        is_due = full or _is_worn(connection)
    if is_due:
        with database.replacing("compact") as (current, new):
            _rewrite(current, new, on_table)
    return CompactReport(before, database.size_bytes, is_indexed, is_due)


def compact_if_worn(database: Database, show_progress: ShowProgress) -> None:
    """What the end of a job owes the next question: `compact`, if the job changed much and left the file worn.

    The job is done, whatever becomes of this: what stands in the way is told, and left for another time.
    """
    if database.size_bytes < _LEAST_BYTES:
        return
    try:
        with database.reading() as connection:
            if not _is_changed_much(connection) or not _is_worn(connection):
                return
        with show_progress("Compacting", len(ORDERS)) as advance:
            compact(database, full=False, on_table=lambda table: advance(1))
    except (MediaManagerError, OSError) as error:
        _log.warning("%s was not compacted: %s", database.path, error)


def _is_changed_much(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the last job changed so much that words were written anew at its end."""
    asked = "select bool_or(built_at >= (select max(started_at) from job_run)) from index_state"
    ((is_much,),) = connection.execute(asked).fetchall()
    return bool(is_much)


def _is_worn(connection: duckdb.DuckDBPyConnection) -> bool:
    if _share_of_dead(connection) > _MOST_DEAD:
        return True
    return any(_scattered(connection, table, order) > _MOST_SCATTERED for table, order in ORDERS.items())


def _share_of_dead(connection: duckdb.DuckDBPyConnection) -> float:
    ((free, total),) = connection.execute("select free_blocks, total_blocks from pragma_database_size()").fetchall()
    return float(free / total) if total else 0.0


def _scattered(connection: duckdb.DuckDBPyConnection, table: str, order: str) -> float:
    """In how many row groups a row may lie, for all that their least and greatest ids say."""
    column = order.split(",")[0].split()[0]
    if not column.endswith("id"):
        return 1.0
    ((groups,),) = connection.execute(
        f"""
        select sum(greatest - least + 1) / (max(greatest) - min(least) + 1)
        from (select min({column}) as least, max({column}) as greatest from "{table}" group by rowid // {_ROW_GROUP})
        """
    ).fetchall()
    return float(groups or 0)


def _rewrite(current: Path, new: Path, on_table: Callable[[str], None] | None) -> None:
    """Write all rows of one file into another, table by table in order; see that none is missing."""
    with duckdb.connect(str(new)) as connection:
        quoted = str(current).replace("'", "''")
        connection.execute(f"attach '{quoted}' as old_library (read_only)").fetchall()
        (name,) = connection.execute("select current_database()").fetchall()[0]
        connection.execute(f'copy from database old_library to "{name}" (schema)').fetchall()
        for table in _tables(connection):
            if on_table:
                on_table(table)
            columns = _columns(connection, table)
            order = f"order by {ORDERS[table]}" if table in ORDERS else ""
            connection.execute(
                f'insert into "{table}" ({columns}) select {columns} from old_library."{table}" {order}'
            ).fetchall()
            if _rows(connection, f'"{table}"') != _rows(connection, f'old_library."{table}"'):
                raise LibraryDamaged(f"{table} of {current} could not be copied whole; restore a backup.")
        connection.execute("detach old_library").fetchall()
        connection.execute("force checkpoint").fetchall()


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = 'old_library' order by table_oid"
    )
    return [row[0] for row in rows.fetchall()]


def _columns(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    """Names of the columns that hold values of their own."""
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = 'old_library' and table_name = ?"
        " and not is_generated order by column_index",
        [table],
    )
    return ", ".join(f'"{row[0]}"' for row in rows.fetchall())


def _rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int(connection.execute(f"select count(*) from {table}").fetchall()[0][0])
