"""Owns what a plan's scans read for what they give, and by which conditions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediamgr.plans._advice import ROW_GROUP, Structure, Table
from mediamgr.plans._conditions import Condition, together, understood
from mediamgr.plans._records import Operator, Plan

__all__ = ["Scan", "scans"]

_MOST_KEPT: Final = 0.05
"""Share of the rows read that are needed, above which reading them all is right."""
_FEW_GROUPS: Final = 2
"""Row groups out of several that are right to read for a few rows."""
_DYNAMIC: Final = re.compile(r"\b(\w+) IN (?:\(|PRF)")


@dataclass(frozen=True, slots=True)
class Scan:
    """A table as one scan reads it.

    Attributes:
        operator: The scan.
        table: What the library has to find rows of it by.
        texts: Its conditions, and those of a filter straight above.
        kept: Rows that met them; None when only planned.
        is_only: No other scan of the plan reads this table.
    """

    operator: Operator
    table: Table
    texts: tuple[str, ...]
    kept: int | None
    is_only: bool

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that are understood."""
        return tuple(each for each in map(understood, self.texts) if each)

    @property
    def is_by_index(self) -> bool:
        """Whether it goes by an index."""
        return self.operator.name == "INDEX_SCAN"

    @property
    def has_others(self) -> bool:
        """Whether several conditions are asked while it is read, of which an index serves none."""
        return len(self.operator.conditions) + ("optional: " in self._hints) > 1

    def is_list(self, column: str) -> bool:
        """Whether values of this column are asked for by a list, which DuckDB also writes as OR."""
        return re.search(rf"\b{re.escape(column)} IN \(", self._hints) is not None

    @property
    def is_wasteful(self) -> bool:
        """Whether it reads far more than is needed; of a plan that was not run, whether it may."""
        read = self.operator.rows_scanned
        if read is None or self.kept is None:
            return self.table.rows > ROW_GROUP and not (self.is_by_index or self._is_in_order)
        return read > ROW_GROUP and self.kept <= read * _MOST_KEPT and not self._is_spared

    @property
    def _hints(self) -> str:
        return dict(self.operator.told).get("Filters", "")

    @property
    def joined_on(self) -> tuple[str, ...]:
        """Columns that a join narrowed while it was read."""
        return tuple(_DYNAMIC.findall(dict(self.operator.told).get("Dynamic Filters", "")))

    @property
    def _is_spared(self) -> bool:
        """Whether the order of the rows led to a place or two."""
        groups, read = self.operator.row_groups or 0, self.operator.row_groups_scanned or 0
        return read <= _FEW_GROUPS and read < groups

    @property
    def _is_in_order(self) -> bool:
        """Whether it will."""
        return any(each.is_lookup and each.column == self.table.ordered_by for each in self.conditions)

    def read_for(self) -> str:
        """ "864,440 rows of credit are read for 10", or what is known before it is run."""
        if self.operator.rows_scanned is None or self.kept is None:
            return f"All {self.table.rows:,} rows of {self.table.name} may be read"
        return f"{self.operator.rows_scanned:,} rows of {self.table.name} are read for {self.kept:,}"


def scans(plan: Plan, structure: Structure) -> tuple[Scan, ...]:
    """The scans of tables of the library."""
    found = [
        (scan, above, table) for scan, above in _with_above(plan.root, None) if (table := structure.table(scan.table))
    ]
    names = [scan.table for scan, _, _ in found]
    return tuple(_scan(scan, above, table, names.count(scan.table) == 1) for scan, above, table in found)


def _scan(operator: Operator, above: Operator | None, table: Table, is_only: bool) -> Scan:
    is_filtered = above is not None and above.name == "FILTER"
    texts = (*operator.conditions, *(above.conditions if above and is_filtered else ()))
    kept = above.rows if above and is_filtered else operator.rows
    return Scan(operator, table, tuple(part for text in texts for part in together(text)), kept, is_only)


def _with_above(operator: Operator, above: Operator | None) -> Iterator[tuple[Operator, Operator | None]]:
    if operator.table is not None:
        yield operator, above
    for child in operator.children:
        yield from _with_above(child, operator)
