"""Advice on how much to do at a time follows from what was measured, and says how."""

from __future__ import annotations

import hashlib
import re
import time

import pytest

from mediamgr.performance import Advice, get_batch_size, get_threads
from mediamgr.performance._advice import batch_for, threads_for
from mediamgr.workers import Measured, WorkerManager, _measuring, measured

GB = 1_000_000_000


@pytest.fixture(autouse=True)
def nothing_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a program that has just begun."""
    monkeypatch.setattr(_measuring, "_of_process", _measuring._Measuring())


class TestThreads:
    """get_threads()."""

    @pytest.mark.parametrize(
        ("work", "number", "reason"),
        [
            (Measured(), 8, "Nothing was measured yet"),
            (Measured(100, 100.0, 25.0, 50.0), 16, "100 items waited for 75% of the time they took"),
            (Measured(100, 100.0, 0.0, 50.0), 64, "no more than 64"),
            (Measured(100, 100.0, 0.1, 50.0), 64, "no more than 64"),
            (Measured(100, 100.0, 96.0, 50.0), 5, "waited for 4%"),
            (Measured(100, 100.0, 25.0, 25.0), 4, 'kept 1.0 of the 4 cores busy.*kind="processes"'),
            (Measured(100, 100.0, 90.0, 25.0), 4, "kept 3.6 of the 4 cores busy"),
        ],
        ids=["nothing", "waits", "only waits", "nearly only waits", "computes in C", "one at a time", "all cores"],
    )
    def test_follow_from_waiting_and_computing(self, work: Measured, number: int, reason: str) -> None:
        """Cores × (1 + waiting ÷ computing), unless the cores, or the interpreter, are busy already."""
        advice = threads_for(work, cores=4)
        assert advice == number
        assert re.search(reason, advice.reason)

    def test_are_measured(self) -> None:
        """Work that sleeps wants many, and the number is one that is taken."""
        with WorkerManager(4) as workers:
            list(workers.map(time.sleep, [0.01] * 40))
        advice = get_threads()
        assert "40 items waited" in advice.reason
        assert WorkerManager(advice).stats().max_thread_count == advice > 4

    def test_that_wait_for_each_other_do_not_wait(self) -> None:
        """Python that computes in four threads takes four times as long in each: that is not waiting."""
        with WorkerManager(4) as workers:
            list(workers.map(lambda n: sum(range(n)), [1_000_000] * 20))
        work = measured()
        assert work.cpu_seconds < work.busy_seconds * 1.2


class TestBatches:
    """get_batch_size()."""

    @pytest.mark.parametrize(
        ("work", "number", "reason"),
        [
            (Measured(), 100, "Nothing was measured yet"),
            (Measured(1_000, 1.0), 100, "took 1 ms, so a batch takes about 0.1 s; the memory"),
            (Measured(10, 100.0), 1, "took 1e\\+04 ms"),
            (Measured(1_000_000, 0.1), 10_000, "of 1,000,000 items"),
            (Measured(1_000, 1.0, grown_bytes=1_000_000, grown_items=1_000), 100, "1.0 kB an item.*which is enough"),
            (Measured(1_000, 1.0, grown_bytes=100 * GB, grown_items=1_000), 2, "a quarter of that"),
            (Measured(1_000, 1.0, grown_bytes=100 * GB, grown_items=3), 100, "too little to be measured"),
        ],
        ids=["nothing", "a millisecond", "slow", "quick", "small", "large", "too few"],
    )
    def test_follow_from_time_and_memory(self, work: Measured, number: int, reason: str) -> None:
        """A tenth of a second a batch, and all of those under way in a quarter of what is free."""
        advice = batch_for(work, cores=4, available_bytes=16 * GB)
        assert advice == number
        assert re.search(reason, advice.reason)

    def test_are_measured(self) -> None:
        """What is kept of each item counts."""
        kept = []
        with WorkerManager(2) as workers:
            for outcome in workers.map(lambda n: bytes(1_000_000) + hashlib.sha256(b"%d" % n).digest(), range(100)):
                kept.append(outcome.value)
        work = measured()
        assert work.items == 100
        assert work.grown_items > 0
        assert 1 <= get_batch_size() <= 10_000


def test_advice_is_a_number_that_says_why() -> None:
    """Shown it says so; computed or written with, it is a number."""
    advice = Advice(12, "Because.")
    assert repr(advice) == "12: Because."
    assert (f"{advice}", str(advice), advice + 1, [0] * advice) == ("12", "12", 13, [0] * 12)
