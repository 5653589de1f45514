"""Owns how TMDB writes works and people down: the fields of its answers, in its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from mediamgr.providers.simulator import _invent as invent
from mediamgr.providers.simulator._catalogue import Credit, Person, Work
from mediamgr.providers.simulator._numbers import derived, number_of_name
from mediamgr.providers.simulator._pictures import file_name
from mediamgr.providers.simulator._places import country, language

__all__ = [
    "KINDS", "Json", "as_done", "cast_and_crew", "episode", "found", "found_episode", "found_season", "movie", "person",
    "person_found", "picture", "season", "show",
]  # fmt: skip

Json = dict[str, Any]
KINDS: Final = {"movie": "movie", "show": "tv", "season": "tv_season", "episode": "tv_episode"}
"""What TMDB calls kinds of works."""
_GENRES: Final = {
    "movie": {
        "Action": 28, "Adventure": 12, "Animation": 16, "Comedy": 35, "Crime": 80, "Documentary": 99, "Drama": 18,
        "Family": 10751, "Fantasy": 14, "History": 36, "Horror": 27, "Music": 10402, "Mystery": 9648, "Romance": 10749,
        "Science Fiction": 878, "TV Movie": 10770, "Thriller": 53, "War": 10752, "Western": 37,
    },
    "show": {
        "Action & Adventure": 10759, "Animation": 16, "Comedy": 35, "Crime": 80, "Documentary": 99, "Drama": 18,
        "Family": 10751, "Kids": 10762, "Mystery": 9648, "News": 10763, "Reality": 10764, "Sci-Fi & Fantasy": 10765,
        "Soap": 10766, "Talk": 10767, "War & Politics": 10768, "Western": 37,
    },
}  # fmt: skip
_JOBS: Final = {
    "director": ("Directing", "Director"),
    "writer": ("Writing", "Writer"),
    "producer": ("Production", "Producer"),
    "composer": ("Sound", "Original Music Composer"),
    "creator": ("Writing", "Creator"),
}
_STATUS: Final = {
    "continuing": "Returning Series", "ended": "Ended", "canceled": "Canceled", "upcoming": "In Production",
}  # fmt: skip


def picture(kind: str, number: int, place: int = 1) -> str:
    """Where a picture is, below the base address and a size."""
    return f"/{file_name(kind, number, place)}"


def found(work: Work) -> Json:
    """A film or show among results."""
    is_movie = work.item.media_type == "movie"
    return _in_short(work, "title" if is_movie else "name", "release_date" if is_movie else "first_air_date") | (
        {"video": False} if is_movie else {"origin_country": invent.countries(work.item)}
    )


def _in_short(work: Work, title: str, day: str) -> Json:
    item = work.item
    return {
        "adult": False,
        "backdrop_path": picture("backdrop", item.id),
        "genre_ids": [each["id"] for each in _genres(work)],
        "id": work.number("tmdb"),
        "original_language": language(invent.language(item)).code,
        f"original_{title}": item.original_title or item.title,
        "overview": invent.plot(item),
        "popularity": invent.popularity(item.item_key),
        "poster_path": picture("poster", item.id),
        day: invent.premiered(item).isoformat(),
        title: item.title,
        "vote_average": invent.rating(item),
        "vote_count": invent.votes(item),
    }


def movie(work: Work) -> Json:
    """All of a film, but what is appended on request."""
    item = work.item
    short = found(work)
    del short["genre_ids"]
    return {
        **short,
        **_in_full(work),
        "belongs_to_collection": _collection(item.collection),
        "budget": invent.money(item.item_key, "budget"),
        "imdb_id": work.imdb,
        "origin_country": invent.countries(item),
        "release_date": invent.premiered(item).isoformat(),
        "revenue": invent.money(item.item_key, "revenue"),
        "runtime": invent.runtime(item),
        "status": "Released",
    }


def show(work: Work, seasons: Sequence[Work], episodes: Sequence[Work], creators: Iterable[Credit]) -> Json:
    """All of a show, but what is appended on request."""
    item = work.item
    short = found(work)
    del short["genre_ids"]
    proper = [each for each in episodes if each.item.season_number]
    last = max(proper, key=lambda each: _day(each, work), default=None)
    return {
        **short,
        **_in_full(work),
        "created_by": [_creator(each) for each in creators],
        "episode_run_time": [item.runtime_minutes] if item.runtime_minutes else [],
        "in_production": item.series_status in ("continuing", "upcoming"),
        "languages": [language(invent.language(item)).code],
        "last_air_date": _day(last or work, work).isoformat(),
        "last_episode_to_air": _in_a_list(last, work) if last else None,
        "networks": [_company(name, item.countries, logo=True) for name in invent.studios(item)],
        "next_episode_to_air": None,
        "number_of_episodes": len(proper),
        "number_of_seasons": sum(1 for each in seasons if each.item.season_number),
        "seasons": [_season_in_short(each, work, episodes) for each in seasons],
        "status": _STATUS.get(item.series_status or "ended", "Ended"),
        "type": "Scripted",
    }


def season(work: Work, of: Work, episodes: Sequence[Work], credits: Mapping[int, Sequence[Credit]]) -> Json:
    """All of a season, its episodes included."""
    own = [each for each in episodes if each.item.season_number == work.item.season_number]
    short = _season_in_short(work, of, episodes)
    del short["episode_count"]
    return {
        "_id": invent.hexadecimal(work.item.item_key, "season"),
        **short,
        "episodes": [{**_in_a_list(each, of), **_people_of(credits[each.item.id])} for each in own],
        "networks": [_company(name, of.item.countries, logo=True) for name in invent.studios(of.item)],
    }


def episode(work: Work, of: Work, credits: Iterable[Credit]) -> Json:
    """All of an episode, but what is appended on request."""
    told = _in_a_list(work, of)
    del told["show_id"], told["episode_type"]
    return {**told, **_people_of(credits)}


def found_episode(work: Work, of: Work) -> Json:
    """An episode among results."""
    return _in_a_list(work, of)


def found_season(work: Work, of: Work, episodes: Sequence[Work]) -> Json:
    """A season among results; `episodes`: those of the whole show."""
    return {**_season_in_short(work, of, episodes), "show_id": of.number("tmdb")}


def as_done(credit: Credit) -> Json:
    """What somebody did in a work, for their filmography."""
    what = _crew(credit) if credit.role in _JOBS else {"character": credit.character or "", "order": credit.position}
    return {"credit_id": _credit_id(credit), **what}


def person(who: Person, department: str) -> Json:
    """All of somebody, but what is appended on request."""
    return {
        **_named(who, department),
        "also_known_as": [],
        "biography": invent.biography(who.name),
        "birthday": invent.birthday(who.key).isoformat(),
        "deathday": None,
        "homepage": None,
        "imdb_id": who.imdb,
        "place_of_birth": None,
    }


def person_found(who: Person, known_for: Sequence[Work]) -> Json:
    """Somebody among results."""
    works = [{**found(work), "media_type": KINDS[work.item.media_type]} for work in known_for]
    return {**_named(who, "Acting"), "known_for": works}


def cast_and_crew(credits: Iterable[Credit]) -> Json:
    """The credits of a work."""
    told = _people_of(credits)
    return {"cast": told["guest_stars"], "crew": told["crew"]}


def _in_full(work: Work) -> Json:
    item = work.item
    spoken = language(invent.language(item))
    return {
        "genres": _genres(work),
        "homepage": "",
        "production_companies": [_company(name, item.countries) for name in invent.studios(item)],
        "production_countries": [{"iso_3166_1": code, "name": country(code).name} for code in invent.countries(item)],
        "spoken_languages": [{"english_name": spoken.name, "iso_639_1": spoken.code, "name": spoken.own_name}],
        "tagline": invent.tagline(item),
    }


def _genres(work: Work) -> list[Json]:
    known = _GENRES["movie" if work.item.media_type == "movie" else "show"]
    names = invent.genres(work.item)
    return [{"id": known.get(name) or derived(number_of_name("genre", name)), "name": name} for name in names]


def _company(name: str, countries: Sequence[str] | None, *, logo: bool = False) -> Json:
    number = number_of_name("studio", name)
    path = picture("logo", number) if logo else None
    return {"id": number, "logo_path": path, "name": name, "origin_country": (countries or [""])[0]}


def _collection(name: str | None) -> Json | None:
    if name is None:
        return None
    number = number_of_name("collection", name)
    pictures = {f"{kind}_path": picture(kind, number) for kind in ("poster", "backdrop")}
    return {"id": number, "name": name, **pictures}


def _season_in_short(work: Work, of: Work, episodes: Sequence[Work]) -> Json:
    own = [each for each in episodes if each.item.season_number == work.item.season_number]
    return {
        "air_date": _day(own[0] if own else work, of).isoformat(),
        "episode_count": len(own),
        "id": work.number("tmdb"),
        "name": work.item.title,
        "overview": work.item.plot or "",
        "poster_path": picture("poster", work.item.id),
        "season_number": work.item.season_number,
        "vote_average": invent.rating(work.item),
    }


def _in_a_list(work: Work, of: Work) -> Json:
    """An episode where several are listed."""
    item = work.item
    return {
        "id": work.number("tmdb"),
        "name": item.title,
        "overview": invent.plot(item),
        "vote_average": invent.rating(item),
        "vote_count": invent.votes(item),
        "air_date": _day(work, of).isoformat(),
        "episode_number": item.episode_number,
        "episode_type": "standard",
        "production_code": "",
        "runtime": invent.runtime(item, of.item.runtime_minutes),
        "season_number": item.season_number,
        "show_id": of.number("tmdb"),
        "still_path": picture("still", item.id),
    }


def _day(work: Work, of: Work) -> date:
    return invent.premiered(work.item, invent.premiered(of.item))


def _people_of(credits: Iterable[Credit]) -> Json:
    """The crew and the cast, which at episodes are guest stars."""
    told = list(credits)
    stars = sorted((each for each in told if each.is_cast), key=lambda each: (each.role, each.position))
    crew = [each for each in told if each.role in _JOBS and each.role != "creator"]
    return {
        "crew": [{**as_done(each), **_named(each.person, _JOBS[each.role][0])} for each in crew],
        "guest_stars": [
            {**as_done(each), "order": place, **_named(each.person, "Acting")} for place, each in enumerate(stars)
        ],
    }


def _crew(credit: Credit) -> Json:
    department, job = _JOBS[credit.role]
    return {"job": job, "department": department}


def _creator(credit: Credit) -> Json:
    told = _named(credit.person, "Writing")
    kept = ("id", "name", "original_name", "gender", "profile_path")
    return {"credit_id": _credit_id(credit), **{name: told[name] for name in kept}}


def _credit_id(credit: Credit) -> str:
    return invent.hexadecimal(f"{credit.work_id}/{credit.person.id}", credit.role)


def _named(who: Person, department: str) -> Json:
    return {
        "adult": False,
        "gender": invent.gender(who.key),
        "id": who.number("tmdb"),
        "known_for_department": department,
        "name": who.name,
        "original_name": who.name,
        "popularity": invent.popularity(who.key),
        "profile_path": picture("profile", who.id),
    }
