"""Owns the cache of this process: which backend the settings name, made once and made anew when they change."""

from __future__ import annotations

import atexit
import threading
from pathlib import Path

from mediamgr.cache_service._backend import Backend
from mediamgr.cache_service._db import DbBackend
from mediamgr.cache_service._policy import Policy
from mediamgr.cache_service._service import CacheService
from mediamgr.settings import Settings, get_settings

__all__ = ["get_cache_service"]

_lock = threading.Lock()
_opened: dict[tuple[object, ...], CacheService] = {}


def get_cache_service(namespace: str = "default", *, library: Path | None = None) -> CacheService:
    """The cache the settings name, one for all of this process; another one as soon as they name another.

    Args:
        namespace: Whose answers, where several share a cache.
        library: The library file beside which the backend "db" has its own; None: the one of the settings.

    Raises:
        MissingPart: The backend needs a package that is not installed.
    """
    settings = get_settings()
    policy, named = _policy(settings), _named(settings, library)
    with _lock:
        if (policy, *named) not in _opened:
            _opened[policy, *named] = CacheService(_backend(*named), policy)
        return _opened[policy, *named].in_namespace(namespace)


def _policy(settings: Settings) -> Policy:
    is_kept = settings.get_provider_cache_enabled()
    return Policy(
        ttl=settings.get_provider_cache_ttl(),
        negative_ttl=settings.get_provider_cache_negative_ttl(),
        stale_if_error=settings.get_provider_cache_stale_ttl(),
        most_bytes=settings.get_provider_cache_bytes(),
        is_kept=is_kept,
    )


def _named(settings: Settings, library: Path | None) -> tuple[str, str]:
    """The backend, and where it is."""
    name = settings.get_cache_backend_type()
    if name == "redis":
        return name, settings.get_redis_url()
    if name == "disk":
        return name, str(settings.get_disk_cache_dir() / "answers")
    return name, str(_beside(library or settings.get_library()))


def _beside(library: Path) -> Path:
    return library.with_name(f"{library.stem}.cache.duckdb")


def _backend(name: str, where: str) -> Backend:
    # each needs its own package, which only who uses it must have
    if name == "redis":
        from mediamgr.cache_service._redis import RedisBackend

        return RedisBackend(where)
    if name == "disk":
        from mediamgr.cache_service._disk import DiskBackend

        return DiskBackend(Path(where))
    return DbBackend(Path(where))


def _close() -> None:
    with _lock:
        for service in _opened.values():
            service.close()


atexit.register(_close)
