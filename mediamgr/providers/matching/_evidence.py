"""Owns what speaks for and against two being the same work, and how much: the logarithm of how far it moves the odds.

Figures are in natural logarithms: 3 is twenty to one. Chosen by measurement, see docs/decisions/0017.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching._wanted import Wanted
from mediamgr.titles import Likeness

__all__ = ["MOST_UNSEEN", "PRIOR", "Reason", "by_episodes", "by_id", "by_runtime", "by_title", "by_year"]

PRIOR: Final = -4.0
"""Before anything is known: of fifty that a search gives one is the right one."""
_SAME_TITLE: Final = 6.0
_LIKENESS: Final = ((100.0, 5.5), (95.0, 4.5), (90.0, 3.5), (85.0, 2.0), (80.0, 0.5), (70.0, -2.0), (50.0, -4.0))
"""Percent and weight; straight lines between."""
_CUT_TITLE: Final = 3.5
_WITHIN_TITLE: Final = (90.0, 2.5)
_PLURAL_TITLE: Final = 1.0
_OTHER_NUMBER: Final = -4.0
_YEARS_APART: Final = {0: 3.0, 1: 1.0, 2: -1.5, 3: -3.0}
_FURTHER_APART: Final = -5.0
_SAME_RUNTIME: Final = 2.0
MOST_UNSEEN: Final = _SAME_RUNTIME
"""The most that a work of a list of results may gain by being seen whole."""
_OTHER_ID: Final = -9.0
_LONGER_CUT: Final = 0.3
"""How much longer than what was released another cut may be, as a share."""


@dataclass(frozen=True, slots=True)
class Reason:
    """What speaks for (above 0) or against two being the same, in words and as a weight."""

    text: str
    weight: float

    def __str__(self) -> str:
        return self.text


def by_id(wanted: Wanted, candidate: WorkFacts) -> tuple[bool | None, list[Reason]]:
    """Whether ids say that they are the same (True) or not (False); None when there is none that both have."""
    both = sorted(source for source in wanted.ids if source in candidate.ids)
    same = [source for source in both if wanted.ids[source].strip().lower() == candidate.ids[source].strip().lower()]
    reasons = [Reason(f"same {source} id {wanted.ids[source]}", -PRIOR + 9.0) for source in same]
    other = [source for source in both if source not in same]
    reasons += [
        Reason(f"different {source} id ({wanted.ids[source]} – {candidate.ids[source]})", _OTHER_ID) for source in other
    ]
    return (not other if both else None), reasons


def by_title(likeness: Likeness, shown: str) -> Reason:
    """Of two titles; `shown` is the candidate's own."""
    named = "" if likeness.theirs == shown else f" as “{likeness.theirs}”"
    both = f"“{likeness.ours}” – “{likeness.theirs}”"
    match likeness.kind:
        case "same":
            return Reason(f"title the same{named}", _SAME_TITLE)
        case "cut":
            return Reason(f"title the same but for a subtitle ({both})", _CUT_TITLE)
        case "numbered":
            return Reason(f"numbers in the titles differ ({both})", _OTHER_NUMBER)
        case "plural":
            return Reason(f"titles differ by an s ({both})", _PLURAL_TITLE)
        case "within":
            floor, weight = _WITHIN_TITLE
            of_percent = _by_percent(likeness.percent)
            words = f"one title is a part of the other ({both})"
            return Reason(words, weight if likeness.percent >= floor else min(weight, of_percent))
        case _:
            return Reason(f"title {likeness.percent:.0f} % alike ({both})", _by_percent(likeness.percent))


def by_year(ours: int | None, theirs: int | None) -> Reason:
    """Festival and release are often a year apart; further is a remake."""
    if ours is None or theirs is None:
        return Reason("year unknown", 0.0)
    weight = _YEARS_APART.get(abs(theirs - ours), _FURTHER_APART)
    if ours == theirs:
        return Reason(f"year the same ({ours})", weight)
    return Reason(f"year {_apart(theirs - ours, 'year', 'later', 'earlier')} ({ours} – {theirs})", weight)


def by_runtime(ours: int | None, theirs: int | None) -> Reason | None:
    """In minutes; None when either is unknown. Another cut is longer than what was released, hardly ever shorter."""
    if not ours or not theirs:
        return None
    off = abs(theirs - ours)
    if off <= max(2, 0.02 * ours):
        return Reason("runtime the same" if not off else f"runtime {off} min off", _SAME_RUNTIME)
    text = f"runtime {off} min {'longer' if theirs > ours else 'shorter'}"
    if off <= max(5, 0.06 * ours):
        return Reason(text, 0.8)
    return Reason(text, -0.8 if theirs < ours <= (1 + _LONGER_CUT) * theirs else -2.5)


def by_episodes(wanted: Wanted, candidate: WorkFacts) -> Reason | None:
    """How many of the library's episodes the candidate lists, specials left out; None when either has none."""
    own = {(season, number) for season, numbers in wanted.episodes.items() if season for number in numbers}
    listed = set(_numbered(candidate))
    if not own or not listed:
        return None
    found = len(own & listed)
    text = f"{found} of {len(own)} episodes are listed"
    share = found / len(own)
    if share >= 0.95:
        # that a few are listed says little: every show has a first season
        return Reason(text, 2.0 if len(own) > 20 else 1.0)
    return Reason(text, 0.0 if share >= 0.75 else -2.0 if share >= 0.4 else -4.0)


def _numbered(candidate: WorkFacts) -> Iterator[tuple[int, int]]:
    for each in candidate.episodes():
        season, number = each.fields.get("season_number"), each.fields.get("episode_number")
        if season is not None and number is not None:
            yield season, number


def _by_percent(percent: float) -> float:
    upper = _LIKENESS[0]
    for lower in _LIKENESS:
        if percent >= lower[0]:
            if lower is upper:
                return lower[1]
            share = (percent - lower[0]) / (upper[0] - lower[0])
            return lower[1] + share * (upper[1] - lower[1])
        upper = lower
    return upper[1]


def _apart(by: int, unit: str, more: str, less: str) -> str:
    count = "one" if abs(by) == 1 else str(abs(by))
    return f"{count}{'' if abs(by) == 1 else f' {unit}s'} {more if by > 0 else less}"
