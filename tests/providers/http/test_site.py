"""What is known of a provider: where its key goes, where its answers may come from, and what is never shown."""

from __future__ import annotations

import pytest

from mediamgr.providers.http import Site
from mediamgr.providers.http._site import addressed, is_allowed, is_home, lane_of, plain, with_endpoint

SITE = Site("tmdb", "https://api.example/3", key="k", key_in="api_key", hosts=frozenset({"pictures.example", "a:81"}))


@pytest.mark.parametrize(
    ("url", "is_own", "is_one_of_them"),
    [
        ("https://api.example/other", True, True),
        ("https://api.example:443/3", True, True),
        ("http://api.example/3", False, False),
        ("https://api.example:8443/3", False, False),
        ("https://pictures.example/a.jpg", False, True),
        ("http://pictures.example:8080/a.jpg", False, True),
        ("https://evil.example/?https://api.example/3", False, False),
        ("https://api.example.evil.example/3", False, False),
        ("https://me:you@api.example/3", True, False),
        ("https://api.example@evil.example/3", False, False),
        ("http://a:81/", False, True),
        ("http://a:82/", False, False),
        ("ftp://pictures.example/a.jpg", False, False),
        ("file:///etc/passwd", False, False),
    ],
)
def test_where_answers_may_come_from(url: str, is_own: bool, is_one_of_them: bool) -> None:
    """From its own server, which is a host with a port, and from hosts that are named."""
    assert (is_home(SITE, url), is_allowed(SITE, url)) == (is_own, is_one_of_them)


def test_the_same_server_with_tls_is_home() -> None:
    """Not the other way round."""
    assert is_home(Site("a", "http://a.example/x"), "https://a.example/x")
    assert not is_home(Site("a", "http://127.0.0.1:4000"), "https://127.0.0.1/")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://api.example/3/movie", "https://api.example/3/movie?page=2&api_key=k"),
        ("https://api.example/3/movie?api_key=k", "https://api.example/3/movie?page=2&api_key=k"),
        ("https://pictures.example/p?api_key=k&a=1", "https://pictures.example/p?a=1&page=2"),
    ],
)
def test_the_key_goes_home_and_is_taken_from_what_goes_elsewhere(url: str, expected: str) -> None:
    """A redirect may have copied it."""
    assert addressed(SITE, url, {"page": "2"}, with_key=True) == (expected, {})


def test_the_key_may_go_into_a_header() -> None:
    """Home alone."""
    site = Site("x", "https://api.example", key="k", key_in="Authorization", headers={"A": "b"})
    assert addressed(site, "https://api.example/a", {}, with_key=True) == (
        "https://api.example/a",
        {"A": "b", "Authorization": "Bearer k"},
    )
    assert addressed(site, "https://elsewhere.example/a", {}, with_key=True)[1] == {"A": "b"}
    assert addressed(site, "https://api.example/a", {}, with_key=False)[1] == {"A": "b"}


def test_a_signed_address_is_left_as_it_is() -> None:
    """To the letter."""
    signed = "https://pictures.example/p?sig=a%20b+c&x="
    assert addressed(SITE, signed, {}, with_key=False) == (signed, {})


def test_parameters_are_spelled_as_providers_want_them() -> None:
    """None is left out, lists are joined, and the key is nobody else's."""
    given = {"a": None, "b": True, "c": [1, "x"], "d": {"y", "x"}, "e": 2.5, "api_key": "mine"}
    assert plain(SITE, given) == {"b": "true", "c": "1,x", "d": "x,y", "e": "2.5"}


def test_an_endpoint_stays_a_path() -> None:
    """Whatever is in an id."""
    assert with_endpoint(SITE, "/find/tt1?a=b#c/") == "https://api.example/3/find/tt1%3Fa%3Db%23c"
    assert with_endpoint(SITE, "") == SITE.url


def test_a_simulation_has_a_lane_of_its_own() -> None:
    """By its host."""
    assert lane_of(SITE, "http://127.0.0.1:4000/tmdb/3") == "tmdb 127.0.0.1:4000"


def test_the_key_is_not_shown() -> None:
    """Nor headers, which may hold another."""
    site = Site("tmdb", "https://api.example", key="hunter2", headers={"X-Key": "hunter3"})
    assert "hunter" not in repr(site)
