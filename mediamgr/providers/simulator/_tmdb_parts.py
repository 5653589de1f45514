"""Owns the parts that TMDB appends to an answer on request: ids, pictures, titles, ratings, filmographies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mediamgr.providers.simulator import _invent as invent
from mediamgr.providers.simulator import _tmdb_shapes as shapes
from mediamgr.providers.simulator._catalogue import Credit, Work
from mediamgr.providers.simulator._pictures import KINDS
from mediamgr.providers.simulator._places import language
from mediamgr.providers.simulator._tmdb_shapes import Json

__all__ = ["certifications", "elsewhere", "filmography", "ids", "images", "keywords", "picture", "titles"]

_OF_PARTS: Final = ("imdb_id", "freebase_mid", "freebase_id", "tvrage_id", "wikidata_id")
_IDS: Final = {
    "movie": ("imdb_id", "wikidata_id", "facebook_id", "instagram_id", "twitter_id"),
    "season": _OF_PARTS,
    "episode": _OF_PARTS,
}
"""The ids of a work that are told; of a show all."""


def elsewhere(imdb: str | None) -> Json:
    """What sites of others call somebody or something; most of them know nothing of what is invented."""
    nowhere = dict.fromkeys(("freebase_mid", "freebase_id", "tvrage_id", "facebook_id", "instagram_id", "twitter_id"))
    return {"imdb_id": imdb, "wikidata_id": None, **nowhere}


def ids(work: Work) -> Json:
    """What others call a work."""
    kept = _IDS.get(work.item.media_type, tuple(elsewhere(None)))
    said = elsewhere(work.imdb if work.item.media_type != "season" else None)
    said["wikidata_id"] = work.wikidata
    tvdb = {} if work.item.media_type == "movie" else {"tvdb_id": work.number("tvdb")}
    return {name: said[name] for name in kept} | tvdb


def images(work: Work) -> Json:
    """The pictures of a work, two of each kind."""
    if work.item.media_type == "episode":
        return {"stills": [picture("still", work.item.id, 1, None)]}
    code = language(invent.language(work.item)).code
    kinds = ("poster",) if work.item.media_type == "season" else ("backdrop", "logo", "poster")
    return {
        f"{kind}s": [picture(kind, work.item.id, place, None if kind == "backdrop" else code) for place in (1, 2)]
        for kind in kinds
    }


def picture(kind: str, number: int, place: int, code: str | None) -> Json:
    """A picture of a kind; `place`: 1 for the first, `code`: the language of its words."""
    width, height = KINDS[kind].width, KINDS[kind].height
    return {
        "aspect_ratio": round(width / height, 3),
        "height": height,
        "iso_3166_1": None,
        "iso_639_1": code,
        "file_path": shapes.picture(kind, number, place),
        "vote_average": round(6 - place / 2, 3),
        "vote_count": 12 - 4 * place,
        "width": width,
    }


def titles(work: Work) -> list[Json]:
    """What a film or show is called elsewhere."""
    item = work.item
    other = item.original_title
    return [{"iso_3166_1": invent.countries(item)[0], "title": other, "type": "original title"}] if other else []


def keywords(work: Work) -> list[Json]:
    """What a film or show is about."""
    return [{"id": 1 + invent.draw(name, "keyword", 300_000), "name": name} for name in invent.keywords(work.item)]


def certifications(work: Work) -> list[Json]:
    """By country: the library's where the work is from, and an American one."""
    item, is_show = work.item, work.item.media_type == "show"
    home = invent.countries(item)[0]
    told = {home: invent.certification(item, is_show)}
    if home != "US":
        known = invent.RATINGS_SHOW if is_show else invent.RATINGS_FILM
        told["US"] = known[invent.draw(item.item_key, "American", len(known))]
    if is_show:
        return [{"descriptors": [], "iso_3166_1": code, "rating": rating} for code, rating in told.items()]
    when = f"{invent.premiered(item).isoformat()}T00:00:00.000Z"
    return [
        {
            "iso_3166_1": code,
            "release_dates": [
                {
                    "certification": rating,
                    "descriptors": [],
                    "iso_639_1": "",
                    "note": "",
                    "release_date": when,
                    "type": 3,
                }
            ],
        }
        for code, rating in told.items()
    ]


def filmography(credits: Sequence[tuple[Work, Credit]]) -> Json:
    """What somebody acted in, and what else they did."""
    said: Json = {"cast": [], "crew": []}
    for work, credit in credits:
        told = {**shapes.found(work), "media_type": shapes.KINDS[work.item.media_type], **shapes.as_done(credit)}
        said["cast" if credit.is_cast else "crew"].append(told)
    return said
