"""TVmaze: shows with all their episodes in one answer; no key."""

from mediamgr.providers.tvmaze._client import TvMaze

__all__ = ["TvMaze"]
