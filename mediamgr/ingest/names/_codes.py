"""Owns the marks that number an episode beyond doubt: S01E02, 1x02, and the day it was aired."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

__all__ = ["CODE", "DAY", "OVERALL", "read_day", "read_episodes", "read_overall"]

CODE: Final = re.compile(
    r"(?<![^\W_])(?:[Ss](?P<season>\d{1,2})[Ee](?P<first>\d{1,3})(?P<more>(?:-?[Ee]\d{1,3})+|-\d{1,3})?"
    r"|(?P<x_season>\d{1,2})x(?P<x_first>\d{2,3})(?P<x_more>-\d{2,3})?)(?![^\W_])"
)
"""The season and episode numbers of a file name: S01E02, S01E02-E04, S01E02E03, 1x02-03."""

DAY: Final = re.compile(r"(?<![\d])(?P<y>19\d\d|20\d\d)([-. ])(?P<m>\d\d)\2(?P<d>\d\d)(?!\d)")
"""The day of a date-named episode, year first."""

OVERALL: Final = re.compile(r" - (?P<first>\d{3,4})(?:-(?P<last>\d{3,4}))?(?= - )")
"""The number across seasons that may stand after the other: S16E24 - 366 - Name."""


def read_episodes(match: re.Match[str]) -> tuple[int, tuple[int, ...]] | None:
    """Season and episodes of a match of `CODE`; None when the numbers do not make one run upwards."""
    season = int(match["season"] or match["x_season"])
    more = match["more"] or match["x_more"] or ""
    numbers = [int(match["first"] or match["x_first"]), *map(int, re.findall(r"\d+", more))]
    first, last = numbers[0], numbers[-1]
    if last < first or last - first > 20 or (len(numbers) > 2 and len(numbers) != last - first + 1):
        return None
    if len(numbers) == 2 and last - first > 1 and not more.startswith("-"):
        return None
    if len(numbers) > 1 and last == first:
        return None
    return season, tuple(range(first, last + 1))


def read_overall(match: re.Match[str], count: int) -> tuple[int, ...] | None:
    """The numbers of a match of `OVERALL`; None when they are not as many as the `count` of episodes."""
    first = int(match["first"])
    numbers = tuple(range(first, first + count))
    return numbers if int(match["last"] or numbers[-1]) == numbers[-1] else None


def read_day(match: re.Match[str]) -> date | None:
    """The date of a match of `DAY`; None when the calendar has no such day."""
    try:
        return date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
