"""A picture is there when it is whole; what a failure leaves is gone on with, unless it is of another picture."""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from mediamgr.errors import ProviderAnswerWrong, ProviderUnavailable
from mediamgr.providers.http import Client, Downloaded, Site
from mediamgr.providers.simulator import Faults, Simulator
from tests.providers.http.conftest import QUICK, Asked, Said, Server, tmdb

BYTES = random.Random(1).randbytes(300_000)
JPEG = {"Content-Type": "image/jpeg"}
TAGGED = {**JPEG, "ETag": '"one"'}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where it goes."""
    return tmp_path / "art" / "poster.jpg"


@pytest.fixture
def get(client: Client, server: Server, site: Site, file: Path) -> Callable[..., Downloaded]:
    """Gets it."""

    def got(path: str = "/poster.jpg", most_bytes: int = 1_000_000) -> Downloaded:
        return client.download(site, server.url + path, file, most_bytes=most_bytes)

    return got


def parts(asked: Asked, body: bytes = BYTES, tag: str = '"one"') -> Said:
    """A server that knows parts."""
    told = {**JPEG, "ETag": tag}
    if "range" not in asked.headers or asked.headers.get("if-range") != tag:
        return Said(body=body, headers=told)
    start = int(asked.headers["range"].removeprefix("bytes=").removesuffix("-"))
    if start >= len(body):
        return Said(416, b"", {**told, "Content-Range": f"bytes */{len(body)}"})
    where = f"bytes {start}-{len(body) - 1}/{len(body)}"
    return Said(206, body[start:], {**told, "Content-Range": where})


def cut(said: Said, length: int) -> Said:
    """The same, cut short."""
    return replace(said, body=said.body[:length], length=len(said.body))


def beside(file: Path) -> set[str]:
    """What is in its folder."""
    return {path.name for path in file.parent.iterdir()}


class TestWhole:
    """What comes in one."""

    def test_it_is_in_its_place_and_nothing_else_is(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """Folders are made, the key stays at home, and it comes as it is."""
        server.answer = parts
        assert get() == Downloaded(file, 300_000, "image/jpeg", 0)
        assert file.read_bytes() == BYTES
        assert beside(file) == {"poster.jpg"}
        assert server.asked[0].path == "/poster.jpg"
        assert server.asked[0].headers["accept-encoding"] == "identity"

    def test_one_of_which_no_length_is_told_will_do(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """It ends when the connection does."""
        server.answer = lambda _: Said(body=BYTES, headers=JPEG, length=None)
        assert get().bytes == 300_000
        assert file.read_bytes() == BYTES

    def test_pictures_of_the_simulation_come_from_another_place_of_its_server(
        self, client: Client, simulator: Simulator, file: Path
    ) -> None:
        """And after a failure; they are no questions, for which there are rates."""
        simulator.faults["images"] = Faults(errors=1, truncated=1)
        url = f"{simulator.address_of('images')}/t/p/w92/p1.jpg"
        got = client.download(tmdb(simulator), url, file, most_bytes=1_000_000)
        assert file.read_bytes()[:3] == b"\xff\xd8\xff"
        assert got.resumed_from > 0
        assert simulator.requests()["status"].to_list() == [500, None, 206]

    def test_one_that_is_there_is_replaced(self, server: Server, get: Callable[..., Downloaded], file: Path) -> None:
        """When the new one is whole."""
        server.answer = parts
        file.parent.mkdir()
        file.write_bytes(b"old")
        get()
        assert file.read_bytes() == BYTES


class TestParts:
    """What comes in parts."""

    def test_what_broke_off_is_gone_on_with(self, server: Server, get: Callable[..., Downloaded], file: Path) -> None:
        """At once, as often as it is worth it."""
        cuts = [100_000, 50_000]
        server.answer = lambda asked: cut(parts(asked), cuts.pop(0)) if cuts else parts(asked)
        assert get() == Downloaded(file, 300_000, "image/jpeg", 150_000)
        assert file.read_bytes() == BYTES
        assert [each.headers.get("range") for each in server.asked] == [None, "bytes=100000-", "bytes=150000-"]
        assert {each.headers.get("if-range") for each in server.asked[1:]} == {'"one"'}

    def test_a_part_need_not_say_its_type_again(self, server: Server, get: Callable[..., Downloaded]) -> None:
        """As the first part said it."""

        def answer(asked: Asked) -> Said:
            said = parts(asked)
            return replace(said, headers={**said.headers, "Content-Type": ""}) if said.status == 206 else cut(said, 9)

        server.answer = answer
        assert get().content_type == "image/jpeg"

    def test_and_the_next_time(
        self, make: Callable[..., Client], server: Server, site: Site, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """What there was by then is beside the file, which is not there."""
        server.answer = lambda asked: cut(parts(asked), 100_000)
        impatient = make(patience=replace(QUICK, attempts=1))
        with pytest.raises(ProviderUnavailable, match="in the middle"):
            impatient.download(site, f"{server.url}/poster.jpg", file, most_bytes=1_000_000)
        assert beside(file) == {"poster.jpg.part", "poster.jpg.part.json"}
        server.answer = parts
        assert get().resumed_from == 100_000
        assert file.read_bytes() == BYTES
        assert beside(file) == {"poster.jpg"}

    @pytest.mark.parametrize(
        ("then", "path"),
        [
            pytest.param(lambda asked: parts(asked, BYTES[::-1], '"two"'), "/poster.jpg", id="it changed"),
            pytest.param(lambda asked: parts(asked, BYTES[::-1]), "/another.jpg", id="another address"),
            pytest.param(lambda asked: Said(body=BYTES[::-1], headers=TAGGED), "/poster.jpg", id="no parts are known"),
        ],
    )
    def test_parts_of_different_pictures_are_not_joined(
        self, server: Server, get: Callable[..., Downloaded], file: Path, then: Callable[[Asked], Said], path: str
    ) -> None:
        """It begins anew."""
        left_over(server, get)
        server.answer = then
        assert get(path).resumed_from == 0
        assert file.read_bytes() == BYTES[::-1]

    def test_parts_that_lie_about_their_place_are_not_joined(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """It begins anew."""
        left_over(server, get)
        lie = {**TAGGED, "Content-Range": "bytes 5-9/100005"}
        server.answer = lambda asked: Said(206, b"12345", lie) if "range" in asked.headers else parts(asked)
        assert get().resumed_from == 0
        assert file.read_bytes() == BYTES

    def test_without_a_validator_it_begins_anew(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """Nobody could tell whether the rest is of the same picture."""
        left_over(server, get, {"ETag": 'W/"weak"'})
        server.answer = parts
        assert get().resumed_from == 0
        assert "range" not in server.asked[-1].headers

    def test_one_that_was_whole_but_had_no_name_yet_is_named(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """There is no more to come (416)."""
        left_over(server, get)
        (file.parent / "poster.jpg.part").write_bytes(BYTES)
        server.answer = parts
        assert get() == Downloaded(file, 300_000, "image/jpeg", 300_000)
        assert file.read_bytes() == BYTES

    def test_one_that_is_longer_than_it_may_be_begins_anew(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """It was of something else."""
        left_over(server, get)
        (file.parent / "poster.jpg.part").write_bytes(BYTES + b"more")
        server.answer = parts
        get()
        assert file.read_bytes() == BYTES

    def test_those_who_get_the_same_do_not_mix(
        self, make: Callable[..., Client], server: Server, site: Site, file: Path
    ) -> None:
        """One after the other; each has it whole."""
        cuts = [100_000, 50_000]
        server.answer = lambda asked: cut(parts(asked), cuts.pop(0)) if cuts else parts(asked)

        def got(client: Client) -> int:
            return client.download(site, f"{server.url}/poster.jpg", file, most_bytes=1_000_000).bytes

        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(got, [make() for _ in range(6)])) == [300_000] * 6
        assert file.read_bytes() == BYTES
        assert beside(file) == {"poster.jpg"}


def left_over(server: Server, get: Callable[..., Downloaded], headers: dict[str, str] = TAGGED) -> None:
    """Let a first attempt leave 100,000 bytes."""
    answers = [Said(404), cut(Said(body=BYTES, headers={**JPEG, **headers}), 100_000)]
    server.answer = lambda _: answers.pop()
    with pytest.raises(ProviderAnswerWrong, match="404"):
        get()


class TestChecks:
    """What is not taken."""

    @pytest.mark.parametrize(
        ("said", "why"),
        [
            pytest.param(Said(body=BYTES, headers=JPEG), "more than 200,000 bytes", id="too large, and says so"),
            pytest.param(Said(body=BYTES, headers=JPEG, length=None), "more than 200,000 bytes", id="too large"),
            pytest.param(Said(body=b"<html>"), "of the type 'application/json'", id="of another type"),
            pytest.param(Said(404), "HTTP 404", id="not there"),
        ],
    )
    def test_nothing_is_left_of_it(
        self, server: Server, get: Callable[..., Downloaded], file: Path, said: Said, why: str
    ) -> None:
        """It is said why, and is not asked for again."""
        server.answer = lambda _: said
        with pytest.raises(ProviderAnswerWrong, match=why):
            get(most_bytes=200_000)
        assert beside(file) == set()
        assert len(server.asked) == 1

    def test_a_part_of_what_is_too_large_is_not_taken(
        self, server: Server, get: Callable[..., Downloaded], file: Path
    ) -> None:
        """As its whole length says."""
        left_over(server, get)
        server.answer = parts
        with pytest.raises(ProviderAnswerWrong, match="more than 200,000 bytes"):
            get(most_bytes=200_000)
        assert beside(file) == set()

    @pytest.mark.parametrize(
        "url", ["http://elsewhere.example/a.jpg", "file:///etc/passwd", "/a.jpg", "", "http://[::1/"]
    )
    def test_pictures_of_other_hosts_are_not_got(self, client: Client, site: Site, file: Path, url: str) -> None:
        """Nobody is asked."""
        with pytest.raises(ProviderAnswerWrong, match="none of its hosts"):
            client.download(site, url, file, most_bytes=1_000)
        assert (client.traffic.requests, beside(file)) == (0, set())
