"""A monitor on this machine scrapes; nobody else gets an answer."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families

from mediamgr.errors import InputError
from mediamgr.instrumentation import get_instrumentation
from mediamgr.library import Library
from mediamgr.performance import Served, _serving, serve
from tests.builders import films, library_of, series
from tests.workers.waiting import threads_of, until


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Ten films."""
    with library_of(tmp_path_factory.mktemp("served") / "films.duckdb", films()) as opened:
        yield opened


@pytest.fixture
def served(lib: Library) -> Iterator[Served]:
    """On a free port."""
    with serve(lib=lib) as started:
        yield started


def scraped(served: Served) -> dict[tuple[str, ...], float]:
    """Samples by name and label values."""
    answer = requests.get(f"{served.url}/metrics", timeout=60)
    assert answer.status_code == 200
    found = text_string_to_metric_families(answer.text)
    return {(each.name, *each.labels.values()): each.value for metric in found for each in metric.samples}


def asked(served: Served, request: bytes) -> bytes:
    """What comes back to bytes that are sent."""
    port = int(served.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request)
        return b"".join(iter(lambda: connection.recv(65536), b""))


class TestAnswers:
    """What is served."""

    def test_metrics_are_read_anew_at_each_scrape(self, tmp_path: Path) -> None:
        """Of this process and of the library; one that is closed is told, and the rest is served."""
        with library_of(tmp_path / "films.duckdb", films()) as lib, serve(lib=lib) as served:
            get_instrumentation().increment_counter("test_serving.films", 3)
            before = scraped(served)
            lib.load(series())
            get_instrumentation().increment_counter("test_serving.films", 2)
            after = scraped(served)
            lib.close()
            closed = scraped(served)
        assert before["mediamgr_performance_table_rows", "media_item"] == 10
        assert before["mediamgr_test_serving_films_total",] == 3
        assert after["mediamgr_performance_table_rows", "media_item"] == 16
        assert after["mediamgr_test_serving_films_total",] == 5
        assert closed["mediamgr_performance_left_out", "store"] == 1
        assert closed["mediamgr_test_serving_films_total",] == 5

    def test_the_whole_report_is_json(self, served: Served, lib: Library) -> None:
        """As `as_dict()`."""
        answer = requests.get(f"{served.url}/metrics.json", timeout=60)
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.json()["store"]["path"] == str(lib.path)

    def test_types_are_as_prometheus_wants_them(self, served: Served) -> None:
        """Nothing is kept by who asks, or taken for something else."""
        headers = requests.get(f"{served.url}/metrics?x=1", timeout=60).headers
        assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert (headers["Cache-Control"], headers["X-Content-Type-Options"]) == ("no-store", "nosniff")
        assert "Access-Control-Allow-Origin" not in headers
        assert "Python" not in headers["Server"]

    def test_other_paths_say_what_there_is(self, served: Served) -> None:
        """And a head has no body."""
        assert "/metrics is for Prometheus" in requests.get(served.url, timeout=60).text
        assert requests.get(f"{served.url}/none", timeout=60).status_code == 404
        head = requests.head(f"{served.url}/metrics", timeout=60)
        assert (head.status_code, head.text) == (200, "")
        assert requests.post(f"{served.url}/metrics", timeout=60).status_code == 501

    def test_many_may_ask_at_a_time(self, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
        """One that says nothing keeps nobody waiting, however long it is waited for."""
        monkeypatch.setattr(_serving._Handler, "timeout", 600)
        port = int(served.url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)), ThreadPoolExecutor(8) as pool:
            assert len([each for each in pool.map(lambda _: scraped(served), range(16)) if each]) == 16


class TestStrangers:
    """Who is not answered."""

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""])
    def test_other_names_are_refused(self, served: Served, host: str) -> None:
        """A page whose name leads here learns nothing."""
        name = host.format(port=served.url.rpartition(":")[2])
        answer = requests.get(f"{served.url}/metrics", headers={"Host": name}, timeout=60)
        assert answer.status_code == 421
        assert "mediamgr_" not in answer.text

    def test_no_name_is_refused(self, served: Served) -> None:
        """As of HTTP/1.0."""
        assert asked(served, b"GET /metrics HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.0 421")

    def test_this_machines_names_are_answered(self, served: Served) -> None:
        """In any case."""
        port = served.url.rpartition(":")[2]
        for name in (f"localhost:{port}", f"LOCALHOST:{port}", f"127.0.0.1:{port}"):
            assert requests.get(f"{served.url}/metrics", headers={"Host": name}, timeout=60).status_code == 200

    def test_other_machines_reach_nothing(self, served: Served) -> None:
        """It listens on 127.0.0.1 alone."""
        with socket.socket() as other:
            other.settimeout(10)
            assert other.connect_ex(("127.0.0.2", int(served.url.rpartition(":")[2]))) != 0

    def test_an_address_that_is_none_is_refused(self, served: Served, capsys: pytest.CaptureFixture[str]) -> None:
        """It is said so, and nothing is printed here."""
        host = served.url.removeprefix("http://").encode()
        answer = asked(served, b"GET http://[::1/metrics HTTP/1.0\r\nHost: " + host + b"\r\n\r\n")
        assert answer.startswith(b"HTTP/1.0 400")
        assert b"Invalid IPv6 URL" in answer
        assert capsys.readouterr().err == ""

    def test_nonsense_is_no_harm(self, served: Served) -> None:
        """And who goes away while being answered neither."""
        for request in (b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET /metrics HTTP/9.9\r\n\r\n"):
            asked(served, request)
        port = int(served.url.rpartition(":")[2])
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port)) as connection:
                connection.sendall(f"GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
        assert scraped(served)


class TestBeginningAndEnd:
    """serve()."""

    def test_it_ends_when_told(self, lib: Library) -> None:
        """Its thread and its port with it; again does nothing."""
        served = serve(lib=lib)
        port = int(served.url.rpartition(":")[2])
        assert repr(served) == f"Served(http://127.0.0.1:{port}/metrics)"
        assert scraped(served)
        served.close()
        served.close()
        until(lambda: not threads_of("mediamgr-metrics"))
        with serve(port, lib) as again:
            assert again.url == served.url

    def test_a_port_that_is_taken_is_named(self, served: Served) -> None:
        """With what to do."""
        port = int(served.url.rpartition(":")[2])
        with pytest.raises(InputError, match=rf"Port {port} cannot be used: .*; name another, or 0"):
            serve(port)

    @pytest.mark.parametrize("port", [-1, 65_536])
    def test_a_port_that_is_none(self, port: int) -> None:
        """The same."""
        with pytest.raises(InputError, match=rf"Port {port} cannot be used"):
            serve(port)

    def test_it_keeps_no_program_from_ending(self, served: Served) -> None:
        """Its threads are daemons."""
        assert threads_of("mediamgr-metrics")
        assert all(each.daemon for each in threads_of("mediamgr-metrics"))
        assert threading.main_thread() not in threads_of("mediamgr-metrics")
