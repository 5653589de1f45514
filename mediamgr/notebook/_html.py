"""Owns what a cell cost as HTML: a line, which opens. No script, no style sheet: any page may hold it.

It is one line of text, so that who compares outputs finds it by one pattern.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from mediamgr.instrumentation import Span
from mediamgr.notebook._cost import CellCost, Trouble, parts
from mediamgr.notebook._facts import said_of, said_of_count
from mediamgr.notebook._rows import Row, rows
from mediamgr.notebook._text import MARK
from mediamgr.performance import room_colour
from mediamgr.plans import draw_text
from mediamgr.wording import NO_FORMULA, counted, escaped, human_seconds

__all__ = ["html"]

_QUIET: Final = "font-size:12px;line-height:1.6;font-variant-numeric:tabular-nums"
_ROW: Final = "display:flex;align-items:center;gap:8px;white-space:nowrap"
_NAME: Final = "flex:0 0 42%;box-sizing:border-box;overflow:hidden;text-overflow:ellipsis"
_TRACK: Final = "flex:1 1 auto;height:8px;background:rgba(128,128,128,.15);border-radius:2px"
_CODE: Final = (
    "margin:2px 0 6px 0;padding:6px 8px;white-space:pre-wrap;overflow-wrap:anywhere;background:rgba(128,128,128,.1);"
    "border-radius:3px;font-size:11px;line-height:1.4"
)
_MUTED: Final = "opacity:.75"
_BROKEN: Final = "color:#d9484d;font-weight:600"
_BETWEEN: Final = f"<span style='{_MUTED}'> · </span>"


def html(cost: CellCost) -> str:
    """The line, which opens to what happened, in order."""
    line = f"<span style='{_MUTED}'>{MARK}</span> {_BETWEEN.join(map(_part, parts(cost)))}"
    below = "".join([*_repeats(cost), *_own(cost.root), *_tree(cost)])
    if below:
        line = (
            f"<details><summary style='cursor:pointer'>{line}</summary><div style='opacity:.85'>{below}</div></details>"
        )
    # plans and statements have lines of their own
    return f"<div class='mediamgr-cost {NO_FORMULA}' style='{_QUIET}'>{line}</div>".replace("\n", "&#10;")


def _part(text: str) -> str:
    return f"<span style='{_BROKEN if isinstance(text, Trouble) else _MUTED}'>{escaped(text)}</span>"


def _repeats(cost: CellCost) -> Iterator[str]:
    for each in cost.repeats:
        yield f"<div style='white-space:normal;margin:4px 0'>{escaped(each.matter)} <b>{escaped(each.remedy)}</b></div>"


def _own(root: Span) -> Iterator[str]:
    """What was counted in the cell itself, and in nothing that it did."""
    if root.counts:
        counted_here = " · ".join(said_of_count(key, amount) for key, amount in root.counts.items())
        yield f"<div style='white-space:normal'>in the cell itself: {escaped(counted_here)}</div>"


def _tree(cost: CellCost) -> Iterator[str]:
    for row in rows(cost.root):
        told = _told(row.span) if row.span else ""
        cells = f"style='{_ROW}{';cursor:pointer' if told else ''}'", _cells(row, cost, bool(told))
        if told:
            yield "<details><summary {}>{}</summary>{}</details>".format(*cells, told)
        else:
            yield "<div {}>{}</div>".format(*cells)
    if cost.left_out:
        yield f"<div>and {counted(cost.left_out, 'span')} more</div>"


def _cells(row: Row, cost: CellCost, can_open: bool) -> str:
    """Its name, where in the cell it happened, how long it took."""
    name = escaped(f"{row.runs:,} more {row.name}" if row.runs > 1 else row.name)
    failed = f" <span style='{_BROKEN}'>{escaped(row.span.error)}</span>" if row.span and row.span.error else ""
    whole = cost.seconds or 1.0
    left = min(row.began / whole, 0.99)
    width = min(max(row.seconds / whole, 0.004), 1 - left)
    bar = f"margin-left:{left:.1%};width:{width:.1%};height:8px;background:{room_colour(row.name)};border-radius:2px"
    opens = ";text-decoration:underline dotted" if can_open else ""
    return (
        f"<span style='{_NAME}{opens};padding-left:{row.depth * 14}px'>{name}{failed}</span>"
        f"<span style='{_TRACK}'><span style='display:block;{bar}'></span></span>"
        f"<span style='flex:0 0 62px;text-align:right'>{human_seconds(row.seconds)}</span>"
    )


def _told(span: Span) -> str:
    """What was said of it: the statement and its plan, and all else in a line."""
    facts = dict(span.facts)
    sql, plan = facts.pop("sql", None), facts.pop("plan", None)
    said = [said_of(name, value) for name, value in facts.items() if value]
    said += [said_of_count(key, amount) for key, amount in span.counts.items()]
    told = [
        f"<pre style='{_CODE}'>{_lines(sql.strip())}</pre>" if sql else "",
        # as text, which takes a tenth of the room
        f"<pre style='{_CODE}'>{_lines(draw_text(plan))}</pre>" if plan else "",
        f"<div style='white-space:normal;overflow-wrap:anywhere'>{escaped(' · '.join(said))}</div>" if said else "",
    ]
    return f"<div style='margin:2px 0 6px 14px'>{''.join(told)}</div>" if any(told) else ""


def _lines(text: str) -> str:
    """Text of several lines, which stay lines."""
    return "\n".join(map(escaped, text.splitlines()))
