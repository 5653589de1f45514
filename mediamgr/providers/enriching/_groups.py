"""Owns what was answered and is not written yet: it goes in group by group, each whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from time import monotonic
from typing import Any, Final, Literal

import polars as pl

from mediamgr.errors import ProviderError
from mediamgr.providers.enriching._question import Answered, Question
from mediamgr.providers.enriching._report import CONFLICTS, FAILURES, FILLED, EnrichReport
from mediamgr.providers.protocol import Provider
from mediamgr.providers.writing import Told, written
from mediamgr.store import Database, matches

__all__ = ["Group"]

_MOST: Final = 1_000
_SECONDS: Final = 5.0
_REST: Final = 10.0
"""Between two groups are at least so many times as many seconds as the last one took to write."""
Found = Literal["matched", "doubtful", "nothing"]


class Group:
    """Answers of one provider on their way into the library.

    Args:
        database: The library.
        provider: Whose answers.
        clock: UTC now, without zone.
    """

    def __init__(self, database: Database, provider: Provider, clock: Callable[[], datetime]) -> None:
        self._database, self._provider, self._clock = database, provider, clock
        self._told: list[Told] = []
        self._found: list[dict[str, Any]] = []
        self._failures: list[dict[str, Any]] = []
        self._due_at = monotonic() + _SECONDS

    def add(self, answer: Answered) -> Found:
        """Take an answer; what it comes to."""
        item = answer.question.wanted.item_id
        if answer.decision is not None:
            self._found += self._rows(answer)
        if answer.facts is None:
            return answer.decision.status if answer.decision and answer.decision.status != "matched" else "nothing"
        self._told.append(Told(item, answer.facts))
        return "matched"

    def failed(self, question: Question, error: ProviderError) -> None:
        """Take note of a question that was not answered."""
        wanted = question.wanted
        about = {"item_id": wanted.item_id, "title": wanted.title, "provider": self._provider.name}
        self._failures.append({**about, "error": str(error)})

    @property
    def is_due(self) -> bool:
        """Whether it is large or old enough to be written."""
        return len(self._found) + len(self._told) >= _MOST or monotonic() >= self._due_at

    def written(self, *, is_dry: bool) -> EnrichReport:
        """Write it, and begin another; what was done, without a round.

        Raises `LibraryLocked` while another process writes; then it is still to be written.
        """
        began = monotonic()
        done = self._filled(is_dry) if self._told or self._found else EnrichReport((), is_dry)
        failures = _frame(self._failures, FAILURES)
        self._told, self._found, self._failures = [], [], []
        self._due_at = monotonic() + max(_SECONDS, _REST * (monotonic() - began))
        return EnrichReport((), is_dry, done.loaded, done.filled, done.conflicts, failures)

    def _filled(self, is_dry: bool) -> EnrichReport:
        if is_dry:
            told = written(self._database, self._told, self._provider.name, clock=self._clock, dry_run=True)
        else:
            with self._database.writing("enrich") as connection:
                if self._found:
                    matches.record(connection, _frame(self._found, matches.SCHEMA))
                told = written(self._database, self._told, self._provider.name, clock=self._clock)
        filled, conflicts = self._by(told.filled, FILLED), self._by(told.conflicts, CONFLICTS)
        return EnrichReport((), is_dry, told.report, filled, conflicts)

    def _by(self, rows: pl.DataFrame, schema: pl.Schema) -> pl.DataFrame:
        return rows.with_columns(provider=pl.lit(self._provider.name)).select(schema.names())

    def _rows(self, answer: Answered) -> Iterable[dict[str, Any]]:
        """What provider_match is to say of an item: a row a candidate, or one that there is none."""
        decision, wanted = answer.decision, answer.question.wanted
        assert decision is not None
        noted = {"media_item_id": wanted.item_id, "source": self._provider.name, "checked_at": self._clock()}
        if decision.status == "nothing":
            return [{**noted, "external_id": "", "status": "nothing", "reasons": [decision.reason]}]
        shown = decision.matches[:1] if decision.status == "matched" else decision.matches
        return [
            {
                **noted,
                "external_id": match.candidate.id,
                "status": decision.status,
                "score": match.score,
                "reasons": [*map(str, match.reasons), *([decision.reason] if decision.status == "doubtful" else [])],
                "title": match.candidate.title,
                "year": match.candidate.year,
                "url": self._provider.page(match.candidate.media_type, match.candidate.id),
            }
            for match in shown
        ]


def _frame(rows: list[dict[str, Any]], schema: pl.Schema) -> pl.DataFrame:
    used = {name: kind for name, kind in schema.items() if any(name in row for row in rows)} or dict(schema)
    return pl.DataFrame(rows, schema=used, orient="row")
