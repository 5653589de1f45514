"""Owns the order of trust, the same for every field: NFO, then provider, then folder, then file name, then guess.

What the file itself says fills only what nobody else knew. Folder before file name before guess is settled in
`names`; here the NFO comes on top.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from mediamgr.ingest.names import NameFacts
from mediamgr.ingest.nfo import NfoFacts
from mediamgr.ingest.probe import Probe
from mediamgr.search import normalise

__all__ = ["matching", "measured", "merged", "name_key", "numbers", "told_fields", "trusted"]

_NFO_FIELDS: Final = (
    "title", "sort_title", "original_title", "year", "season_number", "episode_number", "premiered_on",
    "runtime_minutes", "rating", "votes", "user_rating", "content_rating", "tagline", "plot", "genres", "tags",
    "countries", "studios", "collection", "series_status",
)  # fmt: skip


def trusted(facts: NameFacts, told: Sequence[NfoFacts], show: Sequence[NfoFacts]) -> NameFacts:
    """What the names say, corrected by what kind of thing and which numbers the NFO says it is.

    `told`: of the file's own NFO; `show`: of the tvshow.nfo around it.
    """
    kinds = {nfo.kind for nfo in told} - {None}
    if kinds == {"movie"} and facts.media_type == "episode":
        return replace(facts, media_type="movie", title=told[0].title or facts.title, year=told[0].year)
    if kinds != {"episode"}:
        return facts
    if facts.media_type == "movie":
        named = next((nfo.title for nfo in show if nfo.title), None)
        title = named or told[0].show_title or facts.title
        facts = replace(facts, media_type="episode", title=title, year=None, episode_title=told[0].title)
    counted = tuple(sorted({n.episode_number for n in told if n.episode_number is not None}))
    seasons = {n.season_number for n in told if n.season_number is not None}
    if not counted or len(seasons) != 1 or (set(counted) <= set(facts.episodes) and seasons == {facts.season}):
        return facts
    return replace(facts, season=seasons.pop(), episodes=counted)


def told_fields(nfo: NfoFacts | None) -> dict[str, Any]:
    """The fields an NFO fills: those it has something for."""
    if nfo is None:
        return {}
    values = {name: getattr(nfo, name) for name in _NFO_FIELDS}
    return {name: list(v) if isinstance(v, tuple) else v for name, v in values.items() if v not in (None, (), "")}


def measured(nfo: NfoFacts | None, facts: NameFacts, probe: Probe | None) -> dict[str, Any]:
    """The runtime of the file itself, where the NFO has none; a part of a film is not its length."""
    seconds = probe.duration_seconds if probe else None
    if (nfo and nfo.runtime_minutes) or not seconds or seconds < 30 or facts.part_number:
        return {}
    return {"runtime_minutes": round(seconds / 60)}


def merged(
    said: Sequence[tuple[Mapping[str, Any], NfoFacts | None]], known: tuple[str, frozenset[str]] | None
) -> dict[str, Any]:
    """One record of all that was said of an item, each time with what an NFO told of it.

    `known`: its title in the library and the fields that an NFO, a provider or the user filled. A version of a film
    that has no NFO leaves what the NFO of another said.
    """
    title, told = known or (said[0][0]["title"], frozenset())
    held = set(told)
    item: dict[str, Any] = {"title": title}
    for row, nfo in said:
        by_nfo = told_fields(nfo).keys()
        item |= {n: v for n, v in row.items() if v is not None and (n in by_nfo or n not in held)}
        held |= by_nfo
    return item


def name_key(title: str) -> str:
    """A title as a part of a natural key; never empty, whatever signs it is made of."""
    return normalise(title) or title.strip().lower()


def numbers(facts: NameFacts) -> list[tuple[str, str, dict[str, Any]]]:
    """(suffix of the natural key, title, numbering columns) of each episode a file holds, at least one."""
    if facts.episodes:
        season = 1 if facts.season is None else facts.season
        across = facts.absolute if len(facts.absolute) == len(facts.episodes) else (None,) * len(facts.episodes)
        return [
            (
                f"s{season:02d}e{number:02d}",
                title,
                {"season_number": season, "episode_number": number, "absolute_number": overall},
            )
            for number, overall, title in zip(facts.episodes, across, _titles(facts, facts.episodes), strict=True)
        ]
    if facts.absolute:
        titles = _titles(facts, facts.absolute)
        return [
            (f"e{number:03d}", title, {"absolute_number": number})
            for number, title in zip(facts.absolute, titles, strict=True)
        ]
    if facts.aired_on:
        day = facts.aired_on.isoformat()
        return [(day, facts.episode_title or day, {"premiered_on": facts.aired_on})]
    title = facts.episode_title or facts.title
    return [(name_key(title), title, {"season_number": facts.season} if facts.season is not None else {})]


def _titles(facts: NameFacts, counted: Sequence[int]) -> list[str]:
    """A title for each episode: its own of "A + B", a part of a common one, or its number."""
    if facts.episode_title is None:
        return [f"Episode {number}" for number in counted]
    parts = facts.episode_title.split(" + ") if " + " in facts.episode_title else facts.episode_title.split(" & ")
    if len(parts) == len(counted):
        return [part.strip() for part in parts]
    return [f"{facts.episode_title} ({part})" for part in range(1, len(counted) + 1)]


def matching(told: Sequence[NfoFacts], wanted: Mapping[str, Any], position: int) -> NfoFacts | None:
    """Of the episodes in an NFO the one of that number, else the one in that place."""
    pair = (wanted.get("season_number"), wanted.get("episode_number"))
    for nfo in told:
        if pair[1] is not None and (nfo.season_number, nfo.episode_number) == pair:
            return nfo
    return told[position] if position < len(told) else None
