"""Owns which values a question may hold: each reader gives the value as statements take it, or one clear error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from math import isfinite
from numbers import Real
from typing import Final

from mediamgr.errors import QueryError
from mediamgr.languages import normalise_language
from mediamgr.search import normalise
from mediamgr.store.guard import nearest

__all__ = [
    "Reader",
    "decades",
    "flag",
    "ids",
    "languages",
    "moment",
    "names",
    "number",
    "one_of",
    "rating",
    "some_of",
    "stars",
    "text",
    "whole",
    "words",
]

Reader = Callable[[str, object], object]
"""The name of a filter and what was given for it -> the value for the statement. Raises `QueryError`."""

_LARGEST: Final = 2**63 - 1


def whole(name: str, value: object) -> int:
    """A whole number, such as a year or an id; no text, no fraction."""
    if isinstance(value, bool) or not hasattr(value, "__index__"):
        raise QueryError(f"{name} is a whole number, not {value!r}.")
    number = int(value)
    if abs(number) > _LARGEST:
        raise QueryError(f"{name} is a number a library can hold, not {number}.")
    return number


def number(name: str, value: object) -> float:
    """A number, whole or not."""
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise QueryError(f"{name} is a number, not {value!r}.")
    return float(value)


def rating(name: str, value: object) -> float:
    """A number from 0 to 10."""
    given = number(name, value)
    if not 0 <= given <= 10:
        raise QueryError(f"{name} is from 0 to 10, as ratings are, not {value!r}.")
    return given


def decades(name: str, value: object) -> list[int]:
    """Decades by their first year: 1990, "1990s", or several."""
    return [each // 10 * 10 for each in _wholes(name, value, "s")]


def stars(name: str, value: object) -> list[int]:
    """Whole numbers from 0 to 10, as numbers or text."""
    return [int(rating(name, each)) for each in _wholes(name, value, "")]


def _wholes(name: str, value: object, unit: str) -> list[int]:
    given = [value] if isinstance(value, str) or hasattr(value, "__index__") else _listed(value)
    try:
        return [
            int(str(each).removesuffix(unit)) if isinstance(each, str) else whole(name, each) for each in given or ()
        ]
    except ValueError:
        raise QueryError(f"{name} is a whole number or several, not {value!r}.") from None


def moment(name: str, value: object) -> datetime:
    """A day or a time; also as text ("2024-05-31"), or a year alone, which is its beginning. UTC."""
    try:
        if isinstance(value, datetime):
            return value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value
        if isinstance(value, date):
            return datetime(value.year, value.month, value.day)
        if isinstance(value, str):
            return moment(name, datetime.fromisoformat(value))
        return datetime(whole(name, value), 1, 1)
    except (ValueError, QueryError):
        raise QueryError(f'{name} is a day or a time, such as "2024-05-31", not {value!r}.') from None


def flag(name: str, value: object) -> bool:
    """True or False; no other thing that Python takes for one."""
    if not isinstance(value, bool):
        raise QueryError(f"{name} is True or False, not {value!r}.")
    return value


def text(name: str, value: object) -> str:
    """One text; it may be empty."""
    if not isinstance(value, str):
        raise QueryError(f"{name} is text, not {value!r}.")
    return value


def words(name: str, value: object) -> list[str]:
    """One text or several, none of them empty."""
    given = [value] if isinstance(value, str) else _listed(value)
    if given is None or not all(isinstance(each, str) for each in given):
        raise QueryError(f"{name} is text or a list of texts, not {value!r}.")
    if not given or not all(str(each).strip() for each in given):
        raise QueryError(f"{name}={value!r} names nothing; leave it out, or give None, to not narrow by it.")
    return [str(each).strip() for each in given]


def names(name: str, value: object) -> list[str]:
    """As `words`, and as search sees them."""
    return [normalise(each) for each in words(name, value)]


def languages(name: str, value: object) -> list[str]:
    """BCP 47 tags as the library's columns have them: "en", "pt-BR", "zh-Hans"; names and other codes become such."""
    return [_language(name, each) for each in words(name, value)]


def one_of(name: str, value: object, known: Sequence[str], meant: Mapping[str, str] | None = None) -> str:
    """One of the words `known`, in any case. `meant`: other words for them, which the error speaks of."""
    given = text(name, value).strip().lower()
    if given in known:
        return given
    hint = f"did you mean {meant[given]!r}?" if meant and given in meant else nearest(given, known)
    listed = "" if hint.startswith("there are") else f" There are {', '.join(known)}."
    raise QueryError(f"There is no {name} {value!r}; {hint}{listed}")


def some_of(
    known: Sequence[str], meant: Mapping[str, str] | None = None, same: Mapping[str, str] | None = None
) -> Reader:
    """A reader of one or several of the words `known`; words of `same` are taken for them."""

    def read(name: str, value: object) -> list[str]:
        given = [(same or {}).get(each.lower(), each) for each in words(name, value)]
        return [one_of(name, each, known, meant) for each in given]

    return read


def ids(name: str, value: object) -> list[int]:
    """One id or several: a number, a list, a column of a frame."""
    given = [value] if hasattr(value, "__index__") else _listed(value)
    if given is None:
        raise QueryError(f"{name} is an id or a list of ids, not {value!r}.")
    return [whole(f"an id of {name}", each) for each in given]


def _listed(value: object) -> list[object] | None:
    return list(value) if isinstance(value, Iterable) and not isinstance(value, bytes | str | Mapping) else None


def _language(name: str, value: str) -> str:
    tag = normalise_language(value)
    if tag is None:
        raise QueryError(f"{name} is a language such as 'en', 'pt-BR' or 'Spanish', not {value!r}.")
    return tag
