"""Answers of providers, kept so that nobody asks twice: in a DuckDB file, in a folder, or on redis.

Storage and policy are apart: a backend keeps bytes by place, the service knows how long they are good and who may ask.
"""

from mediamgr.cache_service._entry import Entry
from mediamgr.cache_service._keys import Key, Value, cache_key
from mediamgr.cache_service._loading import Found
from mediamgr.cache_service._opening import get_cache_service
from mediamgr.cache_service._policy import Answer, Policy, Unchanged
from mediamgr.cache_service._service import CacheService
from mediamgr.cache_service._upkeep import Maintenance
from mediamgr.cache_service._warming import Warming

__all__ = [
    "Answer",
    "CacheService",
    "Entry",
    "Found",
    "Key",
    "Maintenance",
    "Policy",
    "Unchanged",
    "Value",
    "Warming",
    "cache_key",
    "get_cache_service",
]
