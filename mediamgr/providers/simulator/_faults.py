"""Owns what goes wrong on demand: which of the answers to come are spoilt, and how."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, MutableMapping
from dataclasses import dataclass, replace
from typing import Final

from mediamgr.errors import InputError
from mediamgr.store.guard import nearest

__all__ = ["KINDS", "FaultPlan", "Faults"]

KINDS: Final = ("too_many", "errors", "resets", "truncated", "wrong_json", "hangs")
"""How an answer may be spoilt, in the order in which it happens."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What is still to go wrong at one provider.

    `Faults(errors=2)` spoils the next two answers; `Faults(errors=2, every=10)` the tenth and the twentieth from now.
    Several kinds come one after the other, in the order of the attributes.

    Attributes:
        latency_seconds: How long every answer takes, at least.
        too_many: Answers that are 429 with Retry-After (at OMDb, 401 "Request limit reached!").
        errors: Answers that are 500.
        resets: Connections that are reset before anything is answered.
        truncated: Answers of which half the body comes, then the connection ends.
        wrong_json: Answers with 200 that say they are JSON and are not.
        hangs: Requests that are never answered; the connection stays open until the simulator closes.
        every: Of how many answers one is spoilt.
        lag_seconds: How far the copies of Wikidata lag; who asks with a smaller `maxlag` is refused.
    """

    latency_seconds: float = 0.0
    too_many: int = 0
    errors: int = 0
    resets: int = 0
    truncated: int = 0
    wrong_json: int = 0
    hangs: int = 0
    every: int = 1
    lag_seconds: float = 0.0

    def __post_init__(self) -> None:
        for name in (*KINDS, "latency_seconds", "lag_seconds"):
            if getattr(self, name) < 0:
                raise InputError(f"{name} is 0 or more, not {getattr(self, name)!r}.")
        if self.every < 1:
            raise InputError(f"every is 1 or more, not {self.every!r}.")

    @property
    def next(self) -> str | None:
        """The kind that comes next; None when nothing more is to go wrong."""
        return next((kind for kind in KINDS if getattr(self, kind)), None)


class FaultPlan(MutableMapping[str, Faults]):
    """Provider to what is still to go wrong there. Setting one begins anew; deleting one ends it."""

    def __init__(self, providers: Iterable[str]) -> None:
        self._lock = threading.Lock()
        self._left = {provider: Faults() for provider in providers}
        self._seen = dict.fromkeys(self._left, 0)

    def take(self, provider: str) -> tuple[Faults, str | None]:
        """What holds for the answer that is due now, and how it is to be spoilt; None leaves it whole."""
        with self._lock:
            faults = self._left[provider]
            self._seen[provider] += 1
            kind = faults.next if self._seen[provider] % faults.every == 0 else None
            if kind:
                self._left[provider] = replace(faults, **{kind: getattr(faults, kind) - 1})
            return faults, kind

    def __getitem__(self, provider: str) -> Faults:
        with self._lock:
            return self._left[self._known(provider)]

    def __setitem__(self, provider: str, faults: Faults) -> None:
        with self._lock:
            self._left[self._known(provider)] = faults
            self._seen[provider] = 0

    def __delitem__(self, provider: str) -> None:
        self[provider] = Faults()

    def __iter__(self) -> Iterator[str]:
        return iter(self._left)

    def __len__(self) -> int:
        return len(self._left)

    def __repr__(self) -> str:
        return repr({provider: faults for provider, faults in self.items() if faults != Faults()})

    def _known(self, provider: str) -> str:
        if provider not in self._left:
            raise InputError(f"There is no provider {provider!r}; {nearest(provider, list(self._left))}")
        return provider
