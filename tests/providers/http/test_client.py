"""The client asks no more than it must, as often as is worth it, and never tells its key."""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mediamgr.cache_service import CacheService, cache_key
from mediamgr.cache_service._disk import DiskBackend
from mediamgr.errors import (
    ProviderAnswerWrong,
    ProviderBusy,
    ProviderError,
    ProviderOffline,
    ProviderRefused,
    ProviderUnavailable,
)
from mediamgr.instrumentation import get_instrumentation
from mediamgr.providers.http import Client, Patience, Rate, Site
from mediamgr.providers.simulator import KEY, Faults, Simulator
from tests.providers.http.conftest import POLICY, QUICK, Said, Server, Time, tmdb

CONFIGURATION = "configuration"
DAY = 24 * 3600


def omdb(simulator: Simulator, **more: Any) -> Site:
    """OMDb as it is simulated, which says in its own way what HTTP has statuses for."""

    def refusal(status: int, told: Any) -> ProviderError | None:
        if status == 401 and "limit" in (told or {}).get("Error", ""):
            return ProviderBusy("The day's requests are used up.")
        return None

    return Site(
        "omdb",
        simulator.address_of("omdb"),
        key=KEY,
        key_in="apikey",
        is_nothing=lambda told: told["Response"] == "False",
        refusal=refusal,
        **more,
    )


class TestAsking:
    """ask."""

    def test_what_is_kept_is_not_asked_for(self, client: Client, simulator: Simulator, time: Time) -> None:
        """It is the same, says where it came from, and costs no request."""
        first = client.ask(tmdb(simulator), CONFIGURATION)
        time.now += 60
        again = client.ask(tmdb(simulator), CONFIGURATION)
        assert first.json["images"]["base_url"]
        assert (first.source, first.age_seconds) == ("loaded", 0)
        assert (again.json, again.source, again.age_seconds) == (first.json, "kept", 60)
        assert simulator.count() == 1

    def test_what_is_over_is_asked_about(self, client: Client, simulator: Simulator, time: Time) -> None:
        """By its tag; when it is unchanged only that comes, and it is good again."""
        first = client.ask(tmdb(simulator), CONFIGURATION)
        bytes_of_one = client.traffic.bytes
        time.now += 2 * DAY
        told = [client.ask(tmdb(simulator), CONFIGURATION) for _ in range(2)]
        assert [each.source for each in told] == ["unchanged", "kept"]
        assert told[1].json == first.json
        asked = simulator.requests()
        assert asked["status"].to_list() == [200, 304]
        assert asked["is_conditional"].to_list() == [False, True]
        assert client.traffic.bytes == bytes_of_one

    def test_what_is_not_there_is_nothing(self, client: Client, simulator: Simulator) -> None:
        """And that is kept too; by status, or by what a JSON says."""
        for site, endpoint, asked in [
            (tmdb(simulator), "movie/0", {}),
            (omdb(simulator), "", {"i": "tt9999999"}),
        ]:
            told = [client.ask(site, endpoint, asked) for _ in range(2)]
            assert [(each.json, each.source) for each in told] == [(None, "loaded"), (None, "kept")]
        assert (simulator.count(), client.traffic.nothing) == (2, 4)

    def test_many_who_ask_at_once_ask_once(self, client: Client, simulator: Simulator) -> None:
        """The others share the answer."""
        simulator.faults["tmdb"] = Faults(latency_seconds=0.3)
        with ThreadPoolExecutor(16) as pool:
            told = list(pool.map(lambda _: client.ask(tmdb(simulator), CONFIGURATION), range(16)))
        assert simulator.count() == 1
        assert {each.source for each in told} <= {"loaded", "shared", "kept"}
        assert client.traffic.loaded == 1

    def test_without_a_cache_each_question_is_one_request(
        self, make: Callable[..., Client], simulator: Simulator
    ) -> None:
        """Nothing is missing but the speed."""
        client = make(None)
        told = [client.ask(tmdb(simulator), CONFIGURATION).source for _ in range(2)]
        assert (told, simulator.count()) == (["loaded"] * 2, 2)
        assert client.ask(tmdb(simulator), "movie/0").json is None

    def test_who_keeps_nothing_asks_each_time(
        self, make: Callable[..., Client], tmp_path: Path, time: Time, simulator: Simulator
    ) -> None:
        """As when the user has switched the cache off."""
        with closing(CacheService(DiskBackend(tmp_path / "none"), replace(POLICY, is_kept=False))) as cache:
            client = make(cache)
            told = [client.ask(tmdb(simulator), CONFIGURATION).source for _ in range(2)]
        assert (told, simulator.count()) == (["loaded"] * 2, 2)

    def test_what_is_kept_and_unreadable_is_asked_for_again(
        self, client: Client, cache: CacheService, simulator: Simulator
    ) -> None:
        """Whoever put it there."""
        key = cache_key("tmdb", CONFIGURATION)
        cache.set(key, b"{half")
        assert client.ask(tmdb(simulator), CONFIGURATION).source == "loaded"
        assert json.loads(cache.get(key) or b"")["images"]

    def test_the_cache_can_ask_again_by_itself(self, client: Client, cache: CacheService, simulator: Simulator) -> None:
        """With the parameters as they were spelled, and without keeping the key anywhere."""
        site = tmdb(simulator)
        client.teach([site])
        client.ask(site, "search/movie", {"query": "The THE", "page": 1})
        warming = cache.warm("tmdb:*")
        assert warming.wait(60) == 1
        paths = simulator.requests()["path"].to_list()
        assert paths[0] == paths[1]
        assert "query=The+THE" in paths[1]
        assert all(KEY.encode() not in path.read_bytes() for path in Path(cache.where[6:]).rglob("*") if path.is_file())

    def test_it_counts_what_it_does(self, client: Client, simulator: Simulator) -> None:
        """By provider, and together; the program's instruments tell of it too."""
        before = get_instrumentation().get_timer_metrics("providers.request").count
        client.ask(tmdb(simulator), CONFIGURATION)
        client.ask(tmdb(simulator), CONFIGURATION)
        client.ask(omdb(simulator), "", {"i": "tt9999999"})
        with pytest.raises(ProviderRefused):
            client.ask(tmdb(simulator, "wrong"), "movie/1")
        traffic = client.traffic
        assert (traffic.requests, traffic.kept, traffic.loaded, traffic.nothing, traffic.failed) == (3, 1, 2, 1, 1)
        assert (traffic.sites["tmdb"].requests, traffic.sites["omdb"].requests) == (2, 1)
        assert traffic.bytes > traffic.sites["tmdb"].bytes > 100
        assert get_instrumentation().get_timer_metrics("providers.request").count == before + 3


class TestHowLong:
    """How long an answer is good."""

    @pytest.mark.parametrize(
        ("headers", "own", "good"),
        [
            pytest.param({}, None, DAY, id="nobody says: as the user wants"),
            pytest.param({}, 100, 100, id="who asks says"),
            pytest.param({"Cache-Control": "max-age=600"}, 100, 600, id="the provider says"),
            pytest.param({"Cache-Control": "max-age=999999"}, None, DAY, id="but not longer than the user wants"),
            pytest.param({"Cache-Control": "max-age=0"}, 100, 100, id="a provider that does not care"),
            pytest.param({"Cache-Control": "max-age=0", "ETag": '"a"'}, 100, 1, id="one that wants to be asked"),
            pytest.param({"Cache-Control": "no-store"}, 100, 0, id="one that forbids it"),
        ],
    )
    def test_the_provider_says(
        self,
        client: Client,
        server: Server,
        site: Site,
        time: Time,
        headers: dict[str, str],
        own: float | None,
        good: float,
    ) -> None:
        """Within what the user wants; who asks says only where the provider does not."""
        server.answer = lambda _: Said(headers=headers)
        client.ask(site, "a", ttl=own)
        if good:
            time.now += good - 0.5
            assert client.ask(site, "a", ttl=own).source == "kept"
            time.now += 0.5
        assert client.ask(site, "a", ttl=own).source == "loaded"

    def test_both_validators_are_sent(self, client: Client, server: Server, site: Site, time: Time) -> None:
        """As they were told; and a time that comes with 304 is kept to."""
        told = {"ETag": 'W/"a"', "Last-Modified": "Mon, 21 Sep 2026 13:33:20 GMT"}
        server.answer = lambda asked: (
            Said(304, b"", {"Cache-Control": "max-age=50"})
            if "if-none-match" in asked.headers
            else Said(headers={**told, "Cache-Control": "max-age=10"})
        )
        client.ask(site, "a")
        time.now += 10
        assert client.ask(site, "a").source == "unchanged"
        time.now += 49
        assert client.ask(site, "a").source == "kept"
        sent = server.asked[1].headers
        assert (sent["if-none-match"], sent["if-modified-since"]) == tuple(told.values())


class TestTrouble:
    """Networks and providers that fail."""

    @pytest.mark.parametrize("kind", ["errors", "resets", "truncated", "wrong_json", "too_many", "hangs"])
    def test_what_passes_is_tried_again(
        self, make: Callable[..., Client], simulator: Simulator, time: Time, kind: str
    ) -> None:
        """The answer comes, after a wait."""
        client = make(patience=replace(QUICK, read_seconds=0.5) if kind == "hangs" else QUICK)
        simulator.faults["tmdb"] = Faults(**{kind: 1})
        assert client.ask(tmdb(simulator), CONFIGURATION).json["images"]
        assert (simulator.count(), client.traffic.retries) == (2, 1)
        assert len(time.waits) == 1

    def test_waits_grow_and_are_left_to_chance(self, make: Callable[..., Client], simulator: Simulator) -> None:
        """From nothing up to a bound that doubles."""
        waits: list[list[float]] = []
        for _ in range(20):
            waits.append([])
            simulator.faults["tmdb"] = Faults(errors=3)
            make(wait=waits[-1].append).ask(tmdb(simulator), CONFIGURATION)
        firsts, seconds, thirds = zip(*waits, strict=True)
        assert (max(firsts) <= 1, max(seconds) <= 2, max(thirds) <= 4) == (True, True, True)
        assert max(thirds) > 1
        assert len({*firsts}) > 10

    @pytest.mark.parametrize(
        ("faults", "error", "requests"),
        [
            pytest.param(Faults(errors=9), ProviderUnavailable, 4, id="out of order"),
            pytest.param(Faults(resets=9), ProviderUnavailable, 4, id="resets"),
            pytest.param(Faults(truncated=9), ProviderUnavailable, 4, id="cut short"),
            pytest.param(Faults(too_many=9), ProviderBusy, 4, id="too many"),
            pytest.param(Faults(wrong_json=9), ProviderAnswerWrong, 2, id="no JSON"),
        ],
    )
    def test_what_does_not_pass_is_given_up(
        self, client: Client, simulator: Simulator, faults: Faults, error: type[Exception], requests: int
    ) -> None:
        """After as many attempts as it is worth."""
        simulator.faults["tmdb"] = faults
        with pytest.raises(error, match="tmdb"):
            client.ask(tmdb(simulator), CONFIGURATION)
        assert simulator.count() == requests
        assert client.traffic.failed == 1

    def test_an_old_answer_is_better_than_none(self, client: Client, simulator: Simulator, time: Time) -> None:
        """While the provider is out of order or busy; but what is wrong is said."""
        first = client.ask(tmdb(simulator), CONFIGURATION)
        time.now += 2 * DAY
        for faults in (Faults(errors=4), Faults(too_many=4)):
            simulator.faults["tmdb"] = faults
            told = client.ask(tmdb(simulator), CONFIGURATION)
            assert (told.json, told.source) == (first.json, "stale")
        time.now += 30
        simulator.faults["tmdb"] = Faults(wrong_json=2)
        with pytest.raises(ProviderAnswerWrong, match="no JSON"):
            client.ask(tmdb(simulator), CONFIGURATION)

    def test_nobody_at_all_is_said_with_the_reason(self, client: Client, time: Time) -> None:
        """And after three questions nobody is sent there for a while."""
        site = Site("tmdb", "http://127.0.0.1:1/3", key=KEY, key_in="api_key")
        for _ in range(3):
            with pytest.raises(ProviderUnavailable, match=r"cannot be reached at 127\.0\.0\.1 \(Connection refused\)"):
                client.ask(site, CONFIGURATION)
        assert client.traffic.requests == 12
        with pytest.raises(ProviderUnavailable, match="in a row"):
            client.ask(site, CONFIGURATION)
        assert client.traffic.requests == 12

    def test_a_long_trouble_ends_before_all_attempts(self, make: Callable[..., Client], simulator: Simulator) -> None:
        """When its time is over."""
        simulator.faults["tmdb"] = Faults(errors=9)
        client = make(patience=Patience(attempts=9, whole_seconds=5, backoff_seconds=50, most_backoff_seconds=50))
        with pytest.raises(ProviderUnavailable):
            client.ask(tmdb(simulator), CONFIGURATION)
        assert simulator.count() < 9

    @pytest.mark.parametrize("status", [400, 405, 422, 501])
    def test_what_is_not_worth_it_is_not_tried_again(
        self, client: Client, server: Server, site: Site, status: int
    ) -> None:
        """It would be the same."""
        server.answer = lambda _: Said(status)
        with pytest.raises(ProviderAnswerWrong, match=f"mine a/b was answered with HTTP {status}"):
            client.ask(site, "a/b")
        assert len(server.asked) == 1


class TestPace:
    """Rates, Retry-After and quotas."""

    def test_it_keeps_to_the_pace(self, make: Callable[..., Client], demo: Path, time: Time) -> None:
        """Of a provider that refuses what is faster, by threads of two clients, not one question is refused."""
        with Simulator(demo, clock=time) as simulator:
            site = Site("tvmaze", simulator.address_of("tvmaze"), (Rate(20, 10),))
            clients = [make(), make()]
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(lambda number: clients[number % 2].ask(site, f"shows/{number}"), range(60)))
            assert set(simulator.requests()["status"]) <= {200, 404}
            assert simulator.count() == 60
        waited = sum(each.traffic.waited_seconds for each in clients)
        assert waited == pytest.approx(sum(time.waits))
        assert waited > 20

    def test_when_to_come_again_is_kept_to_by_all(
        self, make: Callable[..., Client], server: Server, site: Site, time: Time
    ) -> None:
        """Whoever was told."""
        answers = [Said(429, b"", {"Retry-After": "7"})]
        server.answer = lambda _: answers.pop() if answers else Said()
        make().ask(site, "a")
        assert time.waits == [7]
        answers.append(Said(503, b"", {"Retry-After": "90"}))
        with pytest.raises(ProviderBusy, match="asks for fewer questions; ask again in 90 s") as busy:
            make().ask(site, "a")
        assert busy.value.retry_after_seconds == 90
        with pytest.raises(ProviderBusy, match=r"again in 90 seconds"):
            make().ask(site, "b")
        assert len(server.asked) == 3
        assert time.waits == [7]
        time.now += 40
        make().ask(site, "b")
        assert time.waits == [7, 50]

    def test_a_provider_with_words_of_its_own_is_understood(
        self, client: Client, simulator: Simulator, time: Time
    ) -> None:
        """It is not asked again for ten minutes when it does not say when."""
        simulator.faults["omdb"] = Faults(too_many=1)
        for _ in range(2):
            with pytest.raises(ProviderBusy):
                client.ask(omdb(simulator), "", {"s": "the"})
        assert simulator.count() == 1
        time.now += 600
        assert client.ask(omdb(simulator), "", {"s": "the"}).json["Response"] == "True"

    def test_words_that_come_with_a_time_are_kept_to(
        self, client: Client, server: Server, site: Site, time: Time
    ) -> None:
        """As MediaWiki's, which says with 200 that its copies lag."""
        answers = [Said(200, b'{"error": {"code": "maxlag"}}', {"Retry-After": "5"})]
        server.answer = lambda _: answers.pop() if answers else Said()
        busy = replace(site, refusal=lambda status, told: ProviderBusy("lags") if "error" in told else None)
        assert client.ask(busy, "a").json == {}
        assert time.waits == [5]

    def test_waiting_can_be_interrupted(self, tmp_path: Path, server: Server) -> None:
        """Ctrl-C ends it at once, and nothing is in the way of the next time."""
        server.answer = lambda _: Said(429, b"", {"Retry-After": "50"})
        code = (
            "import sys; from pathlib import Path; from mediamgr.providers.http import Client, Site\n"
            "with Client(None, pace_file=Path(sys.argv[1])) as client:\n"
            "    client.ask(Site('mine', sys.argv[2]), 'a')\n"
        )
        command = [sys.executable, "-c", code, str(tmp_path / "pace.sqlite"), server.url]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        asked = threading.Event()
        server.answer, answer = lambda each: (asked.set(), answer(each))[1], server.answer
        assert asked.wait(60)
        for _ in range(100):
            process.send_signal(signal.SIGINT)
            try:
                _, said = process.communicate(timeout=0.5)
                break
            except subprocess.TimeoutExpired:
                continue
        assert "KeyboardInterrupt" in said
        assert len(server.asked) == 1


class TestKeys:
    """Keys that are missing, wrong, and secret."""

    def test_a_missing_key_is_said_without_asking(self, client: Client, simulator: Simulator, time: Time) -> None:
        """With what to set; what is kept is given nevertheless, however old."""
        first = client.ask(tmdb(simulator), CONFIGURATION)
        time.now += 2 * DAY
        without = tmdb(simulator, key="")
        assert (client.ask(without, CONFIGURATION).json, simulator.count()) == (first.json, 1)
        with pytest.raises(ProviderRefused, match=r"tmdb needs a key.*MEDIAMGR_TMDB_KEY.*set_tmdb_key"):
            client.ask(without, "movie/1")
        assert simulator.count() == 1

    def test_a_wrong_key_is_said(self, client: Client, simulator: Simulator) -> None:
        """Once, with what to set."""
        with pytest.raises(ProviderRefused, match=r"does not take the key .*HTTP 401.*MEDIAMGR_TMDB_KEY"):
            client.ask(tmdb(simulator, "wrong"), CONFIGURATION)
        assert simulator.count() == 1

    def test_who_refuses_without_a_key_is_said(self, client: Client, server: Server) -> None:
        """There is none to set."""
        server.answer = lambda _: Said(403)
        with pytest.raises(ProviderRefused, match=r"wikidata refuses to answer \(HTTP 403\)"):
            client.ask(Site("wikidata", server.url), "", {"action": "query"})

    def test_a_key_is_in_no_log_and_no_error(
        self, make: Callable[..., Client], cache: CacheService, server: Server, site: Site, caplog: Any, tmp_path: Path
    ) -> None:
        """Whatever goes wrong, and however much is logged; spelled as it is, or as in an address."""
        caplog.set_level(logging.DEBUG)
        client = make(cache)
        said: list[str] = [repr(site), repr(client)]
        answers = [
            Said(),
            Said(500),
            Said(401),
            Said(422),
            Said(200, b"no json"),
            Said(200, b"{}", length=100),
            Said(302, b"", {"Location": "http://elsewhere.example/?apikey=s3cr3t/%2Bkey"}),
            Said(302, b"", {"Location": "?again=1&apikey=s3cr3t/+key"}),
            Said(429, b"", {"Retry-After": "100"}),
        ]
        for number, answer in enumerate(answers):
            server.answer = lambda _, answer=answer: answer
            try:
                said.append(repr(client.ask(site, str(number))))
            except ProviderError as error:
                said += traceback.format_exception(error)
                said += traceback.format_exception(error.__context__) if error.__context__ else []
        nowhere = replace(site, url="http://127.0.0.1:1/api")
        with pytest.raises(ProviderUnavailable) as caught:
            client.ask(nowhere, "x")
        assert caught.value.__context__ is None
        said += [str(caught.value), caplog.text, *(str(record.__dict__) for record in caplog.records)]
        assert any("/api/0" in record.getMessage() for record in caplog.records if record.name.startswith("urllib3"))
        assert server.asked[0].path == "/api/0?apikey=s3cr3t%2F%2Bkey"
        assert not [text for text in said if "s3cr3t" in text]
        cache.close()
        assert all(b"s3cr3t" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())


class TestOffline:
    """Client(offline=True)."""

    def test_what_is_kept_is_given_however_old(
        self, make: Callable[..., Client], cache: CacheService, simulator: Simulator, time: Time
    ) -> None:
        """And nobody is asked."""
        site = tmdb(simulator)
        first = make(cache).ask(site, CONFIGURATION)
        offline = make(cache, offline=True)
        assert offline.ask(site, CONFIGURATION).source == "kept"
        time.now += 5 * DAY
        told = offline.ask(site, CONFIGURATION)
        assert (told.json, told.source, told.age_seconds) == (first.json, "stale", 5 * DAY)
        assert simulator.count() == 1

    def test_what_is_not_kept_is_said_with_how_to_go_online(
        self, make: Callable[..., Client], cache: CacheService, simulator: Simulator, tmp_path: Path
    ) -> None:
        """With a cache or without one; pictures too."""
        for client in (make(cache, offline=True), make(None, offline=True)):
            with pytest.raises(
                ProviderOffline, match=r"tmdb movie/78: nothing is kept.*MEDIAMGR_PROVIDER_OFFLINE=false"
            ):
                client.ask(tmdb(simulator), "movie/78")
            with pytest.raises(ProviderOffline, match="MEDIAMGR_PROVIDER_OFFLINE=false"):
                client.download(tmdb(simulator), f"{simulator.url}/images/x", tmp_path / "x.jpg", most_bytes=1)
        assert (simulator.count(), list(tmp_path.glob("x*"))) == (0, [])

    def test_the_cache_does_not_ask_either(
        self, make: Callable[..., Client], cache: CacheService, simulator: Simulator
    ) -> None:
        """When it is to warm what it has."""
        make(cache).ask(tmdb(simulator), CONFIGURATION)
        make(cache, offline=True).teach([tmdb(simulator)])
        assert cache.warm("tmdb:*").wait(60) == 0
        assert simulator.count() == 1


def test_it_says_who_it_is(client: Client, server: Server, site: Site) -> None:
    """With its version, and what it is for; a provider may want to be told more."""
    client.ask(replace(site, headers={"X-More": "yes"}), "a")
    sent = server.asked[0].headers
    assert sent["user-agent"].startswith("mediamgr/")
    assert "media library" in sent["user-agent"]
    assert (sent["x-more"], sent["accept"]) == ("yes", "application/json")


def test_an_answer_that_was_asked_about_by_nobody_is_wrong(client: Client, server: Server, site: Site) -> None:
    """304 to who has nothing."""
    server.answer = lambda _: Said(304, b"")
    with pytest.raises(ProviderAnswerWrong, match="nothing is kept"):
        client.ask(site, "a")
