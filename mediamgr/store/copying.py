"""Owns copying a library's file: sharing its blocks where the file system can, else byte by byte.

Another process does it. DuckDB locks its file the POSIX way, and a process that opens and closes a locked file once
more, only to read it, loses the lock without a word.
"""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mediamgr.store.filesystems import type_of

__all__ = ["can_clone", "copy", "settle"]

_CLONE_IF_IT_CAN = ("cp", "-c", "-p") if sys.platform == "darwin" else ("cp", "--reflink=auto", "--preserve=all")
_CLONE_OR_FAIL = _CLONE_IF_IT_CAN if sys.platform == "darwin" else ("cp", "--reflink=always")


def copy(source: Path, target: Path) -> None:
    """Copy a file with its times and rights. Raises `OSError`; then nothing is left at `target`."""
    try:
        _run([*_CLONE_IF_IT_CAN, str(source), str(target)], source, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def settle(path: Path) -> None:
    """Return once the file is on the disk, not only in memory. It must not be one that DuckDB has open here."""
    for each in (path, path.parent):
        descriptor = os.open(each, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def can_clone(folder: Path) -> bool:
    """Whether copies in this folder share their blocks, so that a file of any size is copied at once."""
    if sys.platform == "darwin":
        # its cp does not say whether it had to copy after all
        return type_of(folder) == "apfs"
    with TemporaryDirectory(prefix=".clone-", dir=folder) as trial:
        source = Path(trial, "a")
        source.write_bytes(b"x" * 4096)
        try:
            _run([*_CLONE_OR_FAIL, str(source), str(Path(trial, "b"))], source, Path(trial, "b"))
        except OSError:
            return False
    return True


def _run(command: Sequence[str], source: Path, target: Path) -> None:
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    needed = source.stat().st_size
    if shutil.disk_usage(target.parent).free < needed:
        raise OSError(errno.ENOSPC, f"{needed:,} bytes are needed and not free", str(target.parent))
    raise OSError(errno.EIO, done.stderr.strip() or f"cp ended with {done.returncode}", str(target))
