"""Owns answers on a redis server, or on a cluster of them, shared by whoever has its address."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import urlsplit

from mediamgr.cache_service._backend import BackendFailed, Listed, Use
from mediamgr.cache_service._entry import HEAD_BYTES, read_head
from mediamgr.cache_service._keys import split_place
from mediamgr.errors import MissingPart

try:
    import redis
    from redis.cluster import RedisCluster
except ModuleNotFoundError as absent:
    raise MissingPart("The cache on redis needs its client: pip install 'mediamgr[cache]'.") from absent

__all__ = ["RedisBackend"]

_ENTRY: Final = "mediamgr:entry:"
_LOCK: Final = "mediamgr:lock:"
_HITS: Final = "mediamgr:hits:"
_USED: Final = "mediamgr:used:"
_COUNTS: Final = "mediamgr:counts:"
_NEVER: Final = Use(0, 0.0)
_CONNECTIONS: Final = 50
_WAIT_SECONDS: Final = 5.0
_AT_ONCE: Final = 500
# ours, and only ours: it may have run out, and be another's by now
_UNLOCK: Final = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"


class RedisBackend:
    """Answers on the server at `url` (redis://, rediss:// for TLS, unix://); a cluster is found out by asking it."""

    name = "redis"
    seen_again_after = 2.0

    def __init__(self, url: str) -> None:
        self._url = url
        self._opening = threading.Lock()
        self._opened: Any = None

    def __repr__(self) -> str:
        return f"redis: {self._where}"

    def get(self, place: str) -> bytes | None:
        """See `Backend`."""
        with self._failures():
            value: bytes | None = self._client.get(_ENTRY + place)
            return value

    def set(self, place: str, packed: bytes, kept_seconds: float) -> None:
        """See `Backend`."""
        with self._failures():
            self._client.set(_ENTRY + place, packed, px=max(1, int(kept_seconds * 1000)))

    def delete(self, places: Iterable[str]) -> int:
        """See `Backend`."""
        return self._unlinked(_ENTRY + place for place in places)

    def clear(self, namespace: str | None) -> int:
        """See `Backend`."""
        removed = self._unlinked(self._keys(_ENTRY, namespace))
        with self._failures():
            for prefix in (_HITS, _USED, _COUNTS):
                names = [namespace] if namespace else self._named(prefix)
                for name in names:
                    self._client.unlink(prefix + name)
        return removed

    def clear_expired(self) -> int:
        """See `Backend`; the server does so by itself."""
        return 0

    def listed(self, namespace: str | None = None) -> Iterator[Listed]:
        """See `Backend`."""
        uses = self._uses(namespace)
        for some in _in_parts(self._keys(_ENTRY, namespace)):
            for key, (head, size) in zip(some, self._facts(some), strict=True):
                # one that went meanwhile has none
                if len(head) == HEAD_BYTES:
                    place = key.removeprefix(_ENTRY)
                    use = uses.get(place, _NEVER)
                    yield Listed(place, head, size, use.hits, max(use.at, read_head(head).stored_at))

    def used(self, uses: Mapping[str, Use]) -> None:
        """See `Backend`. What the server itself knows of use is lost whenever entries are listed."""
        with self._failures(), self._client.pipeline(transaction=False) as pipeline:
            for place, use in uses.items():
                namespace, _ = split_place(place)
                pipeline.hincrby(_HITS + namespace, place, use.hits)
                pipeline.zadd(_USED + namespace, {place: use.at}, gt=True)
            pipeline.execute()

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """See `Backend`."""
        with self._failures(), self._client.pipeline(transaction=False) as pipeline:
            for namespace, named in counts.items():
                for name, amount in named.items():
                    pipeline.hincrby(_COUNTS + namespace, name, amount)
            pipeline.execute()

    def counts(self) -> dict[str, dict[str, int]]:
        """See `Backend`."""
        with self._failures():
            return {
                namespace: {
                    name.decode(): int(amount) for name, amount in self._client.hgetall(_COUNTS + namespace).items()
                }
                for namespace in self._named(_COUNTS)
            }

    def lock(self, place: str, token: str, seconds: float) -> bool:
        """See `Backend`."""
        with self._failures():
            return bool(self._client.set(_LOCK + place, token, nx=True, px=int(seconds * 1000)))

    def holder(self, place: str) -> str:
        """See `Backend`."""
        with self._failures():
            token: bytes | None = self._client.get(_LOCK + place)
        return (token or b"").decode()

    def unlock(self, place: str, token: str) -> None:
        """See `Backend`."""
        with self._failures():
            self._client.eval(_UNLOCK, 1, _LOCK + place, token)

    def compact(self) -> None:
        """Forget how often entries were given that are gone."""
        with self._failures():
            for namespace in self._named(_HITS):
                counted = [field.decode() for field in self._client.hkeys(_HITS + namespace)]
                for some in _in_parts(counted):
                    gone = [place for place, is_there in zip(some, self._there(some), strict=True) if not is_there]
                    if gone:
                        self._client.hdel(_HITS + namespace, *gone)
                        self._client.zrem(_USED + namespace, *gone)

    def size_bytes(self) -> int:
        """See `Backend`; of entries, without what the server spends on keeping them."""
        return sum(each.stored_bytes for each in self.listed())

    def close(self) -> None:
        """See `Backend`."""
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.close()

    @property
    def _client(self) -> Any:
        opened = self._opened
        if opened is None:
            with self._opening:
                opened = self._opened = self._opened or self._open()
        return opened

    def _open(self) -> Any:
        limits: dict[str, Any] = {"socket_timeout": _WAIT_SECONDS, "socket_connect_timeout": _WAIT_SECONDS}
        try:
            # beyond these a thread waits for a connection; by itself redis-py has an error for it
            pool = redis.BlockingConnectionPool.from_url(
                self._url, max_connections=_CONNECTIONS, timeout=_WAIT_SECONDS, **limits
            )
            client = redis.Redis.from_pool(pool)
        except ValueError:
            # what it says may hold the password
            raise BackendFailed(
                "the address of the redis server cannot be read; write redis://HOST:PORT/0, and in a"
                " password letters other than a to z and digits as %xx"
            ) from None
        if not client.info("cluster").get("cluster_enabled"):
            return client
        client.close()
        return RedisCluster.from_url(
            self._url, connection_pool_class=redis.BlockingConnectionPool, max_connections=_CONNECTIONS, **limits
        )

    def _keys(self, prefix: str, namespace: str | None) -> Iterator[str]:
        # a namespace has no letter that SCAN takes for a pattern
        pattern = f"{prefix}{namespace}/*" if namespace else f"{prefix}*"
        with self._failures():
            for key in self._client.scan_iter(match=pattern, count=_AT_ONCE):
                yield key.decode()

    def _named(self, prefix: str) -> list[str]:
        return [key.removeprefix(prefix) for key in self._keys(prefix, None)]

    def _unlinked(self, keys: Iterable[str]) -> int:
        removed = 0
        for some in _in_parts(keys):
            with self._failures(), self._client.pipeline(transaction=False) as pipeline:
                for key in some:
                    pipeline.unlink(key)
                removed += sum(pipeline.execute())
        return removed

    def _facts(self, keys: list[str]) -> list[tuple[bytes, int]]:
        """First bytes, and length."""
        with self._failures(), self._client.pipeline(transaction=False) as pipeline:
            for key in keys:
                pipeline.getrange(key, 0, HEAD_BYTES - 1)
                pipeline.strlen(key)
            told = pipeline.execute()
        return list(zip(told[::2], told[1::2], strict=True))

    def _there(self, places: list[str]) -> list[int]:
        with self._client.pipeline(transaction=False) as pipeline:
            for place in places:
                pipeline.exists(_ENTRY + place)
            return list(pipeline.execute())

    def _uses(self, namespace: str | None) -> dict[str, Use]:
        with self._failures():
            return {
                place.decode(): Use(int(hits), at)
                for name in ([namespace] if namespace else self._named(_HITS))
                for place, hits, at in self._hits_and_times(name)
            }

    def _hits_and_times(self, namespace: str) -> Iterator[tuple[bytes, bytes, float]]:
        times = dict(self._client.zrange(_USED + namespace, 0, -1, withscores=True))
        for place, hits in self._client.hgetall(_HITS + namespace).items():
            yield place, hits, times.get(place, 0.0)

    @property
    def _where(self) -> str:
        parts = urlsplit(self._url)
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except (redis.RedisError, OSError) as error:
            raise BackendFailed(
                f"the redis server {self._where} cannot be used ({error}); start it, or name another by"
                " MEDIAMGR_REDIS_URL"
            ) from error


def _in_parts(keys: Iterable[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for key in keys:
        part.append(key)
        if len(part) == _AT_ONCE:
            yield part
            part = []
    if part:
        yield part
