"""Owns the items of Wikidata: works, people, the characters they play, and the genres, places and makers named there.

Every item is found again by its number alone, whatever was asked before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from mediamgr.providers.simulator import _invent as invent
from mediamgr.providers.simulator import _wikidata_shapes as shapes
from mediamgr.providers.simulator._catalogue import Catalogue, Credit, Person, Work, in_turn
from mediamgr.providers.simulator._numbers import PEOPLE_FROM, number_of_name, underived
from mediamgr.providers.simulator._pictures import file_name
from mediamgr.providers.simulator._places import country, language
from mediamgr.providers.simulator._wikidata_shapes import Json, claim, item, name

__all__ = ["PROPERTIES", "Items"]

PROPERTIES: Final = {
    "P345": ("imdb", ("movie", "show", "episode")),
    "P4947": ("tmdb", ("movie",)),
    "P4983": ("tmdb", ("show",)),
    "P4985": ("tmdb", ()),
    "P4835": ("tvdb", ("show",)),
    "P8600": ("tvmaze", ("show",)),
}
"""Properties that hold ids: whose ids, and of which works; the first and P4985 are those of people, too."""
_CLASSES: Final = {"movie": "Q11424", "show": "Q5398426", "season": "Q3464665", "episode": "Q21191270", "person": "Q5"}
_CLASS_NAMES: Final = {
    "Q11424": "film", "Q5398426": "television series", "Q3464665": "television series season",
    "Q21191270": "television series episode", "Q5": "human", "Q7727": "minute", "Q201658": "film genre",
    "Q6256": "country", "Q34770": "language", "Q1616075": "television station", "Q15773347": "film character",
}  # fmt: skip
_NAME_CLASSES: Final = {"genre": "Q201658", "studio": "Q1616075", "country": "Q6256", "language": "Q34770"}
_NAMES_FROM: Final = 5_000_000_000
_CHARACTERS_FROM: Final = 20_000_000_000
_CREDITS: Final = 1_000
"""Credits of a work that can have an item for their character."""
_KINDS: Final = {"movie": "film", "show": "television series", "season": "season of a series", "episode": "episode"}
_ROLES: Final = {"director": "P57", "writer": "P58", "creator": "P170", "producer": "P162", "composer": "P86"}
_Claim = tuple[shapes.Value, Mapping[str, shapes.Value]]
_Said = Mapping[str, Sequence[_Claim]]
_Named = tuple[str, _Said]


class Items:
    """The items made of a catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def of(self, numbers: Sequence[str]) -> dict[str, Json | None]:
        """Items by number ("Q42"), in the order asked for; None for what is not there."""
        asked = dict.fromkeys(numbers)
        works = self._works({q: int(q[1:]) for q in asked})
        credits = self._catalogue.credits(works.values())
        told: dict[str, Json | None] = {}
        for q in asked:
            work = works.get(q)
            told[q] = self._work(work, credits[work.item.id]) if work else self._other(q)
        return told

    def called(self, p: str, external_id: str) -> list[str]:
        """The numbers of items of which a property holds this id."""
        source, kinds = PROPERTIES[p]
        found = [work.wikidata for kind in kinds if (work := self._catalogue.called(source, kind, external_id))]
        person = self._catalogue.person_called(source, external_id) if p in ("P345", "P4985") else None
        return found + ([person.wikidata] if person else [])

    def found(self, text: str, first: int, most: int) -> tuple[int, list[str]]:
        """How many films, shows and people have this in their name, and the numbers of some: each kind in turn."""
        works = [[(False, each) for each in self._catalogue.found(text, kind)] for kind in ("movie", "show")]
        found = in_turn(*works, [(True, each) for each in self._catalogue.people_found(text)])
        page = found[first : first + most]
        told = [
            (False, each.item.id, each.wikidata) for each in self._catalogue.works([i for who, i in page if not who])
        ]
        told += [(True, each.id, each.wikidata) for each in self._catalogue.people([i for who, i in page if who])]
        numbers = {(is_person, number): q for is_person, number, q in told}
        return len(found), [numbers[each] for each in page]

    def _works(self, numbers: Mapping[str, int]) -> dict[str, Work]:
        """The works among the items of these numbers."""
        own = {q: item for q in numbers if (item := underived(q[1:])) and numbers[q] < PEOPLE_FROM}
        works = {work.wikidata: work for work in self._catalogue.works(list(own.values()))}
        for q in numbers:
            if q not in works and (work := self._called_so(q)):
                works[q] = work
        return {q: works[q] for q in numbers if q in works}

    def _called_so(self, q: str) -> Work | None:
        """The work that the library knows by a number of the real Wikidata."""
        if underived(q[1:]) or q in self._named:
            return None
        return next((work for kind in _KINDS if (work := self._catalogue.called("wikidata", kind, q))), None)

    def _other(self, q: str) -> Json | None:
        number = int(q[1:])
        if number > _CHARACTERS_FROM:
            return self._character(q, *divmod(number - _CHARACTERS_FROM, _CREDITS))
        if PEOPLE_FROM < number < _NAMES_FROM:
            people = self._catalogue.people([number - PEOPLE_FROM])
            return _person(people[0]) if people and people[0].wikidata == q else None
        if q in self._named:
            label, said = self._named[q]
            return shapes.entity(q, label, "", [], shapes.claims(q, said))
        person = self._catalogue.person_called("wikidata", q)
        return _person(person) if person else None

    def _work(self, work: Work, credits: Sequence[Credit]) -> Json:
        q, about = work.wikidata, work.item
        others = [about.original_title] if about.original_title else []
        described = f"{about.year or invent.premiered(about).year} {_KINDS[about.media_type]}"
        said = {**_facts(work), **_ids(work), **_people(work, credits)}
        return shapes.entity(q, about.title, described, others, shapes.claims(q, said))

    def _character(self, q: str, item_id: int, place: int) -> Json | None:
        work = self._catalogue.work(item_id)
        credits = self._catalogue.credits([work])[work.item.id] if work else []
        if work is None or place >= len(credits) or not credits[place].character:
            return None
        said = shapes.claims(q, {"P31": [claim(item("Q15773347"))], "P1441": [claim(item(work.wikidata))]})
        return shapes.entity(q, str(credits[place].character), f"character in {work.item.title}", [], said)

    @cached_property
    def _named(self) -> dict[str, _Named]:
        """What has a name only, by number: its name and what is said of it."""
        named: dict[str, _Named] = {q: (label, {}) for q, label in _CLASS_NAMES.items()}
        for kind, label in (*self._catalogue.names_used(), *invent.NAMES):
            named[_q(kind, label)] = _of_name(kind, label)
        return named


def _of_name(kind: str, label: str) -> _Named:
    """The name of what is named so, and what is said of it."""
    said = {"P31": [claim(item(_NAME_CLASSES[kind]))]}
    if kind == "country":
        return country(label).name, {**said, "P297": [claim(name(label))]}
    if kind == "language":
        return language(label).name, {**said, "P218": [claim(name(language(label).code))]}
    return label, said


def _q(kind: str, label: str) -> str:
    """The number of what has a name or a code only; where it is known, the one it really has."""
    if kind == "language":
        tongue = language(label)
        return f"Q{tongue.wikidata or _NAMES_FROM + number_of_name(kind, tongue.code)}"
    real = country(label).wikidata if kind == "country" else None
    return f"Q{real or _NAMES_FROM + number_of_name(kind, label)}"


def _facts(work: Work) -> _Said:
    about = work.item
    tongue = language(invent.language(about)).code
    day = claim(shapes.time(invent.premiered(about)))
    places = [claim(item(_q("country", code))) for code in invent.countries(about)]
    makers = [claim(item(_q("studio", studio))) for studio in invent.studios(about)]
    is_whole = about.media_type in ("movie", "show")
    return {
        "P31": [claim(item(_CLASSES[about.media_type]))],
        "P1476": [claim(shapes.text(about.original_title or about.title, tongue))],
        "P580" if about.media_type == "show" else "P577": [day],
        "P2047": [claim(shapes.quantity(invent.runtime(about), "Q7727"))] if about.media_type != "season" else [],
        "P136": [claim(item(_q("genre", genre))) for genre in invent.genres(about)] if is_whole else [],
        "P364": [claim(item(_q("language", tongue)))] if is_whole else [],
        "P495": places if is_whole else [],
        "P449": makers if about.media_type == "show" else [],
        "P272": makers if about.media_type == "movie" else [],
        "P18": [claim(shapes.pictured(file_name("poster", about.id)))] if is_whole else [],
    }


def _ids(work: Work) -> _Said:
    said = {}
    for p, (source, kinds) in PROPERTIES.items():
        if work.item.media_type in kinds:
            said[p] = [claim(name(work.imdb if source == "imdb" else str(work.number(source))))]
    return said


def _people(work: Work, credits: Sequence[Credit]) -> _Said:
    said: dict[str, list[_Claim]] = {"P161": []}
    for place, credit in enumerate(credits[:_CREDITS]):
        who = item(credit.person.wikidata)
        if credit.is_cast:
            said["P161"].append(claim(who, **_character(work, place, credit)))
        elif p := _ROLES.get(credit.role):
            said.setdefault(p, []).append(claim(who))
    return said


def _character(work: Work, place: int, credit: Credit) -> dict[str, shapes.Value]:
    """Who is played, as an item and as it is written."""
    if not credit.character:
        return {}
    number = _CHARACTERS_FROM + work.item.id * _CREDITS + place
    return {"P453": item(f"Q{number}"), "P4633": name(credit.character, "string")}


def _person(who: Person) -> Json:
    said = {
        "P31": [claim(item(_CLASSES["person"]))],
        "P569": [claim(shapes.time(invent.birthday(who.key)))],
        "P345": [claim(name(who.imdb))],
        "P4985": [claim(name(str(who.number("tmdb"))))],
        "P18": [claim(shapes.pictured(file_name("profile", who.id)))],
    }
    return shapes.entity(who.wikidata, who.name, "somebody in films and series", [], shapes.claims(who.wikidata, said))
