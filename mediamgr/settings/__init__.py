"""The user's settings: `get_settings()`; each `set_…` has its `get_…`."""

from mediamgr.settings._settings import Settings, default_of, get_settings

__all__ = ["Settings", "default_of", "get_settings"]
