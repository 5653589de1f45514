"""What every backend must do, inherited by the tests of each and run against the real thing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from mediamgr.cache_service._backend import Backend, Use
from mediamgr.cache_service._entry import HEAD_BYTES, Entry, pack
from mediamgr.cache_service._flights import alone
from tests.cache_service.redis_servers import until

__all__ = ["LONG", "BackendContract", "SharedContract", "packed"]

LONG = 3600.0


def packed(body: bytes = b"told") -> bytes:
    """Bytes as the service hands them to a backend."""
    return pack(Entry(body, time.time(), LONG, LONG), compress_from=1 << 30)


class BackendContract:
    """A subclass gives a fixture `backend`, and says whether the place itself removes what is over."""

    removes_by_itself = False

    def test_gives_what_was_set(self, backend: Backend) -> None:
        """What was set is given back, byte for byte, and replaced by what is set next."""
        for body in (b"", b"\x00\xff\n", os.urandom(300_000), b"again"):
            wanted = packed(body)
            backend.set("a/p:k", wanted, LONG)
            assert backend.get("a/p:k") == wanted

    def test_knows_nothing_else(self, backend: Backend) -> None:
        """A place nobody set is None, also when its name looks like another's."""
        backend.set("a/p:k", b"1", LONG)
        assert [backend.get(place) for place in ("a/p:", "a/p:k2", "b/p:k", "a/P:k")] == [None] * 4

    @pytest.mark.parametrize(
        "place", ["a/p:k?q=ä&ß=日本", "a/p:{x}[*]?", "a/p:" + "k" * 900, "a/p:'; drop table entry"]
    )
    def test_takes_any_name(self, backend: Backend, place: str) -> None:
        """Names hold every letter there is."""
        backend.set(place, packed(), LONG)
        assert backend.get(place) is not None
        assert [each.place for each in backend.listed()] == [place]
        assert backend.delete([place]) == 1

    def test_forgets_what_is_over(self, backend: Backend) -> None:
        """After its moment an entry is not given any more."""
        backend.set("a/p:short", packed(), 0.2)
        backend.set("a/p:long", packed(), LONG)
        until(lambda: backend.get("a/p:short") is None)
        removed = backend.clear_expired()
        assert removed == (0 if self.removes_by_itself else 1)
        assert [each.place for each in backend.listed()] == ["a/p:long"]

    def test_deletes(self, backend: Backend) -> None:
        """Deleting says how many were there; more than one part of them."""
        places = [f"a/p:{number}" for number in range(1100)]
        for place in places:
            backend.set(place, packed(b""), LONG)
        assert backend.delete([*places[1:], "a/p:none"]) == 1099
        assert [each.place for each in backend.listed()] == ["a/p:0"]

    def test_clears_a_namespace_alone(self, backend: Backend) -> None:
        """Clearing a namespace leaves the others, even those whose name begins alike."""
        for place in ("a/p:1", "a/p:2", "ab/p:1", "b/p:1"):
            backend.set(place, packed(), LONG)
            backend.count({place.partition("/")[0]: {"hits": 1}})
        assert backend.clear("a") == 2
        assert sorted(each.place for each in backend.listed()) == ["ab/p:1", "b/p:1"]
        assert sorted(backend.counts()) == ["ab", "b"]
        assert backend.clear(None) == 2
        assert (list(backend.listed()), backend.counts()) == ([], {})

    def test_lists_heads_sizes_and_use(self, backend: Backend) -> None:
        """A listing has the first bytes, the size, how often and when an entry was given."""
        small, large = packed(b"s"), packed(os.urandom(200_000))
        backend.set("a/p:small", small, LONG)
        backend.set("b/p:large", large, LONG)
        later = time.time() + 60
        backend.used({"a/p:small": Use(2, later), "a/p:gone": Use(1, later)})
        backend.used({"a/p:small": Use(3, later - 30)})
        listed = {each.place: each for each in backend.listed()}
        assert {place: (each.head, each.stored_bytes, each.hits) for place, each in listed.items()} == {
            "a/p:small": (small[:HEAD_BYTES], len(small), 5),
            "b/p:large": (large[:HEAD_BYTES], len(large), 0),
        }
        assert listed["a/p:small"].used_at == pytest.approx(later, abs=0.01)
        assert listed["b/p:large"].used_at < later - 1
        assert [each.place for each in backend.listed("b")] == ["b/p:large"]

    def test_remembers_use_when_set_again(self, backend: Backend) -> None:
        """An answer that is got anew keeps how often it was given."""
        backend.set("a/p:k", packed(), LONG)
        backend.used({"a/p:k": Use(4, time.time())})
        backend.set("a/p:k", packed(b"new"), LONG)
        backend.compact()
        assert [each.hits for each in backend.listed()] == [4]

    def test_counts(self, backend: Backend) -> None:
        """Counts add up by namespace and name."""
        backend.count({"a": {"hits": 1, "misses": 2}})
        backend.count({"a": {"hits": 4}, "b": {"hits": 1}, "": {"errors": 1}})
        assert backend.counts() == {"a": {"hits": 5, "misses": 2}, "b": {"hits": 1}, "": {"errors": 1}}

    def test_says_its_size(self, backend: Backend) -> None:
        """What it takes covers what was put in."""
        backend.set("a/p:k", packed(os.urandom(50_000)), LONG)
        assert list(backend.listed())
        backend.compact()
        assert backend.size_bytes() > 50_000

    def test_is_opened_again(self, backend: Backend) -> None:
        """Closed, it keeps all and is opened by its next use."""
        backend.set("a/p:k", b"kept", LONG)
        backend.close()
        assert backend.get("a/p:k") == b"kept"
        backend.close()
        backend.close()

    def test_more_threads_than_connections(self, backend: Backend) -> None:
        """Four hundred threads that ask at the same moment are all answered."""
        backend.set("a/p:k", b"1", LONG)
        begin = threading.Barrier(400)

        def read(_: int) -> bytes | None:
            begin.wait()
            return backend.get("a/p:k")

        with ThreadPoolExecutor(400) as pool:
            assert set(pool.map(read, range(400))) == {b"1"}

    def test_many_threads(self, backend: Backend) -> None:
        """Sixteen threads lose nothing of each other's."""
        begin = threading.Barrier(16)

        def write(thread: int) -> None:
            begin.wait(60)
            for number in range(20):
                backend.set(f"a/p:{thread}-{number}", f"{thread}-{number}".encode(), LONG)
                assert backend.get(f"a/p:{thread}-{number}") == f"{thread}-{number}".encode()

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(write, range(16)))
        assert all(backend.get(f"a/p:{t}-{n}") == f"{t}-{n}".encode() for t in range(16) for n in range(20))


class SharedContract(BackendContract):
    """Backends that several processes have at once also lock."""

    def test_the_lock_of_a_process_that_is_gone_is_taken(self, backend: Backend) -> None:
        """At once; that of one that is there is waited for, until what it loads is there."""
        ended = subprocess.Popen([sys.executable, "-c", ""])
        ended.wait(60)
        left = f"{socket.gethostname()} {ended.pid} left"
        assert backend.lock("a/p:k", left, 60)
        with alone(backend, "a/p:k", lambda: pytest.fail("it waited for who is gone")):
            assert backend.holder("a/p:k") not in ("", left)
        assert backend.holder("a/p:k") == ""
        there = f"{socket.gethostname()} {os.getpid()} there"
        assert backend.lock("a/p:k", there, 60)
        with alone(backend, "a/p:k", lambda: True):
            assert backend.holder("a/p:k") == there

    def test_locks(self, backend: Backend) -> None:
        """One holder at a time; only who holds it can unlock it."""
        assert backend.lock("a/p:k", "one", 60)
        assert not backend.lock("a/p:k", "two", 60)
        assert backend.lock("a/p:other", "two", 60)
        backend.unlock("a/p:k", "two")
        assert not backend.lock("a/p:k", "two", 60)
        backend.unlock("a/p:k", "one")
        assert backend.lock("a/p:k", "two", 60)

    def test_lock_of_a_dead_process(self, backend: Backend) -> None:
        """A lock that nobody gives back runs out."""
        assert backend.lock("a/p:k", "one", 0.2)
        until(lambda: backend.lock("a/p:k", "two", 60))

    def test_locks_are_no_entries(self, backend: Backend) -> None:
        """A lock is neither listed nor counted."""
        backend.lock("a/p:k", "one", 60)
        assert list(backend.listed()) == []
        assert backend.get("a/p:k") is None
