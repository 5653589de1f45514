"""Owns what is told after enriching: how many were found, what that cost in requests, and what changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import Final

import polars as pl

from mediamgr.store import LoadReport
from mediamgr.wording import counted

__all__ = ["CONFLICTS", "FAILURES", "FILLED", "EnrichReport", "Round"]

_ITEM: Final = {"item_id": pl.Int64, "title": pl.String, "provider": pl.String}
FILLED: Final = pl.Schema({**_ITEM, "field_name": pl.String, "before": pl.String, "after": pl.String})
CONFLICTS: Final = pl.Schema({**_ITEM, "source": pl.String, "held": pl.String, "told": pl.String})
FAILURES: Final = pl.Schema({**_ITEM, "error": pl.String})
_SIMULATION: Final = "SIMULATION: providers were asked on this machine; what they say of films and shows is invented."
_COUNTED: Final = ("due", "matched", "doubtful", "nothing", "failed", "requests", "answers", "from_cache")


@dataclass(frozen=True, slots=True)
class Round:
    """How asking one provider went.

    Attributes:
        provider: Which.
        due: Items that it was to be asked for.
        matched: Found, and written unless the run was dry.
        doubtful: To be reviewed: `lib.review()`.
        nothing: Not known there.
        failed: Could not be asked for; the next run asks again.
        requests: That went over the network, repeated ones included.
        answers: To all questions.
        from_cache: Of these, those that needed no request.
        stopped: Why it was given up before all were asked for; None when it was not.
        is_simulated: Whether it was asked at an address of this machine.
        credit: Who is to be named where its data is shown.
    """

    provider: str
    due: int
    matched: int = 0
    doubtful: int = 0
    nothing: int = 0
    failed: int = 0
    requests: int = 0
    answers: int = 0
    from_cache: int = 0
    stopped: str | None = None
    is_simulated: bool = False
    credit: str = ""

    @property
    def left(self) -> int:
        """Items that were not asked for."""
        return self.due - self.matched - self.doubtful - self.nothing - self.failed

    @property
    def hit_rate(self) -> float | None:
        """Share of answers that came from the cache, 0 to 1; None when there was no question."""
        return self.from_cache / self.answers if self.answers else None


@dataclass(frozen=True, slots=True, repr=False)
class EnrichReport:
    """How a run of enriching went.

    Attributes:
        rounds: One for each provider, in the order they were asked.
        is_dry: Whether nothing was written.
        loaded: What went in.
        filled: A row for each field: item_id, title, provider, field_name, before, after (as text).
        conflicts: Ids that contradict those an item has, which stayed: item_id, title, provider, source, held, told.
        failures: item_id, title, provider, error.
        left_out: Providers that were not asked because they want a key.
    """

    rounds: tuple[Round, ...]
    is_dry: bool = False
    loaded: LoadReport = field(default_factory=LoadReport)
    filled: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FILLED))
    conflicts: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=CONFLICTS))
    failures: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=FAILURES))
    left_out: tuple[str, ...] = ()

    @property
    def providers(self) -> pl.DataFrame:
        """A row each: provider, due, matched, doubtful, nothing, failed, requests, answers, from_cache, hit_rate."""
        rows = [
            {"provider": each.provider, **{name: getattr(each, name) for name in _COUNTED}, "hit_rate": each.hit_rate}
            for each in self.rounds
        ]
        counts = dict.fromkeys(_COUNTED, pl.Int64)
        return pl.DataFrame(rows, schema={"provider": pl.String, **counts, "hit_rate": pl.Float64})

    @property
    def counts(self) -> dict[str, int]:
        """All together, by name, as job_run has it."""
        told = {name: sum(getattr(each, name) for each in self.rounds) for name in _COUNTED}
        return {**told, "fields_filled": self.filled.height, **self.loaded.counts}

    def lines(self) -> list[str]:
        """What happened, a sentence a line."""
        told = [_SIMULATION] if any(each.is_simulated for each in self.rounds) else []
        told += [line for each in self.rounds for line in _of_round(each)] or ["No provider was asked."]
        told += [f"{each} was left out: it wants a key, MEDIAMGR_{each.upper()}_KEY." for each in self.left_out]
        would = "would be filled" if self.is_dry else "filled"
        fields = (
            f"{counted(self.filled.height, 'field')} of {counted(self.filled['item_id'].n_unique(), 'item')} {would}"
        )
        told.append(f"{fields}{_most_filled(self.filled)}.")
        if self.conflicts.height:
            told.append(f"{counted(self.conflicts.height, 'contradiction')}: see .conflicts.")
        if doubtful := sum(each.doubtful for each in self.rounds):
            told.append(f"{counted(doubtful, 'item')} to review: lib.review().")
        return [*told, *(each.credit for each in self.rounds if each.matched and each.credit)]

    def __repr__(self) -> str:
        return "\n".join(self.lines())

    def _repr_html_(self) -> str:
        return "".join(f"<div>{escape(line)}</div>" for line in self.lines())


def _of_round(each: Round) -> list[str]:
    if not each.due:
        return [f"{each.provider}: nothing to ask."]
    found = f"{each.matched:,} found, {each.doubtful:,} doubtful, {each.nothing:,} not there, {each.failed:,} failed"
    rate = "" if each.hit_rate is None else f", {each.hit_rate:.0%} of answers from the cache"
    told = [f"{each.provider}: {counted(each.due, 'item')}: {found}; {counted(each.requests, 'request')}{rate}."]
    return (
        told
        if each.stopped is None
        else [*told, f"{each.provider} was given up with {each.left:,} left: {each.stopped}"]
    )


def _most_filled(filled: pl.DataFrame) -> str:
    """Which fields, those filled most first."""
    if filled.is_empty():
        return ""
    most = filled["field_name"].value_counts(sort=True).sort(["count", "field_name"], descending=[True, False])
    return (
        ": "
        + ", ".join(f"{name} {count:,}" for name, count in most.head(6).iter_rows())
        + (", ..." if most.height > 6 else "")
    )
