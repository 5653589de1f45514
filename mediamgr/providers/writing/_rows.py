"""Owns the records that hang on an item: people, pictures, ids and listed episodes, from what a provider says. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from mediamgr.providers.facts import CreditFacts, WorkFacts
from mediamgr.providers.writing._state import Item, Work
from mediamgr.search import normalise

__all__ = ["Row", "credits", "differing_ids", "listed", "new_ids", "people", "person_ids", "pictures"]

Row = dict[str, Any]
_MOST_PICTURES: Final = 3
"""References of a type that are kept; one of them is downloaded, the others are there in case it cannot be."""
_OF_EPISODES: Final = (
    "season_number", "episode_number", "absolute_number", "premiered_on", "runtime_minutes",
)  # fmt: skip


def people(facts: WorkFacts) -> Iterator[Row]:
    """Records of person."""
    for credit in facts.credits:
        yield {"person_key": _person_key(credit), "name": credit.name}


def person_ids(facts: WorkFacts) -> Iterator[Row]:
    """Records of external_id for people."""
    for credit in facts.credits:
        for source, value in credit.ids.items():
            key = _person_key(credit)
            yield {"person_key": key, "source": source, "id_space": "person", "external_id": value}


def credits(item: Item, facts: WorkFacts) -> Iterator[Row]:
    """Records of credit."""
    for credit in facts.credits:
        yield {
            "item_key": item.key, "person_key": _person_key(credit), "department": credit.department,
            "role": credit.role, "character": credit.character, "position": credit.position,
        }  # fmt: skip


def pictures(item: Item, facts: WorkFacts) -> Iterator[Row]:
    """Records of artwork, to be downloaded: the best of each type."""
    places: Counter[str] = Counter()
    for picture in {(each.artwork_type, each.url): each for each in facts.pictures}.values():
        place = places[picture.artwork_type]
        places[picture.artwork_type] += 1
        if place < _MOST_PICTURES:
            yield {
                "item_key": item.key, "artwork_type": picture.artwork_type, "url": picture.url, "width": picture.width,
                "height": picture.height, "language": picture.language, "download_status": "pending",
                "position": place,
            }  # fmt: skip


def new_ids(item: Item, facts: WorkFacts) -> Iterator[Row]:
    """Records of external_id, of the sources that have none for the item yet."""
    for source, value in facts.ids.items():
        if source not in item.ids:
            yield {"item_key": item.key, "source": source, "id_space": item.media_type, "external_id": value}


def differing_ids(item: Item, facts: WorkFacts) -> Iterator[Row]:
    """Ids that contradict those the item has, which stay: source, held, told."""
    for source, value in facts.ids.items():
        if item.ids.get(source, value) != value:
            yield {"source": source, "held": item.ids[source], "told": value}


def listed(work: Work, facts: WorkFacts) -> Iterator[Row]:
    """Records of listed_episode: all that was told now, and of seasons that were not told what was before."""
    told = list(facts.episodes())
    seasons = {episode.fields.get("season_number") for episode in told}
    kept: Iterable[Mapping[str, Any]] = (row for row in work.listed if row["season_number"] not in seasons)
    for row in (*map(_listed, told), *kept):
        yield {**row, "item_key": work.item.key}


def _listed(episode: WorkFacts) -> Row:
    numbers = {name: episode.fields.get(name) for name in _OF_EPISODES}
    return {**numbers, "title": episode.title or None, "external_id": episode.id or None}


def _person_key(credit: CreditFacts) -> str:
    """As scans make it: of the first of the ids, else of the name."""
    if credit.ids:
        return ":".join(min(credit.ids.items()))
    return f"name:{normalise(credit.name) or credit.name.strip().lower()}"
