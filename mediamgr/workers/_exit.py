"""Owns the end of the program: whoever has threads or processes then is told, before Python waits for any of them."""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Final, Protocol
from weakref import WeakSet

__all__ = ["Ending", "end_at_exit"]

# concurrent.futures waits for its processes in a hook of this kind; later ones come first, and those of atexit too late
_at_exit: Final[Callable[..., Any]] = getattr(threading, "_register_atexit", atexit.register)
_ending: Final[dict[type, WeakSet[Any]]] = {}


class Ending(Protocol):
    """What ends with the program."""

    def end(self) -> None:
        """End within a moment, whatever is under way."""


def end_at_exit(thing: Ending) -> None:
    """`thing.end()` is called when the program ends, if it is still there."""
    kind = type(thing)
    if kind not in _ending:
        _ending[kind] = WeakSet()
        _at_exit(partial(_end_all, kind))
    _ending[kind].add(thing)


def _end_all(kind: type) -> None:
    for thing in list(_ending[kind]):
        thing.end()
