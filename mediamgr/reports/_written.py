"""Owns parameters of questions as they are written on a command line: text, read as the parameter's type."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from mediamgr.errors import QueryError
from mediamgr.store.report_statements import Parameter

__all__ = ["read_written", "write_out"]

_NOTHING: Final = "null"


def read_written(question: str, parameter: Parameter, text: str) -> Any:
    """The value that was written; `null` is None. Raises `QueryError` that says what the parameter takes."""
    if text.strip().lower() == _NOTHING and parameter.default is None:
        return None
    read, takes = _KINDS[parameter.kind]
    try:
        return read(text)
    except ValueError:
        message = f"{parameter.name} of the report {question} takes {takes}, not {text!r}."
        raise QueryError(message) from None


def write_out(value: Any) -> str:
    """A value as `read_written` reads it."""
    if value is None:
        return _NOTHING
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def _flag(text: str) -> bool:
    words = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.strip().lower() not in words:
        raise ValueError(text)
    return words[text.strip().lower()]


def _words(text: str) -> list[str]:
    return [word for each in text.split(",") if (word := each.strip())]


_KINDS: Final[Mapping[str, tuple[Callable[[str], Any], str]]] = {
    "varchar": (str, "a text"),
    "bigint": (int, "a whole number, such as 10"),
    "double": (_number, "a number, such as 2.5"),
    "boolean": (_flag, "true or false"),
    "date": (date.fromisoformat, "a date, such as 2025-12-31"),
    "varchar[]": (_words, "words with commas between, such as en,de"),
}
"""How a type is read, and what it takes in words."""
