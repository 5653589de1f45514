"""Owns finding a statement that is asked again and again with other values, where one would do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from mediamgr.wording import human_seconds

__all__ = ["MANY", "Asked", "Repeated", "repeated"]

MANY: Final = 10
"""Times, each with other values, from which a statement is repeated."""
_TEXT: Final = r"'(?:[^']|'')*'"
_VALUE: Final = re.compile(rf"{_TEXT}|\$?\b\d+(?:\.\d+)?\b")
_SPACE: Final = re.compile(r"\s+")
_MARK: Final = re.compile(rf"{_TEXT}|\?")
_NAME: Final = re.compile(r"\$(\w+)")
_ONE: Final = rf"(?:{_TEXT}|\$\w+|-?\d+(?:\.\d+)?)"
_ASIDE: Final = re.compile(
    rf"\b(?:limit|offset)\s+{_ONE}|(?:\bin\s*\(|\[)\s*{_ONE}(?:\s*,\s*{_ONE})+\s*[)\]]", re.IGNORECASE
)
"""Which page is wanted, and lists of several: they ask for many things at once."""
_PAGING: Final = frozenset({"limit", "offset", "skip"})
_LOOKUP: Final = re.compile(r"([\w.]+) = (?:\?|\$\w+)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A statement that was asked.

    Attributes:
        sql: The statement.
        parameters: Its parameters, by name or in order; None when it has none.
        seconds: How long it took.
        line: The line of the user's code that asked: "report.py:12", "In [3], line 2"; None when not known.
    """

    sql: str
    parameters: Mapping[str, Any] | Sequence[Any] | None
    seconds: float
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Repeated:
    """A statement that was asked many times with other values, from one line.

    Attributes:
        sql: As it was asked first.
        times: How often it was asked.
        seconds: What that took together.
        line: The line of the user's code; None when not known.
        matter: What is the matter.
        remedy: What to do.
    """

    sql: str
    times: int
    seconds: float
    line: str | None
    matter: str
    remedy: str


def repeated(statements: Iterable[Asked]) -> tuple[Repeated, ...]:
    """Those asked `MANY` times or more with other values, dearest first. Values are parameters or stand in the text.

    Another page, or a list of several, is no other value: who asks so asks for many things at once.
    """
    groups: dict[tuple[str, str | None], list[Asked]] = defaultdict(list)
    for asked in statements:
        groups[_shape(asked.sql), asked.line].append(asked)
    found = [_repeated(shape, line, group) for (shape, line), group in groups.items() if _questions(group) >= MANY]
    return tuple(sorted(found, key=lambda each: -each.seconds))


def _questions(group: Sequence[Asked]) -> int:
    """How many of them ask something else."""
    return len({_question(asked) for asked in group})


def _question(asked: Asked) -> tuple[str, str]:
    """The one thing that is asked for, whichever page or list it is asked of."""
    sql, given = _by_name(asked)
    aside = _PAGING.union(*(_NAME.findall(found[0]) for found in _ASIDE.finditer(sql)))
    kept = {name: value for name, value in given.items() if name not in aside and _length(value) <= 1}
    return _ASIDE.sub("", sql), repr(kept)


def _by_name(asked: Asked) -> tuple[str, Mapping[str, Any]]:
    """The statement and its parameters; those in order are called 1, 2, …"""
    if isinstance(asked.parameters, Mapping):
        return asked.sql, asked.parameters
    numbers = count(1)
    sql = _MARK.sub(lambda found: f"${next(numbers)}" if found[0] == "?" else found[0], asked.sql)
    return sql, {str(number): value for number, value in enumerate(asked.parameters or (), 1)}


def _repeated(shape: str, line: str | None, group: Sequence[Asked]) -> Repeated:
    seconds = sum(asked.seconds for asked in group)
    where = f" by {line}" if line else ""
    matter = (
        f"One statement was asked {len(group):,} times{where}, {_questions(group):,} times with other values:"
        f" {human_seconds(seconds)} in all, {human_seconds(seconds / len(group))} each."
    )
    return Repeated(group[0].sql, len(group), seconds, line, matter, _remedy(shape, group))


def _remedy(shape: str, group: Sequence[Asked]) -> str:
    if all(_is_of_one(asked.parameters) for asked in group):
        return "It takes a list, and got one value at a time: collect them and ask once, as get_many(ids) does."
    looked_up = _LOOKUP.search(shape)
    asked_for = f"where {looked_up[1]} in (…)" if looked_up else "where … in (…)"
    return f"Ask once for all of them, with {asked_for} or a join; of items, lib.items.get_many(ids) does."


def _is_of_one(parameters: Mapping[str, Any] | Sequence[Any] | None) -> bool:
    values = parameters.values() if isinstance(parameters, Mapping) else parameters or ()
    return any(_length(value) == 1 for value in values)


def _length(value: object) -> int:
    """Of a list; of what is none, 0."""
    return len(value) if isinstance(value, list | tuple) else 0


def _shape(sql: str) -> str:
    """The statement without its values."""
    return _SPACE.sub(" ", _VALUE.sub("?", sql)).strip()
