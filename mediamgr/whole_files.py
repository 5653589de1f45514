"""Owns writing a file so that it appears under its name only when it is whole."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

__all__ = ["whole_file"]

_LEFT_BEHIND_SECONDS: Final = 600
"""So long must nobody have written to it: another machine's process may be at it."""


@contextmanager
def whole_file(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give a path beside `path` to write to; when the body ends well, the file takes its name.

    Folders above are made. `mode`: permissions of a new file, less the user's mask. An existing file is
    replaced; when the body fails it stays, and nothing half is left. What a process that was killed left behind
    for the same path some time ago is removed. Raises `OSError`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_left_behind(path)
    partial = path.with_name(f".{path.name[:200]}.{os.getpid()}.partial")
    os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, mode))
    try:
        yield partial
        os.replace(partial, path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise


def _remove_left_behind(path: Path) -> None:
    """Files of processes that are gone: the partial one, and the log DuckDB put beside it."""
    name = re.compile(rf"\.{re.escape(path.name[:200])}\.(\d{{1,9}})\.partial(\.wal)?")
    for each in path.parent.iterdir():
        if (found := name.fullmatch(each.name)) and not _is_running(int(found[1])):
            with suppress(OSError):
                if time.time() - each.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                    each.unlink()


def _is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # somebody else's
        return True
    return True
