"""Claim: a task costs about twice one of ThreadPoolExecutor, some 35 µs; a map of quick things less than its map.

A pair is measured in one run, on empty functions, so that what is seen is the handing over alone: `ours_over_theirs` in
extra_info is the ratio of the medians, 1.0 being as dear, less cheaper.

Run: pytest -m benchmark benchmarks/bench_workers.py
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from mediamgr.workers import WorkerManager

pytestmark = pytest.mark.benchmark

THREADS = 4
TASKS = 2_000
ROUNDS = 5


def same(number: int) -> int:
    """As little as there is to do."""
    return number


def seconds(work: Callable[[], object]) -> float:
    """What it takes, as a median."""
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        work()
        taken.append(perf_counter() - began)
    return median(taken)


def compare(benchmark: Any, ours: Callable[[], object], theirs: Callable[[], object], count: int) -> None:
    """Measure ours, and theirs right after it."""
    benchmark.pedantic(ours, rounds=ROUNDS, iterations=1, warmup_rounds=1)
    theirs_seconds = seconds(theirs)
    benchmark.extra_info["microseconds_each"] = round(1e6 * benchmark.stats.stats.median / count, 2)
    benchmark.extra_info["theirs_microseconds_each"] = round(1e6 * theirs_seconds / count, 2)
    benchmark.extra_info["ours_over_theirs"] = round(benchmark.stats.stats.median / theirs_seconds, 2)


def test_one_task_at_a_time(benchmark: Any) -> None:
    """Handed in and waited for, one after the other: the way there and back."""
    with WorkerManager(THREADS) as ours, ThreadPoolExecutor(THREADS) as theirs:
        compare(
            benchmark,
            lambda: [ours.submit(same, n).result() for n in range(TASKS)],
            lambda: [theirs.submit(same, n).result() for n in range(TASKS)],
            TASKS,
        )


def test_many_tasks_at_a_time(benchmark: Any) -> None:
    """Handed in together, and waited for at the end."""
    with WorkerManager(THREADS, max_queued=TASKS) as ours, ThreadPoolExecutor(THREADS) as theirs:

        def gathered(pool: WorkerManager | ThreadPoolExecutor) -> int:
            tasks = [pool.submit(same, n) for n in range(TASKS)]
            return sum(task.result() for task in tasks)

        compare(benchmark, lambda: gathered(ours), lambda: gathered(theirs), TASKS)


@pytest.mark.parametrize("count", [10_000, 100_000])
@pytest.mark.parametrize("ordered", [True, False], ids=["ordered", "as_done"])
def test_a_map_of_quick_things(benchmark: Any, count: int, ordered: bool) -> None:
    """In batches that grow by themselves; theirs hands over each thing."""
    with WorkerManager(THREADS) as ours, ThreadPoolExecutor(THREADS) as theirs:
        compare(
            benchmark,
            lambda: sum(outcome.result() for outcome in ours.map(same, range(count), ordered=ordered)),
            lambda: sum(theirs.map(same, range(count))),
            count,
        )
