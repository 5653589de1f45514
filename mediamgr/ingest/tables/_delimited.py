"""Owns reading delimited text (CSV, TSV) into a frame of text columns.

A row with more values than the header has is set aside, never cut: its values may be in the wrong columns.
A row with fewer lacks its last ones.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

import polars as pl

from mediamgr.errors import SourceError
from mediamgr.ingest.tables._rejects import ROW

__all__ = ["read_delimited"]

_DELIMITERS = (",", ";", "\t", "|")
_SURPLUS = "\x00surplus"
_LONGEST_QUOTE = 200
_Rejects = list[tuple[int, str, str, str]]


def read_delimited(text: bytes, delimiter: str | None) -> tuple[pl.DataFrame, _Rejects]:
    """(`ROW` and text columns, rows set aside); `delimiter` None is the one most used in the header.

    Raises:
        SourceError: The delimiter is not one character.
    """
    head = text[: text.find(b"\n") if b"\n" in text else None].decode(errors="replace")
    delimiter = delimiter or max(_DELIMITERS, key=head.count)
    if len(delimiter.encode()) != 1 or delimiter in '"\r\n':
        raise SourceError(f"{delimiter!r} cannot separate values; give one character, such as ';'.")
    # dumps of databases write \N for null, and quote nothing
    quote = None if delimiter == "\t" and b"\\N" in text else '"'
    names = _names(text, delimiter, quote)
    frame = _quick(text, delimiter, quote, names)
    if frame is not None:
        return _without_long_rows(frame, names)
    rows, rejected = _slow(text, delimiter, len(names))
    frame, long = _without_long_rows(pl.DataFrame(rows, schema=_schema(names), orient="row"), names)
    return frame, rejected + long


def _names(text: bytes, delimiter: str, quote: str | None) -> list[str]:
    """The header's names; one that comes again is numbered: "Title", "Title (2)"."""
    lines = io.StringIO(text[:1_000_000].decode(errors="replace"), newline="")
    reader = (
        csv.reader(lines, delimiter=delimiter)
        if quote
        else csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    )
    try:
        given = [name.strip() for name in next(reader, [])]
    except csv.Error as error:
        raise SourceError(f"its first line cannot be read as column names ({error}); correct it.") from error
    if not any(given):
        raise SourceError("the first line names no columns; put a line of column names there.")
    seen: Counter[str] = Counter()
    names = []
    for number, name in enumerate(given, 1):
        name = name or f"column {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def _schema(names: list[str]) -> dict[str, type[pl.DataType]]:
    return {ROW: pl.Int64, **dict.fromkeys(names, pl.String), _SURPLUS: pl.String}


def _quick(text: bytes, delimiter: str, quote: str | None, names: list[str]) -> pl.DataFrame | None:
    """All rows; None when a quotation mark is not where the format wants it."""
    # polars sets the width by the first line: ours has a column more, where too long rows show
    first = delimiter.join(f"c{number}" for number in range(len(names) + 1)).encode() + b"\n"
    try:
        frame = pl.read_csv(
            io.BytesIO(first + text), separator=delimiter, quote_char=quote, infer_schema=False,
            truncate_ragged_lines=True,
        )  # fmt: skip
    except pl.exceptions.ComputeError:
        return None
    frame.columns = [*names, _SURPLUS]
    return frame.slice(1).select(pl.int_range(1, pl.len() + 1, dtype=pl.Int64).alias(ROW), pl.all())


def _without_long_rows(frame: pl.DataFrame, names: list[str]) -> tuple[pl.DataFrame, _Rejects]:
    long = frame.filter(pl.col(_SURPLUS).is_not_null())
    reason = f"the row has more than {len(names)} values; put quotation marks around those with a delimiter"
    rejected = [(row, "", value, reason) for row, value in long.select(ROW, _SURPLUS).iter_rows()]
    return frame.filter(pl.col(_SURPLUS).is_null()).drop(_SURPLUS), rejected


def _slow(text: bytes, delimiter: str, width: int) -> tuple[list[list[int | str | None]], _Rejects]:
    """Row by row, setting aside those whose quotation mark is never closed."""
    rows: list[list[int | str | None]] = []
    rejected: _Rejects = []
    lines = text.decode().replace("\r\n", "\n").replace("\r", " ").split("\n")
    records = _records(lines, delimiter)
    next(records)
    for number, (values, line) in enumerate(records, 1):
        if values is None:
            rejected.append((number, "", line, "a quotation mark is opened and never closed"))
            continue
        padded = [value or None for value in values] + [None] * (width + 1 - len(values))
        rows.append([number, *padded[: width + 1]])
    return rows, rejected


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[list[str] | None, str]]:
    """(values, first line) of each record; None for values when its quotation marks do not end."""
    if lines and not lines[-1]:
        lines = lines[:-1]
    at = 0
    while at < len(lines):
        values, length = _record(lines[at : at + _LONGEST_QUOTE], delimiter)
        yield values, lines[at]
        at += length


def _record(lines: list[str], delimiter: str) -> tuple[list[str] | None, int]:
    """(values of the first record of these lines, how many it takes); None when none can be made out."""
    for length in range(1, len(lines) + 1):
        record = [f"{line}\n" for line in lines[:length]]
        try:
            values = next(csv.reader(record, delimiter=delimiter), [])
        except csv.Error:  # longer than a value may be
            break
        # a value that is still open has kept its line's end
        if values and values[-1].endswith("\n"):
            continue
        return (values, length) if length == 1 or _is_well_quoted(record, delimiter) else (None, 1)
    return None, 1


def _is_well_quoted(record: list[str], delimiter: str) -> bool:
    """Whether values of several lines end where a delimiter follows, not at another value's mark."""
    try:
        next(csv.reader(record, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return True
