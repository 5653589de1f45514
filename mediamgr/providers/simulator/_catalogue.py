"""Owns what the simulated providers know: the library, read as they see it.

A provider knows a work once, however many libraries of the file hold a copy: the first copy stands for all, with the
ids of all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final, Protocol, TypeVar

import polars as pl

from mediamgr.providers.simulator._numbers import (
    PEOPLE_FROM,
    derived,
    derived_imdb,
    number_of_imdb,
    underived,
)
from mediamgr.repository import ItemFilters, MediaItem, MediaItemRepository, PersonRepository

__all__ = ["Catalogue", "Credit", "KnownLibrary", "Person", "Work", "in_turn"]

_Found = TypeVar("_Found")
_MOST_FOUND: Final = 1_000
"""Results of a search that are counted and can be paged through."""
_MEANT: Final = ("exact", "prefix", "words", "substring")
_FIELDS: Final = [field.name for field in fields(MediaItem)]


@dataclass(frozen=True, slots=True)
class Work:
    """A film, show, season or episode.

    Attributes:
        item: As the library has it.
        ids: Source to id, those that the library has.
        show_id: The show (media_item.id) of a season or an episode; else its own.
    """

    item: MediaItem
    ids: Mapping[str, str]
    show_id: int

    def number(self, source: str) -> int:
        """What a source that counts calls it."""
        own = self.ids.get(source, "")
        return int(own) if own.isascii() and own.isdecimal() else derived(self.item.id)

    @property
    def imdb(self) -> str:
        """What IMDb calls it."""
        return self.ids.get("imdb") or derived_imdb("tt", self.item.id)

    @property
    def wikidata(self) -> str:
        """Its item at Wikidata: "Q1860"."""
        return self.ids.get("wikidata") or f"Q{derived(self.item.id)}"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody; `ids` are those that the library has, by source."""

    id: int
    name: str
    ids: Mapping[str, str]

    def number(self, source: str) -> int:
        """What a source that counts calls them."""
        own = self.ids.get(source, "")
        return int(own) if own.isascii() and own.isdecimal() else derived(self.id)

    @property
    def imdb(self) -> str:
        """What IMDb calls them."""
        return self.ids.get("imdb") or derived_imdb("nm", self.id)

    @property
    def wikidata(self) -> str:
        """Their item at Wikidata."""
        return self.ids.get("wikidata") or f"Q{PEOPLE_FROM + self.id}"

    @property
    def key(self) -> str:
        """What is made up about them depends on this."""
        return f"person/{self.imdb}"


@dataclass(frozen=True, slots=True)
class Credit:
    """What somebody did in a work; `position` is their place among those who did the same, from 0."""

    work_id: int
    person: Person
    role: str
    character: str | None
    position: int

    @property
    def is_cast(self) -> bool:
        """Whether they are seen or heard in it."""
        return self.role in ("actor", "guest_star")


class KnownLibrary(Protocol):
    """A library that answers are made of; `mediamgr.Library` is one."""

    @property
    def path(self) -> Path: ...
    @property
    def items(self) -> MediaItemRepository: ...
    @property
    def people(self) -> PersonRepository: ...


class Catalogue:
    """The works and people of a library, which is asked each time: it may be closed meanwhile."""

    def __init__(self, library: KnownLibrary) -> None:
        self._library = library

    @property
    def _items(self) -> MediaItemRepository:
        return self._library.items

    @property
    def _people(self) -> PersonRepository:
        return self._library.people

    def works(self, item_ids: Sequence[int]) -> list[Work]:
        """Works in the order asked for, each once; copies are told as the first of them."""
        return list({work.item.id: work for work in self._works_by_id(item_ids).values()}.values())

    def work(self, item_id: int) -> Work | None:
        """One work; None when there is none."""
        return next(iter(self.works([item_id])), None)

    def found(self, text: str, media_type: str, year: int | None = None) -> list[int]:
        """Films or shows (media_item.id) with that in their title, best first; the title itself before others."""
        filters = ItemFilters(media_type=media_type)
        if year is not None:
            filters["year"] = year
        found = self._items.search(text, limit=_MOST_FOUND, **filters)
        ids = found.filter(found["match"].is_in(_MEANT))["id"].to_list()
        if not ids:
            return []
        first = dict(self._items.copies(ids).unique("id", keep="first").iter_rows())
        return list(dict.fromkeys(first[each] for each in ids))

    def called(self, source: str, media_type: str, external_id: str) -> Work | None:
        """The work that a source calls so; None when there is none."""
        if not external_id.strip():
            return None
        own = self._items.by_external_id(source, media_type, external_id)["media_item_id"].to_list()
        made = number_of_imdb("tt", external_id) if source == "imdb" else underived(external_id)
        work = next(iter(self.works(own or ([made] if made else []))), None)
        if work is None or work.item.media_type != media_type:
            return None
        # one that the library has an id for goes by that one only
        return work if own or source not in work.ids else None

    def listed(self, media_type: str, page: int, size: int) -> list[Work] | None:
        """A page of all works of a type, in a lasting order; fewer where there are copies. None after the last page."""
        rows = self._items.get_all(size, page * size, sort="added_at", media_type=media_type)["id"].to_list()
        works = [work for work in self.works(rows) if work.item.id in rows]
        return works if rows else None

    def parts(self, show: Work) -> tuple[list[Work], list[Work]]:
        """The seasons and the episodes of a show, those that have numbers, in order."""
        works = self.works(self._items.parts(show.item.id)["id"].to_list())
        seasons = [each for each in works if each.item.media_type == "season" and each.item.season_number is not None]
        episodes = [each for each in works if each.item.media_type == "episode" and _is_numbered(each.item)]
        return seasons, episodes

    def last_years(self, shows: Iterable[Work]) -> dict[int, int]:
        """The last year of each show (by media_item.id) that anything is known of."""
        ids = [show.item.id for show in shows]
        parts = self._items.parts(ids) if ids else None
        if parts is None:
            return {}
        return dict(parts.drop_nulls("year").group_by("show_id").agg(pl.col("year").max()).iter_rows())

    def credits(self, works: Iterable[Work]) -> dict[int, list[Credit]]:
        """Who did what in each work (by media_item.id), the cast in billing order and then the crew."""
        told: dict[int, list[Credit]] = {work.item.id: [] for work in works}
        rows = self._people.credits(list(told)) if told else None
        if rows is None:
            return told
        people = {person.id: person for person in self.people(rows["person_id"].unique().to_list())}
        for row in rows.iter_rows(named=True):
            of = told[row["media_item_id"]]
            position = row["position"] if row["position"] is not None else len(of)
            of.append(Credit(row["media_item_id"], people[row["person_id"]], row["role"], row["character"], position))
        return told

    def people(self, person_ids: Sequence[int]) -> list[Person]:
        """People in the order asked for."""
        if not person_ids:
            return []
        ids: dict[int, dict[str, str]] = defaultdict(dict)
        for person_id, source, external_id in self._people.external_ids(person_ids).iter_rows():
            ids[person_id].setdefault(source, external_id)
        names = self._people.get_many(person_ids).select("id", "name")
        return [Person(person_id, name, ids[person_id]) for person_id, name in names.iter_rows()]

    def person_called(self, source: str, external_id: str) -> Person | None:
        """Whom a source calls so; None when there is nobody."""
        if not external_id.strip():
            return None
        own = self._people.by_external_id(source, external_id)["person_id"].to_list()
        made = number_of_imdb("nm", external_id) if source == "imdb" else underived(external_id)
        person = next(iter(self.people(own[:1] or ([made] if made else []))), None)
        return person if person and (own or source not in person.ids) else None

    def people_found(self, name: str) -> list[int]:
        """People (person.id) with that in their name, best first."""
        found = self._people.search(name, limit=_MOST_FOUND)
        return list(found.filter(found["match"].is_in(_MEANT))["id"].to_list())

    def known_for(self, people: Sequence[Person]) -> dict[int, list[Work]]:
        """The films and shows that each of some people (by person.id) is known for."""
        rows = self._people.best_known_for([person.id for person in people]).rows() if people else []
        works = self._works_by_id([item for _, item in rows])
        known: dict[int, dict[int, Work]] = {person.id: {} for person in people}
        for person_id, item in rows:
            known[person_id].setdefault(works[item].item.id, works[item])
        return {person_id: list(each.values()) for person_id, each in known.items()}

    def worked_on(self, person: Person) -> list[tuple[Work, Credit]]:
        """The films and shows somebody worked on, newest first, and what they did there."""
        done = self._people.filmography(person.id).filter(pl.col("media_type").is_in(["movie", "show"]))
        rows = done.select("media_item_id", "role", "character").rows()
        works = self._works_by_id([item for item, _, _ in rows])
        told = {(works[item].item.id, role): (works[item], role, as_) for item, role, as_ in rows}
        return [(work, Credit(work.item.id, person, role, as_, 0)) for work, role, as_ in told.values()]

    def names_used(self) -> list[tuple[str, str]]:
        """Names and codes in use: (kind, name), of the kinds genre, studio, country and language."""
        return self._items.names_used().rows()

    def _works_by_id(self, item_ids: Sequence[int]) -> dict[int, Work]:
        """Each id asked for to the work it is a copy of, in the order asked for; what is not there is left out."""
        if not item_ids:
            return {}
        first: dict[int, int] = {}
        main: dict[int, int] = {}
        for asked, copy in self._items.copies(item_ids).iter_rows():
            main[copy] = first.setdefault(asked, copy)
        wanted = list(dict.fromkeys(first[asked] for asked in item_ids if asked in first))
        items = [MediaItem(**row) for row in self._items.get_many(wanted).select(_FIELDS).iter_rows(named=True)]
        ids, shows = self._ids_of(main), self._shows_of(items)
        works = {item.id: Work(item, ids[item.id], shows.get(item.id, item.id)) for item in items}
        return {asked: works[first[asked]] for asked in item_ids if asked in first}

    def _ids_of(self, main: Mapping[int, int]) -> dict[int, dict[str, str]]:
        """The ids of works; `main`: copy to the one that stands for it."""
        ids: dict[int, dict[str, str]] = {each: {} for each in main.values()}
        for copy, source, _, external_id in self._items.external_ids(list(main)).iter_rows():
            ids[main[copy]].setdefault(source, external_id)
        return ids

    def _shows_of(self, items: Iterable[MediaItem]) -> dict[int, int]:
        """The show of each season and episode."""
        parents = {item.id: item.parent_id for item in items if item.parent_id is not None}
        above = self._items.get_many(sorted(set(parents.values()))).select("id", "parent_id") if parents else None
        shows = {} if above is None else {own: parent or own for own, parent in above.iter_rows()}
        return {item: shows.get(parent, parent) for item, parent in parents.items()}


def in_turn(*found: Iterable[_Found]) -> list[_Found]:
    """The first of each, then the second of each, and so on: what is called so comes first, of every kind."""
    turns = [(place, each) for several in found for place, each in enumerate(several)]
    return [each for _, each in sorted(turns, key=lambda turn: turn[0])]


def _is_numbered(item: MediaItem) -> bool:
    return item.season_number is not None and item.episode_number is not None
