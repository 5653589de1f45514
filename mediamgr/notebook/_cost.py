"""Owns what a cell cost, in figures: made of what was heard while it ran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mediamgr.instrumentation import Recording, Span, Spent
from mediamgr.plans import Asked, Repeated, repeated
from mediamgr.wording import counted, human_bytes, human_seconds

__all__ = ["CellCost", "Trouble", "cost_of", "parts"]

_LOOKUPS: Final = ("store.result_lookups", "cache_service.lookups")
_MOST_BUDGETS: Final = 3
_LITTLE_MEMORY: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class CellCost:
    """What a cell cost.

    Attributes:
        seconds: From its beginning to its end.
        database_seconds: In the store: opening, asking, loading, publishing; of several threads added up.
        statements: How many DuckDB was asked.
        rows: That these answered.
        bytes: That these answers take in memory.
        hits: Answers that were kept: of the library, and of providers.
        misses: Answers that were not.
        requests: To providers.
        memory_bytes: How much more memory the process has than before; less, if negative.
        budgets: Which were set, in the order in which they began.
        repeats: Statements that were asked again and again with other values, dearest first.
        root: What happened, in order.
        left_out: Spans of which only the totals are known.
    """

    seconds: float
    database_seconds: float
    statements: int
    rows: int
    bytes: int
    hits: int
    misses: int
    requests: int
    memory_bytes: int
    budgets: tuple[Spent, ...]
    repeats: tuple[Repeated, ...]
    root: Span
    left_out: int


def cost_of(heard: Recording, memory_bytes: int) -> CellCost:
    """The figures of a recording that was stopped."""
    return CellCost(
        seconds=heard.root.seconds or 0.0,
        database_seconds=heard.rooms.get("store", 0.0),
        statements=heard.times.get("store.statement", (0, 0.0))[0],
        rows=int(heard.total("store.rows_read")),
        bytes=int(heard.total("store.bytes_read")),
        hits=_kept(heard, "hit", "stale_hit", "negative_hit"),
        misses=_kept(heard, "miss"),
        requests=heard.times.get("providers.request", (0, 0.0))[0],
        memory_bytes=memory_bytes,
        budgets=tuple(_budgets(heard.root)),
        repeats=repeated(_asked(heard.root)),
        root=heard.root,
        left_out=heard.left_out,
    )


class Trouble(str):
    """A part of what is said that asks for somebody's attention."""

    __slots__ = ()


def parts(cost: CellCost) -> list[str]:
    """What is worth saying of it, in a few words each, `Trouble` among them; how long it took comes first."""
    return [human_seconds(cost.seconds), *_database(cost), *_rest(cost)]


def _database(cost: CellCost) -> Iterable[str]:
    if cost.statements:
        asked = f"{counted(cost.statements, 'statement')}, {counted(cost.rows, 'row')} ({human_bytes(cost.bytes)})"
        yield f"database {human_seconds(cost.database_seconds)}, {asked}"
    elif cost.database_seconds:
        yield f"database {human_seconds(cost.database_seconds)}"


def _rest(cost: CellCost) -> Iterable[str]:
    if cost.hits or cost.misses:
        yield f"cache {counted(cost.hits, 'hit')}, {cost.misses:,} {'miss' if cost.misses == 1 else 'misses'}"
    if cost.requests:
        yield f"providers {counted(cost.requests, 'request')}"
    if abs(cost.memory_bytes) >= _LITTLE_MEMORY:
        yield f"memory {'+' if cost.memory_bytes > 0 else '−'}{human_bytes(abs(cost.memory_bytes))}"
    yield from _budget_parts(cost.budgets)
    for each in cost.repeats:
        yield Trouble(f"{each.times:,} times one statement{f' by {each.line}' if each.line else ''}")


def _budget_parts(budgets: Sequence[Spent]) -> Iterable[str]:
    if len(budgets) <= _MOST_BUDGETS:
        return [str(each) if each.is_kept else Trouble(each) for each in budgets]
    broken = [each for each in budgets if not each.is_kept]
    if not broken:
        return [f"{len(budgets):,} budgets kept"]
    longest = max(broken, key=lambda each: each.seconds)
    said = f"budgets broken: {len(broken):,} of {len(budgets):,}, the longest {str(longest).partition(': ')[2]}"
    return [Trouble(said)]


def _budgets(root: Span) -> Iterator[Spent]:
    return (span.facts["spent"] for span in root.walk() if "spent" in span.facts)


def _asked(root: Span) -> Iterator[Asked]:
    """What was asked, but for what a verb of the library asks to answer once: nobody can ask that otherwise."""
    for span in root.walk():
        if "sql" in span.facts and all(each.room != "repository" for each in span.ancestors()):
            yield Asked(span.facts["sql"], span.facts["parameters"], span.seconds or 0.0, span.facts.get("line"))


def _kept(heard: Recording, *outcomes: str) -> int:
    """Questions to either cache that had such an outcome."""
    asked = [(name, outcome) for name in _LOOKUPS for outcome in outcomes]
    return int(sum(heard.total(name, outcome=outcome) for name, outcome in asked))
