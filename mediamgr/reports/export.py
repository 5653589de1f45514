"""Owns writing frames to files: CSV, Parquet, JSON. A file appears under its name only when it is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import polars as pl

from mediamgr.errors import InputError
from mediamgr.whole_files import whole_file

__all__ = ["FORMATS", "ListStyle", "write"]

ListStyle = Literal["join", "json"]
FORMATS = ("csv", "parquet", "json", "ndjson")
_JOINED_BY = "; "
_BOM = b"\xef\xbb\xbf"


def write(
    frame: pl.DataFrame, path: Path, *, format: str | None = None, lists: ListStyle = "join", bom: bool = False
) -> Path:
    """Write `frame` to `path`; return it.

    Args:
        frame: What to write.
        path: The file; an existing one is replaced when the new one is whole.
        format: One of `FORMATS`; None takes it from the file's ending.
        lists: In CSV, list columns joined by "; " or kept as JSON. Parquet and JSON always keep lists.
        bom: In CSV, begin with a byte order mark, so that spreadsheets read accents rightly.

    Raises `InputError` for an unknown format or a file that cannot be written.
    """
    chosen = (format or path.suffix.lstrip(".")).lower()
    if chosen not in FORMATS:
        raise InputError(f"{path}: the format {chosen!r} is not one of {', '.join(FORMATS)}.")
    if not path.parent.is_dir():
        raise InputError(f"{path}: there is no folder {path.parent}; make it first, or name another.")
    try:
        with whole_file(path) as partial:
            _write(frame, partial, chosen, lists, bom)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error}.") from error
    return path


def _write(frame: pl.DataFrame, path: Path, format: str, lists: ListStyle, bom: bool) -> None:
    if format == "parquet":
        frame.write_parquet(path)
    elif format == "json":
        frame.write_json(path)
    elif format == "ndjson":
        frame.write_ndjson(path)
    else:
        with path.open("wb") as file:
            file.write(_BOM if bom else b"")
            _flat(frame, lists).write_csv(file)


def _flat(frame: pl.DataFrame, lists: ListStyle) -> pl.DataFrame:
    """Lists and structs as text, bytes as hexadecimal: what a CSV cell can hold."""
    columns = []
    for name, dtype in frame.schema.items():
        if dtype == pl.Binary:
            columns.append(pl.col(name).bin.encode("hex"))
        elif isinstance(dtype, pl.List) and lists == "join" and not dtype.inner.is_nested():
            columns.append(pl.col(name).cast(pl.List(pl.String)).list.join(_JOINED_BY))
        elif dtype.is_nested():
            columns.append(_json(name))
    return frame.with_columns(columns)


def _json(name: str) -> pl.Expr:
    text = pl.struct(pl.col(name).alias("v")).struct.json_encode()
    return pl.when(pl.col(name).is_not_null()).then(text.str.slice(5).str.head(-1)).alias(name)
