"""Owns Wikidata: the action API, for whom it answers, and how it says no.

It needs no key, but a User-Agent that says who asks. What it refuses comes with HTTP 200 and an "error".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from mediamgr.providers.simulator._catalogue import Catalogue
from mediamgr.providers.simulator._exchange import Answer, Request, told
from mediamgr.providers.simulator._limits import Limit
from mediamgr.providers.simulator._wikidata_items import PROPERTIES, Items
from mediamgr.providers.simulator._wikidata_shapes import Json, missing

__all__ = ["Wikidata"]

_MOST_IDS: Final = 50
_ALWAYS: Final = ("type", "id")
_PROPS: Final = {
    "info": ("pageid", "ns", "title", "lastrevid", "modified"),
    "labels": ("labels",),
    "descriptions": ("descriptions",),
    "aliases": ("aliases",),
    "claims": ("claims",),
    "sitelinks": ("sitelinks",),
}
_WORDED: Final = ("labels", "descriptions", "aliases")
_LIBRARIES: Final = re.compile(r"(?i)\s*$|(python-requests|python-urllib|python-httpx|go-http-client|java|okhttp)/")
_STATEMENT: Final = re.compile(r"haswbstatement:\"?([^\s\"]+)\"?")
_STALE: Final = {"Cache-Control": "private, must-revalidate, max-age=0"}
_PICTURE: Final = "/wiki/Special:FilePath/"


class _Refusal(Exception):
    """An error as the API tells it: its code, and what is said."""

    def __init__(self, code: str, info: str, **more: Any) -> None:
        self.code = code
        self.said = {"error": {"code": code, "info": info, **more}, "servedby": "simulated"}


class Wikidata:
    """Wikidata, as far as it is simulated.

    Args:
        catalogue: What it knows.
        lag_seconds: How far its copies lag just now.
    """

    limit = Limit(50, 10.0)

    def __init__(self, catalogue: Catalogue, lag_seconds: Callable[[], float]) -> None:
        self._items = Items(catalogue)
        self._lag_seconds = lag_seconds

    def answer(self, request: Request) -> Answer:
        """What the API says."""
        if _LIBRARIES.match(request.headers.get("user-agent", "")):
            words = b"Please set a user-agent that says who you are, and respect our robot policy."
            return Answer(403, words, {"Content-Type": "text/plain; charset=utf-8"})
        if request.path.startswith(_PICTURE):
            address = f"{request.server}/images/t/p/original/{request.path.removeprefix(_PICTURE)}"
            return Answer(301, b"", {"Location": address})
        if request.path != "/w/api.php":
            return Answer(404, b"", {"Content-Type": "text/html; charset=utf-8"})
        return self._api(request)

    def refused(self, seconds: int) -> Answer:
        """Too many requests."""
        words = b"You are making too many requests."
        return Answer(429, words, {"Content-Type": "text/plain; charset=utf-8", "Retry-After": str(seconds)})

    def failed(self) -> Answer:
        """Out of order."""
        return Answer(
            500, b"<!DOCTYPE html><title>Wikimedia Error</title>", {"Content-Type": "text/html; charset=utf-8"}
        )

    def _api(self, request: Request) -> Answer:
        try:
            self._mind_lag(request)
            return told(self._said(request), headers=_STALE)
        except _Refusal as refusal:
            lagging = {"Retry-After": "5", "X-Database-Lag": "5"} if refusal.code == "maxlag" else {}
            return told(refusal.said, headers={"MediaWiki-API-Error": refusal.code, **lagging})

    def _mind_lag(self, request: Request) -> None:
        asked = request.one("maxlag")
        if re.fullmatch(r"-?\d{1,9}", asked) and self._lag_seconds() > int(asked):
            lag = self._lag_seconds()
            raise _Refusal("maxlag", f"Waiting for simulated: {lag:g} seconds lagged.", host="simulated", lag=lag)

    def _said(self, request: Request) -> Json:
        action = request.one("action")
        if action == "wbgetentities":
            return self._entities(request)
        if action == "wbsearchentities":
            return self._search_items(request)
        if action == "query" and request.one("list") == "search":
            return self._search_pages(request)
        if action == "query":
            return {"batchcomplete": ""}
        raise _Refusal("badvalue", f'Unrecognized value for parameter "action": {action}.')

    def _entities(self, request: Request) -> Json:
        asked = [each.strip().upper() for each in request.one("ids").split("|") if each.strip()]
        if not asked:
            raise _Refusal("param-missing", 'Either provide the item "ids" or pairs of "sites" and "titles".')
        if len(asked) > _MOST_IDS:
            words = f'Too many values supplied for parameter "ids". The limit is {_MOST_IDS}.'
            raise _Refusal("toomanyvalues", words, limit=_MOST_IDS)
        if wrong := next((each for each in asked if not re.fullmatch(r"Q[1-9]\d{0,15}", each)), None):
            raise _Refusal("no-such-entity", f'Could not find an entity with the ID "{wrong}".', id=wrong)
        found = self._items.of(asked)
        return {"entities": {q: _narrowed(request, q, item) for q, item in found.items()}, "success": 1}

    def _search_items(self, request: Request) -> Json:
        text = request.one("search")
        if not text:
            raise _Refusal("missingparam", 'The "search" parameter must be set.')
        first, most = request.whole("continue") or 0, min(request.whole("limit") or 7, 50)
        total, found = self._items.found(text, first, most)
        page = [item for item in self._items.of(found).values() if item]
        more = {"search-continue": first + most} if total > first + most else {}
        return {"searchinfo": {"search": text}, "search": [_hit(item) for item in page], **more, "success": 1}

    def _search_pages(self, request: Request) -> Json:
        asked = request.one("srsearch").strip()
        if not asked:
            raise _Refusal("missingparam", 'The "srsearch" parameter must be set.')
        first, most = request.whole("sroffset") or 0, min(request.whole("srlimit") or 10, 50)
        total, found = self._pages(asked, first, most)
        more = {"continue": {"sroffset": first + most, "continue": "-||"}} if total > first + most else {}
        pages = {"searchinfo": {"totalhits": total}, "search": [_page(q) for q in found]}
        return {"batchcomplete": "", **more, "query": pages}

    def _pages(self, asked: str, first: int, most: int) -> tuple[int, list[str]]:
        """How many items have all the statements asked for, each one of several, or such a name; and some of them."""
        wanted = _STATEMENT.findall(asked)
        if not wanted:
            return self._items.found(asked, first, most)
        sets = [self._with_one_of(each.split("|")) for each in wanted]
        found = [q for q in sets[0] if all(q in others for others in sets[1:])]
        return len(found), found[first : first + most]

    def _with_one_of(self, statements: Sequence[str]) -> list[str]:
        found: dict[str, None] = {}
        for statement in statements:
            p, _, value = statement.partition("=")
            if p in PROPERTIES and value:
                found |= dict.fromkeys(self._items.called(p, value))
        return list(found)


def _narrowed(request: Request, q: str, item: Json | None) -> Json:
    """The parts and languages of an item that were asked for."""
    if item is None:
        return missing(q)
    props = [each for each in request.one("props").split("|") if each in _PROPS] or list(_PROPS)
    kept = {name for prop in props for name in _PROPS[prop]}
    languages = [each for each in request.one("languages").split("|") if each]
    said = {name: value for name, value in item.items() if name in kept or name in _ALWAYS}
    if languages:
        said |= {name: _in_languages(said[name], languages) for name in _WORDED if name in said}
    return said


def _in_languages(worded: Json, languages: Sequence[str]) -> Json:
    return {language: words for language, words in worded.items() if language in languages}


def _hit(item: Json) -> Json:
    q, label = item["id"], item["labels"]["en"]
    described = item["descriptions"].get("en")
    also = {"description": described["value"]} if described else {}
    return {
        "id": q,
        "title": q,
        "pageid": item["pageid"],
        "concepturi": f"http://www.wikidata.org/entity/{q}",
        "repository": "wikidata",
        "url": f"//www.wikidata.org/wiki/{q}",
        "display": {"label": label, **({"description": described} if described else {})},
        "label": label["value"],
        **also,
        "match": {"type": "label", "language": "en", "text": label["value"]},
    }


def _page(q: str) -> Json:
    return {
        "ns": 0,
        "title": q,
        "pageid": int(q[1:]),
        "size": 1,
        "wordcount": 0,
        "snippet": "",
        "timestamp": "2026-01-01T00:00:00Z",
    }
