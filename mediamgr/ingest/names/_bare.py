"""Owns the finding of a bare number in a file name: `Show - 012 - Name`, `Show 103`, `103 - Name`.

Only where it stands and how it is written is found here; what it counts is settled in `_counting`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from mediamgr.ingest.names._codes import CODE, DAY
from mediamgr.ingest.names._folders import NamedPath
from mediamgr.ingest.names._words import compare_key

__all__ = ["BareNumber", "find_bare"]

_MARK: Final = r"(?P<mark>(?:Episode|Ep|E|#)[ ._]?)?"
_COUNT: Final = r"(?P<first>\d{1,4})(?:-(?P<last>\d{1,4}))?(?:v\d)?"
_DASHED: Final = re.compile(rf"[ _]-[ _]{_MARK}{_COUNT}(?=$|[ _]+-[ _]|[ _]*[\[(])", re.IGNORECASE)
_PLAIN: Final = re.compile(rf"[ ._-]{_MARK}{_COUNT}(?=$|[ ._]|[ _]?[\[(])", re.IGNORECASE)
_FIRST: Final = re.compile(rf"{_MARK}{_COUNT}(?=$|[ _]+-[ _])", re.IGNORECASE)
_GROUP: Final = re.compile(r"\[[^\[\]]*\][ ._]?")
_YEAR_AFTER: Final = re.compile(r"(?:19\d|20[0-4])\d(?!\d)")
_SEASON_LAST: Final = re.compile(
    r"[ ._]+(?:-[ ._]+)?(?:(?:S|Season[ ._])(\d{1,2})|(\d{1,2})(?:st|nd|rd|th)[ ._]Season"
    r"|(?P<special>OVA|OAD|OAV|Specials?)(?=[ ._-]*$))",
    re.IGNORECASE,
)
_YEAR_LAST: Final = re.compile(r"[ ._]*\((?P<year>(?:19\d|20\d)\d)\)")
_OTHER_COUNTS: Final = re.compile(
    r"(?:^|[ ._-])(?:movie|film|ona|sp|nc|op|ed|ncop|nced|season|series|part|cour|volume|vol"
    r"|cd|dis[ck]|dvd|chapter|book|act|trailer|teaser|pv|extra|title|track|sample|scene|\d\.|\d+[ ._]?of)[ ._-]*$",
    re.IGNORECASE,
)
_SIZES: Final = frozenset({480, 576, 720, 1080, 2160})


@dataclass(frozen=True, slots=True)
class BareNumber:
    """A bare number in a file name.

    Attributes:
        title: What stands before it, as words; the owner's name when nothing does.
        year: Of the show, when `(2010)` stands before it.
        season: When `S2` or `Season 2` stands before it; 0 when "OVA" or "Special" does.
        numbers: Several for `001-002`.
        start: Where it begins in the stem.
        end: Where it ends.
        width: How many digits it is written with.
        is_padded: Whether it begins with a zero and could have done without one: 001, not 01.
        is_dashed: Whether " - " stands before it.
        is_marked: Whether "Ep" or the bracket of a fansub group says that it counts episodes.
        is_first: Whether the name begins with it.
        is_last: Whether the name ends with it.
        is_owners: Whether what stands before it is the name of the folder of the show.
    """

    title: str
    year: int | None
    season: int | None
    numbers: tuple[int, ...]
    start: int
    end: int
    width: int
    is_padded: bool
    is_dashed: bool
    is_marked: bool
    is_first: bool
    is_last: bool
    is_owners: bool


def find_bare(named: NamedPath) -> BareNumber | None:
    """The bare number of a file name; None when there is none, or when it is a year, a size or part of a title."""
    stem = named.stem
    if named.is_named_by_folder or not any(map(str.isdigit, stem)) or CODE.search(stem) or DAY.search(stem):
        return None
    if named.year and compare_key(stem) == compare_key(named.title or ""):
        return None
    group = _GROUP.match(stem)
    start = group.end() if group else 0
    if match := _DASHED.search(stem, start):
        return _bare(named, match, start)
    if match := _FIRST.match(stem, start):
        return _bare(named, match, start) if match["mark"] or len(match["first"]) > 1 else None
    matches = [m for m in _PLAIN.finditer(stem, start) if m["mark"] or len(m["first"]) > 1]
    for match in matches:
        if _is_owner(named, stem[start : match.start()]) or group:
            return _bare(named, match, start)
    return _bare(named, matches[-1], start) if matches and matches[-1].end() == len(stem) else None


def _bare(named: NamedPath, match: re.Match[str], start: int) -> BareNumber | None:
    stem, digits = named.stem, match["first"]
    before = stem[start : match.start()]
    numbers = _run(int(digits), int(match["last"] or digits))
    is_marked = bool(match["mark"]) or start > 0
    if numbers is None or _YEAR_AFTER.search(stem, match.end()):
        return None
    if not is_marked and _is_other_number(named, digits, before, has_dash=match.re is _DASHED):
        return None
    words, season = _take(_SEASON_LAST, before)
    if _OTHER_COUNTS.search(words):
        return None
    words, year = _take(_YEAR_LAST, words)
    width = len(digits)
    return BareNumber(
        title=_words(words) or named.owner or "",
        year=year,
        season=season,
        numbers=numbers,
        start=match.start("mark") if match["mark"] else match.start("first"),
        end=match.end(),
        width=width,
        is_padded=width > 2 and digits[0] == "0",
        is_dashed=match.re is _DASHED,
        is_marked=is_marked,
        is_first=match.re is _FIRST,
        is_last=match.end() == len(stem),
        is_owners=not before or _is_owner(named, before),
    )


def _is_other_number(named: NamedPath, digits: str, before: str, *, has_dash: bool) -> bool:
    """Whether it is the year of a film, or the height of its picture."""
    if len(digits) == 4 and 1900 <= int(digits) <= 2039:
        return bool(before) or named.owner not in (None, digits)
    return not has_dash and bool(before) and int(digits) in _SIZES


def _run(first: int, last: int) -> tuple[int, ...] | None:
    return tuple(range(first, last + 1)) if first <= last <= first + 20 else None


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, int | None]:
    for match in pattern.finditer(text):
        if match.end() == len(text) and match.start() > 0:
            return text[: match.start()], int(next(filter(str.isdigit, filter(None, match.groups())), 0))
    return text, None


def _is_owner(named: NamedPath, before: str) -> bool:
    words = _take(_YEAR_LAST, _take(_SEASON_LAST, before)[0])[0]
    return bool(words) and compare_key(words) in (compare_key(named.title or ""), compare_key(named.owner or ""))


def _words(text: str) -> str:
    if " " not in text:
        text = text.replace(".", " ").replace("_", " ")
    return text.replace("_", " ").strip(" .-_")
