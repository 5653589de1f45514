"""Conditions are understood as DuckDB writes them."""

from __future__ import annotations

import pytest

from mediamgr.plans._conditions import Condition, alternatives, bare, together, understood


@pytest.mark.parametrize(
    ("text", "column", "operator", "value", "through"),
    [
        ("(id = 5000)", "id", "=", "5000", ""),
        ("(rating >= -1.5)", "rating", ">=", "-1.5", ""),
        ("(premiered_on < '2020-01-01'::DATE)", "premiered_on", "<", "'2020-01-01'::DATE", ""),
        ("(id IN (5, 100))", "id", "in", "5, 100", ""),
        ("((id = 5) OR (id = 100))", "id", "in", "5, 100", ""),
        ("((hex(id) = 'A') OR (hex(id) = 'B'))", "id", "in", "'A', 'B'", "hex"),
        ("(name = 'O''Hara (AND) ')", "name", "=", "'O''Hara (AND) '", ""),
        ("contains(title, 'de)s''ert')", "title", "contains", "'de)s''ert'", ""),
        ("contains(lower(title), 'desert')", "title", "contains", "'desert'", ""),
        ("(title ~~* '%desert%')", "title", "ilike", "'%desert%'", ""),
        ("(lower(title) ~~ '%desert_')", "title", "like", "'%desert_'", ""),
        ("regexp_matches(title, 'h[ae]rbour')", "title", "regexp", "'h[ae]rbour'", ""),
        ("regexp_full_match(title, '.*Desert.*', 'i')", "title", "regexp", "'.*Desert.*'", ""),
        ("(lower(external_id) = 'tt1')", "external_id", "=", "'tt1'", "lower"),
        ("(round(rating, 1) = 8.0)", "rating", "=", "8.0", "round"),
        ("(CAST(id AS DECIMAL(20,1)) = 5000.0)", "id", "=", "5000.0", "CAST"),
        ("((id % 100) = 7)", "id", "=", "7", "%"),
        ('("order" = 7)', "order", "=", "7", ""),
    ],
)
def test_of_one_column(text: str, column: str, operator: str, value: str, through: str) -> None:
    """Compared with what is known, by itself or through a function."""
    assert understood(text) == Condition(bare(text), column, operator, value, through)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("(id = parent_id)", id="two columns"),
        pytest.param("((id = 5) OR (parent_id = 5))", id="or of two columns"),
        pytest.param("((id = 5) OR (id > 100))", id="or of two kinds"),
        pytest.param("((year >= 1950) AND (year <= 1960))", id="and"),
        pytest.param("(title IS NOT NULL)", id="null"),
        pytest.param("(NOT (title IN ('a', 'b')))", id="not"),
        pytest.param("", id="nothing"),
        pytest.param("((((", id="no condition"),
    ],
)
def test_what_is_more_is_not(text: str) -> None:
    """Rather nothing is said."""
    assert understood(text) is None


def test_brackets_and_quotes_are_minded() -> None:
    """Words between quotes or brackets part nothing."""
    assert alternatives("((a = ' OR ') OR ((b = 1) AND (c = 2)))") == ("a = ' OR '", "(b = 1) AND (c = 2)")
    assert together("((a = ' AND ') AND ((b = 1) OR (c = 2)))") == ("a = ' AND '", "(b = 1) OR (c = 2)")
    assert bare("((a = 1))") == "a = 1"
    assert bare("(a = 1) OR (b = 2)") == "(a = 1) OR (b = 2)"
