"""Owns the cache of answers as programs hold it: by key, within a namespace, over whatever backend keeps it."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Iterable
from typing import Any, Final

import polars as pl

from mediamgr.cache_service._backend import Backend
from mediamgr.cache_service._entry import Entry
from mediamgr.cache_service._keys import Key, place_of, read_key, read_namespace
from mediamgr.cache_service._loading import Found, Load, Loaded, Loading
from mediamgr.cache_service._policy import Answer, Policy
from mediamgr.cache_service._shelf import Shelf
from mediamgr.cache_service._table import entry_table, figures
from mediamgr.cache_service._tallies import Tallies
from mediamgr.cache_service._upkeep import Maintenance, Upkeep
from mediamgr.cache_service._warming import Recipe, Warming, chosen
from mediamgr.workers import WorkerManager

__all__ = ["CacheService"]

_BACKGROUND_THREADS: Final = 4


class CacheService:
    """Answers of providers, kept so that nobody asks twice.

        cache = get_cache_service()
        body = cache.get_or_load("tmdb:movie/603", lambda: ask_tmdb(603))

    Keys are "provider:name", best made by `cache_key`; answers are bytes, or None when there is nothing. A backend that
    fails never fails the caller: the question then goes to the provider.

    Args:
        backend: Where answers are kept.
        policy: How long, and how many bytes.
        namespace: Whose they are, unless `in_namespace` says otherwise.
        clock: Seconds since 1970; injected by tests.
        chance: A number from 0 to 1; injected by tests.
    """

    def __init__(
        self,
        backend: Backend,
        policy: Policy | None = None,
        *,
        namespace: str = "default",
        clock: Callable[[], float] = time.time,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.policy = policy or Policy()
        self.namespace = read_namespace(namespace)
        self._clock = clock
        self._tallies = Tallies()
        # who asks for an answer never waits for what is done in the background
        self._background = WorkerManager(_BACKGROUND_THREADS, max_queued=sys.maxsize, name="mediamgr-cache")
        self._shelf = Shelf(backend, self._tallies, self.policy, clock)
        self._upkeep = Upkeep(self._shelf, self._tallies, self.policy.most_bytes, self._background)
        self._loading = Loading(self._shelf, self._tallies, self.policy, self._background, clock, chance)
        self._recipes: dict[str, Recipe] = {}

    def in_namespace(self, namespace: str) -> CacheService:
        """The same cache, whose keys are of another namespace: a tenant's, cleared, sized and listed alone."""
        other = CacheService.__new__(CacheService)
        other.__dict__ = self.__dict__ | {"namespace": read_namespace(namespace)}
        return other

    def get(self, key: Key | str) -> bytes | None:
        """The answer that is kept and good; None when there is none, or it was that there is nothing."""
        found = self.lookup(key)
        return found.body if found else None

    def lookup(self, key: Key | str, *, however_old: bool = False) -> Found | None:
        """The answer that is kept; None when none is.

        `however_old`: one that would only be given when asking again fails, too, for whoever cannot ask.
        """
        found = self._loading.kept(self._place(key), however_old=however_old)
        self._upkeep.now_and_then(self._clock())
        return found

    def set(self, key: Key | str, body: bytes | None, *, ttl: float | None = None) -> None:
        """Keep an answer for `ttl` seconds, None: as the policy says; a body of None says that there is nothing."""
        self._loading.keep(self._place(key), Answer(body, ttl))
        self._upkeep.now_and_then(self._clock())

    def delete(self, key: Key | str) -> bool:
        """Forget an answer; whether there was one."""
        return self._shelf.remove([self._place(key)]) > 0

    def get_or_load(self, key: Key | str, loader: Callable[[], Loaded], *, ttl: float | None = None) -> bytes | None:
        """The answer that is kept, else what `loader` gives, which is called once however many ask at the same time.

        Args:
            key: "provider:name".
            loader: Gives bytes, None when there is nothing, or an `Answer`. Its error reaches all who wait for it,
                unless an older answer can be given.
            ttl: Seconds it is good, where the loader does not say; None: as the policy says.
        """

        def load(_: Entry | None) -> Loaded:
            loaded = loader()
            return Answer(loaded, ttl) if loaded is None or isinstance(loaded, bytes) else loaded

        return self.fetch(key, load).body

    def fetch(
        self, key: Key | str, load: Load, *, stale_on: type[Exception] | tuple[type[Exception], ...] = Exception
    ) -> Found:
        """As `get_or_load`, and says where the answer came from.

        Args:
            key: "provider:name".
            load: Is given what is kept, None when nothing is, and may answer `Unchanged` to that.
            stale_on: Errors of it for which an older answer is given instead.
        """
        found = self._loading.fetch(self._place(key), load, stale_on)
        self._upkeep.now_and_then(self._clock())
        return found

    def teach(self, provider: str, recipe: Recipe) -> None:
        """How to ask a provider for a key again, so that `warm` can."""
        self._recipes[provider] = recipe

    def warm(self, what: Iterable[Key | str] | pl.DataFrame | str | None = None, *, most: int = 100) -> Warming:
        """Ask again, in the background, for answers before anybody waits for them.

        Args:
            what: Keys; a frame with a column `key`, such as a part of `entries()`; a pattern like "tmdb:movie/*"; None
                means what was given most.
            most: At most so many.
        """
        keys = chosen(what, self.entries(self.namespace), most)
        known = [key for key in keys if key.partition(":")[0] in self._recipes]
        tasks = tuple(self._background.submit(self._warmed, key) for key in known)
        return Warming(tuple(known), tuple(key for key in keys if key not in set(known)), tasks)

    def entries(self, namespace: str | None = None) -> pl.DataFrame:
        """All that is kept, most given first; of one namespace when named.

        Columns: namespace, key, provider, state (fresh, stale, expired or damaged), is_negative, age_seconds,
        ttl_seconds, bytes, stored_bytes, hits, used_at (UTC).
        """
        self._upkeep.tell()
        return entry_table(self._shelf.backend.listed(namespace), self._clock())

    def get_stats(self, namespace: str | None = None) -> dict[str, Any]:
        """Figures of the whole cache, by all processes that used it; of one namespace when named.

        Keys: backend, failure (why it is not used now, else None), size_bytes; total_entries, of which active_entries
        are good, stale_entries were, and expired_entries are only not removed yet; total_hits, of these stale_hits and
        negative_hits; total_misses, hit_rate (0 to 1; None before anything was asked); loads (questions to providers),
        shared_loads (that another's answer served), refreshes, revalidations, sets, evictions, errors; raw_bytes,
        stored_bytes, compression_ratio; namespaces (the same of each).
        """
        entries, counts = self.entries(namespace), self._upkeep.counts()
        names = sorted({*entries["namespace"], *filter(None, counts)}) if namespace is None else [namespace]
        backend = self._shelf.backend
        whole = {name: sum(each.get(name, 0) for each in counts.values()) for name in set().union(*counts.values())}
        return {
            "backend": backend.name,
            "failure": backend.failure,
            "size_bytes": backend.size_bytes(),
            **figures(entries, whole if namespace is None else counts.get(namespace, {})),
            "namespaces": {
                name: figures(entries.filter(pl.col("namespace") == name), counts.get(name, {})) for name in names
            },
        }

    @property
    def where(self) -> str:
        """The backend and its place, without secrets."""
        return repr(self._shelf.backend)

    @property
    def failure(self) -> str | None:
        """Why the backend is not used now; None while it is."""
        return self._shelf.backend.failure

    def clear_all(self, namespace: str | None = None) -> int:
        """Forget every answer and all counts, of one namespace when named; how many answers there were."""
        self._upkeep.tell()
        return self._shelf.clear(None if namespace is None else read_namespace(namespace))

    def clear_expired(self) -> int:
        """Remove answers that nobody is given any more; how many. A redis server does so by itself."""
        return self._shelf.backend.clear_expired()

    def run_cache_maintenance(self) -> Maintenance:
        """Remove what is over and what is too much, and give back its room."""
        return self._upkeep.maintain()

    def close(self) -> None:
        """Tell the backend what was counted, and let go of it; used again, it is opened again."""
        self._upkeep.tell()
        self._shelf.backend.close()

    def __repr__(self) -> str:
        return f"CacheService({self.where}, namespace {self.namespace!r})"

    def _place(self, key: Key | str) -> str:
        return place_of(self.namespace, read_key(key))

    def _warmed(self, key: str) -> bool:
        """Whether the provider answered."""
        provider, _, name = key.partition(":")

        def load(entry: Entry | None) -> Loaded:
            return self._recipes[provider](Key(provider, name), entry.recipe if entry else "", entry)

        return self._loading.refreshed(self._place(key), load)
