"""Owns saying a statement in a better way, by changing its text only where it is certain what that means.

Each function gives None where it is not: names of tables in quotes, said twice, qualified, or in a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

__all__ = ["from_twin", "paged_by_rank", "sorted_by_rank", "with_table_first"]

_TOKEN: Final = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|\$\$.*?\$\$|\$?\w+|\s+|.", re.DOTALL)
_PAGE: Final = re.compile(
    r"select\s(?P<columns>.*?)\sfrom\s+(?P<table>\w+)(?P<narrowed>\s+where\s.*?)?"
    r"\s+order\s+by\s+(?P<key>\w+)(?P<way>\s+(?:asc|desc))?\s+(?P<page>limit\s+\d+\s+offset\s+\d+)\s*;?\s*",
    re.DOTALL | re.IGNORECASE,
)
_ENDS_A_KEY: Final = frozenset({"", ",", "asc", "desc", "nulls", "limit", "offset", ")", ";"})


class _Token(NamedTuple):
    text: str
    start: int

    @property
    def word(self) -> str:
        return self.text.lower()


def with_table_first(sql: str, table: str, rows: str) -> str | None:
    """The statement over only those rows of a table that are given as SQL, looked up before all else.

    `rows`: a SELECT from main.<table>, of at least what the statement asks of it.
    """
    tokens = _tokens(sql)
    if _only_place(tokens, table) is None:
        return None
    cte = f"{table} as materialized (\n    {rows}\n)"
    first = tokens[0]
    if first.word != "with":
        return f"with {cte}\n{sql.strip()}"
    after = tokens[1] if tokens[1].word == "recursive" else first
    end = after.start + len(after.text)
    return f"{sql[:end]} {cte},{sql[end:]}".strip()


def from_twin(sql: str, table: str, twin: str) -> str | None:
    """The statement, asked of a table with the same rows."""
    tokens = _tokens(sql)
    place = _only_place(tokens, table)
    if place is None:
        return None
    qualifiers = {
        number for number, (token, after) in enumerate(_pairs(tokens)) if token.word == table and after.text == "."
    }
    return _replaced(sql, [tokens[number] for number in sorted({place, *qualifiers})], twin)


def sorted_by_rank(sql: str, column: str, rank: str) -> str | None:
    """The statement, sorted by another column of the same table."""
    tokens = _tokens(sql)
    orders = [
        number for number, (token, after) in enumerate(_pairs(tokens)) if (token.word, after.word) == ("order", "by")
    ]
    if len(orders) != 1:
        return None
    key = orders[0] + 2
    if key + 2 < len(tokens) and tokens[key + 1].text == ".":
        key += 2
    after = tokens[key + 1].word if key + 1 < len(tokens) else ""
    is_it = key < len(tokens) and tokens[key].word == column and after in _ENDS_A_KEY
    return _replaced(sql, [tokens[key]], rank) if is_it else None


def paged_by_rank(sql: str, table: str, key: str, rank: str) -> str | None:
    """A page of one table, whose ids are found first and alone, in the order of a rank; then their rows."""
    found = _PAGE.fullmatch(sql.strip())
    if not found or found["table"].lower() != table or _only_place(_tokens(sql), table) is None:
        return None
    columns, narrowed, way, page = (found[name] or "" for name in ("columns", "narrowed", "way", "page"))
    return (
        f"select {columns} from {table}\nwhere {key} in (\n"
        f"    select {key} from {table}{narrowed} order by {rank}{way} {page}\n)\norder by {rank}{way}"
    )


def _tokens(sql: str) -> list[_Token]:
    """What the statement is made of, without blanks and comments."""
    found = (_Token(match[0], match.start()) for match in _TOKEN.finditer(sql))
    return [token for token in found if not token.text.isspace() and not token.text.startswith(("--", "/*"))]


def _pairs(tokens: Sequence[_Token]) -> Iterator[tuple[_Token, _Token]]:
    """Each with the one that follows; behind the last there is an empty one."""
    return zip(tokens, [*tokens[1:], _Token("", 0)], strict=True)


def _only_place(tokens: Sequence[_Token], table: str) -> int | None:
    """Where the statement reads the table, if it names it once; columns of the same name do not matter."""
    named = [number for number, token in enumerate(tokens) if token.word.strip('"') == table]
    read = [number for number in named if number and tokens[number - 1].word in ("from", "join")]
    is_qualified = any(tokens[number - 1].text == "." and tokens[number - 2].word == "main" for number in named)
    is_made = any(
        after.word == "as" and token.word == table and _is_made(tokens, token) for token, after in _pairs(tokens)
    )
    is_schema = bool(read) and read[0] + 1 < len(tokens) and tokens[read[0] + 1].text == "."
    return read[0] if len(read) == 1 and not (is_qualified or is_made or is_schema) else None


def _is_made(tokens: Sequence[_Token], token: _Token) -> bool:
    """Whether a CTE of that name begins here."""
    behind = tokens.index(token) + 2
    return behind < len(tokens) and tokens[behind].word in ("(", "materialized", "not")


def _replaced(sql: str, tokens: Sequence[_Token], word: str) -> str:
    for token in reversed(tokens):
        sql = sql[: token.start] + word + sql[token.start + len(token.text) :]
    return sql.strip()
