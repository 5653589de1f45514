"""Owns which lost file a new one is: the same content under another path, by the likeliest of the candidates.

Pure. Of equal contents the one that just vanished comes before one that is long missing, and one of the same
name before one of another; no file is given twice.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

__all__ = ["LostFile", "moved", "without_overwriting"]


@dataclass(frozen=True, slots=True)
class LostFile:
    """A file the library knows that is not at its path.

    Attributes:
        path: Where it was, as text.
        fingerprint: Of its content.
        is_just_gone: Whether it was there at the last scan.
    """

    path: str
    fingerprint: str
    is_just_gone: bool


def moved(lost: Sequence[LostFile], new: Iterable[tuple[str, str]]) -> dict[str, str]:
    """New path to the old one. `new`: (path, fingerprint) of files not known by their path."""
    wanting = dict(sorted(new))
    found: dict[str, str] = {}
    for just_gone, likeness in ((None, _path), *((when, how) for when in (True, False) for how in _LIKENESS)):
        taken = set(found.values())
        left = [file for file in lost if just_gone in (None, file.is_just_gone) and file.path not in taken]
        matched = _paired(left, wanting, likeness)
        found |= matched
        wanting = {path: mark for path, mark in wanting.items() if path not in matched}
    return found


def without_overwriting(pairs: Mapping[str, str], known: frozenset[str]) -> dict[str, str]:
    """Those pairs of new and old path whose new path is free, or is left by its own file.

    A file that was moved over another takes that one's place: what is at that path holds other content now, and
    the old path is gone. `known`: paths that the library has a file at.
    """
    free = dict(pairs)
    while blocked := {path for path in free if path in known - set(free.values())}:
        free = {path: old for path, old in free.items() if path not in blocked}
    return free


def _paired(lost: list[LostFile], wanting: dict[str, str], likeness: Callable[[str], Hashable]) -> dict[str, str]:
    """New path to the first lost one of the same content that is alike."""
    by_mark: dict[tuple[str, Hashable], list[str]] = defaultdict(list)
    for file in reversed(lost):
        by_mark[file.fingerprint, likeness(file.path)].append(file.path)
    matched = {}
    for path, mark in wanting.items():
        if candidates := by_mark.get((mark, likeness(path))):
            matched[path] = candidates.pop()
    return matched


def _path(path: str) -> Hashable:
    return path


def _folder_and_name(path: str) -> Hashable:
    folder, name = os.path.split(path)
    return os.path.basename(folder), name


def _anything(path: str) -> Hashable:
    return None


_LIKENESS = (_folder_and_name, os.path.basename, os.path.dirname, _anything)
