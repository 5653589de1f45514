"""Owns the way of a question: from what is kept while that is good, else from the provider, once for all who ask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal

from mediamgr.cache_service._entry import Entry
from mediamgr.cache_service._flights import Flights, alone
from mediamgr.cache_service._keys import split_place
from mediamgr.cache_service._policy import Answer, Policy, State, Unchanged, entry_of, renewed, state_of
from mediamgr.cache_service._shelf import Shelf
from mediamgr.cache_service._tallies import Tallies
from mediamgr.errors import InputError
from mediamgr.instrumentation import Timer
from mediamgr.workers import WorkerManager

__all__ = ["Found", "Load", "Loaded", "Loading", "as_answer"]

_LOAD: Final = Timer("cache_service.load", "Getting an answer that was not kept, from whoever has it")
_log = logging.getLogger("mediamgr.cache_service")

Loaded = bytes | Answer | Unchanged | None
Load = Callable[[Entry | None], Loaded]
"""Asks the provider; is given what is kept, to ask whether that has changed."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and where it came from.

    Attributes:
        body: What was answered; None: that there is nothing.
        source: "kept", "stale" (kept, no longer good), "loaded", "unchanged" (kept, and said to be good still), or
            "shared" (another thread or process was loading it).
        age_seconds: Since the provider gave it, or last said that it is good.
    """

    body: bytes | None
    source: Literal["kept", "stale", "loaded", "unchanged", "shared"]
    age_seconds: float


class Loading:
    """Gives answers by place.

    Args:
        shelf: Where they are kept.
        tallies: What happens is counted there.
        policy: How long they are good.
        background: What need not be waited for runs there.
        clock: Seconds since 1970.
        chance: 0 to 1, by chance.
    """

    def __init__(
        self,
        shelf: Shelf,
        tallies: Tallies,
        policy: Policy,
        background: WorkerManager,
        clock: Callable[[], float],
        chance: Callable[[], float],
    ) -> None:
        self._shelf, self._tallies, self._policy = shelf, tallies, policy
        self._background, self._clock, self._chance = background, clock, chance
        self._flights: Flights[Found] = Flights()
        self._refreshing: set[str] = set()

    def kept(self, place: str, *, however_old: bool = False) -> Found | None:
        """What is kept and good, or was good until lately; or longer ago."""
        entry = self._shelf.get(place)
        found, _ = self._looked_up(place, entry)
        if found is None and however_old and entry is not None and self._is_left(entry):
            return self._given(place, entry, "stale")
        if found is None:
            self._tallies.add(split_place(place)[0], "misses")
        return found

    def fetch(self, place: str, load: Load, stale_on: type[Exception] | tuple[type[Exception], ...]) -> Found:
        """What is kept, else what `load` gives; what was kept once, when that fails with an error of `stale_on`."""
        entry = self._shelf.get(place)
        found, is_due = self._looked_up(place, entry)
        if is_due:
            self._refresh_later(place, load)
        if found is not None:
            return found
        if self._flights.is_ours(place):
            # a load that needs its own answer
            return self._asked(place, entry, load)
        namespace = split_place(place)[0]
        self._tallies.add(namespace, "misses")
        try:
            loaded, is_shared = self._flights.shared(place, lambda: self._load(place, load, self._is_good))
        except stale_on:
            self._tallies.add(namespace, "errors")
            if entry is None or not self._is_left(entry):
                raise
            return self._given(place, entry, "stale")
        if is_shared:
            self._tallies.add(namespace, "shared_loads")
        return Found(loaded.body, "shared" if is_shared else loaded.source, loaded.age_seconds)

    def refreshed(self, place: str, load: Load) -> bool:
        """Ask again, however good what is kept still is; whether there was an answer, ours or another process's."""
        before = self._shelf.get(place)

        def is_newer(entry: Entry) -> bool:
            return before is None or entry.stored_at > before.stored_at

        try:
            self._flights.shared(place, lambda: self._load(place, load, is_newer))
        except Exception as error:
            self._tallies.add(split_place(place)[0], "errors")
            _log.info("%s could not be asked for again (%s); what is kept is given.", place, error)
            return False
        return True

    def keep(self, place: str, answer: Answer) -> bool:
        """Keep an answer; whether its time is not over at once, and it is kept."""
        entry = entry_of(answer, self._policy, self._clock(), self._chance())
        self._tallies.add(split_place(place)[0], "sets")
        if entry is None:
            self._shelf.remove([place])
            return False
        self._shelf.put(place, entry)
        self._tallies.cooled(place)
        return True

    def _looked_up(self, place: str, entry: Entry | None) -> tuple[Found | None, bool]:
        """What of the entry is given, and whether it is to be asked for again."""
        if entry is None:
            return None, False
        state = state_of(entry, self._policy, self._clock(), self._tallies.hits(place))
        if state in (State.FRESH, State.AHEAD):
            return self._given(place, entry, "kept"), state is State.AHEAD
        if state is State.STALE:
            return self._given(place, entry, "stale"), True
        return None, False

    def _given(self, place: str, entry: Entry, source: Literal["kept", "stale"]) -> Found:
        now = self._clock()
        name = "stale_hits" if source == "stale" else "negative_hits" if entry.is_negative else "hits"
        self._tallies.given(place, name, now)
        return Found(_body(entry), source, now - entry.stored_at)

    def _load(self, place: str, load: Load, is_done: Callable[[Entry], bool]) -> Found:
        """Ask, as the only process that does; unless what another one kept meanwhile will do."""

        def is_there() -> bool:
            entry = self._shelf.reread(place)
            return entry is not None and is_done(entry)

        with alone(self._shelf.backend, place, is_there):
            entry = self._shelf.reread(place)
            if entry is None or not is_done(entry):
                return self._asked(place, entry, load)
        self._tallies.add(split_place(place)[0], "shared_loads")
        return Found(_body(entry), "shared", self._clock() - entry.stored_at)

    def _is_left(self, entry: Entry) -> bool:
        return state_of(entry, self._policy, self._clock()) is not State.GONE

    def _is_good(self, entry: Entry) -> bool:
        return state_of(entry, self._policy, self._clock()) is State.FRESH

    def _asked(self, place: str, entry: Entry | None, load: Load) -> Found:
        namespace = split_place(place)[0]
        self._tallies.add(namespace, "loads")
        with _LOAD.run():
            loaded = load(entry)
        if isinstance(loaded, Unchanged):
            if entry is None:
                raise InputError(f"The loader of {place} says Unchanged, but nothing is kept; it must load it.")
            self._tallies.add(namespace, "revalidations")
            self._shelf.put(place, renewed(entry, loaded, self._clock()))
            return Found(_body(entry), "unchanged", 0.0)
        answer = as_answer(place, loaded)
        self.keep(place, answer)
        return Found(answer.body, "loaded", 0.0)

    def _refresh_later(self, place: str, load: Load) -> None:
        if place in self._refreshing:
            return
        self._refreshing.add(place)
        self._tallies.add(split_place(place)[0], "refreshes")
        self._background.submit(self._refresh, place, load)

    def _refresh(self, place: str, load: Load) -> None:
        try:
            self.refreshed(place, load)
        finally:
            self._refreshing.discard(place)


def _body(entry: Entry) -> bytes | None:
    return None if entry.is_negative else entry.body


def as_answer(place: str, loaded: Loaded) -> Answer:
    """What a loader gave, as an answer. Raises `InputError` for what is neither bytes nor nothing."""
    if isinstance(loaded, Answer):
        return loaded
    if loaded is None or isinstance(loaded, bytes):
        return Answer(loaded)
    raise InputError(
        f"The loader of {place} gave {type(loaded).__name__}; it must give bytes (text is encoded first), None when"
        " there is nothing, or an Answer."
    )
