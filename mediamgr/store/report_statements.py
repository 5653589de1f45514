"""Owns the statements in `sql/reports`: a question about a library a file, with its parameters and defaults.

Each runs as it stands in any DuckDB shell that opened the library. Its first CTE, `parameter`, has a line a parameter:

    'codec'::varchar as by, -- one of codec, resolution: what makes a row

Of those that are given the default is replaced by a placeholder; nothing else is ever put into a statement.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import sqlglot
from sqlglot import exp

from mediamgr.resources import shipped

__all__ = ["Parameter", "ReportStatement", "report_names", "report_statement"]

_PARAMETERS: Final = re.compile(r"^with parameter as \(\n    select\n(?P<lines>.*?)^\),?\n", re.MULTILINE | re.DOTALL)
_PARAMETER: Final = re.compile(
    r"^        (?P<default>.+?)::(?P<type>[a-z]+(?:\[\])?) as (?P<name>\w+), -- (?P<meaning>.+)$", re.MULTILINE
)
_PART: Final = re.compile(r"^-- (?P<name>What|Result): +(?P<text>.+(?:\n--(?: {2,}).+)*)", re.MULTILINE)
_CHOICES: Final = re.compile(r"^one of (?P<choices>\w+(?:, \w+)*)")


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a report can be asked with.

    Attributes:
        name: As in SQL and in Python.
        kind: Its type in SQL: varchar, bigint, double, boolean, date, varchar[].
        default: What it is unless given.
        meaning: In words.
        choices: The only values it takes; empty when it takes any.
    """

    name: str
    kind: str
    default: Any
    meaning: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportStatement:
    """One file of `sql/reports`.

    Attributes:
        name: Of the file, without its ending.
        answers: What it answers, in words: the header's What.
        result: Columns with their units, in words: the header's Result.
        parameters: In the order of the file.
        text: As it stands.
    """

    name: str
    answers: str
    result: str
    parameters: tuple[Parameter, ...]
    text: str

    def asked_with(self, given: Mapping[str, Any]) -> str:
        """The statement with a placeholder for each parameter that is given."""

        def placed(line: re.Match[str]) -> str:
            name, kind = line["name"], line["type"]
            if name not in given:
                return line[0]
            return f"        ${name}::{kind} as {name}, -- {line['meaning']}"

        found = _PARAMETERS.search(self.text)
        if not found:
            return self.text
        start, end = found.span("lines")
        return self.text[:start] + _PARAMETER.sub(placed, found["lines"]) + self.text[end:]


def report_names() -> tuple[str, ...]:
    """Names of all questions, sorted."""
    return tuple(sorted(path.stem for path in (shipped("sql") / "reports").glob("*.sql")))


@functools.cache
def report_statement(name: str) -> ReportStatement:
    """The question of that name. Raises `KeyError` when there is no such file."""
    path = shipped("sql") / "reports" / f"{name}.sql"
    if not path.is_file():
        raise KeyError(f"there is no report {name!r}; there are {', '.join(report_names())}")
    text = path.read_text(encoding="utf-8")
    parts = {part["name"]: _unbroken(part["text"]) for part in _PART.finditer(text)}
    lines = _PARAMETERS.search(text)
    parameters = tuple(map(_parameter, _PARAMETER.finditer(lines["lines"]))) if lines else ()
    return ReportStatement(name, parts["What"], parts["Result"], parameters, text)


def _unbroken(text: str) -> str:
    return re.sub(r"\n-- +", " ", text)


def _parameter(line: re.Match[str]) -> Parameter:
    choices = _CHOICES.match(line["meaning"])
    names = tuple(choices["choices"].split(", ")) if choices else ()
    return Parameter(line["name"], line["type"], _value(line["default"]), line["meaning"], names)


def _value(default: str) -> Any:
    """A default as Python has it."""
    parsed = sqlglot.parse_one(default, dialect="duckdb")
    if isinstance(parsed, exp.Array):
        return [each.to_py() for each in parsed.expressions]
    value = parsed.to_py()
    return float(value) if isinstance(value, Decimal) else value
