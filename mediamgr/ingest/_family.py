"""Owns which folders belong together: a film's or show's own folder and the season, extras and subtitle folders in it.

Pure, by names alone. A scan looks at a family as a whole, so that what lies in one folder can say something
about the videos in another.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from mediamgr.ingest import names

__all__ = ["beside", "chunks", "gathered", "named_from"]

SUBTITLE_FOLDERS: Final = frozenset({"subs", "subtitles", "vobsubs", "sub"})


def _family(folder: str, is_show: Callable[[str], bool]) -> str:
    """The folder of the film or show that `folder` is a part of; itself when it is none.

    `is_show`: whether a folder holds a show's own NFO file, whatever it is called.
    """
    top = folder
    while _is_part(top) and (above := os.path.dirname(top)) != top:
        top = above
    above = os.path.dirname(top)
    return above if is_show(above) else top


def beside(folder: str) -> tuple[str, str | None] | None:
    """For a folder of subtitles: (the folder of the videos, the stem of the one they are for, if said)."""
    above, name = os.path.split(folder)
    if name.lower() in SUBTITLE_FOLDERS:
        return above, None
    top, inner = os.path.split(above)
    return (top, name) if inner.lower() in SUBTITLE_FOLDERS else None


def named_from(root: Path) -> Path:
    """The folder below which paths under `root` are understood: above `root` where its own name says something."""
    folder = root.parent if root.is_file() else root
    top = folder
    while names.is_inner_folder(top.name) and top != top.parent:
        top = top.parent
    return top.parent if top != folder or names.is_titled(top.name) else top


def chunks(families: Mapping[str, str], weights: Mapping[str, int], most: Callable[[], int]) -> Iterator[list[str]]:
    """Folders in lists of about `most()` (by their weights), no family in two lists.

    `families`: folder to family, families one after the other.
    """
    chunk: list[str] = []
    held, last = 0, ""
    for folder, top in families.items():
        if held >= most() and top != last:
            yield chunk
            chunk, held = [], 0
        chunk.append(folder)
        held += weights[folder]
        last = top
    if chunk:
        yield chunk


def gathered(folders: Iterable[str], is_show: Callable[[str], bool]) -> dict[str, str]:
    """Folder to family, the folders of each family together and a family's own folder first."""
    together: dict[str, list[str]] = {}
    for folder in folders:
        together.setdefault(_family(folder, is_show), []).append(folder)
    return {folder: top for top, members in together.items() for folder in sorted(members, key=len)}


def _is_part(folder: str) -> bool:
    return names.is_inner_folder(os.path.basename(folder)) or beside(folder) is not None
