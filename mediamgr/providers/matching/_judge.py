"""Owns the score of one candidate: all evidence added up."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching._evidence import PRIOR, Reason, by_episodes, by_id, by_runtime, by_title, by_year
from mediamgr.providers.matching._wanted import Wanted
from mediamgr.titles import Spelling, liken, spellings

__all__ = ["Match", "judge", "judge_all"]

_SAID: Final = {"movie": "film"}


@dataclass(frozen=True, slots=True)
class Match:
    """How well a candidate fits.

    Attributes:
        candidate: The work, as far as it was told.
        score: 0 to 1, how probable it is that it is the same work; 1 by an id.
        reasons: What speaks for it and against it, ids first.
        is_by_id: Whether an external id says that it is the one (True) or another (False); None when there is no id
            that both know.
    """

    candidate: WorkFacts
    score: float
    reasons: tuple[Reason, ...]
    is_by_id: bool | None = None

    @property
    def weight(self) -> float:
        """What its reasons come to, in logarithms; above the score's ends it still tells better from good."""
        return PRIOR + sum(reason.weight for reason in self.reasons)


def judge(wanted: Wanted, candidate: WorkFacts) -> Match:
    """How well a candidate, whole or of a list of results, fits what is wanted."""
    return judge_all(wanted, [candidate])[0]


def judge_all(wanted: Wanted, candidates: Iterable[WorkFacts]) -> list[Match]:
    """Each in the order given; titles are taken apart all at once."""
    several = list(candidates)
    spelt = spellings([*wanted.titles, *(title for each in several for title in _titles(each))])
    return [_judged(wanted, each, spelt) for each in several]


def _judged(wanted: Wanted, candidate: WorkFacts, spelt: Mapping[str, tuple[Spelling, ...]]) -> Match:
    if candidate.media_type != wanted.media_type:
        words = f"a {_said(candidate.media_type)}, not a {_said(wanted.media_type)}"
        return Match(candidate, 0.0, (Reason(words, -20.0),), is_by_id=False)
    is_by_id, reasons = by_id(wanted, candidate)
    ours = [each for title in wanted.titles for each in spelt[title]]
    theirs = [each for title in _titles(candidate) for each in spelt[title]]
    years = frozenset(str(year) for year in (wanted.year, candidate.year) if year)
    reasons.append(by_title(liken(ours, theirs, years), candidate.title))
    reasons.append(by_year(wanted.year, candidate.year))
    more = (by_runtime(wanted.runtime_minutes, candidate.runtime_minutes), by_episodes(wanted, candidate))
    reasons += [reason for reason in more if reason]
    match = Match(candidate, 1.0, tuple(reasons), is_by_id)
    return match if is_by_id else Match(candidate, _score(match.weight), match.reasons, is_by_id)


def _titles(candidate: WorkFacts) -> list[str]:
    """All its names, its own first; one that is empty still is one."""
    original = candidate.fields.get("original_title")
    names = [candidate.title, *([original] if original else []), *(each for each in candidate.other_titles if each)]
    return list(dict.fromkeys(names))


def _score(weight: float) -> float:
    return 1.0 / (1.0 + math.exp(-weight))


def _said(media_type: str) -> str:
    return _SAID.get(media_type, media_type)
