"""Owns the beginning of a file that is being got: its bytes, and of what it is the beginning, so as to go on with it.

`<file>.part` holds the bytes and `<file>.part.json` tells whose they are. One thread of one process has it at a time.
"""

from __future__ import annotations

import fcntl
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

__all__ = ["Origin", "Partial"]


class Origin(NamedTuple):
    """What a file is the beginning of.

    Attributes:
        url: Its address.
        validator: What tells that the rest is of the same file; "" when nothing does.
        content_type: Such as "image/jpeg".
    """

    url: str
    validator: str
    content_type: str


class Partial:
    """The beginning of `file`, in a with statement; waits while another one has it. Raises `OSError`."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._part = file.with_name(f"{file.name}.part")
        self._note = file.with_name(f"{file.name}.part.json")
        self._descriptor = -1

    def __enter__(self) -> Partial:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        while True:
            self._descriptor = os.open(self._part, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                fcntl.flock(self._descriptor, fcntl.LOCK_EX)
                if self._is_in_place():
                    return self
            except BaseException:
                os.close(self._descriptor)
                raise
            # whoever had it has finished
            os.close(self._descriptor)

    def __exit__(self, *failure: object) -> None:
        if self.size == 0 and self._is_in_place():
            self._part.unlink()
            self._note.unlink(missing_ok=True)
        os.close(self._descriptor)

    @property
    def size(self) -> int:
        """Bytes that are there."""
        return os.fstat(self._descriptor).st_size

    @property
    def origin(self) -> Origin | None:
        """Of what it is the beginning; None when nobody knows."""
        with suppress(OSError, ValueError, TypeError):
            return Origin(**json.loads(self._note.read_text(encoding="utf-8")))
        return None

    def begin(self, origin: Origin) -> None:
        """Begin anew."""
        os.ftruncate(self._descriptor, 0)
        self._note.write_text(json.dumps(origin._asdict()), encoding="utf-8")

    def add(self, piece: bytes) -> None:
        """Put bytes at its end."""
        rest = memoryview(piece)
        while rest:
            rest = rest[os.write(self._descriptor, rest) :]

    def discard(self) -> None:
        """Forget what is there."""
        os.ftruncate(self._descriptor, 0)

    def finish(self) -> None:
        """It is whole: give it its name."""
        os.replace(self._part, self._file)
        self._note.unlink(missing_ok=True)

    def _is_in_place(self) -> bool:
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._part.stat())
        except FileNotFoundError:
            return False
