"""The cache gives what is kept, asks once for what is not, and never fails its caller."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest

from mediamgr.cache_service import Answer, CacheService, Entry, Key, Policy, Unchanged
from mediamgr.cache_service._disk import DiskBackend
from mediamgr.errors import InputError
from tests.cache_service.redis_servers import until

POLICY = Policy(ttl=100, negative_ttl=10, stale_while_revalidate=20, stale_if_error=300, jitter=0)


class Clock:
    """Moves when told."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


class Provider:
    """Answers with its number of the answer; fails while `is_down`."""

    def __init__(self) -> None:
        self.asked, self.is_down = 0, False

    def __call__(self) -> bytes:
        self.asked += 1
        if self.is_down:
            raise ConnectionError("the provider is down")
        return str(self.asked).encode()


@pytest.fixture
def clock() -> Clock:
    """The clock of the service."""
    return Clock()


@pytest.fixture
def provider() -> Provider:
    """What is asked."""
    return Provider()


@pytest.fixture
def make(tmp_path: Path, clock: Clock) -> Iterator[Callable[..., CacheService]]:
    """Services on one folder, as two processes would have."""
    made: list[CacheService] = []

    def another(policy: Policy = POLICY) -> CacheService:
        made.append(CacheService(DiskBackend(tmp_path / "answers"), policy, clock=clock, chance=lambda: 0.0))
        return made[-1]

    yield another
    for service in made:
        service.close()


@pytest.fixture
def cache(make: Callable[..., CacheService]) -> CacheService:
    """A service."""
    return make()


def test_asks_once(cache: CacheService, provider: Provider) -> None:
    """What was answered is given again without asking."""
    assert [cache.get_or_load("p:k", provider) for _ in range(3)] == [b"1"] * 3
    assert provider.asked == 1
    assert cache.get("p:k") == b"1"
    assert cache.get(Key("p", "k")) == b"1"


def test_asks_again_when_its_time_is_over(cache: CacheService, provider: Provider, clock: Clock) -> None:
    """Long after its time nobody is given it before the provider was asked."""
    cache.get_or_load("p:k", provider)
    clock.now += 121
    assert cache.fetch("p:k", lambda _: provider()).body == b"2"


def test_nothing_is_an_answer(cache: CacheService, clock: Clock) -> None:
    """That there is nothing is kept too, for a shorter time."""
    asked: list[int] = []
    for _ in range(3):
        assert cache.get_or_load("p:k", lambda: asked.append(1)) is None
    assert len(asked) == 1
    found = cache.lookup("p:k")
    assert found is not None
    assert found.body is None
    clock.now += 11
    assert cache.lookup("p:k") is None


def test_who_cannot_ask_is_given_what_is_old(cache: CacheService, provider: Provider, clock: Clock) -> None:
    """Until it is too old; nobody is asked."""
    cache.get_or_load("p:k", provider)
    clock.now += 399
    assert cache.lookup("p:k") is None
    found = cache.lookup("p:k", however_old=True)
    assert found is not None
    assert (found.body, found.source, found.age_seconds) == (b"1", "stale", 399)
    clock.now += 1
    assert cache.lookup("p:k", however_old=True) is None
    assert provider.asked == 1


def test_stale_is_given_at_once(cache: CacheService, provider: Provider, clock: Clock) -> None:
    """Just after its time an answer is given, and asked for again in the background."""
    cache.get_or_load("p:k", provider)
    clock.now += 110
    found = cache.fetch("p:k", lambda _: provider())
    assert (found.body, found.source) == (b"1", "stale")
    until(lambda: cache.get("p:k") == b"2")
    assert provider.asked == 2


def test_stale_when_the_provider_is_down(cache: CacheService, provider: Provider, clock: Clock) -> None:
    """An old answer is given when asking fails, until it is too old; then the error comes out."""
    cache.get_or_load("p:k", provider)
    provider.is_down = True
    clock.now += 200
    found = cache.fetch("p:k", lambda _: provider())
    assert (found.body, found.source) == (b"1", "stale")
    assert cache.get_stats()["stale_hits"] == 1
    clock.now += 201
    with pytest.raises(ConnectionError):
        cache.get_or_load("p:k", provider)


def test_errors_that_are_not_hidden(cache: CacheService, clock: Clock) -> None:
    """An error that an old answer must not hide comes out."""

    def refused(_: Entry | None) -> bytes:
        raise PermissionError("wrong key")

    cache.set("p:k", b"1")
    clock.now += 200
    with pytest.raises(PermissionError):
        cache.fetch("p:k", refused, stale_on=ConnectionError)


def test_hot_answers_are_asked_for_ahead(cache: CacheService, provider: Provider, clock: Clock) -> None:
    """What is given often is asked for again before its time is over; what is not, is not."""
    for key in ("p:hot", "p:cold"):
        cache.get_or_load(key, provider)
    for _ in range(3):
        cache.get_or_load("p:hot", provider)
    clock.now += 85
    assert cache.get_or_load("p:hot", provider) == b"1"
    assert cache.get_or_load("p:cold", provider) == b"2"
    until(lambda: cache.get("p:hot") == b"3")
    assert provider.asked == 3


def test_unchanged(cache: CacheService, clock: Clock) -> None:
    """A provider that says "unchanged" makes what is kept good again; its validators are given to it."""
    given: list[Entry | None] = []

    def load(entry: Entry | None) -> Answer | Unchanged:
        given.append(entry)
        return Unchanged() if entry else Answer(b"1", etag='W/"a"')

    cache.fetch("p:k", load)
    clock.now += 130
    found = cache.fetch("p:k", load)
    assert (found.body, found.source) == (b"1", "unchanged")
    assert given[0] is None
    assert given[1] is not None
    assert given[1].etag == 'W/"a"'
    assert cache.fetch("p:k", load).source == "kept"


def test_a_thousand_ask_at_once(cache: CacheService) -> None:
    """One of a thousand who ask for the same at the same time loads it; all get it."""
    begin, others_wait, asked = threading.Barrier(1000), threading.Event(), []

    def load() -> bytes:
        asked.append(1)
        assert others_wait.wait(120)
        return b"once"

    def ask(_: int) -> bytes | None:
        begin.wait(120)
        return cache.get_or_load("p:k", load)

    with ThreadPoolExecutor(1000) as pool:
        answers = [pool.submit(ask, number) for number in range(1000)]
        until(lambda: len(asked) == 1)
        others_wait.set()
        assert {answer.result() for answer in answers} == {b"once"}
    assert len(asked) == 1


def test_an_error_reaches_all_who_wait(cache: CacheService, provider: Provider) -> None:
    """When loading fails, those who waited get the error, and the next asks again."""
    provider.is_down, begin = True, threading.Barrier(2)

    def load() -> bytes:
        assert cache._loading._flights.is_ours("default/p:k")
        return provider()

    def ask() -> bytes | None:
        begin.wait(60)
        return cache.get_or_load("p:k", load)

    with ThreadPoolExecutor(2) as pool:
        for answer in [pool.submit(ask), pool.submit(ask)]:
            with pytest.raises(ConnectionError):
                answer.result()
    provider.is_down = False
    assert cache.get_or_load("p:k", provider) is not None


def test_who_is_interrupted_leaves_it_to_others(cache: CacheService) -> None:
    """When the one who loads is interrupted, another one loads instead."""
    is_loading, go_on = threading.Event(), threading.Event()

    def interrupted() -> bytes:
        is_loading.set()
        assert go_on.wait(60)
        raise KeyboardInterrupt

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(cache.get_or_load, "p:k", interrupted)
        assert is_loading.wait(60)
        second = pool.submit(cache.get_or_load, "p:k", lambda: b"other")
        go_on.set()
        with pytest.raises(KeyboardInterrupt):
            first.result()
        assert second.result() == b"other"


def test_a_loader_that_asks_for_itself(cache: CacheService) -> None:
    """A load that needs its own key loads it, and does not wait for itself."""
    assert cache.get_or_load("p:k", lambda: cache.get_or_load("p:k", lambda: b"inner")) == b"inner"


LOADS = """
import sys, time
from pathlib import Path
from mediamgr.cache_service import CacheService
from mediamgr.cache_service._disk import DiskBackend
folder = Path(sys.argv[1])
cache = CacheService(DiskBackend(folder / "answers"))
def load():
    with (folder / "asked").open("a") as asked:
        asked.write("x")
    deadline = time.monotonic() + 120
    while len(list(folder.glob("here-*"))) < 4 and time.monotonic() < deadline:
        time.sleep(0.01)
    return b"once"
(folder / f"here-{sys.argv[2]}").touch()
print(cache.get_or_load("p:k", load).decode())
cache.close()
"""


def test_processes_ask_once(tmp_path: Path) -> None:
    """Of four processes that ask for the same at the same time, one loads it."""
    processes = [
        subprocess.Popen([sys.executable, "-c", LOADS, str(tmp_path), str(number)], stdout=subprocess.PIPE, text=True)
        for number in range(4)
    ]
    assert [process.communicate(timeout=300)[0] for process in processes] == ["once\n"] * 4
    assert (tmp_path / "asked").read_text() == "x"


def test_namespaces(cache: CacheService) -> None:
    """A tenant's answers are its own: given, listed, sized and cleared alone."""
    acme = cache.in_namespace("acme")
    cache.set("p:k", b"ours")
    acme.set("p:k", b"theirs!")
    assert (cache.get("p:k"), acme.get("p:k")) == (b"ours", b"theirs!")
    assert cache.entries("acme")["bytes"].to_list() == [7]
    assert cache.get_stats("acme")["total_entries"] == 1
    assert cache.get_stats()["namespaces"]["acme"]["raw_bytes"] == 7
    assert cache.clear_all("acme") == 1
    assert (cache.get("p:k"), acme.get("p:k")) == (b"ours", None)


def test_entries(cache: CacheService, clock: Clock) -> None:
    """The cache is a frame: a row an answer, most given first."""
    cache.set("tmdb:movie/603", b"x" * 5000)
    cache.set("omdb:tt1", None)
    cache.get("tmdb:movie/603")
    clock.now += 30
    frame = cache.entries()
    rows = frame.select("key", "provider", "state", "is_negative", "bytes", "hits").rows()
    assert rows == [
        ("tmdb:movie/603", "tmdb", "fresh", False, 5000, 1),
        ("omdb:tt1", "omdb", "expired", True, 0, 0),
    ]
    assert frame["age_seconds"].to_list() == pytest.approx([30, 30], abs=0.01)
    assert frame["ttl_seconds"].to_list() == [100, 10]
    assert frame["stored_bytes"][0] < 200
    assert frame.schema["used_at"] == pl.Datetime("us")


def test_stats(make: Callable[..., CacheService], provider: Provider, clock: Clock) -> None:
    """Figures of all processes together, and of each namespace."""
    one, other = make(), make()
    one.get_or_load("p:a", provider)
    one.get_or_load("p:a", provider)
    one.close()
    assert other.get("p:a") == b"1"
    other.get("p:none")
    other.set("p:b", b"b" * 10_000)
    stats = other.get_stats()
    wanted = {
        "backend": "disk", "failure": None, "total_entries": 2, "active_entries": 2, "expired_entries": 0,
        "stale_entries": 0, "total_hits": 2, "total_misses": 2, "hit_rate": 0.5, "loads": 1, "sets": 2, "errors": 0,
        "raw_bytes": 10_001,
    }  # fmt: skip
    assert {name: stats[name] for name in wanted} == wanted
    assert stats["compression_ratio"] == stats["raw_bytes"] / stats["stored_bytes"] > 10
    clock.now += 150
    assert other.get_stats()["stale_entries"] == 2


def test_the_bound_is_kept(make: Callable[..., CacheService], clock: Clock) -> None:
    """Too much is evicted, those first that were not used for longest."""
    cache = make(Policy(most_bytes=100_000, compress_from=1 << 30))
    for number in range(20):
        cache.set(f"p:{number}", b"x" * 10_000)
        clock.now += 1
        cache.get("p:0")
    cache.run_cache_maintenance()
    stats = cache.get_stats()
    assert stats["stored_bytes"] <= 100_000
    assert stats["evictions"] >= 10
    assert cache.get("p:0") is not None
    assert cache.get("p:19") is not None
    assert cache.get("p:1") is None


def test_the_bound_is_kept_without_asking(make: Callable[..., CacheService]) -> None:
    """Nobody needs to call for maintenance."""
    cache = make(Policy(most_bytes=100_000, compress_from=1 << 30))
    for number in range(60):
        cache.set(f"p:{number}", b"x" * 10_000)
    until(lambda: cache.get_stats()["stored_bytes"] <= 110_000)


def test_maintenance(cache: CacheService, tmp_path: Path) -> None:
    """What nobody wants any more goes, the rest stays; it tells what it did."""
    cache.set("p:short", None, ttl=0.05)
    cache.set("p:long", b"x")
    until(lambda: cache._shelf.backend.get("default/p:short") is None)
    done = cache.run_cache_maintenance()
    assert (done.expired, done.evicted, done.entries) == (1, 0, 1)
    assert done.size_bytes > done.stored_bytes > 0
    cache.set("p:short", None, ttl=0.05)
    until(lambda: cache._shelf.backend.get("default/p:short") is None)
    assert cache.clear_expired() == 1


def test_warm(cache: CacheService, clock: Clock) -> None:
    """What was given most is asked for again in the background, by who was taught how."""
    asked: list[tuple[str, str]] = []

    def again(key: Key, recipe: str, entry: Entry | None) -> Answer:
        asked.append((key.name, recipe))
        return Answer(b"new", recipe=recipe)

    for name, times in (("a", 3), ("b", 1), ("c", 0)):
        cache.fetch(f"p:{name}", lambda _, name=name: Answer(b"old", recipe=json.dumps(name)))
        for _ in range(times):
            cache.get(f"p:{name}")
    cache.set("q:x", b"old")
    cache.get("q:x")
    cache.teach("p", again)
    clock.now += 1
    warming = cache.warm(most=3)
    assert warming.wait(60) == 2
    assert (warming.keys, warming.unknown) == (("p:a", "p:b"), ("q:x",))
    assert sorted(asked) == [("a", '"a"'), ("b", '"b"')]
    assert (cache.get("p:a"), cache.get("p:c")) == (b"new", b"old")
    clock.now += 1
    assert cache.warm("p:*").wait(60) == 3
    clock.now += 1
    assert cache.warm([Key("p", "c"), "p:d"]).wait(60) == 2
    clock.now += 1
    assert cache.warm(cache.entries().filter(pl.col("key") == "p:d")).wait(60) == 1
    with pytest.raises(InputError, match="column 'key'"):
        cache.warm(pl.DataFrame({"name": ["p:a"]}))


def test_what_is_not_an_answer(cache: CacheService) -> None:
    """A loader that gives text, or "unchanged" of nothing, is told what it must give."""
    with pytest.raises(InputError, match="gave str; it must give bytes"):
        cache.get_or_load("p:k", lambda: "text")  # type: ignore[arg-type, return-value]
    with pytest.raises(InputError, match="nothing is kept"):
        cache.get_or_load("p:k", Unchanged)


def test_nothing_is_kept_when_told_so(make: Callable[..., CacheService], provider: Provider) -> None:
    """Switched off, every question goes to the provider."""
    cache = make(Policy(is_kept=False))
    assert [cache.get_or_load("p:k", provider) for _ in range(2)] == [b"1", b"2"]
    assert cache.get("p:k") is None
    assert cache.entries().height == 0


def test_what_another_process_changed_is_seen(make: Callable[..., CacheService], clock: Clock) -> None:
    """What is cleared elsewhere is not given for longer than a moment from memory."""
    one, other = make(), make()
    one.set("p:k", b"1")
    other.clear_all()
    clock.now += 2.1
    assert one.get("p:k") is None


def test_a_damaged_entry(make: Callable[..., CacheService], provider: Provider) -> None:
    """A damaged entry is counted and removed, and asked for again."""
    make().set("p:k", b"1")
    cache = make()
    cache._shelf.backend.set("default/p:k", b"mmc1 damaged", 100)
    assert cache.entries()["state"].to_list() == ["damaged"]
    assert cache.get_or_load("p:k", provider) == b"1"
    assert cache.get_stats()["errors"] == 1
    assert provider.asked == 1
