"""A statement that is asked again and again with other values is found, and whose line it was."""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.plans import MANY, Asked, repeated

LINE = "In [3], line 2"
Given = dict[str, Any] | list[Any] | None


def told(sql: str, parameters: Given, number: int) -> tuple[str, Given]:
    """A statement and its parameters with a number in place of N."""

    def told_one(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return [told_one(each) for each in value]
        return number if value == "N" else value

    if isinstance(parameters, dict):
        return sql, {name: told_one(value) for name, value in parameters.items()}
    return sql.replace("N", str(number)), parameters and told_one(parameters)


def test_parameters_that_change() -> None:
    """How often, what it cost, by which line, and what to do."""
    asked = [Asked("select * from credit where media_item_id = $id", {"id": n}, 0.002, LINE) for n in range(40)]
    (found,) = repeated([Asked("select 1", None, 5.0), *asked])
    assert (found.sql, found.times, round(found.seconds, 6), found.line) == (asked[0].sql, 40, 0.08, LINE)
    assert found.matter == (
        "One statement was asked 40 times by In [3], line 2, 40 times with other values: 80 ms in all, 2.0 ms each."
    )
    assert "where media_item_id in (…)" in found.remedy


def test_values_in_the_text() -> None:
    """Numbers and strings that are written into the statement are values, too; blanks do not matter."""
    asked = [
        Asked(f"select id\nfrom media_item  where title = 'It''s {n}' and year={n}", None, 0.001) for n in range(MANY)
    ]
    (found,) = repeated(asked)
    assert (found.times, found.line) == (MANY, None)
    assert "where title in (…)" in found.remedy


def test_fewer_are_right() -> None:
    """One less than many is not repeated."""
    assert repeated(Asked("select $x", {"x": n}, 0.001) for n in range(MANY - 1)) == ()


def test_the_same_question_is_not_another() -> None:
    """Asked again with the same values it is answered from memory."""
    assert repeated(Asked("select $x", {"x": n % 3}, 0.001) for n in range(1_000)) == ()


def test_another_statement_is_not_the_same() -> None:
    """Other columns, other tables: other statements."""
    assert repeated(Asked(f"select column_{n} from t", [n], 0.001) for n in range(100)) == ()


def test_each_line_by_itself() -> None:
    """The dearest first."""
    lines = [("a.py:1", 0.001), ("b.py:2", 0.005)]
    asked = [Asked("select $x", [n], seconds, line) for n in range(MANY) for line, seconds in lines]
    assert [found.line for found in repeated(asked)] == ["b.py:2", "a.py:1"]


def test_lists_of_one() -> None:
    """A statement that takes a list got one value at a time."""
    asked = [Asked("from media_item where id in $ids", {"ids": [n]}, 0.002) for n in range(MANY)]
    assert "collect them" in repeated(asked)[0].remedy
    beside = [Asked("where id in $ids and role in $roles", {"ids": [n], "roles": ["a", "b"]}, 0.1) for n in range(MANY)]
    assert repeated(beside)[0].times == MANY


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [
        ("from t where year > $year limit $limit offset $skip", {"year": 1, "limit": 100, "skip": "N"}),
        ("from t limit $how_many offset $from_there", {"how_many": 100, "from_there": "N"}),
        ("from t where year > ? and title != '?' LIMIT ? OFFSET ?", [1, 100, "N"]),
        ("from t where year > $1 limit 100 offset $2", [1, "N"]),
        ("from t limit 100 offset N", None),
        ("from t where id in $ids", {"ids": ["N", 1]}),
        ("from t where id in (select unnest(?))", [("N", 1)]),
        ("from t where id in (?, ?)", ["N", 1]),
        ("from t where id in (N, 1, 'x')", None),
        ("from t where id in [N, 1]", None),
    ],
)
def test_pages_and_long_lists_are_asked_at_once(sql: str, parameters: Given) -> None:
    """Whoever pages, or asks for many at a time, is told nothing."""
    assert repeated(Asked(*told(sql, parameters, n), 0.002, LINE) for n in range(100)) == ()


@pytest.mark.parametrize(
    ("sql", "parameters"),
    [
        ("from t where id = N", None),
        ("from t where id = $id limit $limit", {"id": "N", "limit": 1}),
        ("from t where id = ? limit ?", ["N", 1]),
        ("from t where id = $1 limit 1", ["N"]),
        ("from t where id in (N)", None),
        ("from t where id in (?)", ["N"]),
        ("from t where id = ? and role in (?, ?)", ["N", "a", "b"]),
        ("from t where id = N and role in ('a', 'b') limit 1", None),
    ],
)
def test_one_of_each_page_or_list(sql: str, parameters: Given) -> None:
    """What is looked up one by one is repeated, whatever stands beside it."""
    (found,) = repeated(Asked(*told(sql, parameters, n), 0.002, LINE) for n in range(100))
    assert found.times == 100
