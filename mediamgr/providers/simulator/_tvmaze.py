"""Owns TVmaze: shows only, no key, 20 calls in 10 seconds.

Specials have no number there and belong to the season they came out in; the library's season 0 is told so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from mediamgr.providers.simulator import _tvmaze_shapes as shapes
from mediamgr.providers.simulator._catalogue import Catalogue, Work
from mediamgr.providers.simulator._exchange import Answer, Request, told
from mediamgr.providers.simulator._limits import Limit
from mediamgr.providers.simulator._tvmaze_shapes import Json

__all__ = ["TvMaze"]

_A_PAGE: Final = 250
_FRESH: Final = {"Cache-Control": "public, max-age=3600", "Access-Control-Allow-Origin": "*"}
_MOST_FOUND: Final = 10
_SCORES: Final = (1.1, 0.9, 0.7)


class _NotFound(Exception):
    """There is no such thing; the message says what."""


class TvMaze:
    """TVmaze, as far as it is simulated. `catalogue`: what it knows."""

    limit = Limit(20, 10.0)

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._routes: tuple[tuple[str, Callable[..., Any]], ...] = (
            (r"/search/shows", self._search),
            (r"/singlesearch/shows", self._single_search),
            (r"/lookup/shows", self._lookup),
            (r"/shows", self._index),
            (r"/shows/([0-9]{1,18})", self._show),
            (r"/shows/([0-9]{1,18})/(episodes|seasons|cast|images)", self._part),
            (r"/shows/([0-9]{1,18})/episodebynumber", self._by_number),
            (r"/shows/([0-9]{1,18})/episodesbydate", self._by_date),
        )

    def answer(self, request: Request) -> Answer:
        """What TVmaze says; good for an hour."""
        try:
            said = self._said(request)
        except _NotFound as reason:
            return _error(404, "Not Found", str(reason))
        if isinstance(said, Answer):
            return said
        return told(said, headers=_FRESH)

    def refused(self, seconds: int) -> Answer:
        """Too many requests."""
        return _error(429, "Too Many Requests", "Rate limit exceeded.", {"Retry-After": str(seconds)})

    def failed(self) -> Answer:
        """Out of order."""
        return _error(500, "Internal Server Error", "An internal server error occurred.")

    def _said(self, request: Request) -> Any:
        for pattern, route in self._routes:
            if asked := re.fullmatch(pattern, request.path.rstrip("/")):
                return route(request, *asked.groups())
        raise _NotFound("Page not found.")

    def _search(self, request: Request) -> list[Json]:
        works = self._catalogue.works(self._catalogue.found(request.one("q"), "show")[:_MOST_FOUND])
        shown = [shapes.show(work, request.server, ()) for work in works]
        return [{"score": _SCORES[min(place, 2)] - place / 100, "show": show} for place, show in enumerate(shown)]

    def _single_search(self, request: Request) -> Answer | Json:
        found = self._catalogue.found(request.one("q"), "show")
        # the real one says so without a body, too
        return self._embedded(request, self._catalogue.works(found[:1])[0]) if found else Answer(404, b"")

    def _lookup(self, request: Request) -> Answer:
        asked = [("imdb", request.one("imdb")), ("tvdb", request.one("thetvdb"))]
        for source, external_id in asked:
            if external_id and (show := self._catalogue.called(source, "show", external_id)):
                address = f"{request.server}/tvmaze/shows/{show.number('tvmaze')}"
                return Answer(301, b"", {"Location": address})
        raise _NotFound("")

    def _index(self, request: Request) -> list[Json]:
        page = request.whole("page") if request.one("page") else 0
        shows = None if page is None else self._catalogue.listed("show", page, _A_PAGE)
        if shows is None:
            raise _NotFound("")
        return [shapes.show(each, request.server, ()) for each in shows]

    def _show(self, request: Request, number: str) -> Json:
        return self._embedded(request, self._called(number))

    def _part(self, request: Request, number: str, part: str) -> list[Json]:
        return self._part_of(self._called(number), part, request)

    def _by_number(self, request: Request, number: str) -> Json:
        show = self._called(number)
        wanted = (request.whole("season"), request.whole("number"))
        for each in shapes.sent(self._catalogue.parts(show)[1], show):
            if (each.season, each.number) == wanted:
                return shapes.episode(each, show, request.server)
        raise _NotFound("Unknown episode")

    def _by_date(self, request: Request, number: str) -> list[Json]:
        show = self._called(number)
        sent = shapes.sent(self._catalogue.parts(show)[1], show)
        found = [each for each in sent if each.day.isoformat() == request.one("date")]
        if not found:
            raise _NotFound("No episodes found for the given date")
        return [shapes.episode(each, show, request.server) for each in found]

    def _embedded(self, request: Request, show: Work) -> Json:
        """A show with the parts that were asked for besides."""
        sent = shapes.sent(self._catalogue.parts(show)[1], show)
        said = shapes.show(show, request.server, sent)
        names = [*request.parameters.get("embed", []), *request.parameters.get("embed[]", [])]
        known = [name for name in names if name in ("episodes", "seasons", "cast", "images")]
        parts = {name: self._part_of(show, name, request) for name in known}
        return said | ({"_embedded": parts} if parts else {})

    def _part_of(self, show: Work, part: str, request: Request) -> list[Json]:
        server = request.server
        if part == "images":
            return shapes.images(show, server)
        if part == "cast":
            return shapes.cast(self._catalogue.credits([show])[show.item.id], server)
        seasons, episodes = self._catalogue.parts(show)
        sent = shapes.sent(episodes, show)
        if part == "seasons":
            return [shapes.season(each, show, sent, server) for each in seasons if each.item.season_number]
        with_specials = request.one("specials") == "1"
        return [shapes.episode(each, show, server) for each in sent if with_specials or each.number is not None]

    def _called(self, number: str) -> Work:
        show = self._catalogue.called("tvmaze", "show", number)
        if show is None:
            raise _NotFound("")
        return show


def _error(status: int, name: str, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    return told({"name": name, "message": message, "code": 0, "status": status}, status, headers)
