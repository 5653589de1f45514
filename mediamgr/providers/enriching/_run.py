"""Owns a run of enriching: providers one after the other, items many at a time, written group by group.

The library is held for writing only while a group goes in, never while a provider is waited for. What is written
stays, whatever ends the run: the next one goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

import polars as pl

from mediamgr.errors import (
    ProviderBusy,
    ProviderError,
    ProviderRefused,
    ProviderUnavailable,
)
from mediamgr.instrumentation import Counter, Timer
from mediamgr.progress import Advance, ShowProgress, silent
from mediamgr.providers.enriching._due import questions
from mediamgr.providers.enriching._groups import Group
from mediamgr.providers.enriching._question import Answered, Question, answered
from mediamgr.providers.enriching._report import EnrichReport, Round
from mediamgr.providers.http import Client, Traffic, is_here
from mediamgr.providers.protocol import Provider
from mediamgr.repository import MediaItemRepository
from mediamgr.store import Database
from mediamgr.workers import Outcome, WorkerManager

__all__ = ["Run"]

_ROUND: Final = Timer(
    "providers.round", "Asking one provider for all items that are due, and writing what it told", "site"
)
_ITEMS: Final = Counter(
    "providers.items", "Items that were asked for: matched, doubtful, nothing or failed", "site", "outcome"
)
_FIELDS: Final = Counter("providers.fields_filled", "Fields of items that were filled and written", "site")
_MOST_IN_A_ROW: Final = 8
"""Items that may fail one after the other before a provider is given up."""
_FINAL: Final = (ProviderRefused, ProviderBusy)


class Run:
    """Asks providers for what is due, and writes what they say.

    Args:
        database: The library.
        client: Through which the providers ask; its traffic is counted.
        workers: Ask many at a time.
        report: To be added to; says whether nothing is written.
        clock: UTC now, without zone.
    """

    def __init__(
        self,
        database: Database,
        client: Client,
        workers: WorkerManager,
        report: EnrichReport,
        clock: Callable[[], datetime],
    ) -> None:
        self._database, self._client, self._workers = database, client, workers
        self.report, self._clock = report, clock

    def ask(self, provider: Provider, due: pl.DataFrame, show_progress: ShowProgress = silent) -> None:
        """Ask one provider for the rows of `lib.matches.due()`; the report tells how it went."""
        begun = Round(provider.name, due.height, is_simulated=is_here(provider.site.url), credit=provider.terms.credit)
        one = _OneProvider(provider, begun, Group(self._database, provider, self._clock))
        try:
            if due.height:
                with _ROUND.run(site=provider.name), show_progress(_title(begun), due.height) as advance:
                    self._ask(one, due, advance)
        finally:
            # also when it was interrupted: what was answered is not lost
            self._write(one)
            self.report = replace(self.report, rounds=(*self.report.rounds, self._counted(one)))

    def _ask(self, one: _OneProvider, due: pl.DataFrame, advance: Advance) -> None:
        asked = questions(MediaItemRepository(self._database), due)
        for outcome in self._workers.map(lambda question: answered(one.provider, question), asked, ordered=False):
            one.take(outcome)
            advance(1, _said(self._counted(one)))
            if one.group.is_due:
                self._write(one)
            if one.round.stopped is not None:
                break

    def _write(self, one: _OneProvider) -> None:
        done = one.group.written(is_dry=self.report.is_dry)
        if not self.report.is_dry:
            _FIELDS.add(done.filled.height, site=one.provider.name)
        told = self.report
        self.report = replace(
            told,
            loaded=told.loaded + done.loaded,
            filled=pl.concat([told.filled, done.filled]),
            conflicts=pl.concat([told.conflicts, done.conflicts]),
            failures=pl.concat([told.failures, done.failures]),
        )

    def _counted(self, one: _OneProvider) -> Round:
        traffic = self._client.traffic.sites.get(one.provider.name, Traffic())
        from_cache = traffic.kept + traffic.stale + traffic.shared
        answers = from_cache + traffic.loaded + traffic.unchanged
        return replace(one.round, requests=traffic.requests, answers=answers, from_cache=from_cache)


@dataclass(slots=True)
class _OneProvider:
    """A provider being asked: how far it is, and what is not written yet."""

    provider: Provider
    round: Round
    group: Group
    failed_in_a_row: int = field(default=0)

    def take(self, outcome: Outcome[Question, Answered]) -> None:
        """Count an answer, or what went wrong. Raises errors that are nobody's but ours."""
        if outcome.error is None:
            self.failed_in_a_row = 0
            self._count(self.group.add(outcome.result()))
            return
        if not isinstance(outcome.error, ProviderError):
            raise outcome.error
        self._count("failed")
        self.group.failed(outcome.item, outcome.error)
        self.failed_in_a_row += isinstance(outcome.error, ProviderUnavailable)
        if isinstance(outcome.error, _FINAL) or self.failed_in_a_row >= _MOST_IN_A_ROW:
            self.round = replace(self.round, stopped=str(outcome.error))

    def _count(self, what: str) -> None:
        self.round = replace(self.round, **{what: getattr(self.round, what) + 1})
        _ITEMS.add(site=self.provider.name, outcome=what)


def _title(round: Round) -> str:
    return f"Asking {'simulated ' if round.is_simulated else ''}{round.provider}"


def _said(round: Round) -> str:
    return "" if round.hit_rate is None else f"{round.hit_rate:.0%} from the cache"
