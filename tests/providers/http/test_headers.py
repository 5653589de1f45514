"""Headers are read as HTTP means them, and what cannot be read says nothing."""

from __future__ import annotations

import pytest
from requests.structures import CaseInsensitiveDict

from mediamgr.providers.http import _headers as headers

NOW = 1_790_000_000.0
DATE = "Mon, 21 Sep 2026 14:13:20 GMT"
LATER = "Mon, 21 Sep 2026 14:23:20 GMT"


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        pytest.param({}, None, id="nothing"),
        pytest.param({"cache-control": "public, max-age=659"}, 659, id="max-age"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "100"}, 500, id="which is over in part"),
        pytest.param({"Cache-Control": "max-age=600", "Age": "9999"}, 0, id="which is over"),
        pytest.param({"Cache-Control": "s-maxage=5"}, None, id="of caches that are shared"),
        pytest.param({"Cache-Control": "no-cache, max-age=600"}, 0, id="no-cache"),
        pytest.param({"Expires": LATER, "Date": DATE}, 600, id="expires"),
        pytest.param({"Expires": LATER}, 600, id="expires by our clock"),
        pytest.param({"Expires": LATER, "Cache-Control": "max-age=5"}, 5, id="max-age before expires"),
        pytest.param({"Expires": "0"}, 0, id="expired"),
        pytest.param({"Cache-Control": "public, max-age=soon"}, None, id="unreadable"),
    ],
)
def test_how_long_an_answer_is_good(told: dict[str, str], seconds: float | None) -> None:
    """In seconds; None: nobody says."""
    assert headers.good_for(CaseInsensitiveDict(told), NOW) == seconds


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "7"}, 7),
        ({"Retry-After": LATER}, 600),
        ({"Retry-After": LATER, "Date": LATER}, 0),
        ({"Retry-After": DATE, "Date": LATER}, 0),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": "soon"}, None),
    ],
)
def test_when_to_come_again(told: dict[str, str], seconds: float | None) -> None:
    """As seconds or as a date."""
    assert headers.retry_after(told, NOW) == seconds


@pytest.mark.parametrize(
    ("told", "part"),
    [
        ("bytes 5-9/10", (5, 10)),
        ("bytes */10", (None, 10)),
        ("bytes 5-9/*", None),
        ("letters 5-9/10", None),
        ("", None),
    ],
)
def test_which_part_comes(told: str, part: tuple[int | None, int] | None) -> None:
    """And of how much."""
    assert headers.part({"Content-Range": told}) == part


@pytest.mark.parametrize(
    ("told", "validator"),
    [
        ({"ETag": '"a"', "Last-Modified": DATE}, '"a"'),
        ({"ETag": 'W/"a"', "Last-Modified": DATE}, DATE),
        ({"ETag": 'W/"a"'}, ""),
    ],
)
def test_parts_are_only_joined_by_what_is_strong(told: dict[str, str], validator: str) -> None:
    """A weak tag may be of other bytes."""
    assert headers.validator(told) == validator


def test_what_may_not_be_kept() -> None:
    """no-store, and nothing else."""
    assert headers.is_never_kept({"Cache-Control": "private, no-store"})
    assert not headers.is_never_kept({"Cache-Control": "no-cache"})


def test_a_length_on_the_way_is_not_the_length_of_what_is_packed() -> None:
    """It is only believed of what comes as it is."""
    assert headers.content_length({"Content-Length": "10"}) == 10
    assert headers.content_length({"Content-Length": "10", "Content-Encoding": "gzip"}) is None
    assert headers.content_length({"Content-Length": "ten"}) is None
