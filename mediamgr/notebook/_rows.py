"""Owns in which lines a tree of spans is shown: many of the same kind become one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from mediamgr.instrumentation import Span

__all__ = ["Row", "name_shown", "rows"]

_ALIKE: Final = 4
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One line.

    Attributes:
        depth: 0 for what the cell did itself.
        name: The timer, with its labels.
        began: Seconds after the cell began.
        seconds: How long it took; of several together.
        span: What is shown; None where the line stands for several.
        runs: How many the line stands for.
    """

    depth: int
    name: str
    began: float
    seconds: float
    span: Span | None
    runs: int = 1


def rows(root: Span) -> Iterator[Row]:
    """The lines of all that happened within a span, in order."""
    return _children(root, root, 0)


def name_shown(span: Span) -> str:
    """`store.statement items/page`."""
    return " ".join([span.name, *span.labels.values()])


def _below(span: Span, root: Span, depth: int) -> Iterator[Row]:
    yield Row(depth, name_shown(span), span.began - root.began, span.seconds or 0.0, span)
    yield from _children(span, root, depth + 1)


def _children(span: Span, root: Span, depth: int) -> Iterator[Row]:
    alike: dict[str, list[Span]] = defaultdict(list)
    for child in span.children:
        alike[name_shown(child)].append(child)
    for child in span.children:
        same = alike[name_shown(child)]
        if len(same) <= _ALIKE or child in same[:_SHOWN]:
            yield from _below(child, root, depth)
        elif child is same[_SHOWN]:
            more = same[_SHOWN:]
            seconds = sum(each.seconds or 0.0 for each in more)
            yield Row(depth, name_shown(child), child.began - root.began, seconds, None, len(more))
