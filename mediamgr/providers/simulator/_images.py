"""Owns the server of pictures: whole ones and parts of them, with a tag by which they are known again."""

from __future__ import annotations

import re
from dataclasses import replace

from mediamgr.providers.simulator._exchange import Answer, Request, told, with_tag
from mediamgr.providers.simulator._pictures import drawn, size_of

__all__ = ["Images"]

_TEXT = {"Content-Type": "text/plain; charset=utf-8"}


class Images:
    """Where the addresses of pictures lead: `/t/p/<size>/<name>`."""

    limit = None

    def answer(self, request: Request) -> Answer:
        """A picture, or the part that `Range` asks for."""
        asked = re.fullmatch(r"/t/p/(\w+)/([\w.-]+)", request.path)
        picture = size_of(asked[2], asked[1]) if asked else None
        if asked is None or picture is None:
            return Answer(404, b"There is no such picture.", _TEXT)
        kind = f"image/{picture.format.lower()}"
        known = {"Content-Type": kind, "Accept-Ranges": "bytes", "Cache-Control": "public, max-age=31536000"}
        return _in_part(request, with_tag(Answer(200, drawn(asked[2], picture), known)))

    def refused(self, seconds: int) -> Answer:
        """Too many requests."""
        return Answer(429, b"", {"Retry-After": str(seconds)})

    def failed(self) -> Answer:
        """Out of order."""
        return told(None, 500)


def _in_part(request: Request, whole: Answer) -> Answer:
    """206 with a part, 416 when there is no such part; the whole when the range is of another picture or unreadable."""
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("range", ""))
    only_if = request.headers.get("if-range")
    if asked is None or not any(asked.groups()) or (only_if and only_if != whole.headers["ETag"]):
        return whole
    size = len(whole.body)
    if not asked[1]:
        first, last = max(size - int(asked[2]), 0), size - 1
    else:
        first, last = int(asked[1]), min(int(asked[2] or size), size - 1)
    if first > last:
        return replace(whole, status=416, body=b"", headers={**whole.headers, "Content-Range": f"bytes */{size}"})
    part = {**whole.headers, "Content-Range": f"bytes {first}-{last}/{size}"}
    return Answer(206, whole.body[first : last + 1], part)
