"""mediamgr: the workbench that makes a media library of any size feel small.

`mediamgr.open()` gives a `Library`. Names are resolved when first used, so that importing one room
(`mediamgr.settings`) does not pay for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mediamgr._version import __version__
    from mediamgr.library import Library, browse, open

__all__ = ["Library", "__version__", "browse", "load_ipython_extension", "open", "unload_ipython_extension"]

_HOMES = {
    "Library": "mediamgr.library",
    "browse": "mediamgr.library",
    "open": "mediamgr.library",
    "__version__": "mediamgr._version",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'mediamgr' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def load_ipython_extension(shell: Any) -> None:
    """Have each cell say what it cost, and bring `%mediamgr` and `%%sql`: `%load_ext mediamgr`."""
    from mediamgr.notebook import load

    load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """Take that away again: `%unload_ext mediamgr`."""
    from mediamgr.notebook import unload

    unload(shell)


def __dir__() -> list[str]:
    return sorted(__all__)
