"""Owns reading what sites say: a value that is empty, of another type or out of all bounds is unknown, never an error.

A site that changes one field must not cost the others. Only an answer that is no object at all is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any, Final

from mediamgr.errors import ProviderAnswerWrong

__all__ = ["Said", "a_list", "an_object", "known", "reading_day", "without_markup"]

_UNKNOWN: Final = frozenset({"", "n/a", "none", "null", "-"})
_FIRST_YEAR, _LAST_YEAR = 1870, 2200
_TAGS: Final = re.compile(r"<[^>]{0,200}>")
_BREAKS: Final = re.compile(r"(?i)<br\s*/?>|</p>\s*<p[^>]{0,50}>")
_NUMBER: Final = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?")


class Said:
    """An object of JSON, read by name."""

    def __init__(self, told: dict[str, Any]) -> None:
        self._told = told

    def text(self, name: str) -> str | None:
        """Words, with nothing around them; numbers are taken as written."""
        value = self._told.get(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if not isinstance(value, str) or value.strip().casefold() in _UNKNOWN:
            return None
        return value.strip()

    def whole(self, name: str, least: int = 0, most: int = 2**31 - 1) -> int | None:
        """A whole number within bounds, also where it is written as text: "143 min", "1,234"."""
        number = self.number(name, least, most)
        return None if number is None else int(number)

    def number(self, name: str, least: float = 0, most: float = 2**31 - 1) -> float | None:
        """A number within bounds."""
        value = self._told.get(name)
        if isinstance(value, str) and (found := _NUMBER.match(value.strip())):
            value = float(found[0].replace(",", ""))
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            return None
        return value

    def day(self, name: str) -> date | None:
        """A day, written 1999-03-31 or 31 Mar 1999."""
        value = self.text(name)
        return reading_day(value) if value else None

    def is_true(self, name: str) -> bool:
        """Whether it says yes."""
        return self._told.get(name) is True

    def one(self, name: str) -> Said:
        """The object within it; an empty one when there is none."""
        value = self._told.get(name)
        return Said(value if isinstance(value, dict) else {})

    def each(self, name: str) -> Iterator[Said]:
        """The objects of a list within it."""
        value = self._told.get(name)
        for one in value if isinstance(value, list) else ():
            if isinstance(one, dict):
                yield Said(one)

    def texts(self, name: str, of: str | None = None) -> list[str]:
        """The words of a list within it, each once; `of`: the field of its objects that has them."""
        value = self._told.get(name)
        given = [Said({"": each}) for each in value] if isinstance(value, list) else []
        read = (each.text("") if of is None else each.one("").text(of) for each in given)
        return list(dict.fromkeys(text for text in read if text))

    def has(self, name: str) -> bool:
        """Whether it speaks of it at all."""
        return name in self._told

    def names(self) -> list[str]:
        """What it speaks of."""
        return list(self._told)

    def __bool__(self) -> bool:
        return bool(self._told)


def an_object(told: Any, provider: str) -> Said:
    """The answer of a site, to be read. Raises `ProviderAnswerWrong` when it is no object."""
    if not isinstance(told, dict):
        raise ProviderAnswerWrong(f"{provider} answered with {type(told).__name__} where an object was due; try later.")
    return Said(told)


def a_list(told: Any, provider: str) -> list[Said]:
    """The objects of an answer. Raises `ProviderAnswerWrong` when it is no list."""
    if not isinstance(told, list):
        raise ProviderAnswerWrong(f"{provider} answered with {type(told).__name__} where a list was due; try later.")
    return list(Said({"": told}).each(""))


def reading_day(written: str) -> date | None:
    """A day, written 1999-03-31, with a time behind it, or 31 Mar 1999; None when that is none, or out of bounds."""
    for form, text in (("%Y-%m-%d", written[:10]), ("%d %b %Y", written)):
        try:
            day = datetime.strptime(text, form).date()
        except ValueError:
            continue
        return day if _FIRST_YEAR <= day.year <= _LAST_YEAR else None
    return None


def without_markup(html: str | None) -> str | None:
    """The words of a paragraph of HTML."""
    if html is None:
        return None
    lines = (" ".join(line.split()) for line in unescape(_TAGS.sub("", _BREAKS.sub("\n", html))).splitlines())
    return "\n".join(line for line in lines if line) or None


def known(**fields: Any) -> dict[str, Any]:
    """The fields of which something is known."""
    return {name: value for name, value in fields.items() if value is not None and value != []}
