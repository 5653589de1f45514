"""Owns judging a plan: all that is looked for, most to be saved first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from mediamgr.plans._advice import Advice, Structure
from mediamgr.plans._join_rules import on_joins, on_memory
from mediamgr.plans._records import Plan
from mediamgr.plans._scan_rules import on_scans
from mediamgr.plans._sort_rules import on_sorts

__all__ = ["advise"]

_LOOKED_FOR: Final[tuple[Callable[[Plan, Structure], Iterator[Advice]], ...]] = (
    on_scans,
    on_sorts,
    on_joins,
    on_memory,
)


def advise(plan: Plan, structure: Structure) -> tuple[Advice, ...]:
    """What could be done about a statement, most to be saved first; () when it is right as it is.

    Of a plan that was not run less is known, and less is said.
    """
    found = [advice for look in _LOOKED_FOR for advice in look(plan, structure)]
    return tuple(sorted(found, key=lambda advice: -(advice.saved_seconds or 0.0)))
