"""Owns what is said after a scan or an import: what came in, and what was set aside with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from mediamgr.cli._say import say, warn
from mediamgr.wording import counted

if TYPE_CHECKING:
    from mediamgr.ingest.scan import ScanReport
    from mediamgr.library import ImportReport

__all__ = ["show_import", "show_scan"]

_NOUNS = {
    "media_item": "item", "media_file": "file", "person": "person", "credit": "credit", "artwork": "picture",
    "subtitle": "subtitle", "external_id": "id", "history_event": "event",
}  # fmt: skip
_CHANGES = {"New": "inserted", "Changed": "updated", "Gone": "removed"}


def show_scan(report: ScanReport, most: int | None) -> None:
    """`most`: how many of what was set aside to list; None lists all."""
    counts = report.counts
    say(
        f"{report.library}: {counted(counts['files_seen'], 'file')} seen, {counts.get('files_read', 0):,} read,"
        f" {counts['files_unchanged']:,} as before, {counts['files_moved']:,} moved,"
        f" {counts['files_missing']:,} gone (marked missing, not deleted)."
    )
    for line in _changes(counts):
        say(line)
    _list_aside("set aside", [f"{path}: {reason}" for path, reason in report.set_aside], most)


def show_import(file: Path, report: ImportReport, most: int | None) -> None:
    """`most`: how many rows and values that did not go in to list; None lists all."""
    table, loaded = report.table, report.loaded
    kept_out = f", {table.rows_refused:,} refused" if table.rows_refused else ""
    say(f"{file.name}: {counted(table.rows, 'row')}{kept_out}.")
    for line in [*_changes(loaded.counts)] or ["Nothing new."]:
        say(line)
    warn("used: " + ", ".join(f"{column} as {field}" for field, column in table.columns.items()))
    if table.ignored:
        warn(f"ignored: {', '.join(table.ignored)} (--map column=field uses one)")
    for note in table.notes:
        warn(note)
    refused = [f"{name} {key}: {reason}" for name, _, key, reason in loaded.rejected.iter_rows()]
    _list_aside("refused", [*_told(table.refused), *refused], most)
    _list_aside("left out of rows that went in", _told(table.left_out), most)


def _changes(counts: Mapping[str, int]) -> Iterator[str]:
    """ "New: 3 items, 1 person." and what else there is to say."""
    for word, change in _CHANGES.items():
        told = [counted(count, noun) for table, noun in _NOUNS.items() if (count := counts.get(f"{table}_{change}"))]
        if told:
            yield f"{word}: {', '.join(told)}."


def _told(rejected: pl.DataFrame) -> list[str]:
    return [
        f"row {row}{f', {column}' if column else ''}: {reason}{f' ({value!r})' if value else ''}"
        for row, column, value, reason in rejected.iter_rows()
    ]


def _list_aside(how: str, aside: list[str], most: int | None) -> None:
    if aside:
        warn(f"{len(aside):,} {how}:")
    for line in aside[:most]:
        warn(f"  {line}")
    if most is not None and len(aside) > most:
        warn(f"  ... and {len(aside) - most:,} more: --all lists them.")
