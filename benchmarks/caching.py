"""Claim: a hit costs no more than one of the bare store beneath it, and far less than one of requests-cache.

Ours on each backend beside raw diskcache, raw redis-py and requests-cache on SQLite, in one run, each in turn; the
median of several rounds counts. "Again" is a hit on what this process read or wrote within two seconds, "first" one
that has to ask the backend. Also: how many questions a thousand threads that miss the same key put to the provider.
Writes docs/caching.md.

Run: make caching
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import random
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from benchmarks.peers.caches import RawDisk, RawRedis, RequestsCache
from mediamgr.cache_service import CacheService, Policy
from mediamgr.cache_service._backend import Backend
from mediamgr.cache_service._db import DbBackend
from mediamgr.cache_service._disk import DiskBackend
from mediamgr.cache_service._redis import RedisBackend
from tests.cache_service.redis_servers import server

ROOT = Path(__file__).parents[1]
ROUNDS = 5
KEYS = 500
OPERATIONS = 2000
WRITES = {"set": 10, "9 hits, 1 set": 4}
"""So many times fewer of these are made: disks take long over them."""
SIZES = {"1 kB": 1_000, "100 kB": 100_000}
THREADS = (1, 16)
KINDS = ("hit, again", "hit, first", "miss", "set", "9 hits, 1 set")
ASKING = 1000
BESIDE = {"mediamgr, disk": "diskcache", "mediamgr, redis": "redis-py", "mediamgr, db": "diskcache"}


class Store(Protocol):
    """What is measured."""

    name: str

    def set(self, key: str, body: bytes) -> None:
        """Keep it."""

    def get(self, key: str) -> bytes | None:
        """What is kept."""


class Ours:
    """The cache service on a backend."""

    def __init__(self, backend: Backend, *, remembers: bool) -> None:
        if not remembers:
            backend.seen_again_after = 0.0
        self.name = f"mediamgr, {backend.name}"
        self._service = CacheService(backend, Policy(most_bytes=1 << 40))

    def set(self, key: str, body: bytes) -> None:
        """Keep it."""
        self._service.set("p:" + key, body)

    def get(self, key: str) -> bytes | None:
        """What is kept."""
        return self._service.get("p:" + key)


@dataclass(frozen=True, slots=True)
class Measured:
    """Microseconds an operation took, by who, what, how large, with how many at once."""

    store: str
    kind: str
    size: str
    at_once: str
    microseconds: float


@contextmanager
def stores(*, remembers: bool) -> Iterator[list[Store]]:
    """All of them, empty."""
    with TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        url = stack.enter_context(server(folder / "redis"))
        peer = RequestsCache(folder)
        stack.enter_context(peer.serving())
        yield [
            Ours(DbBackend(folder / "ours.duckdb"), remembers=remembers),
            Ours(DiskBackend(folder / "ours"), remembers=remembers),
            Ours(RedisBackend(url), remembers=remembers),
            RawDisk(folder / "raw"),
            RawRedis(url),
            peer,
        ]


def operations(store: Store, kind: str, body: bytes, seed: int) -> Callable[[int], None]:
    """What one thread does, so many times."""
    dice = random.Random(seed)

    def run(times: int) -> None:
        for number in range(times):
            key = str(dice.randrange(KEYS))
            if kind == "miss":
                assert store.get(f"none-{key}-{number}") is None
            elif kind == "set" or (kind == "9 hits, 1 set" and number % 10 == 0):
                store.set(key if kind != "set" else f"new-{seed}-{number}", body)
            else:
                assert store.get(key) is not None

    return run


def timed(store: Store, kind: str, body: bytes, threads: int, times: int, seed: int) -> float:
    """Microseconds an operation, of all threads together."""
    begin = threading.Barrier(threads + 1)

    def one(number: int) -> None:
        run = operations(store, kind, body, seed * 100 + number)
        begin.wait()
        run(times // threads)

    with ThreadPoolExecutor(threads) as pool:
        running = [pool.submit(one, number) for number in range(threads)]
        begin.wait()
        started = time.perf_counter()
        for each in running:
            each.result()
        return (time.perf_counter() - started) / times * 1e6


def measure_size(size: str, kinds: tuple[str, ...], *, remembers: bool) -> Iterator[Measured]:
    """All stores in turn, for each kind and number of threads."""
    body = os.urandom(SIZES[size] // 2).hex().encode()
    times = OPERATIONS if SIZES[size] < 10_000 else OPERATIONS // 4
    with stores(remembers=remembers) as them:
        for each in them:
            for key in range(KEYS):
                each.set(str(key), body)
        for kind in kinds:
            for threads in THREADS:
                rounds: dict[str, list[float]] = {each.name: [] for each in them}
                for number in range(ROUNDS):
                    for each in them:
                        fewer = times // WRITES.get(kind, 1)
                        rounds[each.name].append(timed(each, kind, body, threads, fewer, number))
                for name, taken in rounds.items():
                    yield Measured(name, kind, size, f"{threads} threads", median(taken))


def other_process(kind: str, where: str, size: int, begin: Any, told: Any) -> None:
    """What each of two processes does with a store that both have."""
    store: Store
    if kind == "mediamgr, disk":
        store = Ours(DiskBackend(Path(where)), remembers=True)
    elif kind == "mediamgr, redis":
        store = Ours(RedisBackend(where), remembers=True)
    else:
        store = RawDisk(Path(where)) if kind == "diskcache" else RawRedis(where)
    body = os.urandom(size // 2).hex().encode()
    for key in range(KEYS):
        store.set(str(key), body)
    begin.wait()
    started = time.perf_counter()
    operations(store, "9 hits, 1 set", body, os.getpid())(OPERATIONS)
    told.put((time.perf_counter() - started) / OPERATIONS * 1e6)


def measure_processes(size: str) -> Iterator[Measured]:
    """Two processes at once on one store; requests-cache and the DuckDB file are not for that."""
    context = multiprocessing.get_context("spawn")
    with TemporaryDirectory() as place, server(Path(place) / "redis") as url:
        for name in ("mediamgr, disk", "diskcache", "mediamgr, redis", "redis-py"):
            where = url if "redis" in name else f"{place}/{name}"
            begin, told = context.Barrier(2), context.Queue()
            both = [
                context.Process(target=other_process, args=(name, where, SIZES[size], begin, told)) for _ in range(2)
            ]
            for each in both:
                each.start()
            taken = [told.get(timeout=600) for _ in both]
            for each in both:
                each.join()
            yield Measured(name, "9 hits, 1 set", size, "2 processes", sum(taken) / 2)


def questions_of_many() -> dict[str, int]:
    """How many questions a thousand threads that miss one key at the same time put to the provider, by backend."""
    asked: dict[str, int] = {}
    with TemporaryDirectory() as place, server(Path(place) / "redis") as url:
        folder = Path(place)
        for backend in (DbBackend(folder / "c.duckdb"), DiskBackend(folder / "c"), RedisBackend(url)):
            service, questions, begin = CacheService(backend), [], threading.Barrier(ASKING)

            def ask(
                _: int, service: CacheService = service, questions: list[int] = questions, begin: Any = begin
            ) -> bytes | None:
                begin.wait()
                return service.get_or_load("p:k", lambda: questions.append(1) or b"x")  # type: ignore[func-returns-value]

            with ThreadPoolExecutor(ASKING) as pool:
                assert set(pool.map(ask, range(ASKING))) == {b"x"}
            asked[backend.name] = len(questions)
    return asked


def row(measured: dict[tuple[str, str, str, str], float], kind: str, size: str, at_once: str) -> str:
    """A line of the table: each store, and ours as a ratio."""
    told = [f"| {kind} | {size} | {at_once} "]
    for store in (*BESIDE, "diskcache", "redis-py", "requests-cache"):
        taken = measured.get((store, kind, size, at_once))
        beside = measured.get((BESIDE.get(store, ""), kind, size, at_once))
        ratio = f" ({taken / beside:.2f})" if taken and beside else ""
        told.append(f"| {shown(taken)}{ratio} ")
    return "".join(told) + "|"


def shown(microseconds: float | None) -> str:
    """With a unit."""
    if microseconds is None:
        return "–"
    return f"{microseconds:.1f} µs" if microseconds < 1000 else f"{microseconds / 1000:.1f} ms"


def write(measured: list[Measured], asked: dict[str, int]) -> None:
    """docs/caching.md."""
    by = {(each.store, each.kind, each.size, each.at_once): each.microseconds for each in measured}
    lines = {(each.kind, each.size, each.at_once): None for each in measured}
    questions = ", ".join(f"{count} on {backend}" for backend, count in asked.items())
    text = f"""# The cache of answers

Written by `make caching`; not to be edited. {os.cpu_count()} cores, {platform.system()}, Python
{platform.python_version()}.

Time an operation takes, all threads together, the median of {ROUNDS} rounds in which all take turns. "Again" is what
this process read or wrote within two seconds; "first" asks the backend. In brackets: how many times as long as the
bare store beneath it takes (db: as diskcache). Ours compresses values from 2 kB on, to about half of these. Keys are
random among {KEYS}.

| operation | value | at once | {" | ".join((*BESIDE, "diskcache", "redis-py", "requests-cache"))} |
|---|---|---|---:|---:|---:|---:|---:|---:|
{chr(10).join(row(by, *line) for line in lines)}

{ASKING:,} threads that miss one key at the same time ask the provider: {questions}.
"""
    (ROOT / "docs" / "caching.md").write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, and write what was measured."""
    again = tuple(kind for kind in KINDS if kind != "hit, first")
    measured: list[Measured] = []
    for size in SIZES:
        for kinds, remembers in ((again, True), (("hit, first",), False)):
            for each in measure_size(size, kinds, remembers=remembers):
                print(each, file=sys.stderr)
                measured.append(each)
        measured += measure_processes(size)
    write(measured, questions_of_many())


if __name__ == "__main__":
    main()
