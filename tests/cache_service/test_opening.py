"""The settings name the cache: which backend, where, how long and how much."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mediamgr.cache_service import get_cache_service
from mediamgr.settings import get_settings
from tests.cache_service.redis_servers import server


@pytest.fixture(autouse=True)
def own_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Caches of this test."""
    monkeypatch.setenv("MEDIAMGR_LIBRARY", str(tmp_path / "films.duckdb"))
    get_settings().set_disk_cache_dir(tmp_path / "disk")


def test_the_published_interface(tmp_path: Path) -> None:
    """What the design prints works as printed there."""
    settings = get_settings()
    settings.set_provider_cache_enabled(True)
    settings.set_provider_cache_ttl(3600)
    settings.set_cache_backend_type("db")
    service = get_cache_service()
    assert service.get_or_load("p:k", lambda: b"x") == b"x"
    assert service.get("p:k") == b"x"
    stats = service.get_stats()
    assert (stats["total_entries"], stats["active_entries"], stats["total_hits"]) == (1, 1, 1)
    assert service.clear_all() == 1
    assert (tmp_path / "films.cache.duckdb").exists()


def test_backends_are_switched(tmp_path: Path) -> None:
    """Another backend in the settings is another cache at the next call, and the same one until then."""
    settings = get_settings()
    with server(tmp_path / "redis") as url:
        settings.set_redis_url(url)
        for backend in ("db", "disk", "redis"):
            settings.set_cache_backend_type(backend)
            cache = get_cache_service()
            assert cache.get("p:k") is None
            cache.set("p:k", backend.encode())
            assert get_cache_service().get("p:k") == backend.encode()
            assert repr(cache).startswith(f"CacheService({backend}: ")
        # before the server is gone
        cache.close()
        settings.set_cache_backend_type("disk")
        assert get_cache_service().get("p:k") == b"disk"


def test_how_long_and_how_much() -> None:
    """Times and the bound are those of the settings."""
    settings = get_settings()
    settings.set_provider_cache_ttl(11)
    settings.set_provider_cache_negative_ttl(12)
    settings.set_provider_cache_stale_ttl(13)
    settings.set_provider_cache_bytes(14_000_000)
    policy = get_cache_service().policy
    assert (policy.ttl, policy.negative_ttl, policy.stale_if_error, policy.most_bytes) == (11, 12, 13, 14_000_000)


def test_switched_off() -> None:
    """Switched off in the settings, nothing is kept."""
    get_settings().set_provider_cache_enabled(False)
    cache = get_cache_service()
    cache.get_or_load("p:k", lambda: b"x")
    assert cache.get("p:k") is None


def test_what_was_collected_is_kept_at_exit(tmp_path: Path) -> None:
    """A process that ends without closing loses nothing, neither answers nor counts."""
    ask = "from mediamgr.cache_service import *; c = get_cache_service(); c.set('p:k', b'x'); c.get('p:k')"
    subprocess.run([sys.executable, "-c", ask], check=True, timeout=300)
    stats = get_cache_service().get_stats()
    assert (stats["total_entries"], stats["total_hits"]) == (1, 1)


def test_only_who_uses_a_backend_needs_its_package() -> None:
    """The cache in a DuckDB file needs neither redis nor diskcache."""
    ask = (
        "import sys; from mediamgr.cache_service import get_cache_service; get_cache_service().get('p:k');"
        "print(sorted({'redis', 'diskcache', 'requests', 'IPython'} & set(sys.modules)))"
    )
    told = subprocess.run([sys.executable, "-c", ask], check=True, timeout=300, capture_output=True, text=True)
    assert told.stdout == "[]\n"
