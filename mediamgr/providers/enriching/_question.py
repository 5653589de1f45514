"""Owns finding an item at one provider with as few questions as will do: by an id, else by its titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching import Decision, Wanted, decide, settle
from mediamgr.providers.protocol import Provider
from mediamgr.titles import search_texts

__all__ = ["Answered", "Question", "answered"]

_SEASONS: Final = 3


@dataclass(frozen=True, slots=True)
class Question:
    """An item that a provider is to be asked for.

    Attributes:
        wanted: What the library knows of it.
        accepted: What the provider calls it, when that was found before and its facts were not written; else None.
    """

    wanted: Wanted
    accepted: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question.

    Attributes:
        question: Which.
        decision: Whether it was found; None when that was known before.
        facts: All that the provider knows of it; None unless it was found.
    """

    question: Question
    decision: Decision | None
    facts: WorkFacts | None


def answered(provider: Provider, question: Question) -> Answered:
    """Ask. Raises what the provider raises: `ProviderError`."""
    wanted = question.wanted
    if question.accepted is not None:
        return Answered(question, None, provider.get(wanted.media_type, question.accepted))
    if by_id := _by_id(provider, question):
        return by_id
    decision = _searched(provider, _in_short(wanted))
    if decision.status != "matched":
        return Answered(question, decision, None)
    return Answered(question, decision, _all_of(provider, decision.matches[0].candidate))


def _by_id(provider: Provider, question: Question) -> Answered | None:
    """What ids lead to, unless they lead nowhere or elsewhere."""
    wanted = question.wanted
    own = provider.identify(wanted.media_type, wanted.ids) if wanted.ids else None
    facts = provider.get(wanted.media_type, own) if own else None
    decision = decide(wanted, [facts]) if facts else None
    return Answered(question, decision, facts) if decision and decision.status == "matched" else None


def _searched(provider: Provider, wanted: Wanted) -> Decision:
    """The decision after the first search that settles it, else after all of them."""
    found: list[WorkFacts] = []
    decision = decide(wanted, found)
    for text, year in _searches(provider, wanted):
        known = {each.id for each in found}
        found += [each for each in provider.search(text, wanted.media_type, year=year) if each.id not in known]
        decision = settle(wanted, found, partial(_whole, provider, wanted))
        if decision.status == "matched":
            break
    return decision


def _searches(provider: Provider, wanted: Wanted) -> Iterator[tuple[str, int | None]]:
    """Titles and years to search for: a release of the year before is found without the year only."""
    for text in search_texts(wanted.titles):
        if wanted.year is not None and provider.capabilities.narrows_by_year:
            yield text, wanted.year
        yield text, None


def _in_short(wanted: Wanted) -> Wanted:
    """The item with the episodes of its fullest seasons only: they tell which show it is, and each is a question."""
    fullest = sorted(wanted.episodes, key=lambda season: (-len(wanted.episodes[season]), season))[:_SEASONS]
    return replace(wanted, episodes={season: wanted.episodes[season] for season in fullest})


def _all_of(provider: Provider, found: WorkFacts) -> WorkFacts:
    """Of a film what was looked at already; of a show all seasons, for only some were."""
    if found.is_whole and found.media_type == "movie":
        return found
    # what a search finds and is not there has gone since
    return provider.get(found.media_type, found.id) or found


def _whole(provider: Provider, wanted: Wanted, found: WorkFacts) -> WorkFacts | None:
    return provider.get(wanted.media_type, found.id, seasons=frozenset(wanted.episodes))
