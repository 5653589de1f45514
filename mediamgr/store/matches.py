"""Owns what became of asking providers for items: what was found, and what the user decided of it.

What the user accepted or rejected stays so, whatever is found later; `undo` makes it doubtful again. What was written
of a candidate that is rejected afterwards is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

import duckdb
import polars as pl

from mediamgr.errors import ItemNotFound, RecordError
from mediamgr.store.taking_back import take_back
from mediamgr.store.transaction import transaction

__all__ = ["SCHEMA", "accept", "mark_written", "record", "reject", "undo"]

SCHEMA: Final = pl.Schema(
    {
        "media_item_id": pl.Int64(),
        "source": pl.String(),
        "external_id": pl.String(),
        "status": pl.String(),
        "score": pl.Float64(),
        "reasons": pl.List(pl.String()),
        "title": pl.String(),
        "year": pl.Int16(),
        "url": pl.String(),
        "checked_at": pl.Datetime("us"),
        "enriched_at": pl.Datetime("us"),
    }
)
"""What `record` takes; columns that are left out are null."""
_NEEDED: Final = ("media_item_id", "source", "external_id", "status", "checked_at")
_NOW: Final = "cast(now() at time zone 'UTC' as timestamp)"
_OF_THESE: Final = "(m.media_item_id, m.source) in (select (media_item_id, source) from incoming)"
_SAME: Final = "n.media_item_id = m.media_item_id and n.source = m.source and n.external_id = m.external_id"
_CANDIDATE: Final = "media_item_id = $item and source = $source and external_id = $external"
_FOUND: Final = ("status", "score", "reasons", "title", "year", "url", "checked_at")


def record(connection: duckdb.DuckDBPyConnection, found: pl.DataFrame) -> None:
    """Note what asking gave, a row a candidate, in place of what was noted of these items and that source before.

    What the user decided stays: a candidate that was rejected is not noted anew, and beside one that was accepted none
    is. `found`: columns of `SCHEMA`; `external_id` is "" for status "nothing". Raises `RecordError` for other columns.
    """
    if wrong := sorted({*_NEEDED} - {*found.columns}) or sorted({*found.columns} - {*SCHEMA}):
        raise RecordError(
            f"A match has {', '.join(SCHEMA)}, and needs {', '.join(_NEEDED)}; look at {', '.join(wrong)}."
        )
    full = found.select(
        (pl.col(name) if name in found.columns else pl.lit(None)).cast(kind).alias(name)
        for name, kind in SCHEMA.items()
    )
    sets = ", ".join(f"{name} = n.{name}" for name in _FOUND)
    connection.register("incoming", full)
    try:
        with transaction(connection):
            for statement in (
                f"delete from provider_match m where {_OF_THESE} and status not in ('accepted', 'rejected')"
                f" and not exists (select 1 from incoming n where {_SAME})",
                f"update provider_match m set {sets}, enriched_at = coalesce(n.enriched_at, m.enriched_at)"
                f" from incoming n where {_SAME} and m.status not in ('accepted', 'rejected')",
                "update provider_match m set enriched_at = n.enriched_at"
                f" from incoming n where {_SAME} and m.status = 'accepted' and n.enriched_at is not null",
                f"insert into provider_match ({', '.join(SCHEMA)}) select {', '.join(SCHEMA)} from incoming n"
                f" where not exists (select 1 from provider_match m where {_SAME})"
                " and (n.media_item_id, n.source) not in"
                " (select (media_item_id, source) from provider_match where status = 'accepted')",
            ):
                connection.execute(statement).fetchall()
    finally:
        connection.unregister("incoming")


def accept(connection: duckdb.DuckDBPyConnection, item_id: int, source: str, external_id: str) -> None:
    """Say that an item is this candidate, and none of the others: its facts are due to be written.

    What was written of another one is taken back. Raises `ItemNotFound` when there is no such candidate.
    """
    with transaction(connection):
        _decide(connection, item_id, source, external_id, "accepted")
        others = connection.execute(
            "select external_id from provider_match where media_item_id = ? and source = ?"
            " and external_id not in (?, '') and status <> 'rejected'",
            [item_id, source, external_id],
        ).fetchall()
        for (other,) in others:
            _decide(connection, item_id, source, other, "rejected")


def reject(connection: duckdb.DuckDBPyConnection, item_id: int, source: str, external_id: str) -> None:
    """Say that an item is not this candidate: what was written of it is taken back.

    Raises `ItemNotFound` when there is no such candidate.
    """
    with transaction(connection):
        _decide(connection, item_id, source, external_id, "rejected")


def undo(connection: duckdb.DuckDBPyConnection, item_id: int, source: str) -> None:
    """Take back what was decided of an item: all candidates are to be reviewed again."""
    connection.execute(
        f"update provider_match set status = 'doubtful', checked_at = {_NOW}"
        " where media_item_id = ? and source = ? and status in ('accepted', 'rejected')",
        [item_id, source],
    ).fetchall()


def mark_written(
    connection: duckdb.DuckDBPyConnection, works: Iterable[tuple[int, str]], source: str, at: datetime
) -> None:
    """Note when facts were written: (item, external id) of candidates that were matched or accepted."""
    frame = pl.DataFrame(list(works), schema={"media_item_id": pl.Int64(), "external_id": pl.String}, orient="row")
    connection.register("incoming", frame)
    try:
        connection.execute(
            "update provider_match m set enriched_at = $at from incoming n"
            " where n.media_item_id = m.media_item_id and n.external_id = m.external_id and m.source = $source"
            " and m.status in ('matched', 'accepted')",
            {"at": at, "source": source},
        ).fetchall()
    finally:
        connection.unregister("incoming")


def _decide(connection: duckdb.DuckDBPyConnection, item: int, source: str, external_id: str, status: str) -> None:
    candidate = {"item": item, "source": source, "external": external_id}
    rows = connection.execute(
        f"select enriched_at is not null from provider_match where {_CANDIDATE} and status <> 'nothing'", candidate
    ).fetchall()
    if not rows:
        raise ItemNotFound(
            f"{source} was not found to have {external_id!r} for item {item};"
            f" lib.matches.of_items({item}) shows what was found."
        )
    if status == "rejected" and rows[0][0]:
        take_back(connection, item, source)
    connection.execute(
        f"update provider_match set status = '{status}', checked_at = {_NOW}, enriched_at = null where {_CANDIDATE}",
        candidate,
    ).fetchall()
