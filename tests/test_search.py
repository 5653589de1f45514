"""The rules of text search."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediamgr.search import normalise, normalise_expr, normalise_series, parse_query


class TestNormalise:
    """normalise()."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("Amélie!", "amelie", id="accents and punctuation"),
            pytest.param("8½", "8 1 2", id="fraction"),
            pytest.param("WALL·E", "wall e", id="middle dot"),
            pytest.param("千と千尋の神隠し", "千と千尋の神隠し", id="japanese"),
            pytest.param("Æon Øre Straße", "aeon ore strasse", id="ligatures"),
            pytest.param("don’t DON'T", "dont dont", id="apostrophes"),
            pytest.param("AC/DC", "ac dc", id="slash"),
            pytest.param("Ｆｕｌｌ", "full", id="full width"),
            pytest.param("Amélie", "amelie", id="decomposed"),
            pytest.param("...", "...", id="nothing but punctuation"),
            pytest.param("  ", "", id="blank"),
            pytest.param("İstanbul", "istanbul", id="dotted capital i"),
            pytest.param("が", "が", id="kana keep their marks"),
        ],
    )
    def test_gives_what_search_compares(self, text: str, expected: str) -> None:
        """Case, accents and punctuation do not survive."""
        assert normalise(text) == expected

    def test_is_idempotent(self) -> None:
        """Normalised text stays as it is."""
        for text in ("Amélie!", "8½", "...", "千と千尋", "Æ"):
            assert normalise(normalise(text)) == normalise(text)


class TestParseQuery:
    """parse_query()."""

    def test_orders_words_longest_first(self) -> None:
        """The longest, likely rarest, word is tried first; repeated words once."""
        asked = parse_query("the Runner THE blade")
        assert asked.words == ("runner", "blade", "the")
        assert asked.squeezed == "therunnertheblade"


_LETTERS = st.text(alphabet="abcXYZ 019-_'`’.,!/&éßÆ½ł千\u0301\n", max_size=9)


@given(st.lists(st.none() | _LETTERS))
def test_many_texts_at_once_are_as_one_by_one(texts: list[str | None]) -> None:
    """The short way for ASCII text gives what the rules give."""
    series = pl.Series("text", texts, dtype=pl.String)
    one_by_one = series.to_frame().select(normalise_expr(pl.col("text")))["text"]
    assert normalise_series(series).to_list() == one_by_one.to_list()
