"""Owns what happens when a backend fails: the caller goes on without it, it is said once, and tried again later."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, TypeVar

from mediamgr.cache_service._backend import Backend, BackendFailed, Listed, Use
from mediamgr.instrumentation import Timer

__all__ = ["Failsafe"]

_CALL: Final = Timer("cache_service.backend_call", "A call of where answers are kept", "backend", "operation")
_log = logging.getLogger("mediamgr.cache_service")
_TRIED_AGAIN_AFTER: Final = 30.0

_Answer = TypeVar("_Answer")


class Failsafe:
    """A backend of the same kind that never raises: while `backend` fails, nothing is there and nothing is kept.

    Args:
        backend: What may fail.
        on_failure: Called for each incident.
        clock: Seconds; injected by tests.

    Attributes:
        failure: Why it is not used now; None while it is.
    """

    def __init__(
        self, backend: Backend, on_failure: Callable[[], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name, self.seen_again_after = backend.name, backend.seen_again_after
        self.failure: str | None = None
        self._backend, self._on_failure, self._clock = backend, on_failure, clock
        self._lock = threading.Lock()
        self._tried_again_at = 0.0

    def __repr__(self) -> str:
        return f"{self._backend!r}"

    def get(self, place: str) -> bytes | None:
        """See `Backend`."""
        return self._attempt("get", lambda: self._backend.get(place), None)

    def set(self, place: str, packed: bytes, kept_seconds: float) -> None:
        """See `Backend`."""
        self._attempt("set", lambda: self._backend.set(place, packed, kept_seconds), None)

    def delete(self, places: Iterable[str]) -> int:
        """See `Backend`."""
        return self._attempt("delete", lambda: self._backend.delete(places), 0)

    def clear(self, namespace: str | None) -> int:
        """See `Backend`."""
        return self._attempt("clear", lambda: self._backend.clear(namespace), 0)

    def clear_expired(self) -> int:
        """See `Backend`."""
        return self._attempt("clear_expired", self._backend.clear_expired, 0)

    def listed(self, namespace: str | None = None) -> Iterator[Listed]:
        """See `Backend`; read at once, so that it is all or nothing."""
        nothing: list[Listed] = []
        return iter(self._attempt("listed", lambda: list(self._backend.listed(namespace)), nothing))

    def used(self, uses: Mapping[str, Use]) -> None:
        """See `Backend`."""
        self._attempt("used", lambda: self._backend.used(uses), None)

    def count(self, counts: Mapping[str, Mapping[str, int]]) -> None:
        """See `Backend`."""
        self._attempt("count", lambda: self._backend.count(counts), None)

    def counts(self) -> dict[str, dict[str, int]]:
        """See `Backend`."""
        return self._attempt("counts", self._backend.counts, {})

    def lock(self, place: str, token: str, seconds: float) -> bool:
        """See `Backend`; ours, when nobody can be asked."""
        return self._attempt("lock", lambda: self._backend.lock(place, token, seconds), True)

    def holder(self, place: str) -> str:
        """See `Backend`."""
        return self._attempt("holder", lambda: self._backend.holder(place), "")

    def unlock(self, place: str, token: str) -> None:
        """See `Backend`."""
        self._attempt("unlock", lambda: self._backend.unlock(place, token), None)

    def compact(self) -> None:
        """See `Backend`."""
        self._attempt("compact", self._backend.compact, None)

    def size_bytes(self) -> int:
        """See `Backend`."""
        return self._attempt("size_bytes", self._backend.size_bytes, 0)

    def close(self) -> None:
        """See `Backend`."""
        self._attempt("close", self._backend.close, None)

    def _attempt(self, operation: str, work: Callable[[], _Answer], otherwise: _Answer) -> _Answer:
        if self.failure is not None and self._clock() < self._tried_again_at:
            return otherwise
        try:
            with _CALL.run(backend=self.name, operation=operation):
                answer = work()
        except BackendFailed as error:
            self._failed(str(error))
            return otherwise
        if self.failure is not None:
            self._works_again()
        return answer

    def _failed(self, why: str) -> None:
        self._on_failure()
        with self._lock:
            is_news, self.failure = self.failure is None, why
            self._tried_again_at = self._clock() + _TRIED_AGAIN_AFTER
        if is_news:
            _log.warning(
                "Going on without the cache: %s. It is tried again every %.0f seconds.", why, _TRIED_AGAIN_AFTER
            )

    def _works_again(self) -> None:
        with self._lock:
            was, self.failure = self.failure, None
        if was is not None:
            _log.info("The cache works again: %r.", self._backend)
