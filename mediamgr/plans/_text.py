"""Owns a plan as text: time, share and rows of each operator in columns, and beside them the tree."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from rich.cells import cell_len, chop_cells

from mediamgr.plans._layout import HOT_SHARE, WARM_SHARE, Line, is_far_off, laid_out, legend, summary
from mediamgr.plans._records import Plan
from mediamgr.wording import human_seconds, printable

__all__ = ["WIDTH", "draw_text", "wrapped"]

WIDTH: Final = 100
"""Columns of a terminal that is not asked how wide it is."""
_BAR: Final = 6
_LEAST_ROOM: Final = 24
_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_MARKS: Final = {"hot": "●", "warm": "○", "": " "}
_UNBROKEN: Final = "\N{NO-BREAK SPACE}"
_MOST_LINES: Final = 3
"""Of one operator; a longer condition is cut."""


def draw_text(plan: Plan, *, width: int = WIDTH) -> str:
    """The plan as a tree in text; no line is wider than `width` columns. ● is hot, ○ is warm, ≠ is far off."""
    drawn = tuple(laid_out(plan).walk())
    head = _heading(plan, drawn)
    body = [each for line in drawn for each in _operator(line, plan, drawn, width)]
    whole = " · ".join(part.replace(" ", _UNBROKEN) for part in summary(plan))
    above = (each.replace(_UNBROKEN, " ") for each in wrapped(whole, width))
    below = wrapped(_legend(drawn), width)
    return "\n".join([*above, "", head, *body, *([""] if below else []), *below])


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """A paragraph in lines of at most `width` columns, each after `indent`."""
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def _legend(drawn: Sequence[Line]) -> str:
    heats = {line.heat for line in drawn}
    hot, warm = f"● {HOT_SHARE:.0%} of the time or more", f"○ {WARM_SHARE:.0%} of the time or more"
    return "   ".join(filter(None, (hot * ("hot" in heats), warm * ("warm" in heats), legend(drawn))))


def _heading(plan: Plan, drawn: Sequence[Line]) -> str:
    rows = _rows_width(drawn)
    if not plan.is_measured:
        return f"{'expected':>{rows}}"
    return f"  {'time':>7}  {'share':>{_BAR + 5}}  {'rows':>{rows}}  {'expected':>{rows}}"


def _operator(line: Line, plan: Plan, drawn: Sequence[Line], width: int) -> Iterator[str]:
    """The lines of one operator."""
    measures = _measures(line, plan, _rows_width(drawn))
    room = max(width - len(measures) - 2 - cell_len(line.below), _LEAST_ROOM)
    said = _broken(printable(f"{line.operator.name}  {line.operator.does}".rstrip()), room)
    yield f"{measures}  {line.branch}{said[0]}"
    for more in said[1:]:
        yield f"{' ' * len(measures)}  {line.below}  {more}"


def _measures(line: Line, plan: Plan, width: int) -> str:
    operator = line.operator
    expected = _count(operator.estimated_rows)
    if not plan.is_measured:
        return f"{expected:>{width}}"
    percent = round((line.share or 0) * 100)
    share = f"{_bar(line.share or 0)}{f'{percent}%' if percent else '':>5}"
    rows = f"{_count(operator.rows):>{width}}  {'≠ ' * is_far_off(operator) + expected:>{width}}"
    return f"{_MARKS[line.heat]} {human_seconds(operator.seconds or 0):>7}  {share}  {rows}"


def _broken(text: str, room: int) -> list[str]:
    """The text in lines that fit: broken between words, and where one is too long inside it; cut after a few."""
    found: list[str] = []
    for word in text.split(" "):
        for part in chop_cells(word, room - 2) or [""]:
            if found and cell_len(found[-1]) + 1 + cell_len(part) <= room - 2 * (len(found) > 1):
                found[-1] += f" {part}"
            else:
                found.append(part)
    if len(found) > _MOST_LINES:
        return [*found[: _MOST_LINES - 1], f"{chop_cells(found[_MOST_LINES - 1], room - 4)[0]} …"]
    return found


def _bar(share: float) -> str:
    eighths = round(min(share, 1.0) * _BAR * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (_EIGHTHS[rest] if rest else "")).ljust(_BAR)


def _count(rows: int | None) -> str:
    return "" if rows is None else f"{rows:,}"


def _rows_width(drawn: Sequence[Line]) -> int:
    longest = max(len(_count(count)) for line in drawn for count in (line.operator.rows, line.operator.estimated_rows))
    return max(len("expected"), longest + 2)
