"""Owns asking the questions of `sql/reports`: what they are asked with is checked, then they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import polars as pl

from mediamgr.errors import QueryError
from mediamgr.repository._details import HistoryRepository
from mediamgr.repository._reading import Repository
from mediamgr.store.guard import nearest
from mediamgr.store.report_statements import Parameter, report_statement

__all__ = ["ReportRepository", "checked"]

_TYPES: Final[Mapping[str, tuple[type, ...]]] = {
    "varchar": (str,),
    "bigint": (int,),
    "double": (int, float),
    "boolean": (bool,),
    "date": (date,),
    "varchar[]": (list, tuple),
}
_WORDS: Final[Mapping[str, str]] = {
    "varchar": "a text",
    "bigint": "a whole number",
    "double": "a number",
    "boolean": "True or False",
    "date": "a date, such as datetime.date(2026, 1, 31)",
    "varchar[]": "a list of texts",
}
_MOST: Final = 10**15
"""More than anything in a library comes to, in bytes, too; sums of it still are numbers that the database has."""


class ReportRepository(Repository):
    """Answers the questions that reports are made of."""

    _name = "lib.reports"

    @property
    def file(self) -> Path:
        """The library file."""
        return self._database.path

    def answer(self, name: str, given: Mapping[str, Any] | None = None) -> pl.DataFrame:
        """The rows of `sql/reports/<name>.sql`; columns and units are in its header.

        Args:
            name: Of the question.
            given: Parameters by name; those left out have the defaults of the file.

        Raises:
            QueryError: A parameter there is not, or a value it cannot have.
        """
        asked = report_statement(name)
        values = checked(name, asked.parameters, given or {})
        return self._database.run(asked.asked_with(values), values, label=f"reports/{name}")

    def require_person(self, person: str) -> None:
        """Raises `QueryError` when the history knows nobody of that name."""
        known = HistoryRepository(self._database).people()
        if person not in known:
            hint = nearest(person, known) if known else "it is empty; import a history first."
            raise QueryError(f"There is nobody called {person!r} in the history; {hint}")

    def require_timezone(self, timezone: str) -> None:
        """Raises `QueryError` when there is no time zone of that name."""
        if timezone not in HistoryRepository(self._database).timezones():
            raise QueryError(
                f"There is no time zone {timezone!r}; name one such as UTC, Europe/Berlin or America/New_York: "
                'lib.sql("select name from pg_timezone_names()") lists all.'
            )

    def require_library(self, library: str) -> None:
        """Raise `QueryError` when no library in the file has that name."""
        known = self._database.query("library/list")["name"].to_list()
        if library not in known:
            raise QueryError(f"There is no library {library!r} in this file; {nearest(library, known)}")


def checked(name: str, parameters: tuple[Parameter, ...], given: Mapping[str, Any]) -> dict[str, Any]:
    """What is given, each as its parameter takes it. Raises `QueryError`."""
    known = {each.name: each for each in parameters}
    for wrong in given.keys() - known.keys():
        raise QueryError(f"The report {name} has no parameter {wrong!r}; {nearest(wrong, list(known))}")
    return {key: _checked(name, known[key], value) for key, value in given.items()}


def _checked(name: str, parameter: Parameter, value: Any) -> Any:
    if value is None and parameter.default is None:
        return None
    if parameter.kind == "varchar[]" and isinstance(value, str):
        return [value]
    is_flag = isinstance(value, bool) and parameter.kind != "boolean"
    if is_flag or not isinstance(value, _TYPES[parameter.kind]):
        raise QueryError(f"{parameter.name} of the report {name} is {_WORDS[parameter.kind]}, not {value!r}.")
    if parameter.kind == "varchar[]" and not _is_words(value):
        raise QueryError(f"{parameter.name} of the report {name} is a list of words, one or more, not {value!r}.")
    if isinstance(value, (int, float)) and not 0 <= value <= _MOST:
        raise QueryError(f"{parameter.name} of the report {name} is a number from 0 to 10^15, not {value!r}.")
    if parameter.choices and value not in parameter.choices:
        hint = nearest(str(value), parameter.choices)
        raise QueryError(f"{parameter.name} of the report {name} cannot be {value!r}; {hint}")
    return value


def _is_words(value: Any) -> bool:
    return len(value) > 0 and all(isinstance(each, str) for each in value)
