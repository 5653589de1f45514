"""Owns the records of a plan: what DuckDB did for a statement, or would do, as a tree of operators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Operator", "Plan"]


@dataclass(frozen=True, slots=True)
class Operator:
    """One step of a plan. It takes the rows of its children and gives rows to its parent.

    Attributes:
        name: As DuckDB calls it: "HASH_JOIN"; a "SEQ_SCAN" that goes by an index is an "INDEX_SCAN".
        does: What it does, in short: "media_item where (year = 1999)"; may be "".
        rows: Rows it gave; None when only planned.
        estimated_rows: Rows DuckDB expected it to give; None where it does not say.
        seconds: Its own time, of all threads together; None when only planned.
        children: Where its rows come from; of a join first the side that is gone through, then the one kept in memory.
        table: What a scan reads, without the names of database and schema; None otherwise.
        columns: What it gives to its parent, as far as DuckDB says; "#1" where only the place is known.
        conditions: What rows must meet, all of it: conditions of a scan, a filter, a join.
        keys: What it sorts by, with the direction: "title DESC".
        rows_scanned: Rows that a scan went through to find those it gave; None of others, and when only planned.
        row_groups_scanned: Row groups it went through, of `row_groups`; 0 by an index.
        row_groups: Row groups of the table.
        told: All that DuckDB tells of it, by its names.
    """

    name: str
    does: str = ""
    rows: int | None = None
    estimated_rows: int | None = None
    seconds: float | None = None
    children: tuple[Operator, ...] = ()
    table: str | None = None
    columns: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()
    rows_scanned: int | None = None
    row_groups_scanned: int | None = None
    row_groups: int | None = None
    told: tuple[tuple[str, str], ...] = ()

    def walk(self) -> Iterator[Operator]:
        """Itself and all below it, parents first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Plan:
    """How a statement is answered. What was not measured is None.

    Attributes:
        sql: The statement.
        root: The last step, whose rows are the answer.
        is_measured: The statement was run; else it was only planned.
        total_seconds: From handing it in to the last row, planning included.
        planning_seconds: Of these, until it began to run.
        rows_scanned: Rows that its scans went through.
        row_groups_scanned: Row groups (122,880 rows each) they went through, of `row_groups`.
        row_groups: Row groups of the tables it scans.
        bytes_read: From disk; 0 when all was in memory.
        bytes_spilled: Written to disk and read again for want of memory.
        peak_memory_bytes: The most memory that DuckDB held meanwhile, pages of the file included.
    """

    sql: str
    root: Operator
    is_measured: bool
    total_seconds: float | None = None
    planning_seconds: float | None = None
    rows_scanned: int | None = None
    row_groups_scanned: int | None = None
    row_groups: int | None = None
    bytes_read: int | None = None
    bytes_spilled: int | None = None
    peak_memory_bytes: int | None = None

    def operators(self) -> Iterator[Operator]:
        """All steps, parents first."""
        return self.root.walk()

    @property
    def working_seconds(self) -> float | None:
        """What its operators took, of all threads together: what shares are of."""
        if not self.is_measured:
            return None
        return sum(operator.seconds or 0.0 for operator in self.operators())
