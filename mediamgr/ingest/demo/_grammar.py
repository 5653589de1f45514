"""Owns how the demo library's text is made: templates whose holes are filled from word lists.

Every template becomes ranges of one pool of words, so that a column of text costs a few gathers.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from mediamgr.ingest.demo._dice import below, lookup

__all__ = ["Grammar", "build_grammar"]

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(slots=True)
class _Pool:
    """Words laid end to end, and where each list of them begins."""

    words: Mapping[str, Sequence[str]]
    texts: list[str] = field(default_factory=list)
    ranges: dict[tuple[str, str, str], tuple[int, int]] = field(default_factory=dict)

    def place(self, before: str, hole: str, after: str) -> tuple[int, int]:
        """Start and length of a list's words with this text around them; no hole is the text alone."""
        known = self.ranges.get((before, hole, after))
        if known is None:
            words = self.words[hole] if hole else ("",)
            known = len(self.texts), len(words)
            self.texts.extend(f"{before}{word}{after}" for word in words)
            self.ranges[before, hole, after] = known
        return known


@dataclass(frozen=True, slots=True)
class Grammar:
    """Templates by group over a pool of words.

    Attributes:
        words: The pool.
        slots: For each place in a template: where each template's list starts, and how long it is.
        starts: First template of each group.
        sizes: How many templates (weights counted) each group has.
    """

    words: pl.Series
    slots: tuple[tuple[pl.Series, pl.Series], ...]
    starts: pl.Series
    sizes: pl.Series

    def text(self, key: pl.Expr, name: str, group: pl.Expr | None = None) -> pl.Expr:
        """Text drawn by key; `group` numbers the templates' groups in order, None is the first."""
        if group is None:
            group = pl.lit(0, dtype=pl.UInt32)
        template = lookup(group, self.starts) + below(key, name, lookup(group, self.sizes))
        pieces = [
            lookup(lookup(template, start) + below(key, f"{name}.{place}", lookup(template, size)), self.words)
            for place, (start, size) in enumerate(self.slots)
        ]
        return pl.concat_str(pieces)


def build_grammar(groups: Sequence[Mapping[str, int]], words: Mapping[str, Sequence[str]]) -> Grammar:
    """A grammar from groups of templates with weights; a hole "{noun}" names a list of `words`."""
    pool = _Pool(words)
    templates = [
        _ranges(template, pool) for group in groups for template, weight in group.items() for _ in range(weight)
    ]
    sizes = [sum(group.values()) for group in groups]
    starts = [sum(sizes[:place]) for place in range(len(sizes))]
    depth = max(len(template) for template in templates)
    nothing = pool.place("", "", "")
    padded = [template + [nothing] * (depth - len(template)) for template in templates]
    slots = tuple(
        (_numbers(t[place][0] for t in padded), _numbers(t[place][1] for t in padded)) for place in range(depth)
    )
    return Grammar(pl.Series(pool.texts), slots, _numbers(starts), _numbers(sizes))


def _ranges(template: str, pool: _Pool) -> list[tuple[int, int]]:
    parts = _HOLE.split(template)
    texts, holes = parts[::2], parts[1::2]
    if not holes:
        return [pool.place(template, "", "")]
    ends = [""] * (len(holes) - 1) + [texts[-1]]
    return [pool.place(texts[place], hole, ends[place]) for place, hole in enumerate(holes)]


def _numbers(values: object) -> pl.Series:
    return pl.Series(list(values), dtype=pl.UInt64)  # type: ignore[call-overload]
