"""Owns a plan as HTML without script or style sheet: nested <details>, bars, colours that suit light and dark alike.

All that comes from a statement or a library is escaped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from mediamgr.plans._layout import Heat, Line, is_far_off, laid_out, legend, summary
from mediamgr.plans._records import Plan
from mediamgr.wording import MONOSPACE, NO_FORMULA, escaped, human_seconds

__all__ = ["draw_html"]

_COLOURS: Final[dict[Heat, str]] = {
    "hot": "rgba(232, 84, 44, .8)",
    "warm": "rgba(232, 160, 44, .75)",
    "": "rgba(128, 144, 168, .55)",
}
_FRAME: Final = f"font: 12px/1.6 {MONOSPACE}; color: inherit; overflow-x: auto"
_ROW: Final = "display: inline-flex; gap: 12px; width: calc(100% - 24px); min-width: 600px; vertical-align: top"
_TIME, _SHARE, _ROWS, _EXPECTED = 64, 128, 80, 96
_GUIDE: Final = "<span style='flex: 0 0 6px; border-left: 1px solid rgba(128, 128, 128, .5)'></span>"
_QUIET: Final = "opacity: .72"
_CHEAP: Final = 0.01
"""Share of the time below which an operator is drawn quietly."""


def draw_html(plan: Plan) -> str:
    """The plan as a tree of <details>, all open: bars for shares of the time, rows, and what each operator does."""
    root = laid_out(plan)
    below = _note(legend(tuple(root.walk())))
    parts = _note(" · ".join(summary(plan))), _heading(plan), _tree(root, plan), below
    return f"<div class='{NO_FORMULA}' style='{_FRAME}'>{''.join(parts)}</div>"


def _note(text: str) -> str:
    return f"<div style='{_QUIET}; margin: 2px 0'>{escaped(text)}</div>" if text else ""


def _tree(line: Line, plan: Plan) -> str:
    row = _row(_cells(line, plan), [f"{name}: {value}" for name, value in line.operator.told])
    if not line.children:
        return f"<div style='padding-left: 18px'>{row}</div>"
    below = "".join(_tree(child, plan) for child in line.children)
    summary = f"<summary style='display: list-item; list-style-position: outside; margin-left: 18px'>{row}</summary>"
    return f"<details open style='margin: 0; padding: 0'>{summary}{below}</details>"


def _heading(plan: Plan) -> str:
    names = (("time", _TIME), ("share of it", _SHARE), ("rows", _ROWS)) if plan.is_measured else ()
    cells = "".join(_number(name, width) for name, width in (*names, ("expected", _EXPECTED)))
    return f"<div style='padding-left: 18px; {_QUIET}'>{_row(cells)}</div>"


def _row(cells: str, told: Sequence[str] = ()) -> str:
    title = f" title='{'&#10;'.join(map(escaped, told))}'" if told else ""
    return f"<span style='{_ROW}'{title}>{cells}</span>"


def _cells(line: Line, plan: Plan) -> str:
    operator = line.operator
    measured = (
        _number(human_seconds(operator.seconds or 0), _TIME),
        _number(_bar(line), _SHARE),
        _number(_count(operator.rows), _ROWS),
    )
    expected = _number("≠ " * is_far_off(operator) + _count(operator.estimated_rows), _EXPECTED)
    tone = f"; {_QUIET}" if plan.is_measured and (line.share or 0) < _CHEAP else ""
    said = f"<b>{escaped(operator.name)}</b> {escaped(operator.does)}"
    name = f"<span style='flex: 1 1 auto; overflow-wrap: anywhere{tone}'>{said}</span>"
    return "".join((*(measured if plan.is_measured else ()), expected, _GUIDE * line.depth, name))


def _number(cell: str, width: int) -> str:
    return f"<span style='flex: 0 0 {width}px; text-align: right; white-space: nowrap'>{cell}</span>"


def _bar(line: Line) -> str:
    percent = 100 * (line.share or 0)
    said = f"{percent:.0f} %" if percent >= 0.5 else "&nbsp;"
    filled = f"display: block; height: 100%; width: {percent:.1f}%; background: {_COLOURS[line.heat]}"
    track = "display: inline-block; width: 80px; height: 9px; background: rgba(128, 128, 128, .16)"
    return (
        f"<span style='{track}'><span style='{filled}'></span></span>"
        f"<span style='display: inline-block; width: 44px'>{said}</span>"
    )


def _count(rows: int | None) -> str:
    return "" if rows is None else f"{rows:,}"
