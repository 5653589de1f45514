"""Owns understanding conditions as DuckDB writes them in a plan: "(lower(external_id) = 'tt1')", "(id IN (1, 2))"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

__all__ = ["Condition", "alternatives", "bare", "together", "understood"]

_TOKEN: Final = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|[()]| (?:AND|OR) |[^'\"() ]+| ")
_STRING: Final = r"'(?:[^']|'')*'"
_LITERAL: Final = rf"(?:{_STRING}|-?\d+(?:\.\d+)?|true|false)(?:::[A-Z][A-Z ]*)?"
_COLUMN: Final = r'(?:\w+|"(?:[^"]|"")+")'
_COMPARED: Final = rf"(?P<operator>=|<=|>=|<|>) (?P<value>{_LITERAL})"
_AMONG: Final = rf"(?P<operator>IN) \((?P<value>{_LITERAL}(?:, {_LITERAL})*)\)"
_OPERATORS: Final = {
    "IN": "in", "~~": "like", "~~*": "ilike", "regexp_full_match": "regexp", "regexp_matches": "regexp"
}  # fmt: skip
_NAMED: Final = rf"(?P<column>{_COLUMN})"
_SHAPES: Final[tuple[re.Pattern[str], ...]] = tuple(
    map(
        re.compile,
        (
            rf"{_NAMED} {_COMPARED}",
            rf"{_NAMED} {_AMONG}",
            rf"(?P<operator>contains)\((?:lower\()?{_NAMED}\)?, (?P<value>{_STRING})\)",
            rf"(?:lower\()?{_NAMED}\)? (?P<operator>~~\*?) (?P<value>{_STRING})",
            rf"(?P<operator>regexp_full_match|regexp_matches)\({_NAMED}, (?P<value>{_STRING})(?:, {_STRING})?\)",
            rf"(?P<through>CAST)\({_NAMED} AS [^=<>']+\) {_COMPARED}",
            rf"(?P<through>\w+)\({_NAMED}(?:, {_LITERAL})*\) {_COMPARED}",
            rf"(?P<through>\w+)\({_NAMED}(?:, {_LITERAL})*\) {_AMONG}",
            rf"\({_NAMED} (?P<through>\|\||[-+*/%]) {_LITERAL}\) {_COMPARED}",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition on one column.

    Attributes:
        text: As DuckDB writes it, without brackets around the whole.
        column: The column.
        operator: "=", "<", "<=", ">", ">=", "in", "contains", "like", "ilike" or "regexp".
        value: What it is compared with, as SQL; of "in" the list without brackets.
        through: The function, cast ("CAST") or operator the column goes through before; "" when none.
    """

    text: str
    column: str
    operator: str
    value: str
    through: str = ""

    @property
    def is_lookup(self) -> bool:
        """Whether it asks for certain values of the column itself."""
        return self.operator in ("=", "in") and not self.through


def understood(text: str) -> Condition | None:
    """The condition, when it compares one column with what is known; else None."""
    plain = bare(text)
    sides = alternatives(plain)
    if len(sides) > 1:
        return _listed(plain, [understood(side) for side in sides])
    for shape in _SHAPES:
        if found := shape.fullmatch(plain):
            named = found.groupdict()
            operator = _OPERATORS.get(named["operator"], named["operator"])
            return Condition(plain, named["column"].strip('"'), operator, named["value"], named.get("through") or "")
    return None


def _listed(text: str, sides: Sequence[Condition | None]) -> Condition | None:
    """Several values of one column, as DuckDB writes a list: "(id = 1) OR (id = 2)"."""
    first = sides[0]
    if first is None or any(
        side is None or (side.column, side.through, side.operator) != (first.column, first.through, "=")
        for side in sides
    ):
        return None
    return Condition(text, first.column, "in", ", ".join(side.value for side in sides if side), first.through)


def alternatives(text: str) -> tuple[str, ...]:
    """The sides of an OR, each without brackets; the condition alone when it is none."""
    return tuple(bare(part) for part in _split(bare(text), " OR "))


def together(text: str) -> tuple[str, ...]:
    """The sides of an AND, each without brackets; the condition alone when it is none."""
    return tuple(bare(part) for part in _split(bare(text), " AND "))


def bare(text: str) -> str:
    """Without brackets around the whole."""
    while text.startswith("(") and text.endswith(")") and _closes_at_end(text):
        text = text[1:-1]
    return text


def _closes_at_end(text: str) -> bool:
    depths = [depth for _, depth in _tokens(text)]
    return 0 not in depths[:-1]


def _split(text: str, word: str) -> Iterator[str]:
    part = ""
    for token, depth in _tokens(text):
        if token == word and depth == 0:
            yield part
            part = ""
        else:
            part += token
    yield part


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Each token, with how many brackets are open behind it."""
    depth = 0
    for token in _TOKEN.findall(text):
        depth += (token == "(") - (token == ")")
        yield token, depth
