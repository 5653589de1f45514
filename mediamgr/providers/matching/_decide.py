"""Owns what follows from the scores: matched, to be looked at, or nothing; and what is worth asking for before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.matching._evidence import MOST_UNSEEN
from mediamgr.providers.matching._judge import Match, judge_all
from mediamgr.providers.matching._wanted import Wanted

__all__ = ["THRESHOLDS", "Decision", "Thresholds", "decide", "needs_more"]

_MOST_SHOWN: Final = 5
_MOST_WHOLE: Final = 3
_LEAD: Final = 2.0
"""How much better than the next one the best has to be, as a logarithm of the odds: seven to one."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which score on something is done.

    Attributes:
        automatic: It is taken without asking anybody.
        review: Somebody is asked; below nothing is said.
    """

    automatic: float = 0.97
    review: float = 0.2


THRESHOLDS: Final = Thresholds()
"""Chosen by measurement, see docs/decisions/0017."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done with an item.

    Attributes:
        status: matched: the first match is taken; doubtful: somebody has to look; nothing: it is not there.
        matches: At most 5 that reach the review threshold, best first.
        reason: Why it was decided so, in words.
    """

    status: Literal["matched", "doubtful", "nothing"]
    matches: tuple[Match, ...]
    reason: str


def decide(wanted: Wanted, candidates: Iterable[WorkFacts], thresholds: Thresholds = THRESHOLDS) -> Decision:
    """Which of the candidates it is. A work that comes twice counts once, as it was told most wholly."""
    ranked = _ranked(wanted, candidates)
    shown = tuple(match for match in ranked if match.score >= thresholds.review)[:_MOST_SHOWN]
    if not shown:
        why = "nothing was found" if not ranked else f"nothing found is likely enough ({ranked[0].score:.0%})"
        return Decision("nothing", (), why)
    if doubt := _doubt(ranked, thresholds):
        return Decision("doubtful", shown, doubt)
    return Decision("matched", shown, "an id says so" if shown[0].is_by_id else f"{shown[0].score:.0%} likely")


def needs_more(
    wanted: Wanted, candidates: Iterable[WorkFacts], thresholds: Thresholds = THRESHOLDS
) -> tuple[WorkFacts, ...]:
    """The few of a list of results worth asking for as a whole before it is decided, best first; at most 3.

    None when the results alone are certain enough. When none of them looks like it, the one the provider named first if
    it is of that year: it may go by a name that only the whole tells.
    """
    several = list(candidates)
    ranked = _ranked(wanted, several)
    if not ranked or not _doubt(ranked, thresholds):
        return ()
    if not any(_may_count(match, thresholds) for match in ranked):
        return tuple(each for each in several[:1] if _may_be_renamed(wanted, each))
    best = ranked[0].weight
    worth = [match for match in ranked if best - match.weight < _LEAD + MOST_UNSEEN and _may_count(match, thresholds)]
    return tuple(match.candidate for match in worth[:_MOST_WHOLE] if not match.candidate.is_whole)


def _ranked(wanted: Wanted, candidates: Iterable[WorkFacts]) -> list[Match]:
    """Best first; of equals the one that the provider named first."""
    told: dict[tuple[str, str], WorkFacts] = {}
    for each in candidates:
        known = told.get((each.provider, each.id))
        if known is None or (each.is_whole and not known.is_whole):
            told[each.provider, each.id] = each
    return sorted(judge_all(wanted, told.values()), key=lambda match: (-(match.is_by_id or False), -match.weight))


def _doubt(ranked: Sequence[Match], thresholds: Thresholds) -> str:
    """Why the best of them cannot be taken unasked; "" when it can."""
    best, *others = ranked
    if best.is_by_id is False:
        return "an id says that it is another"
    if best.score < thresholds.automatic:
        return f"only {best.score:.0%} likely"
    if best.is_by_id:
        return "two have the same id" if any(other.is_by_id for other in others) else ""
    rivals = sum(best.weight - _at_best(other, best) < _LEAD for other in others)
    return f"{rivals + 1} are about as likely" if rivals else ""


def _at_best(match: Match, beside: Match) -> float:
    """What it would come to if all that is not seen of it, and is of the other, spoke for it."""
    unseen = beside.candidate.is_whole and not match.candidate.is_whole
    return match.weight + (MOST_UNSEEN if unseen else 0.0)


def _may_be_renamed(wanted: Wanted, first: WorkFacts) -> bool:
    known = wanted.year is not None and first.year is not None and wanted.media_type == first.media_type
    return known and not first.is_whole and abs((first.year or 0) - (wanted.year or 0)) <= 1


def _may_count(match: Match, thresholds: Thresholds) -> bool:
    return match.score >= thresholds.review / 2
