"""What the program reports of pools: by name, whoever has made them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from mediamgr.errors import Cancelled
from mediamgr.instrumentation import Instrumentation, get_instrumentation
from mediamgr.workers import WorkerManager
from tests.workers.waiting import until


@pytest.fixture
def measured() -> Iterator[Instrumentation]:
    """The registry of this process, in which nothing was measured yet."""
    get_instrumentation().reset()
    yield get_instrumentation()
    get_instrumentation().reset()


def now(measured: Instrumentation, pool: str) -> tuple[float, float]:
    """(tasks that run, tasks that wait)."""
    active, queued = (measured.get_gauge_metrics(f"workers.{what}", pool=pool) for what in ("active", "queued"))
    return active.value, queued.value


def test_managers_of_one_name_are_told_together(measured: Instrumentation) -> None:
    """What runs and what waits in all of them; nothing, when all is done."""
    go = threading.Event()
    with WorkerManager(1, name="together") as one, WorkerManager(1, name="together") as other:
        for workers in (one, other, other):
            workers.submit(go.wait)
        until(lambda: now(measured, "together") == (2, 1))
        go.set()
    assert now(measured, "together") == (0, 0)


def test_tasks_are_told_by_their_ending(measured: Instrumentation) -> None:
    """Those that ran are timed, and so is how long they waited; those taken back before are counted only."""
    go = threading.Event()
    with WorkerManager(1, name="endings") as workers:
        held: list[Any] = [workers.submit(go.wait), workers.submit(int, "one"), workers.submit(int)]
        held[2].cancel()
        go.set()
        assert held[0].result() is True
        assert isinstance(held[1].exception(), ValueError)
        with pytest.raises(Cancelled):
            held[2].result()
    told = {
        ending: measured.get_counter_metrics("workers.tasks", pool="endings", ending=ending).value
        for ending in ("done", "failed", "cancelled")
    }
    assert told == {"done": 1, "failed": 1, "cancelled": 1}
    ran = measured.get_timer_metrics("workers.task", pool="endings")
    assert (ran.count, ran.errors) == (2, 1)
    waited = measured.get_timer_metrics("workers.queue_wait", pool="endings")
    assert waited.count == 2
    assert waited.maximum > 0
