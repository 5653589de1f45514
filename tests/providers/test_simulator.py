"""The simulator stands in for servers: it says what it is, spoils what it is told to, and knows what it was asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
import pytest
import requests

import mediamgr
from mediamgr.errors import InputError, LibraryNotFound
from mediamgr.providers.simulator import PROVIDERS, Asked, Faults, Limit, Simulator
from tests.providers.conftest import Asking

PLAIN = "/tmdb/3/configuration"


@pytest.fixture
def simulator(demo: Path) -> Iterator[Simulator]:
    """One of its own for each test: some close it."""
    with Simulator(demo, rate_limits=False) as running:
        yield running


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class TestBeingASimulation:
    """What people and programs are told."""

    @pytest.mark.parametrize(
        "path", ["/", "/tmdb/3/movie/0", "/tvmaze/shows", "/omdb/", "/wikidata/w/api.php", "/nobody"]
    )
    def test_every_answer_says_so(self, ask: Asking, path: str) -> None:
        """In a header, whatever the answer is."""
        assert ask(path).headers["X-Simulated-By"] == "mediamgr"

    def test_its_page_says_so(self, simulator: Simulator, ask: Asking) -> None:
        """With where each provider is, and how often it was asked."""
        ask(PLAIN)
        page = ask("/").text
        assert "SIMULATION" in page
        assert all(simulator.address_of(provider) in page for provider in PROVIDERS)
        assert "1 request<" in page

    def test_it_shows_itself_so(self, simulator: Simulator) -> None:
        """In a notebook and in a terminal, running or not."""
        for shown in (repr(simulator), simulator._repr_html_()):
            assert "SIMULATION" in shown
            assert simulator.address_of("tmdb") in shown
        simulator.close()
        assert "SIMULATION" in repr(simulator)
        assert "http" not in repr(simulator)

    def test_nobody_else_can_reach_it(self, simulator: Simulator) -> None:
        """It listens on this machine only."""
        assert simulator.url.startswith("http://127.0.0.1:")
        assert simulator.start()._server.server_address[0] == "127.0.0.1"


class TestRunning:
    """start, close."""

    def test_it_can_start_again(self, demo: Path) -> None:
        """After close it does not answer, and has no address; after start it does, from the same library."""
        simulator = Simulator(demo, rate_limits=False)
        with pytest.raises(InputError, match="does not run"):
            _ = simulator.url
        for _ in range(2):
            with simulator:
                url = simulator.url
                assert Asking(simulator).json("/tvmaze/shows")
            with pytest.raises(requests.ConnectionError):
                requests.get(url, timeout=60)

    def test_closing_ends_what_hangs(self, demo: Path) -> None:
        """Who waits for an answer is told, as the connection ends."""
        asked = threading.Event()
        with Simulator(demo, on_request=lambda _: asked.set()) as simulator:
            simulator.faults["tmdb"] = Faults(hangs=1)
            with ThreadPoolExecutor() as pool:
                waiting = pool.submit(Asking(simulator), PLAIN)
                assert asked.wait(60)
                assert not waiting.done()
                simulator.close()
                with pytest.raises(requests.ConnectionError):
                    waiting.result(60)

    def test_closing_does_not_wait_for_those_who_say_nothing(self, simulator: Simulator) -> None:
        """A connection that is kept is ended."""
        with socket.create_connection(("127.0.0.1", int(simulator.url.rsplit(":")[-1])), timeout=60) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert idle.recv(10) == b"HTTP/1.1 2"
            simulator.close()
            while idle.recv(65536):
                pass

    def test_a_port_that_is_taken_is_named(self, simulator: Simulator, demo: Path) -> None:
        """With what to do."""
        port = int(simulator.url.rsplit(":")[-1])
        with pytest.raises(InputError, match=f"Port {port} cannot be used"):
            Simulator(demo, port).start()

    def test_an_open_library_will_do(self, demo: Path) -> None:
        """It is not closed with the simulator; when it is closed, answers say so."""
        with mediamgr.open(demo) as lib, Simulator(lib, rate_limits=False) as simulator:
            ask = Asking(simulator)
            assert ask.json("/tvmaze/shows")
            lib.close()
            broken = ask("/tvmaze/shows")
            assert (broken.status_code, "closed" in broken.text) == (500, True)

    def test_a_library_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        """At once, not at the first request."""
        with pytest.raises(LibraryNotFound):
            Simulator(tmp_path / "nothing.duckdb")


class TestFaults:
    """simulator.faults."""

    def test_so_many_answers_are_spoilt_and_then_no_more(self, simulator: Simulator, ask: Asking) -> None:
        """One kind after the other; what is left is told."""
        simulator.faults["tmdb"] = Faults(too_many=1, errors=2)
        assert [ask(PLAIN).status_code for _ in range(4)] == [429, 500, 500, 200]
        assert simulator.faults["tmdb"] == Faults()

    def test_every_nth_answer_is_spoilt(self, simulator: Simulator, ask: Asking) -> None:
        """Counted from when it was set."""
        simulator.faults["tmdb"] = Faults(errors=2, every=3)
        assert [ask(PLAIN).status_code for _ in range(7)] == [200, 200, 500, 200, 200, 500, 200]

    def test_providers_fail_alone(self, simulator: Simulator, ask: Asking) -> None:
        """Others go on."""
        simulator.faults["tmdb"] = Faults(errors=1)
        assert ask("/tvmaze/shows").status_code == 200
        assert ask(PLAIN).status_code == 500

    @pytest.mark.parametrize(
        ("kind", "error"),
        [
            pytest.param("resets", requests.ConnectionError, id="reset"),
            pytest.param("truncated", requests.exceptions.ChunkedEncodingError, id="truncated"),
            pytest.param("wrong_json", requests.exceptions.JSONDecodeError, id="wrong json"),
        ],
    )
    def test_a_client_meets_what_it_would_meet(
        self, simulator: Simulator, ask: Asking, kind: str, error: type[Exception]
    ) -> None:
        """The errors of a real client, once; the next answer is whole."""
        whole = ask.json(PLAIN)
        simulator.faults["tmdb"] = Faults(**{kind: 1})
        with pytest.raises(error):
            ask.json(PLAIN)
        assert ask.json(PLAIN) == whole

    def test_a_reset_is_a_reset(self, simulator: Simulator) -> None:
        """The other side is told so, not that all is said."""
        simulator.faults["tmdb"] = Faults(resets=1)
        with socket.create_connection(("127.0.0.1", int(simulator.url.rsplit(":")[-1])), timeout=60) as raw:
            raw.sendall(b"GET /tmdb/3/configuration HTTP/1.1\r\nHost: x\r\n\r\n")
            with pytest.raises(ConnectionResetError):
                raw.recv(100)

    @pytest.mark.parametrize("provider", ["tmdb", "tvmaze", "wikidata"])
    def test_too_many_says_when_to_come_again(self, simulator: Simulator, ask: Asking, provider: str) -> None:
        """In whole seconds, at least one."""
        simulator.faults[provider] = Faults(too_many=1)
        refused = ask(f"/{provider}/")
        assert (refused.status_code, refused.headers["Retry-After"]) == (429, "1")

    def test_latency_delays_every_answer(self, simulator: Simulator, ask: Asking) -> None:
        """It takes at least that long."""
        simulator.faults["tmdb"] = Faults(latency_seconds=0.05)
        for _ in range(2):
            assert ask(PLAIN).elapsed.total_seconds() >= 0.05

    def test_what_cannot_be_is_refused(self, simulator: Simulator) -> None:
        """Negative numbers, unknown providers."""
        with pytest.raises(InputError, match="errors is 0 or more"):
            Faults(errors=-1)
        with pytest.raises(InputError, match="every is 1 or more"):
            Faults(every=0)
        with pytest.raises(InputError, match="did you mean 'tmdb'"):
            simulator.faults["tmbd"] = Faults()
        with pytest.raises(InputError, match="There is no provider 'tmbd'"):
            simulator.limits["tmbd"] = None


class TestLimits:
    """simulator.limits."""

    def test_more_than_the_limit_is_refused_until_time_has_passed(self, demo: Path) -> None:
        """Twenty calls, then one every half second; how long to wait is told."""
        clock = Clock()
        with Simulator(demo, clock=clock) as simulator:
            ask = Asking(simulator)
            path = "/tvmaze/shows/1"
            assert [ask(path).status_code for _ in range(21)] == [404] * 20 + [429]
            assert ask(path).headers["Retry-After"] == "1"
            clock.now += 0.5
            assert [ask(path).status_code for _ in range(2)] == [404, 429]
            clock.now += 100
            assert [ask(path).status_code for _ in range(21)] == [404] * 20 + [429]

    def test_the_wait_is_told_in_seconds(self, demo: Path) -> None:
        """Rounded up."""
        with Simulator(demo, clock=Clock()) as simulator:
            simulator.limits["tmdb"] = Limit(2, 15.0)
            ask = Asking(simulator)
            assert [ask(PLAIN).headers.get("Retry-After") for _ in range(3)] == [None, None, "8"]

    def test_omdb_says_in_its_own_way_that_the_day_is_over(self, demo: Path) -> None:
        """With 401."""
        with Simulator(demo, clock=Clock()) as simulator:
            simulator.limits["omdb"] = Limit(1, 86_400.0)
            ask = Asking(simulator)
            said = [ask("/omdb/", s="the") for _ in range(2)]
            assert [each.status_code for each in said] == [200, 401]
            assert said[1].json() == {"Response": "False", "Error": "Request limit reached!"}

    def test_limits_can_be_switched_off(self, demo: Path) -> None:
        """For one provider; of the others they stay."""
        with Simulator(demo, clock=Clock()) as simulator:
            simulator.limits["tvmaze"] = None
            simulator.limits["omdb"] = Limit(1, 1.0)
            ask = Asking(simulator)
            assert {ask("/tvmaze/shows/1").status_code for _ in range(30)} == {404}
            assert [ask("/omdb/").status_code for _ in range(2)] == [200, 401]


class TestJournal:
    """simulator.requests."""

    def test_what_was_asked_is_a_frame(self, simulator: Simulator, ask: Asking) -> None:
        """Who was asked for what, how it was answered, and whether the client had it before."""
        tag = ask(PLAIN).headers["ETag"]
        ask(PLAIN, {"If-None-Match": tag, "User-Agent": "another/2"})
        simulator.faults["omdb"] = Faults(resets=1)
        with pytest.raises(requests.ConnectionError):
            ask("/omdb/", s="the")
        ask("/")
        frame = simulator.requests()
        assert frame.drop("at", "method").rows() == [
            ("tmdb", f"{PLAIN}?api_key=***", 200, False, None, "tests/1.0 (somebody@example.org)"),
            ("tmdb", f"{PLAIN}?api_key=***", 304, True, None, "another/2"),
            ("omdb", "/omdb/?apikey=***&s=the", None, False, "resets", "tests/1.0 (somebody@example.org)"),
            (None, "/", 200, False, None, "tests/1.0 (somebody@example.org)"),
        ]
        assert frame.schema["at"] == pl.Datetime("us", "UTC")
        assert frame["at"].is_sorted()
        assert (simulator.count(), simulator.count("tmdb"), simulator.count("wikidata")) == (4, 2, 0)

    def test_reset_forgets_all(self, demo: Path) -> None:
        """Requests, faults, and what was used of limits; limits themselves stay as they were set."""
        with Simulator(demo, clock=Clock()) as simulator:
            simulator.limits["tvmaze"] = Limit(1, 10.0)
            simulator.faults["tmdb"] = Faults(errors=5)
            ask = Asking(simulator)
            for _ in range(2):
                assert [ask("/tvmaze/shows/1").status_code for _ in range(2)] == [404, 429]
                simulator.reset()
                assert ask(PLAIN).status_code == 200
                simulator.reset()
            assert simulator.requests().is_empty()
            assert simulator.count() == 0

    def test_many_clients_at_once_are_all_counted(self, demo: Path) -> None:
        """Each gets an answer of its own."""
        told: list[Asked] = []
        with Simulator(demo, rate_limits=False, on_request=told.append) as simulator, ThreadPoolExecutor(8) as pool:
            paths = ["/tvmaze/shows", "/tmdb/3/search/movie?query=the", "/images/t/p/w92/p1.jpg", PLAIN] * 25
            answers = list(pool.map(lambda path: Asking(simulator)(path).status_code, paths))
            assert answers == [200] * 100
            assert len(told) == simulator.count() == simulator.requests().height == 100
            assert simulator.count("images") == 25
