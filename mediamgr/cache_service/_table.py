"""Owns the cache as people look at it: a frame of its entries, and figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import polars as pl

from mediamgr.cache_service._backend import Listed
from mediamgr.cache_service._entry import Corrupt, read_head
from mediamgr.cache_service._keys import split_place
from mediamgr.cache_service._tallies import COUNTED

__all__ = ["entry_table", "figures"]

_COLUMNS: Final[dict[str, pl.DataType | type[pl.DataType]]] = {
    "namespace": pl.String,
    "key": pl.String,
    "provider": pl.String,
    "state": pl.String,
    "is_negative": pl.Boolean,
    "age_seconds": pl.Float64,
    "ttl_seconds": pl.Float64,
    "bytes": pl.Int64,
    "stored_bytes": pl.Int64,
    "hits": pl.Int64,
    "used_at": pl.Datetime("us"),
}
_HITS: Final = ("hits", "stale_hits", "negative_hits")


def entry_table(listed: Iterable[Listed], now: float) -> pl.DataFrame:
    """One row an entry, most given first: see `CacheService.entries`."""
    rows = [_row(each, now) for each in listed]
    frame = pl.DataFrame(rows, schema={**_COLUMNS, "used_at": pl.Float64}, orient="row")
    return frame.with_columns(
        pl.from_epoch((pl.col("used_at") * 1e6).cast(pl.Int64), time_unit="us").alias("used_at")
    ).sort("hits", "namespace", "key", descending=[True, False, False])


def figures(entries: pl.DataFrame, counts: Mapping[str, int]) -> dict[str, Any]:
    """The figures of `get_stats` for entries and what was counted of them."""
    states = dict(entries.group_by("state").len().iter_rows())
    raw, stored = int(entries["bytes"].sum()), int(entries["stored_bytes"].sum())
    hits, misses = sum(counts.get(name, 0) for name in _HITS), counts.get("misses", 0)
    return {
        "total_entries": entries.height,
        "active_entries": states.get("fresh", 0),
        "stale_entries": states.get("stale", 0),
        "expired_entries": states.get("expired", 0),
        "total_hits": hits,
        "total_misses": misses,
        "hit_rate": hits / (hits + misses) if hits + misses else None,
        **{name: counts.get(name, 0) for name in COUNTED if name not in ("hits", "misses")},
        "raw_bytes": raw,
        "stored_bytes": stored,
        "compression_ratio": raw / stored if stored else None,
    }


def _row(listed: Listed, now: float) -> tuple[object, ...]:
    namespace, key = split_place(listed.place)
    provider = key.partition(":")[0]
    try:
        head = read_head(listed.head)
    except Corrupt:
        state = "damaged"
        return namespace, key, provider, state, None, None, None, None, listed.stored_bytes, listed.hits, listed.used_at
    age = now - head.stored_at
    state = "fresh" if age < head.ttl else "stale" if age < head.kept else "expired"
    return (
        namespace, key, provider, state, head.is_negative, age, head.ttl, head.raw_bytes, listed.stored_bytes,
        listed.hits, listed.used_at,
    )  # fmt: skip
