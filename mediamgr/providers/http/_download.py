"""Owns getting a picture into a file: checked before it is written, gone on with where it stopped, there when whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

from mediamgr.errors import ProviderAnswerWrong, ProviderUnavailable
from mediamgr.providers.http._headers import content_length, content_type, part, validator
from mediamgr.providers.http._partial import Origin, Partial
from mediamgr.providers.http._site import Site
from mediamgr.providers.http._verdict import MANY, Verdict, status_error
from mediamgr.providers.http._wire import Turn, Wire

__all__ = ["Download", "Downloaded"]


@dataclass(frozen=True, slots=True)
class Downloaded:
    """A file that was got.

    Attributes:
        path: Where it is.
        bytes: Its size.
        content_type: As the provider calls it.
        resumed_from: So many bytes were there before the last answer began; 0 when that was the whole.
    """

    path: Path
    bytes: int
    content_type: str
    resumed_from: int


@dataclass(frozen=True, slots=True)
class Download:
    """A file that is to be got.

    Attributes:
        site: Whose it is.
        url: Where it is.
        file: Where it goes.
        most_bytes: It may have so many.
        accept: Types it may be of.
    """

    site: Site
    url: str
    file: Path
    most_bytes: int
    accept: tuple[str, ...]

    def attempt(self, wire: Wire, clock: Callable[[], float], partial: Partial, turn: Turn) -> Verdict[Downloaded]:
        """Ask once for what is missing; what comes before a failure stays for the next time."""
        start, headers = self._missing(partial)
        with wire.asked(self.site, self.url, {}, headers, turn, with_key=False) as response:
            if response.status_code == 416:
                return self._over(partial, start, response)
            if failure := status_error(self.site, str(self), response.status_code, response.headers, clock()):
                return failure
            if response.status_code == 206 and (wrong := self._misfit(partial, start, response)):
                return wrong
            return self._written(wire, partial, start if response.status_code == 206 else 0, response)

    def __str__(self) -> str:
        return f"A picture of {self.site.name}"

    def _missing(self, partial: Partial) -> tuple[int, Mapping[str, str]]:
        """Where the missing part begins, and how to ask for it."""
        # compressed on the way, a part would be one of something else
        headers = {"Accept": ", ".join(self.accept), "Accept-Encoding": "identity"}
        origin, size = partial.origin, partial.size
        if not size or origin is None or origin.url != self.url or not origin.validator:
            return 0, headers
        return size, {**headers, "Range": f"bytes={size}-", "If-Range": origin.validator}

    def _over(self, partial: Partial, start: int, response: requests.Response) -> Verdict[Any]:
        """There is no such part: it was whole, or is another file by now."""
        told, origin = part(response.headers), partial.origin
        if told is not None and start and told.total == start and origin is not None:
            return self._whole(partial, origin.content_type, start)
        partial.discard()
        return self._changed()

    def _misfit(self, partial: Partial, start: int, response: requests.Response) -> Verdict[Any] | None:
        """What is wrong with the part that comes, if anything is."""
        told = part(response.headers)
        if told is not None and told.first == start and start:
            return self._too_large(partial) if told.total > self.most_bytes else None
        partial.discard()
        return self._changed()

    def _written(self, wire: Wire, partial: Partial, start: int, response: requests.Response) -> Verdict[Downloaded]:
        kind, coming = content_type(response.headers), content_length(response.headers)
        if start and not kind and partial.origin is not None:
            # a part need not say it again
            kind = partial.origin.content_type
        if kind not in self.accept:
            wanted = ", ".join(self.accept)
            wrong = f"{self} is of the type {kind or 'that nobody names'!r} and not one of {wanted}; it was not kept."
            return Verdict(error=ProviderAnswerWrong(wrong))
        if start == 0:
            # of what is unpacked on the way no part can be asked for
            partial.begin(Origin(self.url, validator(response.headers) if coming is not None else "", kind))
        try:
            for piece in wire.pieces(self.site, response, self.most_bytes - start):
                partial.add(piece)
        except ProviderAnswerWrong:
            partial.discard()
            raise
        told = part(response.headers) if start else None
        total = told.total if told else coming
        if total is not None and partial.size != total:
            partial.discard()
            return self._changed()
        return self._whole(partial, kind, start)

    def _whole(self, partial: Partial, kind: str, start: int) -> Verdict[Downloaded]:
        size = partial.size
        partial.finish()
        return Verdict(Downloaded(self.file, size, kind, start))

    def _too_large(self, partial: Partial) -> Verdict[Any]:
        partial.discard()
        wrong = f"{self} has more than {self.most_bytes:,} bytes; it was not kept."
        return Verdict(error=ProviderAnswerWrong(wrong))

    def _changed(self) -> Verdict[Any]:
        wrong = f"{self} came in parts that do not fit each other; try again later."
        return Verdict(error=ProviderUnavailable(wrong), attempts=MANY)
