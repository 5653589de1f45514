"""Wikidata: which ids of all sites name the same film or show, and what it is; no key, in the public domain."""

from mediamgr.providers.wikidata._client import Wikidata

__all__ = ["Wikidata"]
