"""Owns how alike two works' titles are: the best pair of all their spellings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from rapidfuzz import fuzz

from mediamgr.titles._spelling import Spelling

__all__ = ["Likeness", "liken"]

Kind = Literal["same", "cut", "alike", "within", "numbered", "plural"]
_RANK: Final[dict[Kind, int]] = {"same": 5, "alike": 4, "cut": 3, "within": 3, "plural": 2, "numbered": 1}
_WITHIN: Final = 2
"""Words that a title needs so that its being a part of another says something."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two titles are.

    Attributes:
        kind: same; alike, as far as the percentage says; cut, the same but for a subtitle; within, one's words are
            among the other's; plural, words that differ by an s; numbered, their numbers differ.
        percent: 0 to 100, of rapidfuzz.
        ours: Of the first work, the title that was the most alike.
        theirs: Of the second work.
    """

    kind: Kind
    percent: float
    ours: str
    theirs: str


def liken(ours: Iterable[Spelling], theirs: Iterable[Spelling], years: frozenset[str]) -> Likeness:
    """The most alike of all pairs. `years`: of both works, that count as no number of a title."""
    return max(_pairs(ours, theirs, years), key=lambda each: (_worth(each), _RANK[each.kind]))


def _pairs(ours: Iterable[Spelling], theirs: Iterable[Spelling], years: frozenset[str]) -> Iterator[Likeness]:
    for own, other in product(tuple(ours), tuple(theirs)):
        # two of a series are the same without their subtitles
        if own.is_cut and other.is_cut:
            continue
        yield _compared(_undated(own, years), _undated(other, years))


def _worth(likeness: Likeness) -> float:
    """For the choice between pairs: what is the same by its numbers and words goes before what only looks so."""
    below = {"same": 0, "alike": 0, "cut": 12, "within": 12, "plural": 20, "numbered": 30}[likeness.kind]
    return likeness.percent - below


def _undated(spelling: Spelling, years: frozenset[str]) -> Spelling:
    """Without a year at its end that is the work's own: left over from a file's name."""
    words = spelling.key.split()
    if len(words) < 2 or words[-1] not in years:
        return spelling
    return Spelling(spelling.title, " ".join(words[:-1]), spelling.numbers[:-1], spelling.is_cut)


def _compared(own: Spelling, other: Spelling) -> Likeness:
    kind, percent = _kind(own, other)
    return Likeness(kind, percent, own.title, other.title)


def _kind(own: Spelling, other: Spelling) -> tuple[Kind, float]:
    if own.key.replace(" ", "") == other.key.replace(" ", ""):
        return ("cut" if own.is_cut or other.is_cut else "same"), 100.0
    percent = max(fuzz.ratio(own.key, other.key), fuzz.token_sort_ratio(own.key, other.key))
    if _is_numbered_apart(own, other):
        return "numbered", percent
    mine, yours = set(own.key.split()), set(other.key.split())
    if mine == yours:
        return "alike", percent
    if {word.removesuffix("s") for word in mine} == {word.removesuffix("s") for word in yours}:
        return "plural", percent
    if min(len(mine), len(yours)) >= _WITHIN and (mine <= yours or yours <= mine):
        return "within", max(percent, 90.0)
    # a half of one that is nearly the other proves as little as one that is it
    return ("within" if own.is_cut or other.is_cut else "alike"), percent


def _is_numbered_apart(own: Spelling, other: Spelling) -> bool:
    """Whether they are different parts of a series; the first part is often told without its number."""
    first, second = sorted((own.numbers, other.numbers), key=len)
    return first != second and not (not first and second == ("1",))
