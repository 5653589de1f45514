"""Caches that ours is measured beside: raw diskcache, raw redis-py, and requests-cache on SQLite."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import diskcache
import redis
import requests_cache

__all__ = ["RawDisk", "RawRedis", "RequestsCache"]


class RawDisk:
    """diskcache as it comes, keys and values as it likes them."""

    name = "diskcache"

    def __init__(self, folder: Path) -> None:
        self._cache = diskcache.Cache(str(folder))

    def set(self, key: str, body: bytes) -> None:
        """Keep it for an hour."""
        self._cache.set(key, body, expire=3600)

    def get(self, key: str) -> bytes | None:
        """What is kept."""
        value: bytes | None = self._cache.get(key)
        return value


class RawRedis:
    """redis-py as it comes."""

    name = "redis-py"

    def __init__(self, url: str) -> None:
        self._client = redis.Redis.from_url(url)

    def set(self, key: str, body: bytes) -> None:
        """Keep it for an hour."""
        self._client.set("raw:" + key, body, ex=3600)

    def get(self, key: str) -> bytes | None:
        """What is kept."""
        value: bytes | None = self._client.get("raw:" + key)
        return value


class RequestsCache:
    """A session of requests-cache on SQLite; what is set is asked of a server once, what is got is not asked again."""

    name = "requests-cache"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._local = threading.local()
        self._body = b""
        self._address = ""

    def set(self, key: str, body: bytes) -> None:
        """Ask the server for it."""
        self._body = body
        self._session.get(self._url(key))

    def get(self, key: str) -> bytes | None:
        """What is kept; nothing is asked when nothing is."""
        answer = self._session.get(self._url(key), only_if_cached=True)
        return answer.content if answer.ok else None

    @contextmanager
    def serving(self) -> Iterator[None]:
        """The server that is asked."""
        peer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Length", str(len(peer._body)))
                self.end_headers()
                self.wfile.write(peer._body)

            def log_message(self, *_: object) -> None:
                """Nothing."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self._address = f"http://127.0.0.1:{server.server_port}"
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()

    def _url(self, key: str) -> str:
        return f"{self._address}/{key}"

    @property
    def _session(self) -> requests_cache.CachedSession:
        # one a thread, as its documentation advises
        if not hasattr(self._local, "session"):
            self._local.session = requests_cache.CachedSession(
                str(self._folder / "http_cache.sqlite"), backend="sqlite", expire_after=3600
            )
        session: requests_cache.CachedSession = self._local.session
        return session
