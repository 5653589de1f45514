"""What comes over the network stays on allowed hosts and within bounds, and what goes out tells no more than it must."""

from __future__ import annotations

import gzip
import os
import ssl
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from mediamgr.errors import ProviderAnswerWrong, ProviderUnavailable
from mediamgr.providers.http import Client, Patience, Site
from tests.providers.http.conftest import Asked, Said, Server, Time


def by_path(answers: dict[str, Said]) -> Callable[[Asked], Said]:
    """Answers by path, without parameters."""
    return lambda asked: answers.get(asked.path.partition("?")[0], Said(404))


def to(address: str, status: int = 301) -> Said:
    """A redirect."""
    return Said(status, b"over there", {"Location": address})


class TestRedirects:
    """Location."""

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_they_are_followed_at_home_with_the_key(
        self, client: Client, server: Server, site: Site, status: int
    ) -> None:
        """By relative addresses as well; parameters are those of the new address."""
        server.answer = by_path({"/api/a": to("/api/b?x=1", status), "/api/b": Said(body=b'{"b": 1}')})
        assert client.ask(site, "a", {"y": 2}).json == {"b": 1}
        key = "apikey=s3cr3t%2F%2Bkey"
        assert [each.path for each in server.asked] == [f"/api/a?y=2&{key}", f"/api/b?x=1&{key}"]
        assert client.traffic.requests == 2

    def test_hosts_that_are_named_are_asked_without_the_key(
        self, client: Client, serve: Callable[[], Server], server: Server, site: Site
    ) -> None:
        """Neither as a parameter, even where the provider itself put it there, nor as a header."""
        other = serve()
        server.answer = lambda asked: to(f"{other.url}/x?z=1&apikey=s3cr3t/%2Bkey")
        client.ask(replace(site, hosts=frozenset({other.netloc})), "a")
        client.ask(replace(site, hosts=frozenset({other.netloc}), key_in="Authorization"), "b")
        assert "bearer s3cr3t" in server.asked[1].headers["authorization"].lower()
        assert other.asked[0].path == "/x?z=1"
        assert [each.headers.get("authorization") for each in other.asked] == [None, None]

    @pytest.mark.parametrize(
        "address",
        [
            "http://elsewhere.example/",
            "//elsewhere.example/",
            "http://127.0.0.1:9/api",
            "file:///etc/passwd",
            "http://me:you@{netloc}/api",
            "http://elsewhere.example\\@{netloc}/api",
            "http://[::1]:9/",
        ],
    )
    def test_other_hosts_are_not_asked(self, client: Client, server: Server, site: Site, address: str) -> None:
        """However it is written."""
        server.answer = by_path({"/api/a": to(address.format(netloc=server.netloc))})
        with pytest.raises(ProviderAnswerWrong, match="none of its hosts; nothing was asked there"):
            client.ask(site, "a")
        assert len(server.asked) == 1

    def test_one_that_cannot_be_read_is_said(self, client: Client, server: Server, site: Site) -> None:
        """Once."""
        server.answer = lambda _: to("http://[::1/")
        with pytest.raises(ProviderAnswerWrong, match="an address that cannot be read"):
            client.ask(site, "a")
        assert len(server.asked) == 1

    def test_those_without_end_are_ended(self, client: Client, server: Server, site: Site) -> None:
        """After five."""
        server.answer = lambda asked: to(asked.path)
        with pytest.raises(ProviderAnswerWrong, match="more than 5 times"):
            client.ask(site, "a")
        assert len(server.asked) == 6

    def test_none_leads_out_of_tls(
        self, client: Client, serve: Callable[[], Server], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Whose certificates are those that the environment names."""
        secure, plain = serve(), serve()
        authority = trustme.CA()
        authority.cert_pem.write_to_path(tmp_path / "ca.pem")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        secure.socket = context.wrap_socket(secure.socket, server_side=True)
        secure.answer = by_path({"/a": to(f"{plain.url}/a"), "/b": Said(body=b"[1]")})
        site = Site("mine", f"https://{secure.netloc}", hosts=frozenset({plain.netloc}))
        with pytest.raises(ProviderUnavailable, match="certificate"):
            client.ask(site, "b")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "ca.pem"))
        assert client.ask(site, "b").json == [1]
        with pytest.raises(ProviderAnswerWrong, match="from https to 127"):
            client.ask(site, "a")
        assert plain.asked == []


class TestBounds:
    """Sizes and times."""

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param(Said(length=17_000_000), id="said to be"),
            pytest.param(Said(body=b" " * 17_000_000, length=None), id="is"),
            pytest.param(
                Said(body=gzip.compress(b" " * 400_000_000, 9), headers={"Content-Encoding": "gzip"}), id="unpacked"
            ),
        ],
    )
    def test_an_answer_that_is_too_large_is_not_read(
        self, client: Client, server: Server, site: Site, said: Said
    ) -> None:
        """Nor asked for again."""
        server.answer = lambda _: said
        with pytest.raises(ProviderAnswerWrong, match="more than 16,000,000 bytes"):
            client.ask(site, "a")
        assert len(server.asked) == 1

    def test_nor_is_a_redirect_that_is_too_large(self, client: Client, server: Server, site: Site) -> None:
        """Nobody looks at what is in it."""
        server.answer = lambda _: replace(to("/api/b"), body=b" " * 2_000_000, length=None)
        with pytest.raises(ProviderAnswerWrong, match="more than 1,000,000 bytes"):
            client.ask(site, "a")

    def test_what_is_packed_is_unpacked(self, client: Client, server: Server, site: Site) -> None:
        """And what cannot be is asked for once more."""
        whole = Said(body=gzip.compress(b'{"a": 1}'), headers={"Content-Encoding": "gzip"})
        server.answer = lambda _: whole
        assert client.ask(site, "a").json == {"a": 1}
        server.answer = lambda _: replace(whole, body=b"no gzip")
        with pytest.raises(ProviderAnswerWrong, match="cannot be unpacked"):
            client.ask(site, "b")
        assert len(server.asked) == 3

    def test_who_answers_letter_by_letter_is_given_up(
        self, make: Callable[..., Client], server: Server, site: Site, time: Time
    ) -> None:
        """When the time for the whole is over, though each letter comes in time."""
        ticks = iter(range(1_000_000))
        client = make(clock=lambda: time.now + next(ticks), patience=Patience(whole_seconds=20, attempts=1))
        server.answer = lambda _: Said(body=b" " * 5_000_000 + b"{}")
        with pytest.raises(ProviderUnavailable, match="too slowly"):
            client.ask(site, "a")


class TestDiscretion:
    """What is not sent."""

    def test_cookies_are_not_sent_back(self, client: Client, server: Server, site: Site) -> None:
        """Nobody is known again by them."""
        server.answer = lambda _: Said(headers={"Set-Cookie": "me=1; Path=/"})
        client.ask(site, "a")
        client.ask(site, "b")
        assert [each.headers.get("cookie") for each in server.asked] == [None, None]

    def test_passwords_of_netrc_are_not_sent(
        self, client: Client, server: Server, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """requests would, and in place of our own header."""
        (tmp_path / "netrc").write_text("default login me password you\n")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        client.ask(site, "a")
        client.ask(replace(site, key_in="Authorization"), "b")
        assert [each.headers.get("authorization") for each in server.asked] == [None, "Bearer s3cr3t/+key"]

    def test_proxies_of_the_environment_are_used_but_not_for_this_machine(
        self, client: Client, serve: Callable[[], Server], server: Server, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A simulation is asked directly."""
        proxy = serve()
        for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("http_proxy", proxy.url)
        client.ask(site, "a")
        client.ask(Site("far", "http://far.example"), "a")
        assert (len(server.asked), [each.path for each in proxy.asked]) == (1, ["http://far.example/a"])

    def test_connections_are_kept(self, client: Client, server: Server, site: Site) -> None:
        """Redirects and misses included."""
        ports: list[int] = []
        verify = server.verify_request
        server.verify_request = lambda request, address: (ports.append(address[1]), verify(request, address))[1]
        server.answer = by_path({"/api/a": to("/api/b"), "/api/b": Said()})
        for endpoint in ("a", "b", "c", "d"):
            client.ask(site, endpoint)
        assert len(server.asked) == 5
        assert len(ports) == 1
