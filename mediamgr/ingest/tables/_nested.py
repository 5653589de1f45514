"""Owns reading JSON and NDJSON into a frame: the quick way, and a patient one for what Polars refuses.

Columns that mix kinds of values become what holds them all: lists before objects before text.
"""

from __future__ import annotations

import io
import json
from typing import Any

import polars as pl

from mediamgr.errors import SourceError
from mediamgr.ingest.tables._rejects import ROW

__all__ = ["read_json", "read_ndjson"]

_Rejects = list[tuple[int, str, str, str]]
_Numbered = list[tuple[int, dict[str, Any]]]


def read_json(text: bytes) -> tuple[pl.DataFrame, _Rejects]:
    """(`ROW` and columns, rows set aside) of an array of objects, or of an object that holds one such array.

    Raises:
        SourceError: It is not JSON, or holds no array of objects.
    """
    try:
        frame = pl.read_json(io.BytesIO(text), infer_schema_length=None)
    except pl.exceptions.PolarsError:
        return _patient_json(text)
    if text.lstrip()[:1] == b"{":
        return _patient_json(text) if (held := _held(frame)) is None else (_with_rows(held), [])
    return _with_rows(frame), []


def read_ndjson(text: bytes) -> tuple[pl.DataFrame, _Rejects]:
    """(`ROW` and columns, rows set aside) of one object a line; a row is numbered by its line.

    Raises:
        SourceError: No line is a JSON object.
    """
    if not any(blank in text for blank in (b"\n\n", b"\n\r\n", b"\n ")) and text[:1] == b"{":
        try:
            return _with_rows(pl.read_ndjson(io.BytesIO(text), infer_schema_length=None)), []
        except pl.exceptions.PolarsError:
            return _patient_ndjson(text)
    return _patient_ndjson(text)


def _with_rows(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW), pl.all())


def _held(frame: pl.DataFrame) -> pl.DataFrame | None:
    """The rows of the only array of objects in a frame of one row; None when there is not one."""
    arrays = [
        name
        for name, dtype in frame.schema.items()
        if isinstance(dtype, pl.List) and isinstance(dtype.inner, pl.Struct)
    ]
    if frame.height != 1 or len(arrays) != 1:
        return None
    return frame[arrays[0]].explode(empty_as_null=False).struct.unnest()


def _patient_json(text: bytes) -> tuple[pl.DataFrame, _Rejects]:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[:1] == b"{":
            return _patient_ndjson(text)
        raise SourceError(f"not JSON: {error}; write it again, or name the file by its real format.") from error
    except RecursionError as error:
        raise SourceError("objects are nested too deeply; export a plain array of objects.") from error
    if isinstance(value, dict):
        arrays = [held for held in value.values() if isinstance(held, list) and any(isinstance(e, dict) for e in held)]
        value = arrays[0] if len(arrays) == 1 else None
    if not isinstance(value, list):
        raise SourceError('there is no array of objects in it, such as [{"title": "Alien"}]; export one.')
    rows = [(number, each) for number, each in enumerate(value, 1) if isinstance(each, dict)]
    rejected = [
        (number, "", json.dumps(each, ensure_ascii=False), "is not an object")
        for number, each in enumerate(value, 1) if not isinstance(each, dict)
    ]  # fmt: skip
    if value and not rows:
        raise SourceError('its array holds no objects; export an array such as [{"title": "Alien"}].')
    return _framed(rows), rejected


def _patient_ndjson(text: bytes) -> tuple[pl.DataFrame, _Rejects]:
    rows: _Numbered = []
    rejected: _Rejects = []
    for number, line in enumerate(text.decode().split("\n"), 1):
        if not line.strip():
            continue
        try:
            value = json.loads(line)
        except (json.JSONDecodeError, RecursionError) as error:
            rejected.append((number, "", line, f"is not JSON: {error}"))
            continue
        if isinstance(value, dict):
            rows.append((number, value))
        else:
            rejected.append((number, "", line, "is not an object"))
    if not rows:
        raise SourceError(f"no line is a JSON object: line {rejected[0][0]} {rejected[0][3]}.")
    return _framed(rows), rejected


def _framed(rows: _Numbered) -> pl.DataFrame:
    names = dict.fromkeys(name for _, row in rows for name in row)
    columns = [pl.Series(ROW, [number for number, _ in rows], dtype=pl.Int64)]
    for name in names:
        values = _alike([row.get(name) for _, row in rows])
        columns.append(pl.Series(name, values, strict=False) if any(v is not None for v in values)
                       else pl.Series(name, values, dtype=pl.String))  # fmt: skip
    return pl.DataFrame(columns)


def _alike(values: list[Any]) -> list[Any]:
    """The same values, all of one kind."""
    if any(isinstance(value, list) for value in values):
        lists = [value if isinstance(value, list) else None if value is None else [value] for value in values]
        flat = iter(_alike([each for held in lists if held for each in held]))
        return [None if held is None else [next(flat) for _ in held] for held in lists]
    if any(isinstance(value, dict) for value in values):
        return _objects_alike([v if isinstance(v, dict) or v is None else {"name": v} for v in values])
    return [None if value is None else _text(value) for value in values]


def _objects_alike(objects: list[dict[str, Any] | None]) -> list[dict[str, Any] | None]:
    names = dict.fromkeys(name for each in objects if each for name in each)
    columns = {name: _alike([each.get(name) if each else None for each in objects]) for name in names}
    return [
        None if each is None else {name: columns[name][place] for name in names} for place, each in enumerate(objects)
    ]


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)
