"""Keys name a question in one way, and hold no secret."""

from __future__ import annotations

from typing import Any

import pytest

from mediamgr.cache_service import cache_key
from mediamgr.cache_service._keys import read_key, read_namespace
from mediamgr.errors import InputError

SAME = [
    pytest.param({"query": "Alien", "year": 1979}, {"year": 1979, "query": "Alien"}, id="order"),
    pytest.param({"query": "Alien"}, {"query": "  ALIEN "}, id="case and spaces"),
    pytest.param({"query": "the  thing"}, {"query": "The Thing"}, id="inner spaces"),
    pytest.param({"Query": "a"}, {"query": "a"}, id="case of names"),
    pytest.param({"query": "a", "page": None}, {"query": "a"}, id="None is not asked"),
    pytest.param({"query": "a", "api_key": "secret"}, {"query": "a"}, id="a key is not part of it"),
    pytest.param({"query": "a", "Authorization": "Bearer x"}, {"query": "a"}, id="nor a token"),
    pytest.param({"append": ["images", "credits"]}, {"append": ["credits", "images"]}, id="order in lists"),
]
OTHER = [
    pytest.param({"query": "a&b=c"}, {"query": "a", "b": "c"}, id="what separates is escaped"),
    pytest.param({"query": "a%26b"}, {"query": "a&b"}, id="and the escape too"),
    pytest.param({"year": 1979}, {"year": 1980}, id="values"),
    pytest.param({"adult": True}, {"adult": False}, id="truth"),
    pytest.param({"query": "a" * 500}, {"query": "a" * 501}, id="long ones"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question_has_the_same_key(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Order, case, spaces and secrets make no difference."""
    assert cache_key("tmdb", "/search/movie", one) == cache_key("TMDB", "search/movie/", other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_question_has_another_key(one: dict[str, Any], other: dict[str, Any]) -> None:
    """Whatever is asked makes a difference."""
    assert cache_key("tmdb", "search/movie", one) != cache_key("tmdb", "search/movie", other)


def test_a_key_can_be_read() -> None:
    """People recognise provider, endpoint and parameters in it."""
    assert str(cache_key("TMDB", "/movie/603", {"language": "en-US"})) == "tmdb:movie/603?language=en-us"


def test_a_long_key_is_shortened() -> None:
    """However much is asked, a key stays short, whatever letters it has."""
    key = str(cache_key("tmdb", "search", {"query": "日本" * 1000}))
    assert len(key.encode()) <= 245
    assert read_key(key) == key


@pytest.mark.parametrize("text", ["", "tmdb", ":movie", "tmdb:", "a:" + "k" * 1001, "a:b\nc"])
def test_what_is_no_key_is_refused(text: str) -> None:
    """A text that names no provider, or too much, says how a key is written."""
    with pytest.raises(InputError, match="key of the cache"):
        read_key(text)


@pytest.mark.parametrize("name", ["", "a/b", "a b", ".a", "a*", "a" * 65, "{a}"])
def test_what_names_no_namespace_is_refused(name: str) -> None:
    """Nothing that a listing of places could take for a separator or a pattern."""
    with pytest.raises(InputError, match="cannot name a namespace"):
        read_namespace(name)
