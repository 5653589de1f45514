"""Owns the folder of pictures: named by their content, so that each is there once and none lies outside.

Nothing of an address becomes a part of a path.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from mediamgr.errors import LibraryError

__all__ = ["incoming", "placed"]


def incoming(folder: Path, url: str) -> Path:
    """Where the picture of an address is downloaded to; the same each time, so that a part of it is gone on with.

    Raises `LibraryError` when there can be no such folder.
    """
    return _inside(folder, ".incoming") / hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def placed(folder: Path, file: Path, ending: str) -> Path:
    """Move a file to the place that its content has in the folder, in one step; one that is there is the same.

    Raises `LibraryError` when there can be no such folder, or it leads elsewhere.
    """
    with file.open("rb") as read:
        name = hashlib.file_digest(read, "sha256").hexdigest()
    target = _inside(folder, name[:2]) / f"{name}{ending}"
    os.replace(file, target)
    return target


def _inside(folder: Path, name: str) -> Path:
    """A folder in the folder, made when there is none."""
    place = folder / name
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(f"{place} cannot be made: {error.strerror}; set another artwork_dir.") from error
    if not place.resolve().is_relative_to(folder.resolve()):
        raise LibraryError(f"{place} leads out of the artwork folder, to {place.resolve()}; remove that link.")
    return place
