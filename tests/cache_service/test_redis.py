"""Redis keeps answers: one server, one behind TLS and a password, and a cluster of three masters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from mediamgr.cache_service._backend import BackendFailed
from mediamgr.cache_service._redis import RedisBackend
from tests.cache_service.contract import LONG, SharedContract, packed
from tests.cache_service.redis_servers import cluster, free_port, guarded_by_tls, running, server, wait_for

PASSWORD = "open sesame/§"


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server."""
    with server(tmp_path_factory.mktemp("redis")) as url:
        yield url


@pytest.fixture(scope="session")
def behind_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One server, TLS only, with a password."""
    with guarded_by_tls(tmp_path_factory.mktemp("tls"), PASSWORD) as url:
        yield url


@pytest.fixture(scope="session")
def masters(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Three masters."""
    with cluster(tmp_path_factory.mktemp("cluster")) as url:
        yield url


class TestOneServer(SharedContract):
    """A single server."""

    removes_by_itself = True

    @pytest.fixture
    def backend(self, alone: str) -> Iterator[RedisBackend]:
        """On the server."""
        redis.Redis.from_url(alone).flushall()
        backend = RedisBackend(alone)
        yield backend
        backend.close()

    def test_leaves_others_alone(self, backend: RedisBackend, alone: str) -> None:
        """Clearing everything removes nothing that somebody else keeps on that server."""
        redis.Redis.from_url(alone).set("somebody:else", "1")
        backend.set("a/p:k", packed(), LONG)
        assert backend.clear(None) == 1
        assert redis.Redis.from_url(alone).keys() == [b"somebody:else"]


class TestTls(SharedContract):
    """A server behind TLS and a password."""

    removes_by_itself = True

    @pytest.fixture
    def backend(self, behind_tls: str) -> Iterator[RedisBackend]:
        """On the server."""
        redis.Redis.from_url(behind_tls).flushall()
        backend = RedisBackend(behind_tls)
        yield backend
        backend.close()

    def test_tells_no_password(self, backend: RedisBackend, behind_tls: str) -> None:
        """Neither its name nor its failures hold the password."""
        wrong = RedisBackend(behind_tls.replace("open", "wrong"))
        with pytest.raises(BackendFailed) as failure:
            wrong.get("a/p:k")
        told = f"{backend!r} {failure.value}"
        assert "sesame" not in told
        assert "127.0.0.1" in told


class TestCluster(SharedContract):
    """Three masters."""

    removes_by_itself = True

    @pytest.fixture
    def backend(self, masters: str) -> Iterator[RedisBackend]:
        """On the cluster."""
        redis.RedisCluster.from_url(masters).flushall(target_nodes=redis.RedisCluster.PRIMARIES)
        backend = RedisBackend(masters)
        yield backend
        backend.close()

    def test_spreads_keys(self, backend: RedisBackend, masters: str) -> None:
        """Every master has some of the entries of one namespace."""
        for number in range(60):
            backend.set(f"a/p:{number}", packed(), LONG)
        sizes = redis.RedisCluster.from_url(masters).dbsize(target_nodes=redis.RedisCluster.PRIMARIES)
        assert sizes == 60
        client = redis.RedisCluster.from_url(masters)
        assert all(client.dbsize(target_nodes=node) > 5 for node in client.get_primaries())


def test_a_server_that_is_down(tmp_path: Path) -> None:
    """What cannot be reached is named, and works as soon as it is there."""
    port = free_port()
    backend = RedisBackend(f"redis://127.0.0.1:{port}/0")
    with pytest.raises(BackendFailed, match=f"127.0.0.1:{port}.*MEDIAMGR_REDIS_URL"):
        backend.set("a/p:k", b"", LONG)
    with running(tmp_path, port=port):
        wait_for(f"redis://127.0.0.1:{port}/0")
        backend.set("a/p:k", b"there", LONG)
        assert backend.get("a/p:k") == b"there"
    backend.close()


def test_an_address_that_cannot_be_read() -> None:
    """An address that is none is refused, and not shown: it may hold a password."""
    with pytest.raises(BackendFailed, match="cannot be read") as failure:
        RedisBackend("redis://:pass/word@127.0.0.1:1/0").get("a/p:k")
    assert "word@" not in str(failure.value)
