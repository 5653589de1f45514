"""Titles reduced to what candidates are found by."""

from __future__ import annotations

import polars as pl
import pytest

from mediamgr.search import normalise_series
from mediamgr.titles import edition_words_expr, plain_series, split_title


def plain(*titles: str | None) -> list[str | None]:
    """Of titles as they are written."""
    return plain_series(normalise_series(pl.Series(titles, dtype=pl.String))).to_list()


@pytest.mark.parametrize(
    "titles",
    [
        ("The Matrix", "Matrix, The", "matrix"),
        ("Rocky II", "Rocky 2", "Rocky: Part Two", "rocky ii"),
        ("Mac and Me", "Mac & Me"),
        ("Blade Runner", "Blade Runner - The Final Cut", "Blade Runner (Director's Cut)"),
    ],
)
def test_the_same(titles: tuple[str, ...]) -> None:
    """Articles, “and”, numerals and words of an edition do not count."""
    assert len(set(plain(*titles))) == 1


def test_not_the_same() -> None:
    """Other numbers are other titles; what is nothing but such words is kept; what is not known stays so."""
    assert plain("Rocky II", "Rocky III", "Rocky", "I, Robot", "The", None) == [
        "rocky2", "rocky3", "rocky", "irobot", "the", None,
    ]  # fmt: skip


def test_words_of_an_edition() -> None:
    """At the end of a title only."""
    keys = pl.DataFrame({"key": ["blade runner the final cut", "final cut", "the final cut of paper", "solaris"]})
    assert keys.select(edition_words_expr(pl.col("key"))).to_series().to_list() == ["the final cut", None, None, None]


def test_without_a_subtitle() -> None:
    """What stands before a colon or a dash between blanks, normalised."""
    titles = pl.Series(["Alien: Résurrection", "Amélie - A Film", "Spider-Man", "8½", None])
    assert split_title(titles).to_list() == ["alien", "amelie", None, None, None]
