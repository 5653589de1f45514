"""Owns how often providers were asked and what came of it."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import partial
from typing import Any, Final

from mediamgr.instrumentation import Counter

__all__ = ["Tally", "Traffic"]


@dataclass(frozen=True, slots=True)
class Traffic:
    """What was asked, and where the answers came from.

    Attributes:
        requests: Sent over the network, each redirect and retry on its own.
        retries: Questions that were sent again, because they failed or were to come later.
        kept: Answers that were kept and good.
        stale: Answers that were kept and no longer good.
        loaded: Answers that were new.
        unchanged: Answers that were kept, and of which the provider said that they are good still.
        shared: Answers that another thread or process was getting.
        nothing: Answers, of any of these kinds, that there is nothing.
        failed: Questions that ended in an error.
        waited_seconds: Waited for a turn, so as not to ask too often; of all threads together.
        bytes: Read of answers and pictures, as they came over the network.
        sites: The same by the name of each provider; empty within one.
    """

    requests: int = 0
    retries: int = 0
    kept: int = 0
    stale: int = 0
    loaded: int = 0
    unchanged: int = 0
    shared: int = 0
    nothing: int = 0
    failed: int = 0
    waited_seconds: float = 0.0
    bytes: int = 0
    sites: Mapping[str, Traffic] = field(default_factory=dict)


_NAMES: Final = frozenset(each.name for each in fields(Traffic)) - {"sites"}
_ANSWERS: Final = Counter(
    "providers.answers", "Answers: kept, stale, loaded, unchanged or shared, as in Traffic", "site", "source"
)
_RETRIES: Final = Counter("providers.retries", "Questions that were sent again", "site")
_FAILURES: Final = Counter("providers.failures", "Questions and pictures that ended in an error", "site")
_WAITED: Final = Counter("providers.waited_seconds", "Waited for a turn, so as not to ask too often", "site", unit="s")
_BYTES: Final = Counter("providers.bytes", "Read of answers and pictures, as they came", "site", unit="B")
# requests are not counted here: providers.request times them
_COUNTERS: Final[Mapping[str, Callable[..., None]]] = {
    **{source: partial(_ANSWERS.add, source=source) for source in ("kept", "stale", "loaded", "unchanged", "shared")},
    "retries": _RETRIES.add,
    "failed": _FAILURES.add,
    "waited_seconds": _WAITED.add,
    "bytes": _BYTES.add,
}


class Tally:
    """Counts from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[str, dict[str, Any]] = defaultdict(lambda: dict.fromkeys(_NAMES, 0))

    def add(self, site: str, name: str, amount: float = 1) -> None:
        """Count for a provider under the name of an attribute of `Traffic`."""
        with self._lock:
            self._counts[site][name] += amount
        if name in _COUNTERS:
            _COUNTERS[name](amount, site=site)

    def traffic(self) -> Traffic:
        """All that was counted until now."""
        with self._lock:
            sites = {site: Traffic(**counts) for site, counts in sorted(self._counts.items())}
        whole = {name: sum(getattr(each, name) for each in sites.values()) for name in _NAMES}
        return Traffic(**whole, sites=sites)
