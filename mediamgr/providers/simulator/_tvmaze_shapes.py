"""Owns how TVmaze writes shows, seasons, episodes and casts down: the fields of its answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from html import escape
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mediamgr.providers.simulator import _invent as invent
from mediamgr.providers.simulator._catalogue import Credit, Person, Work
from mediamgr.providers.simulator._numbers import derived, number_of_name
from mediamgr.providers.simulator._pictures import KINDS, file_name, size_of
from mediamgr.providers.simulator._places import country, language

__all__ = ["Json", "Sent", "cast", "episode", "images", "season", "sent", "show"]

Json = dict[str, Any]
_STATUS: Final = {"continuing": "Running", "ended": "Ended", "canceled": "Ended", "upcoming": "In Development"}
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_AT: Final = time(21, 0)
_GENDERS: Final = {1: "Female", 2: "Male"}


@dataclass(frozen=True, slots=True)
class Sent:
    """An episode as it was sent.

    Attributes:
        work: The episode.
        season: The season it belongs to; of a special the one that was on.
        number: None for a special.
        day: When.
    """

    work: Work
    season: int
    number: int | None
    day: date


def sent(episodes: Iterable[Work], of: Work) -> list[Sent]:
    """The episodes of a show with their days, by season; specials come after the others of theirs."""
    first = invent.premiered(of.item)
    days = [(each, invent.premiered(each.item, first)) for each in episodes]
    begun = sorted((day, each.item.season_number or 0) for each, day in days if each.item.season_number)
    told = [
        Sent(each, each.item.season_number, each.item.episode_number, day)
        if each.item.season_number
        else Sent(each, max((number for since, number in begun if since <= day), default=1), None, day)
        for each, day in days
    ]
    return sorted(told, key=lambda each: (each.season, each.number is None, each.number or 0, each.day))


def show(work: Work, server: str, parts: Sequence[Sent]) -> Json:
    """A show; `parts`: its episodes, for the link to the last of them."""
    item = work.item
    day = invent.premiered(item)
    minutes = invent.runtime(item)
    is_over = _STATUS.get(item.series_status or "ended") == "Ended"
    last = max((each for each in parts if each.number is not None), key=lambda each: each.day, default=None)
    links: Json = {"self": {"href": f"{_api(server)}/shows/{work.number('tvmaze')}"}}
    if last:
        links["previousepisode"] = _link("episodes", last.work.number("tvmaze"), last.work.item.title, server)
    return {
        "id": work.number("tvmaze"),
        "url": _page("shows", work.number("tvmaze"), server),
        "name": item.title,
        "type": "Animation" if "Animation" in (item.genres or []) else "Scripted",
        "language": language(invent.language(item)).name,
        "genres": invent.genres(item),
        "status": _STATUS.get(item.series_status or "ended", "Ended"),
        "runtime": minutes,
        "averageRuntime": minutes,
        "premiered": day.isoformat(),
        "ended": last.day.isoformat() if last and is_over else None,
        "officialSite": None,
        "schedule": {"time": f"{_AT:%H:%M}", "days": [_DAYS[day.weekday()]]},
        "rating": {"average": invent.rating(item)},
        "weight": invent.draw(item.item_key, "weight", 101),
        **_channel(work),
        "dvdCountry": None,
        "externals": {"tvrage": None, "thetvdb": work.number("tvdb"), "imdb": work.imdb},
        "image": _image("poster", item.id, server),
        "summary": _paragraph(invent.plot(item)),
        "updated": int(datetime.combine(day, _AT, UTC).timestamp())
        + 86_400 * invent.draw(item.item_key, "updated", 90),
        "_links": links,
    }


def season(work: Work, of: Work, parts: Sequence[Sent], server: str) -> Json:
    """A season; `parts`: the episodes of the show."""
    own = [each for each in parts if each.season == work.item.season_number and each.number is not None]
    return {
        "id": work.number("tvmaze"),
        "url": _page("seasons", work.number("tvmaze"), server),
        "number": work.item.season_number,
        "name": "" if work.item.title == f"Season {work.item.season_number}" else work.item.title,
        "episodeOrder": len(own) or None,
        "premiereDate": own[0].day.isoformat() if own else None,
        "endDate": own[-1].day.isoformat() if own else None,
        **_channel(of),
        "image": _image("poster", work.item.id, server),
        "summary": _paragraph(work.item.plot) if work.item.plot else None,
        "_links": {"self": {"href": f"{_api(server)}/seasons/{work.number('tvmaze')}"}},
    }


def episode(each: Sent, of: Work, server: str) -> Json:
    """An episode."""
    item, number = each.work.item, each.work.number("tvmaze")
    return {
        "id": number,
        "url": _page("episodes", number, server),
        "name": item.title,
        "season": each.season,
        "number": each.number,
        "type": "regular" if each.number is not None else "significant_special",
        "airdate": each.day.isoformat(),
        "airtime": f"{_AT:%H:%M}",
        "airstamp": _moment(each.day, of),
        "runtime": invent.runtime(item, of.item.runtime_minutes),
        "rating": {"average": invent.rating(item)},
        "image": _image("still", item.id, server),
        "summary": _paragraph(invent.plot(item)),
        "_links": {
            "self": {"href": f"{_api(server)}/episodes/{number}"},
            "show": _link("shows", of.number("tvmaze"), of.item.title, server),
        },
    }


def cast(credits: Iterable[Credit], server: str) -> list[Json]:
    """Who plays whom, in billing order."""
    return [_role(each, server) for each in credits if each.is_cast]


def images(work: Work, server: str) -> list[Json]:
    """The pictures of a show."""
    told = []
    for place, (kind, name) in enumerate((("poster", "poster"), ("backdrop", "background"), ("banner", "banner"))):
        small = _size("poster" if kind == "poster" else "backdrop")
        sizes = {"original": "original_untouched"} | ({"medium": small} if kind != "banner" else {})
        resolutions = {size: _resolution(kind, work.item.id, path, server) for size, path in sizes.items()}
        number = derived(work.item.id) * 10 + place
        told.append({"id": number, "type": name, "main": place == 0, "resolutions": resolutions})
    return told


def _role(credit: Credit, server: str) -> Json:
    person = credit.person
    number = number_of_name("character", f"{credit.work_id}/{person.id}/{credit.character}")
    return {
        "person": _person(person, server),
        "character": {
            "id": number,
            "url": _page("characters", number, server),
            "name": credit.character or person.name,
            "image": None,
            "_links": {"self": {"href": f"{_api(server)}/characters/{number}"}},
        },
        "self": (credit.character or "").startswith("Self"),
        "voice": credit.character == "Narrator",
    }


def _person(person: Person, server: str) -> Json:
    number = person.number("tvmaze")
    return {
        "id": number,
        "url": _page("people", number, server),
        "name": person.name,
        "country": None,
        "birthday": invent.birthday(person.key).isoformat(),
        "deathday": None,
        "gender": _GENDERS[invent.gender(person.key)],
        "image": _image("profile", person.id, server),
        "updated": 1_600_000_000 + invent.draw(person.key, "updated", 10**8),
        "_links": {"self": {"href": f"{_api(server)}/people/{number}"}},
    }


def _channel(work: Work) -> Json:
    """Where a show was sent: by a network, or by one of the web, and the other is null."""
    name, place = invent.studios(work.item)[0], country(invent.countries(work.item)[0])
    where = {"name": place.name, "code": place.code, "timezone": place.timezone}
    said = {"id": number_of_name("studio", name), "name": name, "country": where, "officialSite": None}
    is_of_the_web = invent.draw(name, "web", 2) == 0
    return {"network": None, "webChannel": said} if is_of_the_web else {"network": said, "webChannel": None}


def _moment(day: date, of: Work) -> str:
    """When an episode began, with the offset from UTC, which is 0 as at TVmaze."""
    try:
        zone = ZoneInfo(country(invent.countries(of.item)[0]).timezone)
    except ZoneInfoNotFoundError:
        # there may be no data of time zones on this machine
        zone = None
    return datetime.combine(day, _AT, zone or UTC).astimezone(UTC).isoformat()


def _size(kind: str) -> str:
    return "medium_landscape" if kind in ("still", "backdrop") else "medium_portrait"


def _image(kind: str, number: int, server: str) -> Json:
    return {
        "medium": f"{server}/images/t/p/{_size(kind)}/{file_name(kind, number)}",
        "original": f"{server}/images/t/p/original_untouched/{file_name(kind, number)}",
    }


def _resolution(kind: str, number: int, size: str, server: str) -> Json:
    name = file_name(kind, number)
    picture = size_of(name, size)
    width, height = (picture.width, picture.height) if picture else (KINDS[kind].width, KINDS[kind].height)
    return {"url": f"{server}/images/t/p/{size}/{name}", "width": width, "height": height}


def _link(what: str, number: int, name: str, server: str) -> Json:
    return {"href": f"{_api(server)}/{what}/{number}", "name": name}


def _api(server: str) -> str:
    return f"{server}/tvmaze"


def _page(what: str, number: int, server: str) -> str:
    """Where people would read about it; a simulation has no such page, and shows its own."""
    return f"{server}/#tvmaze/{what}/{number}"


def _paragraph(text: str) -> str:
    return f"<p>{escape(text, quote=False)}</p>"
