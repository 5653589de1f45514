"""Owns how items of Wikidata become facts: which property means what, and which items are films and shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from mediamgr.countries import country_code
from mediamgr.languages import normalise_language
from mediamgr.providers.facts import ROLES, CreditFacts, MediaType, WorkFacts
from mediamgr.providers.genres import same_genres
from mediamgr.providers.reading import known
from mediamgr.providers.wikidata._claims import Claim, Item

__all__ = ["IDS", "found", "is_a", "mentioned", "whole"]

IDS: Final[Mapping[str, Mapping[MediaType, str]]] = {
    "imdb": {"movie": "P345", "show": "P345"},
    "tmdb": {"movie": "P4947", "show": "P4983"},
    "tvdb": {"movie": "P12196", "show": "P4835"},
    "tvmaze": {"show": "P8600"},
}
"""Source of external ids to the property that holds them."""
_CLASSES: Final[Mapping[MediaType, frozenset[str]]] = {
    "movie": frozenset(
        "Q11424 Q24862 Q202866 Q506240 Q29168811 Q93204 Q226730 Q24869 Q18011172 Q24865 Q20667187 Q110900120".split()
    ),
    "show": frozenset("Q5398426 Q1259759 Q581714 Q63952888 Q117467246 Q15416 Q526877 Q100269041 Q21664088".split()),
}
"""Film, short, animated, television, documentary, silent film, …; series, miniseries, animated and anime series, …"""
_PEOPLE: Final = {"P57": "director", "P58": "writer", "P162": "producer", "P86": "composer", "P170": "creator"}
_CAST, _CHARACTER, _CHARACTER_WRITTEN = "P161", "P453", "P4633"
_GENRES, _COUNTRIES, _LANGUAGES, _MINUTE = "P136", "P495", "P364", "Q7727"
_STUDIOS: Final[Mapping[MediaType, str]] = {"movie": "P272", "show": "P449"}
_BEGAN: Final[Mapping[MediaType, tuple[str, ...]]] = {"movie": ("P577",), "show": ("P580", "P577")}
_COUNTRY_CODE, _LANGUAGE_CODE = "P297", "P218"
_ENDINGS: Final = (" film", " television series", " series", " anime")
Named = Mapping[str, Item]


def is_a(item: Item, media_type: MediaType) -> bool:
    """Whether an item is a film, or a show: by its class, or because others number it as one."""
    if _CLASSES[media_type] & set(item.items("P31")):
        return True
    return bool(item.texts(IDS["tmdb"][media_type]))


def found(item: Item, media_type: MediaType, languages: Sequence[str]) -> WorkFacts:
    """A film or show, as far as its own item tells without the names of others."""
    title = item.label(languages) or item.q
    original = next(iter(item.texts("P1476")), None)
    days = sorted((day for p in _BEGAN[media_type][:1] for each in item.claims(p) if (day := each.day())), key=_order)
    days = days or sorted((day for each in item.claims(_BEGAN[media_type][-1]) if (day := each.day())), key=_order)
    minutes = [amount for each in item.claims("P2047") if (amount := each.amount(_MINUTE))]
    fields = known(
        original_title=original if original != title else None,
        year=days[0][0] if days else None,
        premiered_on=next((day for year, day in days if day and year == days[0][0]), None),
        runtime_minutes=round(minutes[0]) if minutes else None,
    )
    ids = {"wikidata": item.q}
    for source, properties in IDS.items():
        told = item.texts(properties[media_type]) if media_type in properties else []
        if len(told) == 1:
            ids[source] = told[0]
    others = tuple(name for name in dict.fromkeys((*([original] if original else []), *item.names())) if name != title)
    return WorkFacts("wikidata", item.q, media_type, title, fields, ids, others)


def mentioned(item: Item) -> tuple[list[str], list[str]]:
    """The items whose names are needed: of people, genres and makers; and of countries and languages, with codes."""
    names = (_CAST, *_PEOPLE, _GENRES, *_STUDIOS.values())
    characters = [q for each in item.claims(_CAST) if (q := _played(each)) and not _as_written(each)]
    return [q for p in names for q in item.items(p)] + characters, item.items(_COUNTRIES) + item.items(_LANGUAGES)


def whole(item: Item, media_type: MediaType, languages: Sequence[str], named: Named) -> WorkFacts:
    """All of a film or show; `named`: the items it mentions."""
    short = found(item, media_type, languages)
    fields = known(
        genres=same_genres(map(_genre, _labels(item.items(_GENRES), named, languages))),
        countries=_codes(item.items(_COUNTRIES), named, languages, _COUNTRY_CODE),
        studios=_labels(item.items(_STUDIOS[media_type]), named, languages),
        original_language=next(iter(_codes(item.items(_LANGUAGES), named, languages, _LANGUAGE_CODE)), None),
    )
    return WorkFacts(
        "wikidata",
        item.q,
        media_type,
        short.title,
        {**short.fields, **fields},
        short.ids,
        short.other_titles,
        tuple(_credits(item, named, languages)),
        is_whole=True,
    )


def _order(day: tuple[int, object]) -> tuple[int, str]:
    return day[0], str(day[1] or "9999")


def _labels(numbers: Iterable[str], named: Named, languages: Sequence[str]) -> list[str]:
    labels = (named[q].label(languages) for q in numbers if q in named)
    return list(dict.fromkeys(label for label in labels if label))


def _genre(label: str) -> str:
    """ "drama film" is Drama."""
    for ending in _ENDINGS:
        if label.casefold().endswith(ending) and len(label) > len(ending):
            label = label[: -len(ending)]
    return label[:1].upper() + label[1:]


def _codes(numbers: Iterable[str], named: Named, languages: Sequence[str], p: str) -> list[str]:
    understood = country_code if p == _COUNTRY_CODE else normalise_language
    items = [named[q] for q in numbers if q in named]
    told = (next(iter(each.texts(p)), None) or each.label(languages) or "" for each in items)
    return list(dict.fromkeys(code for each in told if (code := understood(each))))


def _credits(item: Item, named: Named, languages: Sequence[str]) -> Iterable[CreditFacts]:
    for p, role in {_CAST: "actor", **_PEOPLE}.items():
        people = [(each, q) for each in item.claims(p) if (q := each.item()) and q in named]
        for position, (each, q) in enumerate(people):
            if name := named[q].label(languages):
                character = _character(each, named, languages) if p == _CAST else None
                yield CreditFacts(name, role, ROLES[role], character, position, {"wikidata": q})


def _character(claim: Claim, named: Named, languages: Sequence[str]) -> str | None:
    q = _played(claim)
    return _as_written(claim) or (named[q].label(languages) if q in named else None)


def _played(claim: Claim) -> str:
    """The item of the character."""
    told = next(claim.qualifiers.each(_CHARACTER), None)
    return (told and told.one("datavalue").one("value").text("id")) or ""


def _as_written(claim: Claim) -> str | None:
    told = next(claim.qualifiers.each(_CHARACTER_WRITTEN), None)
    return told.one("datavalue").text("value") if told else None
