"""How far ahead is read, by how somebody scrolls."""

from __future__ import annotations

import pytest

from mediamgr.lazy_model._prefetch import Prefetch


@pytest.fixture
def prefetch() -> Prefetch:
    """Pages of 100, 20 rows to spare."""
    return Prefetch(page_size=100, threshold=20)


def test_at_rest_a_little(prefetch: Prefetch) -> None:
    """The next page only when its rows are nearly seen."""
    assert list(prefetch.ahead(0, 30, 0.0)) == []
    assert prefetch.ahead(60, 90, 0.0) == range(100, 200)


def test_ahead_in_proportion_to_speed_up_to_a_cap(prefetch: Prefetch) -> None:
    """Whole pages, in the direction of travel."""
    assert prefetch.ahead(100, 130, 2.0) == range(200, 300)
    assert prefetch.ahead(130, 160, 8.0) == range(200, 500)
    assert prefetch.ahead(160, 190, 29.0) == range(200, 600)


def test_reach_is_kept_while_one_goes_on(prefetch: Prefetch) -> None:
    """Slowing down does not let go of it, resting does."""
    prefetch.ahead(100, 130, 8.0)
    assert prefetch.ahead(130, 160, 1.0) == range(200, 500)
    assert list(prefetch.ahead(130, 160, 0.0)) == []


def test_turning_begins_anew(prefetch: Prefetch) -> None:
    """Upwards, with no more than the threshold, then growing again."""
    prefetch.ahead(500, 530, 20.0)
    assert list(prefetch.ahead(530, 560, -10.0)) == []
    assert prefetch.ahead(510, 540, -10.0) == range(100, 500)
    assert prefetch.ahead(10, 40, -10.0) == range(0, 0)


def test_nothing_while_flinging_past(prefetch: Prefetch) -> None:
    """More than a screen a frame is not read on the way."""
    assert list(prefetch.ahead(1000, 1030, 31.0)) == []


def test_without_a_threshold_nothing_at_rest() -> None:
    """But ahead of who moves."""
    prefetch = Prefetch(page_size=10, threshold=0)
    assert list(prefetch.ahead(5, 10, 0.0)) == []
    assert prefetch.ahead(5, 10, 1.0) == range(10, 40)
    assert list(prefetch.ahead(30, 35, -1.0)) == []
