"""Time that passes when told to, clients that live in it, and a server that answers as a test says."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from mediamgr.cache_service import CacheService, Policy
from mediamgr.cache_service._disk import DiskBackend
from mediamgr.providers.http import Client, Patience, Rate, Site
from mediamgr.providers.simulator import KEY, Simulator

POLICY = Policy(stale_while_revalidate=0, jitter=0)
QUICK = Patience(connect_seconds=30, read_seconds=30, backoff_seconds=1, most_backoff_seconds=4)


class Time:
    """Passes when somebody waits for it; how long is noted."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0
        self.waits: list[float] = []
        self._lock = threading.Lock()

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        """Let it pass."""
        with self._lock:
            self.waits.append(seconds)
            self.now += seconds


@pytest.fixture
def time() -> Time:
    """The time of cache, clients and simulated limits."""
    return Time()


@pytest.fixture
def cache(tmp_path: Path, time: Time) -> Iterator[CacheService]:
    """A cache in a folder."""
    service = CacheService(DiskBackend(tmp_path / "answers"), POLICY, clock=time, chance=lambda: 0.0)
    yield service
    service.close()


@pytest.fixture
def make(tmp_path: Path, time: Time) -> Iterator[Callable[..., Client]]:
    """Clients that share their pace."""
    made: list[Client] = []

    def another(cache: CacheService | None = None, patience: Patience = QUICK, **more: Any) -> Client:
        given = {"pace_file": tmp_path / "pace.sqlite", "clock": time, "wait": time.wait, **more}
        made.append(Client(cache, patience=patience, **given))
        return made[-1]

    yield another
    for client in made:
        client.close()


@pytest.fixture
def client(make: Callable[..., Client], cache: CacheService) -> Client:
    """One of them, with a cache."""
    return make(cache)


def tmdb(simulator: Simulator, key: str = KEY, rates: tuple[Rate, ...] = ()) -> Site:
    """TMDB as it is simulated."""
    return Site("tmdb", simulator.address_of("tmdb"), rates, key, "api_key")


@dataclass
class Asked:
    """What the server was asked."""

    path: str
    headers: dict[str, str]


@dataclass
class Said:
    """What it says.

    Attributes:
        body: Sent as it is, with its length unless `length` says another.
        length: None sends no Content-Length; the connection is closed at the end.
    """

    status: int = 200
    body: bytes = b"{}"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = -1


class Server(ThreadingHTTPServer):
    """Answers by `answer`, and notes what it was asked."""

    daemon_threads = True
    answer: Callable[[Asked], Said]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[Asked] = []
        self.answer = lambda asked: Said()
        threading.Thread(target=self.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def netloc(self) -> str:
        """Its host and port."""
        return f"127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that go away are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        asked = Asked(self.path, {name.lower(): value for name, value in self.headers.items()})
        self.server.asked.append(asked)
        said = self.server.answer(asked)
        self.send_response(said.status)
        for name, value in {"Content-Type": "application/json", **said.headers}.items():
            self.send_header(name, value)
        if said.length is not None:
            self.send_header("Content-Length", str(len(said.body) if said.length < 0 else said.length))
        self.end_headers()
        self.wfile.write(said.body)
        if said.length is None or said.length > len(said.body):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """It is noted."""


@pytest.fixture
def serve() -> Iterator[Callable[[], Server]]:
    """Servers of a test's own."""
    made: list[Server] = []

    def another() -> Server:
        made.append(Server())
        return made[-1]

    yield another
    for server in made:
        server.shutdown()
        server.server_close()


@pytest.fixture
def server(serve: Callable[[], Server]) -> Server:
    """One of them."""
    return serve()


@pytest.fixture
def site(server: Server) -> Site:
    """The provider that it is."""
    return Site("mine", f"{server.url}/api", key="s3cr3t/+key", key_in="apikey")
