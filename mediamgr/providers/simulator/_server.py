"""Owns the sockets: an HTTP/1.1 server on 127.0.0.1 whose threads end with the program, and which closes at once.

What is asked and what is answered is decided elsewhere; here it is read, delayed, spoilt and written.
"""

from __future__ import annotations

import socket
import struct
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Final

from mediamgr._version import __version__
from mediamgr.errors import InputError
from mediamgr.providers.simulator._exchange import Answer
from mediamgr.workers import start_thread

__all__ = ["Reply", "Server"]

_LOOK_SECONDS: Final = 0.02
_NO_LINGER: Final = struct.pack("ii", 1, 0)
_WITHOUT_BODY: Final = frozenset({204, 304})

Reply = tuple[Answer, float, str | None]
"""An answer, the seconds it takes, and how it is spoilt (see `Faults`); None leaves it whole."""
Answering = Callable[[str, str, dict[str, str]], Reply]
"""Method, path with parameters, headers in lower case -> the reply."""


class Server(HTTPServer):
    """Answers on a port of this machine, from `start()` until `close()`.

    Args:
        port: 0 takes a free one.
        answering: What is answered; called by many threads.
    """

    request_queue_size = 128

    def __init__(self, port: int, answering: Answering) -> None:
        try:
            super().__init__(("127.0.0.1", port), _Handler)
        except OSError as error:
            raise InputError(
                f"Port {port} cannot be used: {error.strerror}; name another, or 0 for a free one."
            ) from error
        self.answering = answering
        self.closing = threading.Event()
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def start(self) -> None:
        """Answer from now on."""
        start_thread(partial(self.serve_forever, _LOOK_SECONDS), "mediamgr-simulator")

    def close(self) -> None:
        """Answer nothing any more; connections end, those that hang included."""
        self.closing.set()
        self.shutdown()
        self.server_close()
        with self._lock:
            held = list(self._open)
        for connection in held:
            _end(connection)

    def process_request(self, request: Any, client_address: Any) -> None:
        """A connection has a thread of its own, for it may hang."""
        start_thread(partial(self._converse, request, client_address), "mediamgr-simulator-connection")

    def _converse(self, request: Any, client_address: Any) -> None:
        """Answer what comes by one connection."""
        with self._lock:
            self._open.add(request)
        try:
            self.finish_request(request, client_address)
        except Exception:
            self.handle_error(request, client_address)
        finally:
            self.shutdown_request(request)
            with self._lock:
                self._open.discard(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A connection that was ended by either side is no error of the server's."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = f"mediamgr-simulator/{__version__}"
    sys_version = ""
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer one request."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer, seconds, fault = self.server.answering(self.command, self.path, headers)
        if seconds:
            self.server.closing.wait(seconds)
        if fault == "hangs":
            self.server.closing.wait()
        if fault in ("hangs", "resets"):
            self._reset()
        else:
            self._write(answer, is_cut=fault == "truncated")

    do_HEAD = do_GET  # noqa: N815

    def _write(self, answer: Answer, *, is_cut: bool) -> None:
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("X-Simulated-By", "mediamgr")
        if answer.status not in _WITHOUT_BODY:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body[: len(answer.body) // 2] if is_cut else answer.body)
        if is_cut:
            self.close_connection = True

    def _reset(self) -> None:
        """End the connection so that the other side is told of a reset."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        # without this the base class would end it in good order
        self.connection.close()
        self.rfile.close()

    def log_message(self, format: str, *args: Any) -> None:
        """The journal keeps what happens."""


def _end(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        # the other side was quicker
        return
