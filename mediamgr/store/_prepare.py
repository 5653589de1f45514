"""Owns the first look at a record frame: right columns, right types, nothing required missing.

Pure Polars. A row that fails is set aside with its reason; the rest goes on.
"""

from __future__ import annotations

import polars as pl

from mediamgr.errors import RecordError
from mediamgr.search import normalise_series
from mediamgr.store.records import TableSpec
from mediamgr.store.titles import with_search_text

__all__ = ["REJECT_SCHEMA", "prepare"]

REJECT_SCHEMA = pl.Schema({"table": pl.String, "row": pl.Int64, "key": pl.String, "reason": pl.String})
_ROW = "source_row"


def prepare(spec: TableSpec, frame: pl.DataFrame, source: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """(clean rows with `source_row` and derived search columns, rejects as in `REJECT_SCHEMA`).

    Rows are numbered from 0 in the order given. Raises `RecordError` for columns the table does not have,
    and for required columns that are absent.
    """
    given = _filled(spec, frame, source).with_row_index(_ROW).cast({_ROW: pl.Int64})
    cast = given.with_columns(
        _cast(pl.col(name), given.schema[name], dtype)
        for name, dtype in spec.columns.items()
        if name in given.columns and given.schema[name] != dtype
    )
    reason = _reason(spec, given, cast)
    if reason is None:
        return _derived(spec, _last_of_equals(spec, cast)), pl.DataFrame(schema=REJECT_SCHEMA)
    good, bad = cast.filter(reason.is_null()), given.with_columns(reason=reason).filter(reason.is_not_null())
    return _derived(spec, _last_of_equals(spec, good)), _rejects(spec, bad)


def _filled(spec: TableSpec, frame: pl.DataFrame, source: str) -> pl.DataFrame:
    if source and "source" in spec.columns and "source" not in frame.columns:
        frame = frame.with_columns(source=pl.lit(source))
    if unknown := sorted(set(frame.columns) - set(spec.columns)):
        raise RecordError(
            f"{spec.name} has no column {', '.join(map(repr, unknown))}; it has {', '.join(spec.columns)}."
        )
    if absent := sorted(spec.required - set(frame.columns)):
        raise RecordError(f"{spec.name} needs the column {', '.join(map(repr, absent))}.")
    return frame


def _cast(column: pl.Expr, given: pl.DataType, wanted: pl.DataType | type[pl.DataType]) -> pl.Expr:
    if given == pl.String and wanted == pl.Date:
        return column.str.to_date(strict=False)
    if given == pl.String and wanted.is_temporal():
        return column.str.to_datetime(time_unit="us", strict=False)
    return column.cast(wanted, strict=False)


def _reason(spec: TableSpec, given: pl.DataFrame, cast: pl.DataFrame) -> pl.Series | None:
    """Why each row is refused, null where it is not; None when no row is."""
    reasons = []
    for name in cast.columns:
        if cast[name].null_count() > given[name].null_count():
            lost = given[name].is_not_null() & cast[name].is_null()
            shown = given[name].cast(pl.String, strict=False).str.slice(0, 60).fill_null("?")
            text = pl.format(f"{name}: '{{}}' is not {_described(spec.columns[name])}", shown)
            reasons.append(pl.when(lost).then(text))
        if name in spec.required and given[name].null_count():
            reasons.append(pl.when(given[name].is_null()).then(pl.lit(f"{name} is missing")))
        if name in spec.required and cast.schema[name] == pl.String and (cast[name] == "").any():
            reasons.append(pl.when(cast[name] == "").then(pl.lit(f"{name} is empty")))
    if not reasons:
        return None
    return given.select(pl.coalesce(reasons).alias("reason"))["reason"]


def _described(dtype: pl.DataType | type[pl.DataType]) -> str:
    if dtype.is_integer():
        return "a whole number of that range"
    if dtype.is_float():
        return "a number"
    if dtype.is_temporal():
        return "a date or time"
    return f"{dtype}"


def _last_of_equals(spec: TableSpec, frame: pl.DataFrame) -> pl.DataFrame:
    key = [name for name in spec.key if name in frame.columns]
    # equal rows have equal hashes: counting those is far cheaper than the ordered pass below
    if frame.select(key).hash_rows().n_unique() == frame.height:
        return frame
    return frame.unique(subset=key, keep="last", maintain_order=True)


def _derived(spec: TableSpec, frame: pl.DataFrame) -> pl.DataFrame:
    if spec.name == "person":
        return frame.with_columns(
            name_key=normalise_series(frame["name"]),
            matched_by=pl.when(pl.col("person_key").str.starts_with("name:"))
            .then(pl.lit("name"))
            .otherwise(pl.lit("id")),
        )
    if spec.name != "media_item":
        return frame
    return with_search_text(frame)


def _rejects(spec: TableSpec, bad: pl.DataFrame) -> pl.DataFrame:
    key = next(name for name in spec.key if name in bad.columns)
    return bad.select(
        pl.lit(spec.name).alias("table"),
        pl.col(_ROW).alias("row"),
        pl.col(key).cast(pl.String, strict=False).alias("key"),
        pl.col("reason"),
    )
