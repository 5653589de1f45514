"""Owns how a question is brought to a provider: at its pace, and again where that is worth it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

from tenacity import RetryCallState, Retrying
from tenacity.wait import wait_random_exponential

from mediamgr.errors import ProviderUnavailable
from mediamgr.providers.http._breaker import Breakers
from mediamgr.providers.http._pace import Pace
from mediamgr.providers.http._patience import Patience
from mediamgr.providers.http._site import Rate, Site, is_home, lane_of
from mediamgr.providers.http._traffic import Tally
from mediamgr.providers.http._verdict import MANY, TWICE, Verdict
from mediamgr.providers.http._wire import Garbled, Turn

__all__ = ["Courier"]

_NO_RATES: Final[tuple[Rate, ...]] = ()
_Outcome = TypeVar("_Outcome")


class Courier:
    """Brings questions to providers, for many threads.

    Args:
        pace_file: See `Pace`.
        patience: How long and how often is tried.
        clock: Seconds since 1970.
        wait: Lets so many seconds pass; what it raises ends the question.
        tally: What happens is counted there.
    """

    def __init__(
        self,
        pace_file: Path,
        patience: Patience,
        clock: Callable[[], float],
        wait: Callable[[float], object],
        tally: Tally,
    ) -> None:
        self._pace, self._breakers = Pace(pace_file, clock), Breakers(clock)
        self._patience, self._clock, self._wait, self._tally = patience, clock, wait, tally
        self._backoff = wait_random_exponential(patience.backoff_seconds, patience.most_backoff_seconds)

    def bring(self, site: Site, url: str, attempt: Callable[[Turn], Verdict[_Outcome]], *, is_paced: bool) -> _Outcome:
        """What `attempt` comes to, made as often as is worth it.

        Args:
            site: Whom it is about.
            url: Where it goes first.
            attempt: Asks once; is given what to call before each request.
            is_paced: Whether the rates of the site hold for it.

        Raises:
            ProviderError: Of the last attempt.
        """
        lane, began = lane_of(site, url), self._clock()

        def turn(asked: str) -> None:
            self._take_turn(lane_of(site, asked), site.rates if is_paced and is_home(site, asked) else _NO_RATES)

        def is_to_be_tried_again(state: RetryCallState) -> bool:
            if state.outcome is None or state.outcome.failed:
                return False
            attempts = min(state.outcome.result().attempts, self._patience.attempts)
            return state.attempt_number < attempts and self._clock() < began + self._patience.whole_seconds

        with self._breakers.watched(lane):
            retrying = Retrying(
                retry=is_to_be_tried_again,
                wait=self._pause,
                sleep=self._sleep,
                before_sleep=lambda _: self._tally.add(site.name, "retries"),
            )
            return retrying(lambda: self._attempted(lane, attempt, turn)).given()

    def close(self) -> None:
        """Let go of the file of turns."""
        self._pace.close()

    def _attempted(self, lane: str, attempt: Callable[[Turn], Verdict[_Outcome]], turn: Turn) -> Verdict[_Outcome]:
        try:
            verdict = attempt(turn)
        except ProviderUnavailable as error:
            return Verdict(error=error, attempts=MANY)
        except Garbled as error:
            return Verdict(error=error, attempts=TWICE)
        if not verdict.hold_seconds:
            return verdict
        self._pace.hold(lane, verdict.hold_seconds)
        is_too_long = verdict.hold_seconds > self._patience.turn_seconds
        return Verdict(error=verdict.error) if is_too_long else verdict

    def _pause(self, state: RetryCallState) -> float:
        """Seconds until the next attempt; where the provider said when, the next turn is not before."""
        has_said = state.outcome is not None and state.outcome.result().hold_seconds
        return 0.0 if has_said else self._backoff(state)

    def _sleep(self, seconds: float) -> None:
        if seconds > 0:
            self._wait(seconds)

    def _take_turn(self, lane: str, rates: tuple[Rate, ...]) -> None:
        seconds = self._pace.reserve(lane, rates, self._patience.turn_seconds)
        if seconds > 0:
            self._tally.add(lane.partition(" ")[0], "waited_seconds", seconds)
            self._wait(seconds)
