"""Owns the one door in: record frames go through here into the tables, in one transaction a batch.

Rows that break a rule are set aside with their reason; the rest goes in. Ids stay: a row whose natural
key is known is updated, never inserted anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import duckdb
import polars as pl

from mediamgr.instrumentation import Counter, Timer
from mediamgr.store._prepare import REJECT_SCHEMA, prepare
from mediamgr.store._upsert import Batch
from mediamgr.store.records import TABLES, Records
from mediamgr.store.transaction import transaction
from mediamgr.workers import WorkerManager

__all__ = ["LoadReport", "load"]

_LOAD: Final = Timer("store.load", "Loading one batch of records, until it is committed")
_ROWS: Final = Counter("store.rows_loaded", "Records: inserted, updated, removed or rejected", "outcome")


def _no_rejects() -> pl.DataFrame:
    return pl.DataFrame(schema=REJECT_SCHEMA)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of the records of one or more batches.

    Attributes:
        inserted: Table to rows that were new.
        updated: Table to rows whose values changed; rows that said nothing new are not counted.
        removed: Table to children (streams, credits, pictures, subtitles) that their source names no more.
        rejected: Rows set aside: table, row (from 0, in its frame), key, reason.
    """

    inserted: Mapping[str, int] = field(default_factory=dict)
    updated: Mapping[str, int] = field(default_factory=dict)
    removed: Mapping[str, int] = field(default_factory=dict)
    rejected: pl.DataFrame = field(default_factory=_no_rejects)

    @property
    def counts(self) -> dict[str, int]:
        """Rows by table and what became of them: "media_item_inserted", "credit_updated", "artwork_removed"."""
        kinds = {"inserted": self.inserted, "updated": self.updated, "removed": self.removed}
        return {f"{table}_{kind}": n for kind, counts in kinds.items() for table, n in counts.items() if n}

    @property
    def rows(self) -> int:
        """How many rows were written or removed."""
        return sum(self.counts.values())

    def __add__(self, other: LoadReport) -> LoadReport:
        """Both together."""
        return LoadReport(
            inserted=_sum(self.inserted, other.inserted),
            updated=_sum(self.updated, other.updated),
            removed=_sum(self.removed, other.removed),
            rejected=pl.concat([self.rejected, other.rejected]),
        )


@_LOAD
def load(connection: duckdb.DuckDBPyConnection, records: Records) -> LoadReport:
    """Load one batch, whole or not at all, on a connection that may write.

    Raises `RecordError` for a frame whose columns its table does not have; then nothing was changed.
    """
    with transaction(connection):
        report = _load(connection, records)
    for outcome in ("inserted", "updated", "removed"):
        _ROWS.add(sum(getattr(report, outcome).values()), outcome=outcome)
    _ROWS.add(report.rejected.height, outcome="rejected")
    return report


def _load(connection: duckdb.DuckDBPyConnection, records: Records) -> LoadReport:
    unknown = set(records.frames) - set(TABLES)
    if unknown:
        raise KeyError(f"no such tables: {', '.join(sorted(unknown))}")
    batch = Batch(connection, records)
    rejects: list[pl.DataFrame] = []
    specs = [spec for name, spec in TABLES.items() if name in records.frames]
    # a frame is prepared on one core: while one is staged the next are under way
    with WorkerManager(name="mediamgr-load") as workers:
        prepared = [workers.submit(prepare, spec, records.frames[spec.name], records.source) for spec in specs]
        for spec, task in zip(specs, prepared, strict=True):
            clean, refused = task.result()
            rejects.append(refused)
            batch.stage(spec, clean)
    for spec in specs:
        batch.write(spec)
    rejects.append(batch.finish())
    return LoadReport(dict(batch.inserted), dict(batch.updated), dict(batch.removed), pl.concat(rejects))


def _sum(left: Mapping[str, int], right: Mapping[str, int]) -> dict[str, int]:
    return {name: left.get(name, 0) + right.get(name, 0) for name in sorted({*left, *right})}
