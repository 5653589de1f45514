"""Owns reading a file of any accepted format into one frame, and what is said when it cannot be read.

A frame keeps the columns and rows of the file, with `ROW` before them; nested objects become columns named
"outer.inner". Text is UTF-8 unless the file says or shows otherwise.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from mediamgr.errors import SourceError
from mediamgr.ingest.tables._delimited import read_delimited
from mediamgr.ingest.tables._nested import read_json, read_ndjson
from mediamgr.ingest.tables._objects import unrolled
from mediamgr.ingest.tables._rejects import ROW, as_rejected

__all__ = ["FORMATS", "FileRows", "read_file"]

FORMATS = {
    ".csv": "csv", ".tsv": "csv", ".tab": "csv", ".json": "json", ".ndjson": "ndjson", ".jsonl": "ndjson",
    ".parquet": "parquet", ".pq": "parquet",
}  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileRows:
    """A file, read.

    Attributes:
        frame: `ROW` and the columns of the file.
        rejected: Rows that could not be read at all, as in `REJECTED`.
        notes: What a person should know of how it was read.
    """

    frame: pl.DataFrame
    rejected: pl.DataFrame = field(default_factory=lambda: as_rejected([]))
    notes: tuple[str, ...] = ()


def read_file(path: Path, delimiter: str | None) -> FileRows:
    """Read a file by the format that its suffix names; `delimiter` None is found out.

    Raises:
        SourceError: The file is absent, empty, of no format we read, or not what its suffix says.
    """
    if path.is_dir():
        raise SourceError(f"{path} is a folder; name its files (`{path}/*.csv`), or scan it for films and shows.")
    format = FORMATS.get(path.suffix.lower())
    if format is None:
        what = f"a {path.suffix} file" if path.suffix else "a file without an ending"
        raise SourceError(f"{path}: {what} cannot be imported; give one of {', '.join(sorted(FORMATS))}.")
    if format == "parquet":
        return FileRows(_finished(_parquet(path)))
    text, notes = _text(path, _bytes(path))
    tab = None if path.suffix.lower() == ".csv" else "\t"
    try:
        if format == "csv":
            frame, rejected = read_delimited(text, delimiter or tab)
        else:
            frame, rejected = (read_json if format == "json" else read_ndjson)(text)
    except SourceError as error:
        raise SourceError(f"{path}: {error}") from error
    return FileRows(_finished(frame), as_rejected(rejected), notes)


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror}.") from error
    if not data.strip():
        raise SourceError(f"{path} is empty; export it again.")
    return data


def _text(path: Path, data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """The content as UTF-8 without a mark, lines ending in newlines; and a note when it was not UTF-8."""
    encoding = "utf-8"
    for mark, marked in _MARKS:
        if data.startswith(mark):
            data, encoding = data[len(mark) :], marked
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = _western(path, data, error)
        notes = (f"{path.name} is not UTF-8 (byte {error.start}); it was read as Windows-1252.",)
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise SourceError(f"{path}: line {line} has a NUL byte, so this is no plain text; save it as UTF-8.")
    if "\r" in text and "\n" not in text:
        text = text.replace("\r", "\n")
    return text.encode(), notes


def _western(path: Path, data: bytes, error: UnicodeDecodeError) -> str:
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        raise SourceError(
            f"{path} is neither UTF-8 nor Windows-1252 text (byte {error.start}); save it as UTF-8."
        ) from error


def _parquet(path: Path) -> pl.DataFrame:
    if not _bytes(path)[:4] == b"PAR1":
        raise SourceError(f"{path} is not a Parquet file; write it again, or name it by its real format.")
    try:
        frame = pl.read_parquet(path)
    except (pl.exceptions.PolarsError, OSError) as error:
        raise SourceError(f"{path} is damaged or cut short ({error}); write it again.") from error
    return frame.select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW), pl.all())


def _finished(frame: pl.DataFrame) -> pl.DataFrame:
    """Objects unfolded into columns, rows of nothing left out."""
    frame = _unfolded(unrolled(_unfolded(frame)))
    if frame.width > 1:
        frame = frame.filter(~pl.all_horizontal(pl.exclude(ROW).is_null()))
    return frame


def _unfolded(frame: pl.DataFrame) -> pl.DataFrame:
    while structs := [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Struct)]:
        for name in structs:
            fields = frame[name].struct.unnest()
            unfolded = [fields[inner].alias(f"{name}.{inner}") for inner in fields.columns]
            frame = frame.drop(name).with_columns(u for u in unfolded if u.name not in frame.columns)
    return frame
