"""Owns telling a monitor how things are: an HTTP server on 127.0.0.1, which nobody else reaches.

A page that a browser has open could reach it by a name of its own that leads here; so it answers to no name but those
of this machine.
"""

from __future__ import annotations

from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Final
from urllib.parse import urlsplit

from mediamgr._version import __version__
from mediamgr.errors import InputError
from mediamgr.library import Library
from mediamgr.performance._gathering import performance_report
from mediamgr.performance._prometheus import CONTENT_TYPE
from mediamgr.workers import start_thread

__all__ = ["Served", "serve"]

_LOOK_SECONDS: Final = 0.1
_PATIENCE_SECONDS: Final = 10
_PLAIN: Final = "text/plain; charset=utf-8"
_ABOUT: Final = "mediamgr: /metrics is for Prometheus, /metrics.json is the whole report.\n"


class Served:
    """A server that was started by `serve()`, until `close()` or the end of a `with`.

    Attributes:
        url: Its address, without a slash at its end.
    """

    def __init__(self, port: int, lib: Library | None) -> None:
        self._server = _Server(port, lib)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        start_thread(partial(self._server.serve_forever, _LOOK_SECONDS), "mediamgr-metrics")

    def close(self) -> None:
        """Answer no more. Does nothing when it is closed."""
        self._server.shutdown()
        self._server.server_close()

    def __enter__(self) -> Served:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Served({self.url}/metrics)"


def serve(port: int = 0, lib: Library | None = None) -> Served:
    """Have Prometheus scrape this process at `/metrics`; `/metrics.json` is the whole report. Returns at once.

        served = serve(9464)
        ...
        served.close()

    What this process measured is served, and, read anew for each request, what its library and caches hold. Only
    programs on this machine reach it. It ends with the process.

    Args:
        port: 0 takes a free one.
        lib: The library; None: the one opened last, or that of the settings when none is open.

    Raises:
        InputError: The port cannot be used.
    """
    return Served(port, lib)


class _Server(HTTPServer):
    """Each connection has a thread of its own, so that one that hangs keeps nobody waiting."""

    def __init__(self, port: int, lib: Library | None) -> None:
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except (OSError, OverflowError) as error:
            why = getattr(error, "strerror", None) or error
            raise InputError(f"Port {port} cannot be used: {why}; name another, or 0 for a free one.") from error
        self.lib = lib
        self.names = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}

    def process_request(self, request: Any, client_address: Any) -> None:
        """Answer one connection."""
        start_thread(partial(self._converse, request, client_address), "mediamgr-metrics-connection")

    def _converse(self, request: Any, client_address: Any) -> None:
        try:
            self.finish_request(request, client_address)
        except OSError:
            # the other side has gone; nobody is left to be told
            return
        finally:
            self.shutdown_request(request)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: _Server
    server_version = f"mediamgr/{__version__}"
    sys_version = ""
    timeout = _PATIENCE_SECONDS
    wbufsize = -1

    def do_GET(self) -> None:
        """Answer one request."""
        status, kind, told = self._answer()
        body = told.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815

    def _answer(self) -> tuple[int, str, str]:
        """(status, type, body)."""
        if self.headers.get("Host", "").lower() not in self.server.names:
            return 421, _PLAIN, f"Ask at {' or '.join(sorted(self.server.names))}.\n"
        try:
            path = urlsplit(self.path).path
        except ValueError as error:
            return 400, _PLAIN, f"{error}.\n"
        if path == "/metrics":
            return 200, CONTENT_TYPE, performance_report(self.server.lib).to_prometheus()
        if path == "/metrics.json":
            return 200, "application/json", performance_report(self.server.lib).to_json()
        return (200, _PLAIN, _ABOUT) if path == "/" else (404, _PLAIN, _ABOUT)

    def log_message(self, format: str, *args: Any) -> None:
        """Who scrapes need not be noted."""
