"""Real redis servers for tests: one alone, one behind TLS and a password, three masters as a cluster."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import redis
import trustme

from tests.parts import require_program

__all__ = ["cluster", "guarded_by_tls", "running", "server"]

LIMIT_SECONDS = 120
SLOTS = 16384


def free_port() -> int:
    """A port nobody listens at; for a cluster its bus port, 10,000 higher, is free as well."""
    while True:
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = int(taken.getsockname()[1])
        if port < 50_000:
            return port


@contextmanager
def running(folder: Path, *options: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """A redis-server process that keeps nothing on disk."""
    program = require_program("redis-server")
    folder.mkdir(parents=True, exist_ok=True)
    ports = () if "--tls-port" in options else ("--port", str(port))
    command = [program, *ports, "--bind", "127.0.0.1", "--save", "", "--dir", str(folder), *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(LIMIT_SECONDS)


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server."""
    port = free_port()
    with running(folder, port=port):
        url = f"redis://127.0.0.1:{port}/0"
        wait_for(url)
        yield url


@contextmanager
def guarded_by_tls(folder: Path, password: str) -> Iterator[str]:
    """The address of a server that speaks TLS only, and wants a password."""
    folder.mkdir(parents=True, exist_ok=True)
    authority, port = trustme.CA(), free_port()
    certificate = authority.issue_cert("127.0.0.1")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "server.pem")
    tls = [
        "--port", "0", "--tls-port", str(port), "--tls-auth-clients", "no", "--tls-ca-cert-file", str(folder / "ca.pem"),
        "--tls-cert-file", str(folder / "server.pem"), "--tls-key-file", str(folder / "server.pem"),
    ]  # fmt: skip
    with running(folder, *tls, "--requirepass", password, port=port):
        url = f"rediss://:{quote(password, safe='')}@127.0.0.1:{port}/0?ssl_ca_certs={quote(str(folder / 'ca.pem'))}"
        wait_for(url)
        yield url


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """The address of one of three masters that share all keys."""
    ports = [free_port() for _ in range(3)]
    with ExitStack() as stack:
        for port in ports:
            options = ("--cluster-enabled", "yes", "--cluster-node-timeout", "5000")
            stack.enter_context(running(folder / str(port), *options, port=port))
        nodes = [wait_for(f"redis://127.0.0.1:{port}/0") for port in ports]
        share = SLOTS // len(nodes) + 1
        for at, node in enumerate(nodes):
            node.execute_command("CLUSTER ADDSLOTSRANGE", at * share, min((at + 1) * share, SLOTS) - 1)
            node.execute_command("CLUSTER MEET", "127.0.0.1", ports[0])
        for node in nodes:
            until(lambda node=node: node.info("cluster") and "cluster_state:ok" in _cluster_info(node))
            until(lambda node=node: "cluster_known_nodes:3" in _cluster_info(node))
            node.close()
        yield f"redis://127.0.0.1:{ports[0]}/0"


def wait_for(url: str) -> redis.Redis:
    """A client, as soon as the server answers."""
    client = redis.Redis.from_url(url)
    until(lambda: _answers(client))
    return client


def until(condition: object) -> None:
    """Wait until it holds."""
    assert callable(condition)
    given_up_at = time.monotonic() + LIMIT_SECONDS
    while not condition():
        assert time.monotonic() < given_up_at, "what was waited for did not come"
        time.sleep(0.05)


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


def _cluster_info(node: redis.Redis) -> str:
    told = node.execute_command("CLUSTER INFO")
    if isinstance(told, dict):
        return "\n".join(f"{name}:{value}" for name, value in told.items())
    return told.decode() if isinstance(told, bytes) else str(told)
