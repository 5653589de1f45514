"""Owns writing a file so that it appears under its name only when it is whole."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["whole_file"]


@contextmanager
def whole_file(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give a path beside `path` to write to; when the body ends well, the file takes its name.

    Folders above are made. `mode`: permissions of a new file, less the user's mask. An existing file is
    replaced; when the body fails it stays, and nothing half is left. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name[:200]}.{os.getpid()}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode))
    try:
        yield partial
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise
