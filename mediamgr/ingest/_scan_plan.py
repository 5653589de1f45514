"""Owns the decision what a scan has to look at again. Pure: compares a walk with what is remembered."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from mediamgr.ingest.walk import Walk, shown

__all__ = ["ScanPlan", "plan", "under"]

_ENTRIES = pl.Schema({"path": pl.String, "size_bytes": pl.Int64, "mtime_ns": pl.Int64})


@dataclass(frozen=True, slots=True)
class ScanPlan:
    """What changed since the last scan. Paths are as text, as in the store.

    Attributes:
        touched: Folders with anything new, changed or gone: as the system wants them while they are there.
        changed: Paths of entries that are new, or of another size or time.
        new: Those of them that were not there at the last scan.
        gone: Paths remembered under the roots that are not there any more.
        away: Paths remembered under folders that are not there now; each may have moved, none counts as gone.
        emptied: Roots that hold nothing though something was remembered: nothing in them counts as gone.
        unchanged: How many entries are as they were.
    """

    touched: frozenset[str]
    changed: frozenset[str]
    new: frozenset[str]
    gone: frozenset[str]
    away: frozenset[str]
    emptied: tuple[str, ...]
    unchanged: int


def plan(found: Walk, remembered: pl.DataFrame, roots: list[str], absent: Sequence[str] = ()) -> ScanPlan:
    """Decide what to look at again. `absent`: folders of earlier scans that are not there now.

    `remembered`: path, size_bytes, mtime_ns of the last scan. What lies outside the roots, or in a folder that
    could not be read, is neither changed nor gone; nor is what lay under a root that holds nothing at all now,
    as the place of a drive that is not mounted does.
    """
    now = pl.DataFrame(
        [(shown(entry.path), entry.size_bytes, entry.mtime_ns) for entry in found.entries()],
        schema=_ENTRIES,
        orient="row",
    )
    before = remembered.select(_ENTRIES.names()).cast(_ENTRIES)
    changed = frozenset(now.join(before, on=_ENTRIES.names(), how="anti")["path"])
    new = changed - frozenset(before["path"])
    unseen = before.join(now, on="path", how="anti")["path"]
    lost = under(unseen, roots)
    away = frozenset(under(unseen, absent)) - frozenset(lost)
    emptied = tuple(root for root in roots if under(lost, [root]) and not under(now["path"], [root]))
    unknown = frozenset(under(lost, [*emptied, *(shown(folder) for folder in found.unreadable)]))
    gone = frozenset(lost) - unknown
    names = {shown(folder): folder for folder in found.folders}
    folders = {os.path.dirname(path) for path in (*changed, *gone)}
    touched = frozenset(names.get(folder, folder) for folder in folders)
    return ScanPlan(touched, changed, new, gone, away, emptied, now.height - len(changed))


def under(paths: Iterable[str], folders: Sequence[str]) -> list[str]:
    """Those paths that are one of the folders, or in one."""
    beginnings = tuple(folder.rstrip(os.sep) + os.sep for folder in folders)
    return [path for path in paths if path.startswith(beginnings) or path in folders] if folders else []
