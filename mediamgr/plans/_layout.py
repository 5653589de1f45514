"""Owns how a plan is laid out before it is drawn: which operator stands on which line, how deep, and how hot it is.

An operator stands above the one its rows come from, straight below it; only what has several children branches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from mediamgr.plans._records import Operator, Plan
from mediamgr.wording import human_bytes, human_seconds

__all__ = [
    "HOT_SHARE",
    "WARM_SHARE",
    "Heat",
    "Line",
    "is_far_off",
    "is_folded",
    "laid_out",
    "legend",
    "summary",
]


Heat = Literal["hot", "warm", ""]

HOT_SHARE: Final = 0.40
"""Share of the time of all operators from which one is hot."""
WARM_SHARE: Final = 0.15
"""And from which it is warm."""
_FAR_OFF: Final = 10
"""An expectation is far off when there were so many times as many rows, or as few."""
_FEW: Final = 1_000
"""Rows up to which it does not matter how far off one is."""
_CHEAP: Final = 0.01
"""Share of the time below which a projection is not drawn."""


@dataclass(frozen=True, slots=True)
class Line:
    """One operator, where it stands.

    Attributes:
        operator: The operator.
        branch: What is drawn before it: "│  ├─ ".
        below: What is drawn before what follows of it on further lines: "│  │  ".
        depth: How many branchings it is below the root.
        share: Of the time of all operators, 0 to 1; None when only planned.
        heat: "hot", "warm" or "".
        children: Those its rows come from.
    """

    operator: Operator
    branch: str
    below: str
    depth: int
    share: float | None
    heat: Heat
    children: tuple[Line, ...] = ()

    def walk(self) -> Iterator[Line]:
        """Itself and all below it, from above to below."""
        yield self
        for child in self.children:
            yield from child.walk()


def laid_out(plan: Plan) -> Line:
    """The line of the root, with all others below it."""
    return _line(plan.root, plan.working_seconds, "", "", 0)


def is_folded(operator: Operator, working_seconds: float | None) -> bool:
    """Whether it is not drawn: a projection that cost nothing."""
    share = _share(operator, working_seconds)
    return operator.name == "PROJECTION" and bool(operator.children) and share is not None and share < _CHEAP


def is_far_off(operator: Operator) -> bool:
    """Whether many more or fewer rows came than DuckDB expected."""
    rows, expected = operator.rows, operator.estimated_rows
    if rows is None or expected is None or max(rows, expected) <= _FEW:
        return False
    return max(rows, expected) >= _FAR_OFF * max(min(rows, expected), 1)


def summary(plan: Plan) -> tuple[str, ...]:
    """What is said of the whole, in parts."""
    if plan.total_seconds is None:
        return ("planned, not run", "rows are what DuckDB expects")
    parts = [human_seconds(plan.total_seconds), f"planning {human_seconds(plan.planning_seconds or 0)}"]
    if plan.rows_scanned:
        parts.append(f"{plan.rows_scanned:,} rows read")
    if plan.row_groups:
        parts.append(f"{plan.row_groups_scanned:,} of {plan.row_groups:,} row groups")
    parts.append(f"{human_bytes(plan.bytes_read)} from disk" if plan.bytes_read else "nothing from disk")
    if plan.bytes_spilled:
        parts.append(f"{human_bytes(plan.bytes_spilled)} spilled")
    parts.append(f"memory {human_bytes(plan.peak_memory_bytes or 0)}")
    return tuple(parts)


def legend(drawn: Sequence[Line]) -> str:
    """What ≠ means, where it stands on one of these lines; else ""."""
    return f"≠ off by {_FAR_OFF} times or more" if any(is_far_off(line.operator) for line in drawn) else ""


def _line(operator: Operator, working: float | None, branch: str, below: str, depth: int) -> Line:
    if is_folded(operator, working):
        return _line(operator.children[0], working, branch, below, depth)
    share, last = _share(operator, working), len(operator.children)
    if last <= 1:
        children = [_line(child, working, below, below, depth) for child in operator.children]
        return Line(operator, branch, below, depth, share, _heat(share), tuple(children))
    children = [
        _line(child, working, below + branch, below + rail, depth + 1)
        for child, (branch, rail) in zip(
            operator.children, [("├─ ", "│  ")] * (last - 1) + [("└─ ", "   ")], strict=True
        )
    ]
    return Line(operator, branch, below + "│  ", depth, share, _heat(share), tuple(children))


def _share(operator: Operator, working_seconds: float | None) -> float | None:
    if operator.seconds is None or working_seconds is None:
        return None
    return operator.seconds / working_seconds if working_seconds else 0.0


def _heat(share: float | None) -> Heat:
    if share is None or share < WARM_SHARE:
        return ""
    return "hot" if share >= HOT_SHARE else "warm"
