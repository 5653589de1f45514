"""Owns what pages are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mediamgr.reports.running import Answered

__all__ = ["Link", "Made", "Shown"]


@dataclass(frozen=True, slots=True)
class Made:
    """What pages were made of, and when.

    Attributes:
        library: Name of the library file, without its folder.
        at: In UTC.
        version: Of this program.
    """

    library: str
    at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class Link:
    """Another page beside this one.

    Attributes:
        title: Its title.
        file: Its name in the same folder.
    """

    title: str
    file: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A question as a page shows it.

    Attributes:
        answered: What became of it.
        picture: Its chart as SVG; None when there is none.
        problem: Why there is no chart though there should be one.
    """

    answered: Answered
    picture: str | None = None
    problem: str | None = None

    @property
    def name(self) -> str:
        """Of the question."""
        return self.answered.asked.question.name

    @property
    def title(self) -> str:
        """Of the question."""
        return self.answered.asked.question.title

    @property
    def has_failed(self) -> bool:
        """Whether something is not there that should be."""
        return bool(self.answered.problem or self.problem)
