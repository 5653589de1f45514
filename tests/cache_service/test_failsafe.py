"""A cache that fails never fails its caller: it is counted, said once, and tried again later."""

from __future__ import annotations

import logging
import subprocess
import sys
from pathlib import Path

import pytest
import redis

from mediamgr.cache_service import CacheService, Policy
from mediamgr.cache_service._backend import Backend
from mediamgr.cache_service._db import DbBackend
from mediamgr.cache_service._disk import DiskBackend
from mediamgr.cache_service._failsafe import Failsafe
from mediamgr.cache_service._redis import RedisBackend
from mediamgr.instrumentation import get_instrumentation
from tests.cache_service.contract import LONG
from tests.cache_service.redis_servers import free_port, running, wait_for
from tests.cache_service.test_db import HOLD
from tests.parts import without_rights


def fill(client: redis.Redis) -> None:
    """Until there is no room."""
    for number in range(100):
        client.set(f"full:{number}", b"x" * 100_000)


def goes_on(backend: Backend, caplog: pytest.LogCaptureFixture, reason: str) -> CacheService:
    """Everything a caller can do with a cache that fails, and what it hears."""
    cache = CacheService(backend)
    with caplog.at_level(logging.INFO, "mediamgr.cache_service"):
        for _ in range(3):
            assert cache.get_or_load("p:k", lambda: b"asked") == b"asked"
            cache.set("p:other", b"x")
        assert cache.entries().height == 0
        assert (cache.clear_all(), cache.clear_expired()) == (0, 0)
        assert cache.run_cache_maintenance().entries == 0
    heard = [record.getMessage() for record in caplog.records]
    assert len(heard) == 1
    assert reason in heard[0]
    assert "Going on without the cache" in heard[0]
    failure = cache.get_stats()["failure"]
    assert failure is not None
    assert reason in failure
    assert cache.get_stats()["errors"] >= 1
    return cache


def test_a_redis_that_is_down(caplog: pytest.LogCaptureFixture) -> None:
    """Nobody listens there; the call that found out is told as one that failed, and nobody is called after it."""
    port, measured = free_port(), get_instrumentation()
    calls = measured.get_timer_metrics("cache_service.backend_call", backend="redis")
    goes_on(RedisBackend(f"redis://127.0.0.1:{port}/0"), caplog, f"127.0.0.1:{port}")
    told = measured.get_timer_metrics("cache_service.backend_call", backend="redis")
    assert (told.count - calls.count, told.errors - calls.errors) == (1, 1)


def test_a_redis_that_goes_down(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server that stops while it is used."""
    port = free_port()
    backend = RedisBackend(f"redis://127.0.0.1:{port}/0")
    with running(tmp_path, port=port):
        wait_for(f"redis://127.0.0.1:{port}/0")
        backend.set("default/p:k", b"x", LONG)
    goes_on(backend, caplog, f"127.0.0.1:{port}")


def test_a_redis_that_is_full(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A server that has no memory left refuses to write, and is read on when it is tried again."""
    port = free_port()
    with running(tmp_path, "--maxmemory", "1mb", port=port):
        client = wait_for(f"redis://127.0.0.1:{port}/0")
        with pytest.raises(redis.OutOfMemoryError):
            fill(client)
        cache = CacheService(RedisBackend(f"redis://127.0.0.1:{port}/0"))
        with caplog.at_level(logging.INFO, "mediamgr.cache_service"):
            assert cache.get_or_load("p:k", lambda: b"asked") == b"asked"
        assert "maxmemory" in caplog.text


def test_a_folder_without_rights(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A folder one may only read."""
    tmp_path.chmod(0o555)
    with without_rights():
        goes_on(DiskBackend(tmp_path / "answers"), caplog, "answers")
    tmp_path.chmod(0o755)


def test_a_full_disk(caplog: pytest.LogCaptureFixture) -> None:
    """A place that takes no bytes."""
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    goes_on(DiskBackend(Path("/dev/full")), caplog, "/dev/full")


def test_a_damaged_folder(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A database that is none."""
    (tmp_path / "cache.db").write_bytes(b"no database " * 1000)
    goes_on(DiskBackend(tmp_path), caplog, str(tmp_path))


def test_a_file_of_another_process(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A cache file that another process has open."""
    file = tmp_path / "c.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        goes_on(DbBackend(file), caplog, f"process {other.pid}")


def test_is_tried_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """After a while it is tried again, and used as soon as it works; meanwhile it is not asked."""
    now, incidents = [0.0], []
    port = free_port()
    backend = Failsafe(RedisBackend(f"redis://127.0.0.1:{port}/0"), lambda: incidents.append(1), lambda: now[0])
    backend.set("a/p:k", b"x", LONG)
    assert backend.get("a/p:k") is None
    assert len(incidents) == 1
    now[0] = 31.0
    assert backend.get("a/p:k") is None
    assert len(incidents) == 2
    with running(tmp_path, port=port), caplog.at_level(logging.INFO, "mediamgr.cache_service"):
        wait_for(f"redis://127.0.0.1:{port}/0")
        backend.set("a/p:k", b"x", LONG)
        assert backend.failure is not None
        now[0] = 62.0
        backend.set("a/p:k", b"x", LONG)
        assert backend.failure is None
        assert backend.get("a/p:k") == b"x"
        backend.close()
    assert "works again" in caplog.text


def test_waits_for_no_lock(tmp_path: Path) -> None:
    """Who cannot ask for the lock loads by himself."""
    cache = CacheService(RedisBackend(f"redis://127.0.0.1:{free_port()}/0"), Policy())
    assert cache.get_or_load("p:k", lambda: b"asked") == b"asked"
