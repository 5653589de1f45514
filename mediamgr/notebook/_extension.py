"""Owns what `%load_ext mediamgr` brings into a shell, and what `%unload_ext mediamgr` takes away again."""

from __future__ import annotations

from typing import Final
from weakref import WeakKeyDictionary

from IPython.core.interactiveshell import InteractiveShell

from mediamgr.notebook._magics import Magics
from mediamgr.notebook._timings import Timings

__all__ = ["load", "unload"]

_loaded: Final[WeakKeyDictionary[InteractiveShell, Timings]] = WeakKeyDictionary()


def load(shell: InteractiveShell) -> None:
    """Listen to the cells of a shell, and register the magics; again, it does nothing."""
    if shell in _loaded:
        return
    _loaded[shell] = timings = Timings(shell)
    timings.start()
    shell.register_magics(Magics(shell, timings))


def unload(shell: InteractiveShell) -> None:
    """Take away what `load` brought."""
    timings = _loaded.pop(shell, None)
    if timings:
        timings.stop()
        for kind, names in Magics.magics.items():
            for name in names:
                shell.magics_manager.magics[kind].pop(name, None)
