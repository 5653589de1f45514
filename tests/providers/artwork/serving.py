"""A real HTTP server that answers whatever a test wants, a fetch on requests, and pictures that are fine and that are not."""

from __future__ import annotations

import struct
import threading
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import requests
from PIL import Image

from mediamgr.errors import ProviderAnswerWrong, ProviderUnavailable

__all__ = ["Had", "Site", "fetch", "picture", "serving", "vast_png"]


def picture(kind: str = "JPEG", size: tuple[int, int] = (300, 450), colour: str = "navy") -> bytes:
    """A picture of noise and one colour, so that it has some bytes."""
    image = Image.effect_noise(size, 60).convert("RGB")
    image.paste(colour, (0, 0, size[0] // 2, size[1]))
    written = BytesIO()
    image.save(written, kind)
    return written.getvalue()


def vast_png(width: int, height: int) -> bytes:
    """A small file that decodes to an enormous picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" * (width // 8 + 2)
    packed = zlib.compressobj(9)
    body = b"".join(packed.compress(row) for _ in range(height)) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@dataclass
class Site:
    """What a server answers: path to body and content type; the rest is 404. `down` answers 503 to all."""

    url: str
    answers: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    down: bool = False

    def has(self, path: str, body: bytes, content_type: str = "image/jpeg") -> str:
        """Answer this; its address."""
        self.answers[path] = (body, content_type)
        return f"{self.url}{path}"


@contextmanager
def serving() -> Iterator[Site]:
    """A server while the body runs."""

    class Handler(BaseHTTPRequestHandler):
        """One request."""

        def do_GET(self) -> None:
            """Answer it, or the part of it that is asked for."""
            site.asked[self.path] += 1
            if site.down or self.path not in site.answers:
                self.send_error(503 if site.down else 404)
                return
            body, content_type = site.answers[self.path]
            start = int((self.headers.get("Range") or "bytes=0-").removeprefix("bytes=").split("-")[0])
            self.send_response(206 if start else 200)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body) - start))
            self.end_headers()
            self.wfile.write(body[start:])

        def log_message(self, format: str, *args: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass(frozen=True)
class Had:
    """A file that was downloaded."""

    path: Path
    content_type: str


def fetch(url: str, file: Path) -> Had:
    """Download as the client of providers does: errors by kind, and a part that is there is gone on with."""
    part = file.with_name(f"{file.name}.part")
    start = part.stat().st_size if part.exists() else 0
    said = requests.get(url, headers={"Range": f"bytes={start}-"} if start else {}, timeout=30)
    if said.status_code >= 500:
        raise ProviderUnavailable(f"{url} is out of order")
    if said.status_code >= 400:
        raise ProviderAnswerWrong(f"there is no {url}")
    with part.open("ab") as opened:
        opened.write(said.content)
    part.rename(file)
    return Had(file, said.headers["Content-Type"])
