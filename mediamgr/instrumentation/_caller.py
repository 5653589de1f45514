"""Owns finding the line of the user's code that led here."""

from __future__ import annotations

import os
import sys
import sysconfig
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Final

__all__ = ["calling_line"]

_PACKAGE: Final = str(Path(__file__).parent.parent)
_PATHS: Final = ("stdlib", "platstdlib", "purelib", "platlib", "scripts")
_FOLDERS: Final = {_PACKAGE, *(sysconfig.get_path(name) for name in _PATHS)}
# another folder's name may begin as one of these
_NOT_THE_USERS: Final = ("<frozen", *(os.path.join(folder, "") for folder in _FOLDERS))


def calling_line() -> tuple[str, int] | None:
    """(file, line) of the innermost call that is neither this package's nor a library's; None: there is none.

    A cell of a notebook has a file, too, as IPython names it.
    """
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if _is_the_users(frame.f_code.co_filename):
            return frame.f_code.co_filename, frame.f_lineno
        frame = frame.f_back
    return None


@cache
def _is_the_users(file: str) -> bool:
    return not file.startswith(_NOT_THE_USERS)
