"""Who does not answer is left alone for a while, and then tried by one."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from mediamgr.errors import ProviderBusy, ProviderError, ProviderRefused, ProviderUnavailable
from mediamgr.providers.http._breaker import Breakers
from tests.providers.http.conftest import Time


class Site:
    """Somebody who is asked under watch."""

    def __init__(self, time: Time) -> None:
        self.breakers, self.asked = Breakers(time), 0

    def ask(self, error: BaseException | None = None, lane: str = "tmdb api") -> None:
        """Ask once; it ends as told."""
        with self.breakers.watched(lane):
            self.asked += 1
            if error is not None:
                raise error

    def fail(self, times: int) -> None:
        """Find nobody so often."""
        for _ in range(times):
            with pytest.raises(ProviderUnavailable, match="down"):
                self.ask(ProviderUnavailable("down"))


@pytest.fixture
def site(time: Time) -> Site:
    """Somebody."""
    return Site(time)


def test_three_failures_in_a_row_are_enough(site: Site) -> None:
    """Then it is said at once, and nobody is sent; others are asked."""
    site.fail(2)
    site.ask()
    site.fail(3)
    with pytest.raises(ProviderUnavailable, match=r"tmdb did not answer 3 questions in a row.* 30 seconds"):
        site.ask()
    assert site.asked == 6
    site.ask(lane="tvmaze api")


def test_after_a_rest_one_tries_and_the_others_wait_for_what_it_finds(site: Site, time: Time) -> None:
    """While it is under way all others fail at once; when it comes back well, all are sent again."""
    site.fail(3)
    time.now += 30
    under_way, go_on = threading.Event(), threading.Event()

    def tries() -> None:
        with site.breakers.watched("tmdb api"):
            under_way.set()
            assert go_on.wait(60)

    with ThreadPoolExecutor() as pool:
        trial = pool.submit(tries)
        assert under_way.wait(60)
        for _ in range(3):
            with pytest.raises(ProviderUnavailable, match="in a row"):
                site.ask()
        go_on.set()
        trial.result(60)
    site.ask()
    site.ask()


def test_a_trial_that_fails_begins_the_rest_anew(site: Site, time: Time) -> None:
    """Then another one tries."""
    site.fail(3)
    time.now += 30
    site.fail(1)
    with pytest.raises(ProviderUnavailable, match="in a row"):
        site.ask()
    time.now += 30
    site.ask()
    site.fail(2)


@pytest.mark.parametrize(
    ("error", "is_well"),
    [
        pytest.param(ProviderRefused("key"), True, id="refused"),
        pytest.param(ProviderBusy("slower"), False, id="busy"),
        pytest.param(KeyboardInterrupt(), False, id="interrupted"),
    ],
)
def test_what_other_errors_show(site: Site, time: Time, error: BaseException, is_well: bool) -> None:
    """Who refuses is there; else another one may try."""
    site.fail(3)
    time.now += 30
    with pytest.raises(type(error)):
        site.ask(error)
    site.fail(1)
    if is_well:
        site.ask()
    else:
        with pytest.raises(ProviderError, match="in a row"):
            site.ask()
