"""Owns what goes over the network: connections that are kept, redirects that stay where they may, bodies with a bound.

No error tells of more than whom it was about: what requests says holds whole addresses, with the key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import DecodeError, HTTPError

from mediamgr._version import __version__
from mediamgr.errors import ProviderAnswerWrong, ProviderUnavailable
from mediamgr.instrumentation import Timer
from mediamgr.providers.http._headers import content_length
from mediamgr.providers.http._patience import Patience
from mediamgr.providers.http._secrets import hide
from mediamgr.providers.http._site import Site, addressed, is_allowed, is_here
from mediamgr.providers.http._traffic import Tally

__all__ = ["Garbled", "Turn", "Wire"]

_REQUEST: Final = Timer("providers.request", "One request, until the head of its answer is here", "site")
_USER_AGENT: Final = f"mediamgr/{__version__} (keeps a personal media library) python-requests/{version('requests')}"
_MOST_REDIRECTS: Final = 5
_MOST_OF_A_REDIRECT: Final = 1_000_000
_PIECE: Final = 65_536
_POOLS: Final = 16
_CONNECTIONS: Final = 32

Turn = Callable[[str], object]
"""Waits until an address may be asked."""


class Garbled(ProviderAnswerWrong):
    """A body whose compression is broken."""


class Wire:
    """Connections to providers, used by many threads.

    Args:
        patience: How long is waited.
        clock: Seconds.
        tally: What is sent and read is counted there.
    """

    def __init__(self, patience: Patience, clock: Callable[[], float], tally: Tally) -> None:
        self._patience, self._clock, self._tally = patience, clock, tally
        self._session = requests.Session()
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=_POOLS, pool_maxsize=_CONNECTIONS))
        # proxies and certificates of the environment hold; but a password of ~/.netrc, which requests would put in the
        # place of our key, is not looked for once there is an `auth`
        self._session.auth = _as_it_is
        self._session.headers["User-Agent"] = _USER_AGENT

    def close(self) -> None:
        """End all connections; used again, they are made again."""
        self._session.close()

    @contextmanager
    def asked(
        self,
        site: Site,
        url: str,
        parameters: Mapping[str, str],
        headers: Mapping[str, str],
        turn: Turn,
        *,
        with_key: bool,
    ) -> Iterator[requests.Response]:
        """The response to GET, redirects followed, its body not read yet.

        Raises:
            ProviderUnavailable: Nobody answers.
            ProviderAnswerWrong: The address, or one it redirects to, is not of the site, or there are too many of them.
        """
        for _ in range(_MOST_REDIRECTS + 1):
            prepared = self._prepared(site, url, parameters, headers, with_key=with_key)
            turn(prepared.url or "")
            with self._sent(site, prepared) as response:
                target = self._session.get_redirect_target(response)
                if target is None:
                    yield response
                    return
                # a connection is used again only when all was read
                self.whole(site, response, _MOST_OF_A_REDIRECT)
            url, parameters = _redirected(site, prepared.url or "", target), {}
        raise ProviderAnswerWrong(f"{site.name} leads from one address to the next, more than {_MOST_REDIRECTS} times.")

    def whole(self, site: Site, response: requests.Response, most_bytes: int) -> bytes:
        """The body, unpacked. Errors as `pieces`."""
        return b"".join(self.pieces(site, response, most_bytes))

    def pieces(self, site: Site, response: requests.Response, most_bytes: int) -> Iterator[bytes]:
        """The body as it comes, unpacked.

        Raises:
            ProviderUnavailable: It ends early, or comes too slowly.
            ProviderAnswerWrong: It has more than `most_bytes`, or cannot be unpacked.
        """
        until, read = self._clock() + self._patience.whole_seconds, 0
        if (content_length(response.headers) or 0) > most_bytes:
            raise _too_large(site, most_bytes)
        try:
            while piece := _piece(site, response):
                read += len(piece)
                if read > most_bytes:
                    raise _too_large(site, most_bytes)
                yield piece
                if self._clock() > until:
                    raise ProviderUnavailable(f"{site.name} answers too slowly; try again later.")
        finally:
            self._tally.add(site.name, "bytes", response.raw.tell())

    def _prepared(
        self, site: Site, url: str, parameters: Mapping[str, str], headers: Mapping[str, str], *, with_key: bool
    ) -> requests.PreparedRequest:
        hide(site.key)
        try:
            where, own = addressed(site, url, parameters, with_key=with_key)
            prepared = self._session.prepare_request(requests.Request("GET", where, headers={**own, **headers}))
        except (requests.RequestException, ValueError):
            prepared = None
        # what requests made of it, for that is where it connects to
        if prepared is None or not is_allowed(site, prepared.url or ""):
            raise ProviderAnswerWrong(
                f"{site.name} names {_host(url)}, which is none of its hosts; nothing was asked there."
            )
        return prepared

    def _sent(self, site: Site, prepared: requests.PreparedRequest) -> requests.Response:
        patience, url = self._patience, prepared.url or ""
        # no proxy is between this machine and itself
        proxies = {"no_proxy": _host(url)} if is_here(url) else {}
        settings = self._session.merge_environment_settings(url, proxies, True, None, None)
        self._tally.add(site.name, "requests")
        try:
            timeouts = (patience.connect_seconds, patience.read_seconds)
            # not by the session, which reads a redirect whole, however large, even when it is not to follow it, and has
            # a jar of cookies that threads could not share
            with _REQUEST.run(site=site.name):
                return self._session.get_adapter(url).send(prepared, timeout=timeouts, **settings)
        except (requests.RequestException, HTTPError, ValueError) as error:
            why = _why(error, patience)
        # outside of the handler, so that the error of requests is not even its context
        raise ProviderUnavailable(
            f"{site.name} cannot be reached at {_host(url)} ({why}); try again later, or go offline."
        )


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    return request


def _redirected(site: Site, url: str, target: str) -> str:
    try:
        to = urljoin(url, target)
    except ValueError:
        raise ProviderAnswerWrong(f"{site.name} leads to {_host(target)}; try again later.") from None
    if url.startswith("https:") and not to.startswith("https:"):
        raise ProviderAnswerWrong(f"{site.name} leads from https to {_host(to)} without it; nothing was asked there.")
    return to


def _piece(site: Site, response: requests.Response) -> bytes:
    try:
        # what has come, however little: a server that says a letter now and then is not waited for
        return bytes(response.raw.read1(_PIECE, decode_content=True) or b"")
    except DecodeError:
        error: Exception = Garbled(f"{site.name} sent something that cannot be unpacked; try again later.")
    except (HTTPError, OSError, ValueError):
        error = ProviderUnavailable(f"{site.name} stopped in the middle of its answer; try again later.")
    raise error


def _too_large(site: Site, most_bytes: int) -> ProviderAnswerWrong:
    return ProviderAnswerWrong(f"{site.name} answers with more than {most_bytes:,} bytes; it was not read.")


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or "an address without a host"
    except ValueError:
        return "an address that cannot be read"


def _why(error: Exception, patience: Patience) -> str:
    """The reason, in words that tell nothing of the address."""
    if isinstance(error, requests.ConnectTimeout):
        return f"it did not take the connection within {patience.connect_seconds:g} s"
    if isinstance(error, requests.Timeout):
        return f"it said nothing for {patience.read_seconds:g} s"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy that the environment names does not help"
    known = _system_error(error)
    return known or "the connection was ended"


def _system_error(error: BaseException) -> str:
    """What the operating system said, which is beneath what the libraries make of it; "" when it said nothing."""
    seen: list[BaseException] = []
    while error not in seen:
        seen.append(error)
        below = [error.__cause__, error.__context__, getattr(error, "reason", None), *error.args]
        error = next((each for each in below if isinstance(each, BaseException) and each not in seen), error)
    said = [each.strerror for each in seen if isinstance(each, OSError) and each.strerror]
    return said[-1] if said else ""
