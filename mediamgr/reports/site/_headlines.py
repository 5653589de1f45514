"""Owns what the first page says of a report in one line: its key figure, in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import polars as pl

from mediamgr.reports._question import Report
from mediamgr.reports.site._records import Shown
from mediamgr.wording import counted, human_bytes

__all__ = ["headline"]

_LONGEST: Final = 60


def headline(report: Report, parts: Sequence[Shown]) -> str | None:
    """The key figure of a report; None when it has none, or nothing was there to be counted."""
    question, say = _HEADLINES.get(report.name, (None, None))
    frame = next((part.answered.frame for part in parts if part.name == question), None)
    return None if say is None or frame is None or frame.is_empty() else say(frame)


def _storage(frame: pl.DataFrame) -> str:
    return f"{human_bytes(_sum(frame, 'size_bytes'))} in {counted(_sum(frame, 'files'), 'file')}"


def _upgrades(frame: pl.DataFrame) -> str:
    """The commonest reason."""
    reasons = frame.group_by("reason").agg(pl.col("lacking", "items").sum()).sort("lacking", "reason", descending=True)
    most = reasons.row(0, named=True)
    return f"{most['reason'].capitalize()}: {most['lacking']:,} of {counted(most['items'], 'item')}"


def _duplicates(frame: pl.DataFrame) -> str:
    sure = frame.filter(pl.col("certainty") == "certain")
    return f"{human_bytes(_sum(sure, 'freed_bytes'))} in {_sum(sure, 'copies'):,} copies to spare"


def _missing_episodes(frame: pl.DataFrame) -> str:
    lacking = frame.filter(pl.col("missing") > 0)
    return f"{counted(_sum(lacking, 'missing'), 'episode')} missing in {counted(lacking.height, 'show')}"


def _health(frame: pl.DataFrame) -> str:
    lowest = frame.row(0, named=True)
    return f"Lowest score {lowest['score']:.0f} of 100: {_short(lowest['library'])}"


def _people(frame: pl.DataFrame) -> str:
    most = frame.sort("titles", descending=True, maintain_order=True).row(0, named=True)
    return f"{_short(most['name'])}, {most['role']}: {counted(most['titles'], 'title')}"


def _watching(frame: pl.DataFrame) -> str:
    return f"{counted(_sum(frame, 'plays'), 'play')}, {frame['hours'].sum():,.0f} hours"


def _collection(frame: pl.DataFrame) -> str:
    most = frame.sort("titles", descending=True, maintain_order=True).row(0, named=True)
    return f"{_short(most['name'] or 'Not known')}: {counted(most['titles'], 'title')}, {most['share']:.0%}"


def _changes(frame: pl.DataFrame) -> str:
    return ", ".join(f"{row['things']:,} {row['kind']}" for row in frame.head(3).iter_rows(named=True))


def _sum(frame: pl.DataFrame, column: str) -> int:
    return int(frame[column].sum())


def _short(text: Any) -> str:
    told = str(text)
    return told if len(told) <= _LONGEST else f"{told[: _LONGEST - 1]}…"


_HEADLINES: Final[Mapping[str, tuple[str, Callable[[pl.DataFrame], str]]]] = {
    "storage": ("storage", _storage),
    "upgrades": ("upgrades_by", _upgrades),
    "duplicates": ("duplicates_summary", _duplicates),
    "missing_episodes": ("missing_episodes_shows", _missing_episodes),
    "health": ("health_score", _health),
    "people": ("people", _people),
    "watching": ("watching", _watching),
    "collection": ("collection", _collection),
    "changes": ("changes_summary", _changes),
}
"""Report -> (the question whose answer has it, how it is said)."""
