"""Owns the records of advice: what a library offers a statement, and what is said of one that does not use it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from mediamgr.plans._records import Operator, Plan

__all__ = ["ROW_GROUP", "Advice", "Structure", "Table", "seconds_of", "share_of_time"]

ROW_GROUP: Final = 122_880
"""Rows that DuckDB reads at a time, in about a millisecond: where no more are read nothing is to be gained."""


@dataclass(frozen=True, slots=True)
class Table:
    """What there is to find rows of a table by.

    Attributes:
        name: Its name.
        rows: About how many it has.
        key: The column that names a row, with an index; None when there is none.
        indexed: Columns with an index (ART), that of the key included.
        ordered_by: The column its rows lie by, so that those of one value are in one place; None when by none.
        twin: The table that has the same rows by another order; None when there is none, or it is not up to date.
        ranks: Columns of text that one sorts by, and the column that has their order as a number.
        searched: Columns whose words are looked up by `search`.
        search: What looks them up: "lib.search".
        ordering: What gives any part of its rows in any order at one cost: "lib.items.ordering".
    """

    name: str
    rows: int
    key: str | None = None
    indexed: frozenset[str] = frozenset()
    ordered_by: str | None = None
    twin: str | None = None
    ranks: tuple[tuple[str, str], ...] = ()
    searched: frozenset[str] = frozenset()
    search: str = ""
    ordering: str = ""

    def rank_of(self, column: str) -> str | None:
        """The column that has the order of this one as a number."""
        return dict(self.ranks).get(column)


@dataclass(frozen=True, slots=True)
class Structure:
    """What a library has to find rows by. What is not in it is not advised about.

    Attributes:
        tables: Its tables.
    """

    tables: tuple[Table, ...] = ()

    def table(self, name: str | None) -> Table | None:
        """The table of that name."""
        return next((table for table in self.tables if table.name == name), None)


@dataclass(frozen=True, slots=True)
class Advice:
    """What is the matter with a statement, and what to do.

    Attributes:
        rule: Which of the things that are looked for: "index unused".
        operator: The step of the plan it is about.
        matter: What is the matter, in a sentence or two.
        remedy: What to do.
        better: A statement that does it, with the same rows unless the remedy says otherwise; None when it depends.
        saved_seconds: What that might save at most; None when the statement was not measured.
    """

    rule: str
    operator: Operator
    matter: str
    remedy: str
    better: str | None = None
    saved_seconds: float | None = field(default=None, compare=False)


def share_of_time(plan: Plan, *operators: Operator) -> float | None:
    """Which share of the work these operators are, 0 to 1; None when it was not measured."""
    working = plan.working_seconds
    if working is None:
        return None
    return sum(operator.seconds or 0.0 for operator in operators) / working if working else 0.0


def seconds_of(plan: Plan, operator: Operator) -> float | None:
    """How long a statement waited for an operator, at most: its share of the time it ran; None when only planned."""
    share = share_of_time(plan, operator)
    return None if share is None else share * ((plan.total_seconds or 0.0) - (plan.planning_seconds or 0.0))
