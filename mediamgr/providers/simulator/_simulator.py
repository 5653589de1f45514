"""Owns the simulator as one holds it: which provider answers what, within its limits, spoilt when it is to be.

Every request is in the journal by the time its answer is on its way, and what is refused is too.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

import polars as pl

from mediamgr.errors import InputError, MediaManagerError
from mediamgr.providers.simulator._catalogue import Catalogue, KnownLibrary
from mediamgr.providers.simulator._exchange import Answer, Provider, Request, as_asked
from mediamgr.providers.simulator._faults import FaultPlan
from mediamgr.providers.simulator._images import Images
from mediamgr.providers.simulator._journal import Asked, Journal
from mediamgr.providers.simulator._limits import Limits
from mediamgr.providers.simulator._omdb import Omdb
from mediamgr.providers.simulator._page import Shown, card, lines, page
from mediamgr.providers.simulator._server import Reply, Server
from mediamgr.providers.simulator._tmdb import Tmdb
from mediamgr.providers.simulator._tvmaze import TvMaze
from mediamgr.providers.simulator._wikidata import Wikidata
from mediamgr.repository import MediaItemRepository, PersonRepository
from mediamgr.store import Database, migrations

__all__ = ["KEY", "PROVIDERS", "Simulator"]

KEY: Final = "simulated"
"""The key that simulated providers take; they take no other."""
PROVIDERS: Final = ("tmdb", "tvmaze", "omdb", "wikidata", "images")
"""Who is simulated; "images" is where the addresses of pictures lead."""
_BASES: Final = {"tmdb": "/tmdb/3", "wikidata": "/wikidata/w/api.php"}
_NOT_JSON: Final = b"<html><body>This is not what you asked for.</body></html>"


class Simulator:
    """TMDB, TVmaze, OMDb and Wikidata on a port of this machine, for as long as it is open.

        with Simulator("demo.duckdb") as simulator:
            simulator.address_of("tmdb")                       # http://127.0.0.1:40123/tmdb/3
            simulator.faults["tmdb"] = Faults(errors=2)        # the next two answers are 500
            simulator.limits["tvmaze"] = None                  # as fast as you like
            simulator.requests()                               # what was asked, a frame

    Args:
        library: What answers are made of: a file, read as it is when the first request comes, or an open library.
        port: 0 takes a free one.
        rate_limits: Refuse too many requests as the real ones do.
        clock: Seconds that only rise, for the limits.
        on_request: Told of every request, in the thread that answers it.

    Attributes:
        faults: What is to go wrong, by provider.
        limits: How many requests are taken, by provider; None takes all. Setting one begins anew.

    Raises:
        MigrationError: The library is of an older version.
    """

    def __init__(
        self,
        library: str | Path | KnownLibrary,
        port: int = 0,
        rate_limits: bool = True,
        *,
        clock: Callable[[], float] = time.monotonic,
        on_request: Callable[[Asked], object] | None = None,
    ) -> None:
        known = _File(Path(library)) if isinstance(library, str | Path) else library
        self._own = known if isinstance(known, _File) else None
        self._path = known.path
        self._port = port
        self._server: Server | None = None
        self._journal = Journal(on_request)
        self.faults = FaultPlan(PROVIDERS)
        self._providers = _providers(Catalogue(known), lambda: self.faults["wikidata"].lag_seconds)
        self.limits = Limits({name: each.limit for name, each in self._providers.items()}, clock, are_on=rate_limits)

    def start(self) -> Simulator:
        """Answer from now on; does nothing while it runs. Raises `InputError` for a port that is taken."""
        if self._server is None:
            self._server = Server(self._port, self._reply)
            self._server.start()
        return self

    def close(self) -> None:
        """Answer nothing any more, and let go of the library. Does nothing when it is closed."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._own is not None:
            self._own.close()

    def __enter__(self) -> Simulator:
        return self.start()

    def __exit__(self, *failure: object) -> None:
        self.close()

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end. Raises `InputError` while it does not run."""
        if self._server is None:
            raise InputError("The simulator does not run; start() it, or use it in a with statement.")
        return f"http://127.0.0.1:{self._server.server_port}"

    def address_of(self, provider: str) -> str:
        """Where a client of that provider is to ask, in place of the real address."""
        if provider not in PROVIDERS:
            raise InputError(f"There is no provider {provider!r}; there are {', '.join(PROVIDERS)}.")
        return self.url + _BASES.get(provider, f"/{provider}")

    def environment(self) -> dict[str, str]:
        """The settings by which mediamgr asks here, as environment variables: `os.environ.update(…)`."""
        names = [name for name in PROVIDERS if name != "images"]
        return {
            **{f"MEDIAMGR_{name.upper()}_URL": self.address_of(name) for name in names},
            "MEDIAMGR_TMDB_IMAGE_URL": f"{self.address_of('images')}/t/p",
            **{f"MEDIAMGR_{name}_KEY": KEY for name in ("TMDB", "OMDB")},
        }

    def requests(self) -> pl.DataFrame:
        """What was asked, oldest first, the last 100,000.

        Columns: at (UTC), provider, method, path (with parameters, keys masked), status (null when no whole answer
        came), is_conditional, fault, user_agent.
        """
        return self._journal.frame()

    def count(self, provider: str | None = None) -> int:
        """How many requests came to a provider, or in all."""
        return self._journal.count(provider)

    def reset(self) -> None:
        """As if nothing had been asked: no faults are left, limits are full, the journal is empty."""
        for provider in PROVIDERS:
            del self.faults[provider]
            self.limits[provider] = self.limits[provider]
        self._journal.clear()

    def __repr__(self) -> str:
        return lines(self._shown())

    def _repr_html_(self) -> str:
        return card(self._shown())

    def _shown(self) -> Shown:
        addresses = {each: self.address_of(each) for each in PROVIDERS} if self._server else {}
        return Shown(str(self._path), addresses, {each: self.count(each) for each in PROVIDERS})

    def _reply(self, method: str, path: str, headers: dict[str, str]) -> Reply:
        """What is answered; called by the server's threads."""
        asked = urlsplit(path)
        _, name, *below = unquote(asked.path).split("/", 2)
        provider = self._providers.get(name)
        reply: Reply
        if provider is None:
            reply = self._own_page(asked.path), 0.0, None
        else:
            given = parse_qs(asked.query, keep_blank_values=True)
            request = Request(self.url, "/" + "".join(below), given, headers)
            reply = self._answered(name, provider, request)
        answer, _, fault = reply
        status = None if fault in ("resets", "hangs", "truncated") else answer.status
        known = name if provider else None
        self._journal.note(
            known, method, path, status, "if-none-match" in headers, fault, headers.get("user-agent", "")
        )
        return reply

    def _answered(self, name: str, provider: Provider, request: Request) -> Reply:
        faults, fault = self.faults.take(name)
        wait = self.limits.take(name)
        if fault == "too_many" or wait:
            answer = provider.refused(max(math.ceil(wait), 1))
        elif fault == "errors":
            answer = provider.failed()
        elif fault in ("resets", "hangs"):
            answer = Answer(0, b"")
        else:
            answer = _asked(provider, request)
        if fault == "wrong_json":
            answer = Answer(200, _NOT_JSON, {"Content-Type": "application/json; charset=utf-8"})
        return answer, faults.latency_seconds, fault

    def _own_page(self, path: str) -> Answer:
        if path == "/":
            return Answer(200, page(self._shown()), {"Content-Type": "text/html; charset=utf-8"})
        return Answer(404, b"Nobody is simulated there; see /.", {"Content-Type": "text/plain; charset=utf-8"})


def _asked(provider: Provider, request: Request) -> Answer:
    try:
        return as_asked(request, provider.answer(request))
    except MediaManagerError as error:
        # the simulation itself is out of order: its library was closed, or removed
        return Answer(500, str(error).encode(), {"Content-Type": "text/plain; charset=utf-8"})


class _File:
    """A library file, as it is when it is asked first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._database = Database(path.expanduser(), follow=False)
        migrations.require_current(self._database)

    @property
    def items(self) -> MediaItemRepository:
        return MediaItemRepository(self._database)

    @property
    def people(self) -> PersonRepository:
        return PersonRepository(self._database)

    def close(self) -> None:
        self._database.close()


def _providers(catalogue: Catalogue, lag_seconds: Callable[[], float]) -> dict[str, Provider]:
    return {
        "tmdb": Tmdb(catalogue, KEY),
        "tvmaze": TvMaze(catalogue),
        "omdb": Omdb(catalogue, KEY),
        "wikidata": Wikidata(catalogue, lag_seconds),
        "images": Images(),
    }
