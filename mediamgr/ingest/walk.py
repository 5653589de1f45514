"""Owns looking at folders: what lies where, how large, how old. Opens no file.

Nothing found on the way is fatal: an unreadable folder, a link that leads back or a name that is not UTF-8
is noted and the walk goes on.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mediamgr.errors import SourceError
from mediamgr.ingest.sidecars import IMAGE_EXTENSIONS, SUBTITLE_EXTENSIONS, VIDEO_EXTENSIONS
from mediamgr.instrumentation import Timer

__all__ = ["Entry", "Walk", "shown", "walk"]

_WALK: Final = Timer("ingest.walk", "Looking at folders: what lies where")
_SKIPPED = frozenset({"@eadir", "$recycle.bin", "system volume information", "lost+found", "#recycle"})
_KEEP_OUT = ".nomedia"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that a scan cares about.

    Attributes:
        path: As the system wants it; bytes that are not UTF-8 are surrogates.
        kind: video, nfo, image or subtitle.
        size_bytes: Bytes.
        mtime_ns: Nanoseconds since 1970.
    """

    path: str
    kind: str
    size_bytes: int
    mtime_ns: int

    @property
    def name(self) -> str:
        """The file name."""
        return os.path.basename(self.path)

    @property
    def folder(self) -> str:
        """The folder it is in."""
        return os.path.dirname(self.path)


@dataclass(slots=True)
class Walk:
    """What a walk found.

    Attributes:
        folders: Folder to its entries, by name; folders without any are left out.
        problems: (path, reason) of what could not be looked at.
        unreadable: Folders, files and links whose content is unknown; what was known of them is not gone.
    """

    folders: dict[str, list[Entry]] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def entries(self) -> Iterator[Entry]:
        """All entries, folder by folder."""
        for found in self.folders.values():
            yield from found


def shown(path: str) -> str:
    """A path as text: bytes that are not UTF-8 appear as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


@_WALK
def walk(roots: list[Path], on_progress: Callable[[int], None] | None = None) -> Walk:
    """Look at everything under `roots` (folders, or single files).

    `on_progress` gets the number of files found since it was called last. Hidden and system folders, and
    folders that hold a file named .nomedia, are left out. Raises `SourceError` for a root that is not there:
    a drive that is not mounted must not look like a library that was emptied.
    """
    found, seen = Walk(), dict[tuple[int, int], str]()
    # files first: the folder one lies in then takes its place if it is a root too
    for root in sorted(roots, key=_is_folder):
        if not _is_folder(root):
            added = _add_file(str(root.absolute()), found)
            if on_progress:
                on_progress(added)
            continue
        waiting = [str(root.absolute())]
        while waiting:
            folder = waiting.pop()
            before = len(found.folders.get(folder, ()))
            waiting.extend(_look(folder, found, seen))
            if on_progress:
                on_progress(len(found.folders.get(folder, ())) - before)
    return found


def _is_folder(root: Path) -> bool:
    """Whether it is a folder rather than a file; `SourceError` when it is neither, or out of reach."""
    try:
        mode = os.stat(root).st_mode
    except (OSError, ValueError):
        mode = 0
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise SourceError(f"{shown(str(root))} is not there; check the path, or mount the drive it is on.")
    return stat.S_ISDIR(mode)


def _add_file(path: str, found: Walk) -> int:
    """Add one file that is a root of its own; return how many that adds."""
    folder, entry = os.path.dirname(path), _entry(path, os.stat(path))
    known = found.folders.get(folder, [])
    if entry is None:
        raise SourceError(f"{shown(path)} is no video, picture, subtitle or NFO file; name one of these, or a folder.")
    if entry in known:
        return 0
    found.folders[folder] = sorted([*known, entry], key=lambda each: each.name)
    return 1


def _look(folder: str, found: Walk, seen: dict[tuple[int, int], str]) -> list[str]:
    """Add the files of one folder to `found`; return the folders in it, last name first."""
    children = _children(folder, found, seen)
    listed = {child.name for child in children}
    if _KEEP_OUT in listed:
        return []
    folders, entries = [], []
    for child in children:
        if _is_skipped(child.name):
            continue
        if (text := shown(child.name)) != child.name and text in listed:
            found.problems.append((child.path, "looks as if it had the name of another beside it; rename one of them"))
            continue
        try:
            if child.is_dir():
                folders.append(child.path)
            elif entry := _entry(child.path, child.stat()):
                entries.append(entry)
        except OSError as error:
            # it may be a link to a drive that is not mounted
            found.problems.append((child.path, f"cannot be read: {error.strerror or error}"))
            found.unreadable.append(child.path)
    if entries:
        found.folders[folder] = entries
    return folders[::-1]


def _children(folder: str, found: Walk, seen: dict[tuple[int, int], str]) -> list[os.DirEntry[str]]:
    """What is in a folder, by name; nothing when it was looked at before or cannot be read."""
    try:
        here = os.stat(folder)
        first = seen.get((here.st_dev, here.st_ino))
        if first is not None:
            if first != folder:
                found.problems.append((folder, "was looked at already under another name (a link that leads back)"))
            return []
        seen[here.st_dev, here.st_ino] = folder
        with os.scandir(folder) as listing:
            return sorted(listing, key=lambda child: child.name)
    except OSError as error:
        found.problems.append((folder, f"cannot be read: {error.strerror or error}"))
        found.unreadable.append(folder)
        return []


def _is_skipped(name: str) -> bool:
    return name.startswith(".") or name.lower() in _SKIPPED


def _entry(path: str, facts: os.stat_result) -> Entry | None:
    """The entry for a regular file of a kind that matters; None for others."""
    name = os.path.basename(path)
    kind = _kind(os.path.splitext(name)[1].lower())
    if kind is None or name.startswith(".") or not stat.S_ISREG(facts.st_mode):
        return None
    return Entry(path, kind, facts.st_size, facts.st_mtime_ns)


def _kind(extension: str) -> str | None:
    if extension in VIDEO_EXTENSIONS:
        return "video"
    if extension in IMAGE_EXTENSIONS:
        return "image"
    if extension in SUBTITLE_EXTENSIONS:
        return "subtitle"
    return "nfo" if extension == ".nfo" else None
