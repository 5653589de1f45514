"""Owns the list of files that would go, as a shell reads it safely whatever they are called. Nothing is deleted."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Literal

import polars as pl

from mediamgr.errors import InputError
from mediamgr.whole_files import whole_file

__all__ = ["Style", "removal_list"]

Style = Literal["sh", "paths0"]

_NEEDED: Final = ("group_number", "to_remove", "item", "reason", "choice", "paths", "path_hex", "freed_bytes")
_HEAD: Final = """#!/bin/sh
# Files that would go, as mediamgr found them; this script does nothing as it stands.
# Look at each line, and take the "#rm " away (leaving "rm ") before those you want to be deleted.
nl=$(printf '\\nx')
nl=${nl%x}
"""
_BREAK: Final = '"$nl"'


def removal_list(frame: pl.DataFrame, path: Path, style: Style = "sh") -> Path:
    """Write the files of the rows with to_remove to `path`; return it.

    Args:
        frame: Rows of `lib.reports.duplicates()`.
        path: The file to write.
        style: paths0: each name followed by a zero byte, for `xargs -0 rm --`; sh: a script all of whose lines are
            comments, one `#rm -- '…'` a file.

    Names are written in their very bytes. Raises `InputError` when the rows are not of that answer, when a file is to
    go and to stay at once, or when the list cannot be written.
    """
    _require(frame, style)
    going = frame.filter("to_remove")
    try:
        with whole_file(path) as partial:
            partial.write_bytes(b"".join(_script(going) if style == "sh" else _zeroed(going)))
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error}.") from error
    return path


def _require(frame: pl.DataFrame, style: str) -> None:
    if lacking := [name for name in _NEEDED if name not in frame.columns]:
        raise InputError(f"These rows have no {', '.join(lacking)}; give what lib.reports.duplicates() gave.")
    if style not in ("sh", "paths0"):
        raise InputError(f"The style of a list is sh or paths0, not {style!r}.")
    staying = {name for row in _rows(frame.filter(~pl.col("to_remove"))) for name in _names(row)}
    going = {name for row in _rows(frame.filter("to_remove")) for name in _names(row)}
    if both := staying & going:
        raise InputError(f"{min(both)!r} is to go and to stay at once; ask lib.reports.duplicates() anew.")


def _rows(frame: pl.DataFrame) -> Iterator[dict[str, Any]]:
    return frame.select(_NEEDED).iter_rows(named=True)


def _names(row: dict[str, Any]) -> list[bytes]:
    """The true names of its files."""
    paths: list[str] = row["paths"]
    exact: list[str | None] = row["path_hex"] or [None] * len(paths)
    return [bytes.fromhex(known) if known else os.fsencode(shown) for shown, known in zip(paths, exact, strict=True)]


def _zeroed(going: pl.DataFrame) -> Iterator[bytes]:
    for row in _rows(going):
        for name in _names(row):
            yield name + b"\0"


def _script(going: pl.DataFrame) -> Iterator[bytes]:
    yield _HEAD.encode()
    for row in _rows(going):
        said = f"{row['item']}: {row['reason']}; {row['choice']}"
        yield f"\n# group {row['group_number']}: {_one_line(said)}\n".encode("utf-8", "replace")
        for name in _names(row):
            yield b"#rm -- " + _quoted(name) + b"\n"


def _one_line(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _quoted(name: bytes) -> bytes:
    """As one word of a shell, on one line: what follows a line break would not be a comment."""
    lines = os.fsdecode(name).split("\n")
    return os.fsencode(_BREAK.join(shlex.quote(line) for line in lines))
