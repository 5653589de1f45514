"""Owns what is said after a scan or an import: what came in, and what was set aside with its reason."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mediamgr.card import counted
from mediamgr.cli._say import err, say, warn

if TYPE_CHECKING:
    from mediamgr.ingest.scan import ScanReport
    from mediamgr.library import ImportReport

__all__ = ["show_import", "show_scan"]


def show_scan(report: ScanReport, most: int | None) -> None:
    counts = report.counts
    say(
        f"{report.library}: {counted(counts['files_seen'], 'file')} seen, {counts.get('files_read', 0):,} read,"
        f" {counts['files_unchanged']:,} as before, {counts['files_moved']:,} moved,"
        f" {counts['files_missing']:,} gone (marked missing, not deleted)."
    )
    made = {"item": "media_item", "person": "person", "picture": "artwork", "subtitle": "subtitle"}
    new = [counted(count, noun) for noun, table in made.items() if (count := counts.get(f"{table}_inserted"))]
    if new:
        say(f"New: {', '.join(new)}.")
    _list_aside([f"{path}: {reason}" for path, reason in report.set_aside], most)


def show_import(file: Path, report: ImportReport, most: int | None) -> None:
    table, loaded = report.table, report.loaded
    went = ", ".join(f"{count:,} {name}" for name, count in loaded.inserted.items() if count)
    changed = ", ".join(f"{count:,} {name}" for name, count in loaded.updated.items() if count)
    say(f"{file.name}: {table.rows:,} rows; new: {went or 'nothing'}; changed: {changed or 'nothing'}")
    warn("used: " + ", ".join(f"{column} as {field}" for field, column in table.columns.items()))
    if table.ignored:
        warn(f"ignored: {', '.join(table.ignored)} (--map column=field uses one)")
    for note in table.notes:
        warn(note)
    aside = [
        f"row {row}{f', {column}' if column else ''}: {reason}{f' ({value!r})' if value else ''}"
        for row, column, value, reason in table.rejected.iter_rows()
    ]
    aside += [f"{name} {key}: {reason}" for name, _, key, reason in loaded.rejected.iter_rows()]
    _list_aside(aside, most)


def _list_aside(aside: list[str], most: int | None) -> None:
    if aside:
        err.print(f"{len(aside):,} set aside:", style="yellow", highlight=False)
    for line in aside[:most]:
        warn(f"  {line}")
    if most is not None and len(aside) > most:
        warn(f"  ... and {len(aside) - most:,} more: --all lists them.")
