"""Owns what a cell cost as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediamgr.instrumentation import Span
from mediamgr.notebook._cost import CellCost, parts
from mediamgr.notebook._facts import said_of
from mediamgr.notebook._rows import Row, rows
from mediamgr.plans import draw_text
from mediamgr.wording import counted, human_seconds, printable

__all__ = ["MARK", "line", "told"]

MARK: Final = "took"
"""What each line begins with."""
_NAME_WIDTH: Final = 46
_BAR_WIDTH: Final = 30


def line(cost: CellCost) -> str:
    """One quiet line."""
    return f"{MARK} {' · '.join(parts(cost))}"


def told(cost: CellCost) -> str:
    """The line, and below it what happened, in order, with plans."""
    return "\n".join([line(cost), *_tree(cost)])


def _tree(cost: CellCost) -> Iterator[str]:
    yield from (f"  {each.matter} {each.remedy}" for each in cost.repeats)
    for row in rows(cost.root):
        yield f"  {_name(row):<{_NAME_WIDTH}} {human_seconds(row.seconds):>8}  {_bar(row, cost.seconds)}".rstrip()
        if row.span is not None:
            yield from (f"      {each}".rstrip() for each in _told(row.span))
    if cost.left_out:
        yield f"  and {counted(cost.left_out, 'span')} more"


def _told(span: Span) -> Iterator[str]:
    """What was asked, by which line, what it ended in, and the plan."""
    facts = span.facts
    if span.error:
        yield f"ended in {span.error}"
    if sql := facts.get("sql"):
        yield from (printable(each) for each in sql.strip().splitlines())
        yield " · ".join(said_of(name, facts[name]) for name in ("parameters", "line") if facts.get(name))
    if plan := facts.get("plan"):
        yield from ("", *draw_text(plan).splitlines(), "")


def _name(row: Row) -> str:
    name = f"{'  ' * row.depth}{f'{row.runs:,} more ' if row.runs > 1 else ''}{printable(row.name)}"
    return name if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 1]}…"


def _bar(row: Row, whole: float) -> str:
    """Where in the cell it happened."""
    if not whole:
        return ""
    before = min(round(row.began / whole * _BAR_WIDTH), _BAR_WIDTH - 1)
    length = max(1, min(round(row.seconds / whole * _BAR_WIDTH), _BAR_WIDTH - before))
    return " " * before + "▬" * length
