"""Owns which season or episode of the library is which of those that a provider told of. Pure.

An episode is known by season and number, else by its number across seasons, else by the day it was first aired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any, Final

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.writing._state import Item, Work

__all__ = ["pairs"]

_Values = Mapping[str, Any]


def pairs(work: Work, facts: WorkFacts) -> Iterator[tuple[Item, WorkFacts]]:
    """Each item that was told of, with what was: the film or show first. Copies of an episode are told the same."""
    yield work.item, facts
    seasons = {part.fields.get("season_number"): part for part in facts.parts if part.media_type == "season"}
    episodes = [_by(key, facts.episodes()) for key in _KEYS]
    for item in work.parts:
        told = seasons.get(item.values["season_number"]) if item.media_type == "season" else _told(item, episodes)
        if told:
            yield item, told


def _told(item: Item, episodes: list[dict[Hashable, WorkFacts]]) -> WorkFacts | None:
    keyed = zip(_KEYS, episodes, strict=True)
    return next((told[key(item.values)] for key, told in keyed if key(item.values) in told), None)


def _by(key: Callable[[_Values], Hashable], episodes: Iterable[WorkFacts]) -> dict[Hashable, WorkFacts]:
    """Episodes by what only one of them has."""
    found: dict[Hashable, list[WorkFacts]] = defaultdict(list)
    for episode in episodes:
        found[key(episode.fields)].append(episode)
    return {value: told for value, (told, *others) in found.items() if value is not None and not others}


def _number(values: _Values) -> Hashable:
    season, number = values.get("season_number"), values.get("episode_number")
    return None if season is None or number is None else (season, number)


_KEYS: Final[tuple[Callable[[_Values], Hashable], ...]] = (
    _number,
    lambda values: values.get("absolute_number"),
    lambda values: values.get("premiered_on"),
)
