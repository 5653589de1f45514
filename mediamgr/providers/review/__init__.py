"""Doubtful matches in a notebook cell, to be accepted or turned down. Needs the extra "lab": import it on first use."""

from mediamgr.providers.review._review import COLUMNS, Review

__all__ = ["COLUMNS", "Review"]
