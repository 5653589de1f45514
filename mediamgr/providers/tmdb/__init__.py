"""TMDB, version 3 of its API: films and shows, with people and pictures. It needs a key, which is free."""

from mediamgr.providers.tmdb._client import Tmdb

__all__ = ["Tmdb"]
