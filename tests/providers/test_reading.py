"""What sites say is read so that one wrong value costs only itself."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mediamgr.errors import ProviderAnswerWrong
from mediamgr.providers.reading import Said, a_list, an_object, known, reading_day, without_markup

TOLD = {
    "text": "  Alien  ", "empty": " ", "not": "N/A", "null": None, "whole": 117, "zero": 0, "minus": -3, "minutes": "143 min",
    "votes": "1,234,567", "share": 8.5, "yes": True, "day": "1979-05-25", "moment": "2004-01-01T20:00:00Z", "written": "31 Mar 1999",
    "list": [{"name": "a"}, "b", None, {"name": "a"}, {"name": ""}], "names": ["x", "y", "x", 3, None], "object": {"id": 5},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("text", "Alien"),
        ("empty", None),
        ("not", None),
        ("null", None),
        ("whole", "117"),
        ("yes", None),
        ("list", None),
        ("gone", None),
    ],
)
def test_text_has_nothing_around_it(name: str, text: str | None) -> None:
    """And what says nothing is unknown."""
    assert Said(TOLD).text(name) == text


@pytest.mark.parametrize(
    ("name", "whole"),
    [
        ("whole", 117),
        ("zero", 0),
        ("minus", None),
        ("minutes", 143),
        ("votes", 1_234_567),
        ("yes", None),
        ("text", None),
        ("gone", None),
    ],
)
def test_a_whole_number_may_be_written_as_text(name: str, whole: int | None) -> None:
    """Within bounds."""
    assert Said(TOLD).whole(name) == whole


def test_a_number_out_of_bounds_is_unknown() -> None:
    """A rating of 85 is none of ten."""
    assert Said({"rating": 85}).number("rating", 0, 10) is None
    assert Said(TOLD).number("share", 0, 10) == 8.5
    assert Said({"nan": float("nan")}).number("nan") is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1979-05-25", date(1979, 5, 25)), ("2004-01-01T20:00:00Z", date(2004, 1, 1)), ("31 Mar 1999", date(1999, 3, 31)),
        ("0000-00-00", None), ("1999-02-30", None), ("1066-10-14", None), ("soon", None), ("1999", None),
    ],
)  # fmt: skip
def test_a_day_that_is_none_is_unknown(written: str, day: date | None) -> None:
    """In either way of writing."""
    assert reading_day(written) == day


def test_lists_give_what_can_be_read_of_them() -> None:
    """Each once; what is of another type is left out."""
    said = Said(TOLD)
    assert said.texts("list", "name") == ["a"]
    assert said.texts("names") == ["x", "y", "3"]
    assert [each.text("name") for each in said.each("list")] == ["a", "a", None]
    assert said.texts("text") == []


def test_an_object_that_is_not_there_is_empty() -> None:
    """So that one may go on asking."""
    assert Said(TOLD).one("object").text("id") == "5"
    assert not Said(TOLD).one("gone")
    assert Said(TOLD).one("text").one("more").text("id") is None


@pytest.mark.parametrize("told", [[], "text", 3, None])
def test_an_answer_that_is_no_object_is_refused(told: Any) -> None:
    """The message names who gave it."""
    with pytest.raises(ProviderAnswerWrong, match="TMDB answered with"):
        an_object(told, "TMDB")


def test_an_answer_that_is_no_list_is_refused() -> None:
    """What of a list is no object is left out."""
    assert [each.text("id") for each in a_list([{"id": 1}, 2], "TVmaze")] == ["1"]
    with pytest.raises(ProviderAnswerWrong, match="TVmaze answered with dict"):
        a_list({}, "TVmaze")


def test_markup_goes_and_words_stay() -> None:
    """Paragraphs stay apart."""
    assert without_markup("<p>Tom &amp; <b>Jerry</b>\n run.</p><p>Fast.</p>") == "Tom & Jerry\nrun.\nFast."
    assert without_markup("<p> </p>") is None
    assert without_markup(None) is None


def test_what_is_unknown_is_left_out() -> None:
    """And so are lists of nothing."""
    assert known(a=None, b=[], c=0, d="x") == {"c": 0, "d": "x"}
