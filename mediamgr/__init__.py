"""mediamgr: the workbench that makes a media library of any size feel small.

`mediamgr.open()` gives a `Library`. Names are resolved when first used, so that importing one room
(`mediamgr.settings`) does not pay for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mediamgr._version import __version__
    from mediamgr.library import Library, browse, open

__all__ = ["Library", "__version__", "browse", "open"]

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


def __dir__() -> list[str]:
    return sorted(__all__)
