"""Owns the meaning of NFO elements: which field each fills, and how its text becomes a value.

A value that cannot be understood leaves its field empty and becomes a note; it never costs the rest.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from xml.etree.ElementTree import Element

from mediamgr.ingest.nfo._facts import NfoArt, NfoCredit, NfoFacts
from mediamgr.ingest.nfo._xml import ROOTS

__all__ = ["facts_of_root", "ids_in_urls"]

_STATUS: Final = {
    "continuing": "continuing", "returning series": "continuing", "in production": "continuing",
    "ended": "ended", "canceled": "canceled", "cancelled": "canceled",
    "upcoming": "upcoming", "planned": "upcoming", "pilot": "upcoming",
}  # fmt: skip
_ASPECTS: Final = {
    "poster": "poster", "keyart": "poster", "banner": "banner", "clearlogo": "logo", "logo": "logo",
    "clearart": "clearart", "landscape": "thumb", "thumb": "thumb", "discart": "disc", "disc": "disc",
    "fanart": "backdrop", "background": "backdrop",
}  # fmt: skip
_PARTS: Final = {
    "actor": ("cast", "actor"), "gueststar": ("cast", "guest_star"), "director": ("directing", "director"),
    "credits": ("writing", "writer"), "writer": ("writing", "writer"), "creator": ("production", "creator"),
    "producer": ("production", "producer"), "composer": ("sound", "composer"),
}  # fmt: skip
_SOURCES: Final = {"themoviedb": "tmdb", "thetvdb": "tvdb", "moviedb": "tmdb"}
_ID_ELEMENTS: Final = {
    "imdbid": "imdb", "imdb_id": "imdb", "tmdbid": "tmdb", "tvdbid": "tvdb", "tvmazeid": "tvmaze",
    "wikidataid": "wikidata",
}  # fmt: skip
_IMDB: Final = re.compile(r"(?:tt|nm)\d{7,10}")
_URL_IDS: Final = (
    ("imdb", re.compile(r"imdb\.com/(?:[a-z-]+/)?title/(tt\d{7,10})", re.IGNORECASE)),
    ("tmdb", re.compile(r"themoviedb\.org/(?:movie|tv)/(\d+)", re.IGNORECASE)),
    ("tvdb", re.compile(r"thetvdb\.com/.*[?&](?:series)?id=(\d+)", re.IGNORECASE)),
    ("tvdb", re.compile(r"thetvdb\.com/dereferrer/(?:series|movie|episode)/(\d+)", re.IGNORECASE)),
    ("tvmaze", re.compile(r"tvmaze\.com/shows/(\d+)", re.IGNORECASE)),
)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
_LENGTH: Final = re.compile(r"(?:(\d{1,3})\s*h[a-z]*\.?)?\s*(?:(\d{1,4})\s*(?:m[a-z]*\.?)?)?", re.IGNORECASE)
_DATES: Final = ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y%m%d", "%d/%m/%Y")
_TIMES: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


def facts_of_root(root: Element, notes: Iterable[str] = ()) -> NfoFacts:
    """What one root element says."""
    read = _Reader(root, list(notes))
    kind = ROOTS[root.tag]
    premiered = read.day("premiered", "aired", "releasedate", "firstaired")
    rating, votes = read.rating()
    return NfoFacts(
        kind=kind,
        title=read.text("title"),
        sort_title=read.text("sorttitle"),
        original_title=read.text("originaltitle"),
        show_title=read.text("showtitle") if kind == "episode" else None,
        year=read.whole("year", 1870, 2200) or (premiered.year if premiered and kind != "episode" else None),
        season_number=read.whole("season", 0, 32_000) if kind == "episode" else None,
        episode_number=read.whole("episode", 0, 1_000_000) if kind == "episode" else None,
        premiered_on=premiered,
        runtime_minutes=read.minutes("runtime"),
        rating=rating,
        votes=votes,
        user_rating=read.decimal("userrating", 10) or None,
        content_rating=read.text("mpaa", "certification"),
        tagline=read.text("tagline"),
        plot=read.text("plot", "outline"),
        genres=read.several("genre"),
        tags=read.several("tag", split=False),
        countries=read.several("country"),
        studios=read.several("studio"),
        collection=read.text("set/name", "set"),
        series_status=read.status() if kind == "show" else None,
        edition=read.text("edition"),
        external_ids=read.external_ids(kind),
        people=read.people(),
        artwork=read.artwork(kind),
        play_count=read.whole("playcount", 0, 1_000_000),
        last_played=read.moment("lastplayed"),
        notes=tuple(read.notes),
    )


def ids_in_urls(urls: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """(source, id) of the providers' pages among the addresses, the first of each source."""
    found: dict[str, str] = {}
    for url in urls:
        for source, pattern in _URL_IDS:
            if match := pattern.search(url):
                found.setdefault(source, match[1].lower())
    return tuple(found.items())


@dataclass(slots=True)
class _Reader:
    """Reads values below one root and notes those that make no sense."""

    root: Element
    notes: list[str] = field(default_factory=list)

    def text(self, *paths: str) -> str | None:
        """The first of the elements that holds text."""
        for path in paths:
            for element in self.root.iterfind(path):
                if said := _said(element):
                    return said
        return None

    def several(self, tag: str, split: bool = True) -> tuple[str, ...]:
        """All texts of a repeated element, each once; "Drama / Crime" is two."""
        texts = (_said(element) for element in self.root.iterfind(tag))
        parts = (part.strip() for text in texts for part in (re.split(r" ?[/|] ", text) if split else [text]))
        return tuple(dict.fromkeys(part for part in parts if part))

    def whole(self, tag: str, least: int, most: int) -> int | None:
        """A whole number in bounds; Kodi's -1 and 0 for "none" are no numbers and no fault."""
        said = self.text(tag)
        if said is None:
            return None
        number = _number(said)
        if number is not None and least <= number <= most and number == int(number):
            return int(number)
        if number is None or number > 0:
            self._note(tag, said)
        return None

    def decimal(self, tag: str, most: float) -> float | None:
        said = self.text(tag)
        number = _number(said) if said else None
        if said and (number is None or not 0 <= number <= most):
            self._note(tag, said)
            return None
        return number

    def minutes(self, tag: str) -> int | None:
        said = self.text(tag)
        length = _minutes(said) if said else 0
        if length is None:
            self._note(tag, said or "")
        return length or None

    def day(self, *tags: str) -> date | None:
        for tag in tags:
            if said := self.text(tag):
                moment = _moment(said[:10], _DATES) or _moment(said, _TIMES)
                if moment and moment.year > 1:
                    return moment.date()
                if not said.startswith(("0000", "0001", "1601-01-01")):
                    self._note(tag, said)
        return None

    def moment(self, tag: str) -> datetime | None:
        said = self.text(tag)
        found = _moment(said[:19], _TIMES) if said else None
        if said and found is None:
            self._note(tag, said)
        return found if found and found.year > 1601 else None

    def status(self) -> str | None:
        said = self.text("status")
        found = _STATUS.get(said.lower()) if said else None
        if said and found is None:
            self._note("status", said)
        return found

    def rating(self) -> tuple[float | None, int | None]:
        """(0 to 10, votes): the default one of <ratings>, else the first that is not 0, else old <rating>."""
        new = [each for each in self.root.iterfind("ratings/rating") if _number(each.findtext("value", "")) or 0]
        chosen = next((each for each in new if each.get("default") == "true"), new[0] if new else None)
        if chosen is not None:
            return self._scaled(chosen, chosen.findtext("value", "")), _count(chosen.findtext("votes"))
        old = next((each for each in self.root.iterfind("rating") if _said(each)), None)
        if old is None:
            return None, None
        return self._scaled(old, _said(old)), _count(self.root.findtext("votes"))

    def external_ids(self, kind: str) -> tuple[tuple[str, str], ...]:
        named = [(each.get("type", ""), _said(each)) for each in self.root.iterfind("uniqueid")]
        named += [(source, self.root.findtext(tag, "")) for tag, source in _ID_ELEMENTS.items()]
        old = self.root.findtext("id", "").strip()
        named.append(("imdb" if old.startswith("tt") else "tvdb" if kind == "show" else "", old))
        return _ids(named)

    def people(self) -> tuple[NfoCredit, ...]:
        found: dict[tuple[str, str, str | None], NfoCredit] = {}
        places: dict[str, int] = {}
        for element in self.root:
            if element.tag not in _PARTS:
                continue
            name = (element.findtext("name", "") or _said(element)).strip()
            kind = element.findtext("type", "").replace(" ", "").lower()
            department, role = _PARTS.get(kind, _PARTS[element.tag])
            character = (element.findtext("role", "").strip() or None) if department == "cast" else None
            if name and (name, role, character) not in found:
                ids = _ids((source, element.findtext(tag, "")) for tag, source in _ID_ELEMENTS.items())
                place = places[role] = places.get(role, -1) + 1
                found[name, role, character] = NfoCredit(name, department, role, character, place, ids)
        return tuple(found.values())

    def artwork(self, kind: str) -> tuple[NfoArt, ...]:
        usual = "still" if kind == "episode" else "poster"
        found = [
            _art(each, _ASPECTS.get(each.get("aspect", "").split(".")[-1], usual))
            for each in self.root.iterfind("thumb")
        ]
        found += [_art(each, "backdrop") for each in self.root.iterfind("fanart/thumb")]
        return tuple(dict.fromkeys(art for art in found if art))

    def _scaled(self, element: Element, said: str) -> float | None:
        number, most = _number(said), _number(element.get("max", "")) or 10
        if number is not None and most == 10 and 10 < number <= 100:
            most = 100
        if number is None or not 0 <= number <= most:
            self._note("rating", said)
            return None
        return round(number * 10 / most, 3) or None

    def _note(self, tag: str, said: str) -> None:
        self.notes.append(f"<{tag}> {said[:60]!r} is not understood")


def _said(element: Element) -> str:
    return (element.text or "").strip()


def _number(said: str) -> float | None:
    """A number as people write it: "7,8", "1,234", " 8.1"."""
    text = said.strip().replace("\u00a0", "")
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+", text):
        text = text.replace(",", "")
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _count(said: str | None) -> int | None:
    """Votes; "1.234" and "1 234" are thousands."""
    digits = re.sub(r"[.,\s\u00a0]", "", said or "")
    return int(digits) if re.fullmatch(r"[0-9]{1,15}", digits) else None


def _minutes(said: str) -> int | None:
    if clock := _CLOCK.fullmatch(said):
        return int(clock[1]) * 60 + int(clock[2])
    length = _LENGTH.fullmatch(said)
    if length and (length[1] or length[2]):
        return int(length[1] or 0) * 60 + int(length[2] or 0)
    number = _number(said)
    return int(number) if number is not None and 0 <= number < 100_000 else None


def _moment(said: str, forms: Iterable[str]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(said, form)
        except ValueError:
            continue
    return None


def _ids(named: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    """Those that can be ids: one a source, IMDb's in their form, no placeholders."""
    found: dict[str, str] = {}
    for source, value in named:
        source, value = source.strip().lower(), (value or "").strip()
        source = _SOURCES.get(source, source)
        is_id = _IMDB.fullmatch(value) if source == "imdb" else value not in ("", "0", "-1")
        if source and is_id and len(value) <= 100:
            found.setdefault(source, value)
    return tuple(found.items())


def _art(element: Element, artwork_type: str) -> NfoArt | None:
    url = _said(element)
    if not url.lower().startswith(("http://", "https://")):
        return None
    season = element.get("season", "")
    return NfoArt(artwork_type, url, int(season) if re.fullmatch(r"[0-9]{1,4}", season) else None)
