"""Turns are taken by threads and processes together, and never faster than a provider allows."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from bisect import bisect_left
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mediamgr.errors import ProviderBusy
from mediamgr.providers.http import Rate
from mediamgr.providers.http._pace import Pace
from tests.providers.http.conftest import Time

HOUR = 3600.0


def most_in(moments: list[float], seconds: float) -> int:
    """How many come in the stretch of so many seconds that has most."""
    ordered = sorted(moments)
    return max(bisect_left(ordered, each + seconds - 0.001) - number for number, each in enumerate(ordered))


@pytest.fixture
def pace(tmp_path: Path, time: Time) -> Pace:
    """The pace of this process."""
    return Pace(tmp_path / "pace.sqlite", time)


class TestRates:
    """reserve."""

    @pytest.mark.parametrize(
        ("rates", "ahead"),
        [
            pytest.param([Rate(40, 1)], 10, id="tmdb"),
            pytest.param([Rate(20, 10)], 5, id="tvmaze"),
            pytest.param([Rate(1, 1)], 1, id="musicbrainz"),
            pytest.param([Rate(3, 1), Rate(30, 60)], 1, id="two at once"),
        ],
    )
    def test_no_stretch_has_more_turns_than_a_rate_allows(
        self, pace: Pace, time: Time, rates: list[Rate], ahead: int
    ) -> None:
        """However turns are asked for; and a quarter may come at once."""
        dice, moments = random.Random(7), []
        at_once = [pace.reserve("site", rates, HOUR) for _ in range(ahead + 1)]
        assert [seconds > 0 for seconds in at_once] == [False] * ahead + [True]
        moments += [time.now + seconds for seconds in at_once]
        for _ in range(400):
            time.now += dice.choice([0, 0, 0, 0.01, 0.3, 3, 30])
            moments.append(time.now + pace.reserve("site", rates, HOUR))
        assert moments == sorted(moments)
        for rate in rates:
            assert most_in(moments, rate.seconds) <= rate.questions

    def test_who_always_asks_has_most_of_the_rate(self, pace: Pace, time: Time) -> None:
        """At least three quarters of what would be allowed."""
        rate = Rate(20, 10)
        waits = [pace.reserve("site", [rate], HOUR) for _ in range(1000)]
        assert 1000 / waits[-1] >= 0.75 * rate.questions / rate.seconds

    def test_providers_have_paces_of_their_own(self, pace: Pace) -> None:
        """And who has no rate has none."""
        assert [pace.reserve(lane, [Rate(1, 60)], HOUR) for lane in ("one", "two")] == [0, 0]
        assert [pace.reserve("three", [], HOUR) for _ in range(5)] == [0] * 5

    def test_a_wait_that_is_too_long_takes_no_turn(self, pace: Pace, time: Time) -> None:
        """The error says how long it would be."""
        assert pace.reserve("tmdb api", [Rate(1, 100)], 60) == 0
        for _ in range(3):
            with pytest.raises(ProviderBusy, match=r"^tmdb was asked .* again in 100 seconds") as busy:
                pace.reserve("tmdb api", [Rate(1, 100)], 60)
            assert busy.value.retry_after_seconds == 100
        time.now += 50
        assert pace.reserve("tmdb api", [Rate(1, 100)], 60) == pytest.approx(50)

    def test_threads_and_processes_take_turns_together(self, tmp_path: Path) -> None:
        """Four processes of four threads, in a time that stands still: together they keep to both rates."""
        code = (
            "import json, sys; from concurrent.futures import ThreadPoolExecutor; from pathlib import Path\n"
            "from mediamgr.providers.http import Rate; from mediamgr.providers.http._pace import Pace\n"
            "pace = Pace(Path(sys.argv[1]), lambda: 1_790_000_000.0)\n"
            "take = lambda _: pace.reserve('site', [Rate(20, 10), Rate(100, 100)], 3600)\n"
            "print(json.dumps(list(ThreadPoolExecutor(4).map(take, range(60)))))\n"
        )
        command = [sys.executable, "-c", code, str(tmp_path / "new" / "pace.sqlite")]
        running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
        moments = [moment for each in running for moment in json.loads(each.communicate(timeout=120)[0])]
        assert len(moments) == 240
        assert (most_in(moments, 10), most_in(moments, 100)) == (20, 100)


class TestQuotas:
    """Rates of an hour and more."""

    def test_a_quota_may_be_used_up_at_once(self, pace: Pace, time: Time) -> None:
        """Then it is said when the next begins, and it does."""
        day = Rate(1000, 24 * HOUR)
        assert {pace.reserve("omdb", [day], 60) for _ in range(1000)} == {0}
        time.now += HOUR
        with pytest.raises(ProviderBusy, match=r"in 23\.0 hours") as busy:
            pace.reserve("omdb", [day], 60)
        assert busy.value.retry_after_seconds == 23 * HOUR
        time.now += 23 * HOUR
        assert {pace.reserve("omdb", [day], 60) for _ in range(1000)} == {0}

    def test_it_holds_beside_a_rate(self, pace: Pace, time: Time) -> None:
        """What ends first is what counts."""
        rates = [Rate(2, 1), Rate(3, HOUR)]
        assert [round(pace.reserve("site", rates, 60), 1) for _ in range(3)] == [0, 0.5, 1.0]
        with pytest.raises(ProviderBusy):
            pace.reserve("site", rates, 60)


class TestHolding:
    """hold."""

    def test_nobody_has_a_turn_before_it_ends_and_nobody_goes_ahead_after(
        self, pace: Pace, time: Time, tmp_path: Path
    ) -> None:
        """Whoever holds, it holds for all."""
        pace.hold("site", 30)
        other = Pace(tmp_path / "pace.sqlite", time)
        waits = [other.reserve("site", [Rate(8, 7)], 60) for _ in range(3)]
        assert waits == pytest.approx([30, 31, 32])
        assert other.reserve("elsewhere", [Rate(8, 7)], 60) == 0

    def test_a_shorter_one_does_not_end_a_longer_one(self, pace: Pace) -> None:
        """The later end counts; without a rate, too."""
        pace.hold("site", 30)
        pace.hold("site", 5)
        assert pace.reserve("site", [], 60) == 30

    def test_one_beyond_what_is_waited_is_an_error(self, pace: Pace) -> None:
        """With the time it takes."""
        pace.hold("site", 500)
        with pytest.raises(ProviderBusy, match="in 500 seconds"):
            pace.reserve("site", [], 60)


class TestTrouble:
    """Files and clocks that cannot be relied upon."""

    @pytest.mark.parametrize("trouble", ["damaged", "no folder"])
    def test_a_file_that_cannot_be_used_is_said_once(
        self, tmp_path: Path, time: Time, caplog: pytest.LogCaptureFixture, trouble: str
    ) -> None:
        """This process keeps to the pace nevertheless, and so do its threads."""
        (tmp_path / "file").write_text("no database, and long enough to be seen to be none " * 50)
        pace = Pace(tmp_path / "file" if trouble == "damaged" else tmp_path / "file" / "pace.sqlite", time)
        with ThreadPoolExecutor(4) as pool:
            waits = list(pool.map(lambda _: pace.reserve("site", [Rate(20, 10)], HOUR), range(60)))
        assert most_in(waits, 10) == 20
        assert [record.levelname for record in caplog.records] == ["WARNING"]
        assert "cannot be used" in caplog.text

    def test_a_clock_that_was_set_back_stops_nobody(self, pace: Pace, time: Time) -> None:
        """What was noted in what is now the future is not believed."""
        rates = [Rate(1, 10), Rate(1, 24 * HOUR)]
        pace.reserve("site", rates, 60)
        pace.hold("site", 30)
        time.now -= 3 * 24 * HOUR
        assert pace.reserve("site", rates, 60) == 0

    def test_it_can_be_used_after_it_was_closed(self, pace: Pace) -> None:
        """Nothing is forgotten."""
        pace.reserve("site", [Rate(1, 10)], 60)
        pace.close()
        assert pace.reserve("site", [Rate(1, 10)], 60) == 10
