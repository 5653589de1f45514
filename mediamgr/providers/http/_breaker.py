"""Owns not asking who does not answer: after some failures in a row nobody is sent there for a while, then one is.

Questions go side by side; a lock held while one is asked, as libraries for this do, would make them queue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from mediamgr.errors import ProviderBusy, ProviderError, ProviderUnavailable

__all__ = ["Breakers"]

_FAILURES: Final = 3
_REST_SECONDS: Final = 30.0


@dataclass(slots=True)
class _Lane:
    """How it went lately.

    Attributes:
        failures: Questions in a row that found nobody.
        rests_until: Nobody is sent until then.
        is_tried: Whether somebody is under way to see whether it is better.
    """

    failures: int = 0
    rests_until: float = 0.0
    is_tried: bool = False


class Breakers:
    """What is known of who answers, in this process.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._lanes: dict[str, _Lane] = {}

    @contextmanager
    def watched(self, lane: str) -> Iterator[None]:
        """Ask in the body, with all retries. Raises `ProviderUnavailable` at once while nobody is sent there.

        That error in the body is a failure. Any other of the provider's shows that somebody is there; but
        `ProviderBusy`, and what is no error of the provider's, shows nothing.
        """
        is_trial = self._admit(lane)
        try:
            yield
        except ProviderUnavailable:
            self._failed(lane, is_trial)
            raise
        except BaseException as error:
            self._ended(lane, is_trial, is_there=isinstance(error, ProviderError) and type(error) is not ProviderBusy)
            raise
        self._ended(lane, is_trial, is_there=True)

    def _admit(self, lane: str) -> bool:
        """Whether this question is the one that tries."""
        with self._lock:
            state = self._lanes.setdefault(lane, _Lane())
            if state.failures < _FAILURES:
                return False
            left = state.rests_until - self._clock()
            if left > 0 or state.is_tried:
                raise ProviderUnavailable(
                    f"{lane.partition(' ')[0]} did not answer {state.failures} questions in a row, so it is left alone;"
                    f" try again in {max(left, 2):.0f} seconds."
                )
            state.is_tried = True
            return True

    def _failed(self, lane: str, is_trial: bool) -> None:
        with self._lock:
            state = self._lanes[lane]
            state.failures += 1
            state.rests_until = self._clock() + _REST_SECONDS
            state.is_tried &= not is_trial

    def _ended(self, lane: str, is_trial: bool, *, is_there: bool) -> None:
        with self._lock:
            state = self._lanes[lane]
            state.is_tried &= not is_trial
            if is_there:
                state.failures = 0
