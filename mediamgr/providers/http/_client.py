"""Owns asking providers: from what is kept where that is good, else over the network, or not at all."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

from mediamgr.cache_service import Answer, CacheService, Entry, Found, Key, Policy, Unchanged, Value, cache_key
from mediamgr.errors import (
    InputError,
    ProviderAnswerWrong,
    ProviderBusy,
    ProviderError,
    ProviderOffline,
    ProviderUnavailable,
)
from mediamgr.providers.http._courier import Courier
from mediamgr.providers.http._download import Download, Downloaded
from mediamgr.providers.http._partial import Partial
from mediamgr.providers.http._patience import Patience
from mediamgr.providers.http._site import Site, plain, with_endpoint
from mediamgr.providers.http._traffic import Tally, Traffic
from mediamgr.providers.http._verdict import Question, Reply, Verdict, from_recipe, judged, missing_key, read_json
from mediamgr.providers.http._wire import Turn, Wire

__all__ = ["Client", "Told"]

_MOST_JSON: Final = 16_000_000
_PICTURES: Final = ("image/jpeg", "image/png", "image/webp", "image/gif")


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider told.

    Attributes:
        json: None: it has nothing.
        source: "kept", "stale" (kept, no longer good), "loaded", "unchanged" (kept, and said to be good still), or
            "shared" (another thread or process was loading it).
        age_seconds: Since the provider told it, or last said that it is good.
    """

    json: Any | None
    source: Literal["kept", "stale", "loaded", "unchanged", "shared"]
    age_seconds: float


class Client:
    """Asks providers, for any number of threads.

        with Client(get_cache_service(), pace_file=folder / "pace.sqlite") as client:
            told = client.ask(tmdb, "search/movie", {"query": "alien"})

    An answer is good for as long as the provider says by Cache-Control or Expires, but not longer than the user's
    provider_cache_ttl; then the provider is asked whether it changed.

    Args:
        cache: Where answers are kept; None keeps none.
        offline: Ask nobody, and give what is kept, however old.
        pace_file: The file by which all processes of this user share the rates of providers.
        patience: How long and how often is tried.
        clock: Seconds since 1970; injected by tests.
        wait: Lets so many seconds pass; what it raises ends the question.
    """

    def __init__(
        self,
        cache: CacheService | None,
        *,
        offline: bool = False,
        pace_file: Path,
        patience: Patience | None = None,
        clock: Callable[[], float] = time.time,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self.offline = offline
        self._cache, self._clock = cache, clock
        self._tally, patience = Tally(), patience or Patience()
        self._courier = Courier(pace_file, patience, clock, wait, self._tally)
        self._wire = Wire(patience, clock, self._tally)

    def ask(
        self, site: Site, endpoint: str, parameters: Mapping[str, Value] | None = None, *, ttl: float | None = None
    ) -> Told:
        """What the provider tells, or told before.

        Args:
            site: Whom.
            endpoint: Such as "search/movie"; "" where its address is all.
            parameters: Without the key; those that are None are left out, lists are joined by commas,
                or sent one by one where the name ends in [].
            ttl: Seconds the answer is good where the provider does not say.

        Raises:
            ProviderUnavailable: It does not answer, and nothing is kept.
            ProviderBusy: It may not be asked for longer than is waited, and nothing is kept.
            ProviderRefused: Its key is missing or wrong.
            ProviderAnswerWrong: What it answers is no JSON, too large, or from where it may not be.
            ProviderOffline: Nobody is asked, and nothing is kept.
        """
        question = Question(site, endpoint, plain(site, parameters), ttl)
        try:
            told = self._told(question)
        except ProviderError:
            self._tally.add(site.name, "failed")
            raise
        self._tally.add(site.name, told.source)
        if told.json is None:
            self._tally.add(site.name, "nothing")
        return told

    def download(
        self, site: Site, url: str, file: Path, *, most_bytes: int, accept: tuple[str, ...] = _PICTURES
    ) -> Downloaded:
        """Get a picture into a file, which is there only when it is whole; what a failure leaves is gone on with.

        The key is not sent, and the rates of the site, which are about questions, do not hold.

        Args:
            site: Whose it is.
            url: On one of its hosts.
            file: Replaced when there is one. Beside it are `<file>.part` and `<file>.part.json` until it is whole.
            most_bytes: A larger one is not got.
            accept: Types it may be of, as the provider names them.

        Raises:
            ProviderError: As `ask`; `ProviderAnswerWrong` also when there is no picture, or one of another type or
                size.
            OSError: The file cannot be written.
        """
        wanted = Download(site, url, file, most_bytes, accept)
        try:
            if self.offline:
                raise ProviderOffline(f"{wanted} is not got {_HOW_TO_GO_ONLINE}")
            with Partial(file) as partial:
                return self._courier.bring(
                    site, url, lambda turn: wanted.attempt(self._wire, self._clock, partial, turn), is_paced=False
                )
        except ProviderError:
            self._tally.add(site.name, "failed")
            raise

    def teach(self, sites: Iterable[Site]) -> None:
        """Let the cache ask these again through this client, before anybody waits (`CacheService.warm`)."""
        if self._cache is not None:
            for site in sites:
                self._cache.teach(site.name, self._recipe_of(site))

    @property
    def traffic(self) -> Traffic:
        """What was asked since this client was made."""
        return self._tally.traffic()

    def close(self) -> None:
        """End connections and let go of files; used again, they are opened again."""
        self._wire.close()
        self._courier.close()

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *failure: object) -> None:
        self.close()

    def _told(self, question: Question) -> Told:
        key = cache_key(question.site.name, question.endpoint, question.parameters)
        for _ in range(2):
            found = self._found(key, question)
            told, is_json = read_json(found.body) if found.body is not None else (None, True)
            if is_json:
                return Told(told, found.source, found.age_seconds)
            if self._cache is not None:
                # somebody else's, for no such answer is kept
                self._cache.delete(key)
        raise ProviderAnswerWrong(f"What is kept of {question} is no JSON, and comes back; clear the cache.")

    def _found(self, key: Key, question: Question) -> Found:
        if why_not := self._why_not(question):
            found = self._cache.lookup(key, however_old=True) if self._cache is not None else None
            if found is None:
                raise why_not
            return found
        if self._cache is None:
            answer = self._loaded(question, None)
            return Found(answer.body if isinstance(answer, Answer) else None, "loaded", 0.0)
        return self._cache.fetch(
            key, lambda entry: self._loaded(question, entry), stale_on=(ProviderUnavailable, ProviderBusy)
        )

    def _why_not(self, question: Question) -> ProviderError | None:
        """Why the provider is not asked; None when it is."""
        if self.offline:
            return ProviderOffline(f"{question}: nothing is kept, and it is not asked {_HOW_TO_GO_ONLINE}")
        return missing_key(question.site)

    def _loaded(self, question: Question, entry: Entry | None) -> Answer | Unchanged:
        url = with_endpoint(question.site, question.endpoint)
        return self._courier.bring(
            question.site, url, lambda turn: self._asked(question, url, entry, turn), is_paced=True
        )

    def _asked(self, question: Question, url: str, entry: Entry | None, turn: Turn) -> Verdict[Answer | Unchanged]:
        site = question.site
        headers = {"Accept": "application/json", **_conditions(entry)}
        with self._wire.asked(site, url, question.parameters, headers, turn, with_key=True) as response:
            body = self._wire.whole(site, response, _MOST_JSON)
            reply = Reply(response.status_code, response.headers, body)
        if reply.status == 304 and entry is None:
            raise ProviderAnswerWrong(f"{question} is said to be unchanged, but nothing is kept; try again later.")
        return judged(question, reply, self._clock(), self._cache.policy if self._cache is not None else Policy())

    def _recipe_of(self, site: Site) -> Callable[[Key, str, Entry | None], Answer | Unchanged]:
        def ask_again(key: Key, recipe: str, entry: Entry | None) -> Answer | Unchanged:
            if not recipe:
                raise InputError(f"Nobody noted how {key} was asked for; ask for it once more, and it is.")
            question = from_recipe(site, recipe)
            if why_not := self._why_not(question):
                raise why_not
            return self._loaded(question, entry)

        return ask_again


_HOW_TO_GO_ONLINE: Final = (
    "offline; set MEDIAMGR_PROVIDER_OFFLINE=false, or call get_settings().set_provider_offline(False)."
)


def _conditions(entry: Entry | None) -> dict[str, str]:
    """How to ask whether what is kept has changed."""
    if entry is None or entry.is_negative:
        return {}
    told = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
    return {name: value for name, value in told.items() if value}
