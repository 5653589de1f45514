"""Claim: an answer that is kept is given again in some 10 µs; the first time in some 20 µs more than by the bare store.

Ours in a DuckDB file, in a folder and on redis, beside raw diskcache, raw redis-py and requests-cache on SQLite; a kB
each, one thread. "Again" is what this process read within two seconds, "first" asks the backend; what is set goes into
the DuckDB file later. docs/caching.md has more threads, processes and sizes, in turns.

Run: pytest -m benchmark benchmarks/bench_answer_cache.py
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from benchmarks.caching import Store

pytestmark = pytest.mark.benchmark

KEYS = 200
BODY = os.urandom(500).hex().encode()
WHO = ("mediamgr, db", "mediamgr, disk", "mediamgr, redis", "diskcache", "redis-py", "requests-cache")
EACH = pytest.mark.parametrize("who", [pytest.param(who, marks=pytest.mark.who(who)) for who in WHO])
NEW = count()


def filled(remembers: bool) -> Iterator[dict[str, Store]]:
    """All stores by name, with the same answers."""
    from benchmarks.caching import stores

    with stores(remembers=remembers) as them:
        for each in them:
            for key in range(KEYS):
                each.set(str(key), BODY)
        yield {each.name: each for each in them}


@pytest.fixture(scope="module")
def remembering() -> Iterator[dict[str, Store]]:
    """As they come."""
    yield from filled(remembers=True)


@pytest.fixture(scope="module")
def forgetful() -> Iterator[dict[str, Store]]:
    """Ours ask their backend each time."""
    yield from filled(remembers=False)


@EACH
@pytest.mark.benchmark(group="an answer, again")
def test_hit_again(benchmark: Any, remembering: dict[str, Store], who: str) -> None:
    """The same, over and over."""
    assert benchmark(remembering[who].get, "7") == BODY


@EACH
@pytest.mark.benchmark(group="an answer, first time")
def test_hit_first(benchmark: Any, forgetful: dict[str, Store], who: str) -> None:
    """Any of them, from the backend."""
    dice, store = random.Random(7), forgetful[who]
    assert benchmark(lambda: store.get(str(dice.randrange(KEYS)))) == BODY


@EACH
@pytest.mark.benchmark(group="an answer that is not kept")
def test_miss(benchmark: Any, forgetful: dict[str, Store], who: str) -> None:
    """Nobody has it."""
    store = forgetful[who]
    assert benchmark(lambda: store.get(f"none-{next(NEW)}")) is None


@EACH
@pytest.mark.benchmark(group="an answer is kept")
def test_set(benchmark: Any, remembering: dict[str, Store], who: str) -> None:
    """A new one each time."""
    store = remembering[who]
    benchmark(lambda: store.set(f"new-{next(NEW)}", BODY))
