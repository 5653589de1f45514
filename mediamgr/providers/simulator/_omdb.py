"""Owns OMDb: one address, parameters that say what is asked, and values that are all text.

What is unknown is "N/A". What is not found comes with HTTP 200 and `"Response":"False"`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from mediamgr.providers.simulator import _invent as invent
from mediamgr.providers.simulator._catalogue import Catalogue, Credit, Work, in_turn
from mediamgr.providers.simulator._exchange import Answer, Request, told
from mediamgr.providers.simulator._limits import Limit
from mediamgr.providers.simulator._pictures import file_name
from mediamgr.providers.simulator._places import country, language

__all__ = ["Omdb"]

Json = dict[str, Any]
_PAGE: Final = 10
_LAST_PAGE: Final = 100
_NAMES: Final = 4
"""People that are named for a job."""
_UNKNOWN: Final = "N/A"
_FRESH: Final = {"Cache-Control": "public, max-age=3600"}
_ABOUT_FILMS: Final = dict.fromkeys(("DVD", "BoxOffice", "Production", "Website"), _UNKNOWN)
_TYPES: Final = {"movie": "movie", "show": "series", "episode": "episode"}
_ASKED_TYPES: Final = {"": ("movie", "show"), "movie": ("movie",), "series": ("show",)}


class _Refusal(Exception):
    """What is said instead, and with which HTTP status."""

    def __init__(self, message: str, status: int = 200) -> None:
        self.answer = told({"Response": "False", "Error": message}, status, _FRESH if status == 200 else None)


class Omdb:
    """OMDb, as far as it is simulated.

    Args:
        catalogue: What it knows.
        key: What callers must show, as `apikey`.
    """

    limit = Limit(1_000, 86_400.0)

    def __init__(self, catalogue: Catalogue, key: str) -> None:
        self._catalogue = catalogue
        self._key = key

    def answer(self, request: Request) -> Answer:
        """What OMDb says; good for an hour."""
        try:
            return told(self._said(request), headers=_FRESH)
        except _Refusal as refusal:
            return refusal.answer

    def refused(self, seconds: int) -> Answer:
        """The day's requests are used up."""
        return _Refusal("Request limit reached!", 401).answer

    def failed(self) -> Answer:
        """Out of order."""
        return _Refusal("Internal server error.", 500).answer

    def _said(self, request: Request) -> Json:
        if not request.one("apikey"):
            raise _Refusal("No API key provided.", 401)
        if request.one("apikey") != self._key:
            raise _Refusal("Invalid API key!", 401)
        if request.one("s"):
            return self._search(request)
        if not request.one("i") and not request.one("t"):
            raise _Refusal("Incorrect IMDb ID.")
        work = self._by_id(request.one("i")) if request.one("i") else self._by_title(request)
        if request.one("Season"):
            return self._season(request, work)
        return self._whole(request, work)

    def _search(self, request: Request) -> Json:
        ids = self._found(request, request.one("s").strip())
        page = request.whole("page") if request.one("page") else 1
        if page is None or not 1 <= page <= _LAST_PAGE:
            raise _Refusal("The offset specified in a OFFSET clause may not be negative.")
        works = self._catalogue.works(ids[_PAGE * (page - 1) : _PAGE * page])
        if not works:
            raise _Refusal("Series not found!" if request.one("type") == "series" else "Movie not found!")
        last = self._catalogue.last_years(work for work in works if work.item.media_type == "show")
        results = [_in_short(work, last, request.server) for work in works]
        return {"Search": results, "totalResults": str(len(ids)), "Response": "True"}

    def _found(self, request: Request, text: str) -> list[int]:
        """Films and shows, in turn."""
        asked = request.one("type")
        if asked and asked not in _ASKED_TYPES:
            return []
        year = request.whole("y")
        return in_turn(*(self._catalogue.found(text, media_type, year) for media_type in _ASKED_TYPES[asked]))

    def _by_title(self, request: Request) -> Work:
        works = self._catalogue.works(self._found(request, request.one("t").strip())[:1])
        if not works:
            raise _Refusal("Series not found!" if request.one("type") == "series" else "Movie not found!")
        return works[0]

    def _by_id(self, imdb: str) -> Work:
        if not imdb.startswith("tt") or not imdb[2:].isdecimal():
            raise _Refusal("Incorrect IMDb ID.")
        for media_type in _TYPES:
            if work := self._catalogue.called("imdb", media_type, imdb):
                return work
        raise _Refusal("Error getting data.")

    def _season(self, request: Request, show: Work) -> Json:
        seasons, episodes = self._catalogue.parts(show)
        wanted = request.whole("Season")
        own = [each for each in episodes if each.item.season_number == wanted]
        if not own:
            raise _Refusal("Series or season not found!")
        if not request.one("Episode"):
            return _season_of(show, seasons, own)
        number = request.whole("Episode")
        episode = next((each for each in own if each.item.episode_number == number), None)
        if episode is None:
            raise _Refusal("Series or episode not found!")
        return self._whole(request, episode)

    def _whole(self, request: Request, work: Work) -> Json:
        item = work.item
        of = self._catalogue.work(work.show_id) if item.media_type == "episode" else None
        credits = self._catalogue.credits([work, *([of] if of else [])])
        told_of = credits[item.id] + (credits[of.item.id] if of else [])
        if item.media_type == "movie":
            return {**_fields(work, work, told_of, {}, request.server), **_ABOUT_FILMS, "Response": "True"}
        if of is not None:
            numbers = {"Season": str(item.season_number), "Episode": str(item.episode_number)}
            said = _fields(work, of, told_of, {}, request.server, numbers)
            return {**said, "seriesID": of.imdb, "Response": "True"}
        last = self._catalogue.last_years([work])
        seasons = sum(1 for each in self._catalogue.parts(work)[0] if each.item.season_number)
        return {**_fields(work, work, told_of, last, request.server), "totalSeasons": str(seasons), "Response": "True"}


def _fields(
    work: Work, of: Work, credits: list[Credit], last: Mapping[int, int], server: str, numbers: Json | None = None
) -> Json:
    """What is said of anything; `of`: the show of an episode, else itself. `numbers`: those of an episode."""
    item, about = work.item, of.item
    score = f"{invent.rating(item):.1f}"
    return {
        "Title": item.title,
        "Year": _years(work, last),
        "Rated": invent.certification(about, about.media_type == "show"),
        "Released": f"{invent.premiered(item, invent.premiered(about)):%d %b %Y}",
        **(numbers or {}),
        "Runtime": f"{invent.runtime(item, about.runtime_minutes)} min",
        "Genre": ", ".join(invent.genres(about)),
        "Director": _names(each for each in credits if each.role == "director"),
        "Writer": _names(each for each in credits if each.role in ("writer", "creator")),
        "Actors": _names(each for each in credits if each.is_cast),
        "Plot": invent.plot(item),
        "Language": language(invent.language(about)).name,
        "Country": ", ".join(country(code).name for code in invent.countries(about)),
        "Awards": _UNKNOWN,
        "Poster": _poster(of, server),
        "Ratings": [{"Source": "Internet Movie Database", "Value": f"{score}/10"}],
        "Metascore": _UNKNOWN,
        "imdbRating": score,
        "imdbVotes": f"{invent.votes(item):,}",
        "imdbID": work.imdb,
        "Type": _TYPES[item.media_type],
    }


def _in_short(work: Work, last: Mapping[int, int], server: str) -> Json:
    return {
        "Title": work.item.title,
        "Year": _years(work, last),
        "imdbID": work.imdb,
        "Type": _TYPES[work.item.media_type],
        "Poster": _poster(work, server),
    }


def _season_of(show: Work, seasons: list[Work], own: list[Work]) -> Json:
    first = invent.premiered(show.item)
    return {
        "Title": show.item.title,
        "Season": str(own[0].item.season_number),
        "totalSeasons": str(sum(1 for each in seasons if each.item.season_number)),
        "Episodes": [
            {
                "Title": each.item.title,
                "Released": invent.premiered(each.item, first).isoformat(),
                "Episode": str(each.item.episode_number),
                "imdbRating": f"{invent.rating(each.item):.1f}",
                "imdbID": each.imdb,
            }
            for each in own
        ],
        "Response": "True",
    }


def _years(work: Work, last: Mapping[int, int]) -> str:
    """ "1999"; of a series "1999–2004", and "1999–" while it goes on."""
    item = work.item
    first = item.year or invent.premiered(item).year
    if item.media_type != "show":
        return str(first)
    if item.series_status in ("continuing", "upcoming"):
        return f"{first}–"
    return f"{first}–{last.get(item.id, first)}"


def _names(credits: Iterable[Credit]) -> str:
    names = dict.fromkeys(each.person.name for each in credits)
    return ", ".join(list(names)[:_NAMES]) or _UNKNOWN


def _poster(work: Work, server: str) -> str:
    return f"{server}/images/t/p/w342/{file_name('poster', work.item.id)}"
