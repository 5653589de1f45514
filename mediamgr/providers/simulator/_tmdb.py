"""Owns TMDB, version 3 of its API: what it is asked, who may ask, and what is appended to an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mediamgr.providers.simulator import _invent as invent
from mediamgr.providers.simulator import _tmdb_parts as parts
from mediamgr.providers.simulator import _tmdb_shapes as shapes
from mediamgr.providers.simulator._catalogue import Catalogue, Work, in_turn
from mediamgr.providers.simulator._exchange import Answer, Request, told, with_tag
from mediamgr.providers.simulator._limits import Limit
from mediamgr.providers.simulator._tmdb_shapes import Json

__all__ = ["Tmdb"]

_PAGE: Final = 20
_LAST_PAGE: Final = 500
_JSON: Final = {"Content-Type": "application/json;charset=utf-8"}
_TYPES: Final = {"movie": "movie", "tv": "show"}
_SIZES: Final = {
    "backdrop_sizes": ["w300", "w780", "w1280", "original"],
    "logo_sizes": ["w45", "w92", "w154", "w185", "w300", "w500", "original"],
    "poster_sizes": ["w92", "w154", "w185", "w342", "w500", "w780", "original"],
    "profile_sizes": ["w45", "w185", "h632", "original"],
    "still_sizes": ["w92", "w185", "w300", "original"],
}


class _Refusal(Exception):
    """An answer that is none: HTTP status, TMDB's own code and its words."""

    def __init__(self, status: int, code: int, message: str) -> None:
        self.answer = _error(status, code, message)


def _error(status: int, code: int, message: str, headers: Mapping[str, str] | None = None) -> Answer:
    said = {"success": False, "status_code": code, "status_message": message}
    return told(said, status, {**_JSON, **(headers or {})})


def _nothing() -> _Refusal:
    return _Refusal(404, 34, "The resource you requested could not be found.")


class Tmdb:
    """TMDB, as far as it is simulated.

    Args:
        catalogue: What it knows.
        key: What callers must show, as `api_key` or as a bearer.
    """

    limit = Limit(40, 1.0)

    def __init__(self, catalogue: Catalogue, key: str) -> None:
        self._catalogue = catalogue
        self._key = key
        self._routes: tuple[tuple[str, Callable[..., Json]], ...] = (
            (r"/search/(movie|tv)", self._search),
            (r"/search/person", self._search_people),
            (r"/search/multi", self._search_all),
            (r"/movie/([0-9]{1,18})", self._movie),
            (r"/tv/([0-9]{1,18})", self._show),
            (r"/tv/([0-9]{1,18})/season/([0-9]{1,18})", self._season),
            (r"/tv/([0-9]{1,18})/season/([0-9]{1,18})/episode/([0-9]{1,18})", self._episode),
            (r"/person/([0-9]{1,18})", self._person),
            (r"/find/([^/]+)", self._find),
            (r"/configuration", self._configuration),
        )

    def answer(self, request: Request) -> Answer:
        """What TMDB says; good for some hours, with a tag."""
        try:
            if not self._may_ask(request):
                raise _Refusal(401, 7, "Invalid API key: You must be granted a valid key.")
            said = self._said(request)
        except _Refusal as refusal:
            return refusal.answer
        age = 600 + invent.draw(request.path, "age", 26_000)
        headers = {**_JSON, "Cache-Control": f"public, max-age={age}", "Vary": "Accept-Encoding"}
        return with_tag(told(said, headers=headers), is_weak=True)

    def refused(self, seconds: int) -> Answer:
        """Too many requests."""
        message = "Your request count (41) is over the allowed limit of (40)."
        return _error(429, 25, message, {"Retry-After": str(seconds)})

    def failed(self) -> Answer:
        """Out of order."""
        return _error(500, 11, "Internal error: Something went wrong, contact TMDb.")

    def _may_ask(self, request: Request) -> bool:
        bearer = request.headers.get("authorization", "").removeprefix("Bearer ")
        return self._key in (request.one("api_key"), bearer)

    def _said(self, request: Request) -> Json:
        path = request.path.removeprefix("/3")
        for pattern, route in self._routes:
            if path != request.path and (asked := re.fullmatch(pattern, path.rstrip("/"))):
                return route(request, *asked.groups())
        raise _nothing()

    def _search(self, request: Request, kind: str) -> Json:
        years = ("primary_release_year", "year") if kind == "movie" else ("first_air_date_year", "year")
        year = next((year for name in years if (year := request.whole(name))), None)
        ids = self._catalogue.found(request.one("query"), _TYPES[kind], year)
        return _paged(request, ids, lambda page: [shapes.found(work) for work in self._catalogue.works(page)])

    def _search_people(self, request: Request) -> Json:
        return _paged(request, self._catalogue.people_found(request.one("query")), self._people_in_short)

    def _search_all(self, request: Request) -> Json:
        """Films, shows and people, in turn."""
        text = request.one("query")
        works = [[(kind, each) for each in self._catalogue.found(text, _TYPES[kind])] for kind in _TYPES]
        people = [("person", each) for each in self._catalogue.people_found(text)]
        return _paged(request, in_turn(*works, people), self._all_in_short)

    def _all_in_short(self, page: Sequence[tuple[str, int]]) -> list[Json]:
        works = self._catalogue.works([each for kind, each in page if kind in _TYPES])
        told = {work.item.id: shapes.found(work) for work in works}
        people = [each for kind, each in page if kind == "person"]
        said = dict(zip(people, self._people_in_short(people), strict=True))
        return [{**(said if kind == "person" else told)[each], "media_type": kind} for kind, each in page]

    def _people_in_short(self, ids: Sequence[int]) -> list[Json]:
        people = self._catalogue.people(ids)
        known_for = self._catalogue.known_for(people)
        return [shapes.person_found(person, known_for[person.id]) for person in people]

    def _movie(self, request: Request, number: str) -> Json:
        work = self._called("movie", number)
        return self._with_more(request, shapes.movie(work), work)

    def _show(self, request: Request, number: str) -> Json:
        work = self._called("show", number)
        seasons, episodes = self._catalogue.parts(work)
        credits = self._catalogue.credits([work])[work.item.id]
        creators = [each for each in credits if each.role == "creator"]
        return self._with_more(request, shapes.show(work, seasons, episodes, creators), work)

    def _season(self, request: Request, number: str, season_number: str) -> Json:
        show = self._called("show", number)
        seasons, episodes = self._catalogue.parts(show)
        season = next((each for each in seasons if each.item.season_number == int(season_number)), None)
        if season is None:
            raise _nothing()
        own = [each for each in episodes if each.item.season_number == season.item.season_number]
        return self._with_more(request, shapes.season(season, show, own, self._catalogue.credits(own)), season)

    def _episode(self, request: Request, number: str, season_number: str, episode_number: str) -> Json:
        show = self._called("show", number)
        for each in self._catalogue.parts(show)[1]:
            if (each.item.season_number, each.item.episode_number) == (int(season_number), int(episode_number)):
                credits = self._catalogue.credits([each])[each.item.id]
                return self._with_more(request, shapes.episode(each, show, credits), each)
        raise _nothing()

    def _person(self, request: Request, number: str) -> Json:
        person = self._catalogue.person_called("tmdb", number)
        if person is None:
            raise _nothing()
        credits = self._catalogue.worked_on(person)
        acted = sum(1 for _, credit in credits if credit.character)
        said = shapes.person(person, "Acting" if acted * 2 >= len(credits) else "Directing")
        more = {
            "external_ids": lambda: {**parts.elsewhere(person.imdb), "tiktok_id": None, "youtube_id": None},
            "images": lambda: {"profiles": [parts.picture("profile", person.id, 1, None)]},
            "combined_credits": lambda: parts.filmography(credits),
        }
        return _appended(request, said, more)

    def _find(self, request: Request, external_id: str) -> Json:
        source = {"imdb_id": "imdb", "tvdb_id": "tvdb"}.get(request.one("external_source"))
        said: Json = {f"{kind}_results": [] for kind in ("movie", "person", "tv", "tv_episode", "tv_season")}
        if source is None:
            raise _Refusal(400, 5, "Invalid parameters: Your request parameters are incorrect.")
        for media_type, kind in shapes.KINDS.items():
            if work := self._catalogue.called(source, media_type, external_id):
                said[f"{kind}_results"].append({**self._in_short(work), "media_type": kind})
        if source == "imdb" and (person := self._catalogue.person_called("imdb", external_id)):
            said["person_results"] = [{**each, "media_type": "person"} for each in self._people_in_short([person.id])]
        return said

    def _in_short(self, work: Work) -> Json:
        if work.item.media_type in ("movie", "show"):
            return shapes.found(work)
        show = self._catalogue.work(work.show_id) or work
        if work.item.media_type == "episode":
            return shapes.found_episode(work, show)
        return shapes.found_season(work, show, self._catalogue.parts(show)[1])

    def _configuration(self, request: Request) -> Json:
        base = f"{request.server}/images/t/p/"
        return {"images": {"base_url": base, "secure_base_url": base, **_SIZES}, "change_keys": ["images", "title"]}

    def _called(self, media_type: str, number: str) -> Work:
        work = self._catalogue.called("tmdb", media_type, number)
        if work is None:
            raise _nothing()
        return work

    def _with_more(self, request: Request, said: Json, work: Work) -> Json:
        is_movie = work.item.media_type == "movie"
        more: dict[str, Callable[[], Json]] = {
            "credits": lambda: shapes.cast_and_crew(self._catalogue.credits([work])[work.item.id]),
            "images": lambda: parts.images(work),
            "external_ids": lambda: parts.ids(work),
        }
        if work.item.media_type in _TYPES.values():
            more |= {
                "alternative_titles": lambda: {"titles" if is_movie else "results": parts.titles(work)},
                "keywords": lambda: {"keywords" if is_movie else "results": parts.keywords(work)},
                "release_dates" if is_movie else "content_ratings": lambda: {"results": parts.certifications(work)},
            }
        return _appended(request, said, more)


def _appended(request: Request, said: Json, more: dict[str, Callable[[], Json]]) -> Json:
    """The answer with what was asked for besides; what is not known by that name is left out, as TMDB does."""
    asked = [name for name in request.one("append_to_response").split(",") if name in more]
    return said | {name: more[name]() for name in asked}


def _paged(request: Request, found: Sequence[Any], shaped: Callable[[Any], list[Json]]) -> Json:
    page = 1 if not request.one("page") else request.whole("page") or 0
    if not 1 <= page <= _LAST_PAGE:
        words = "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer."
        raise _Refusal(400, 22, words)
    results = shaped(found[_PAGE * (page - 1) : _PAGE * page])
    pages = max(-(-len(found) // _PAGE), 1)
    return {"page": page, "results": results, "total_pages": pages, "total_results": len(found)}
