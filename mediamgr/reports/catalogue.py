"""Owns which reports there are, in the order in which people would read them."""

from __future__ import annotations

from typing import Final

from mediamgr.errors import QueryError
from mediamgr.reports._question import Question, Report
from mediamgr.reports.changes import CHANGES
from mediamgr.reports.collection import COLLECTION
from mediamgr.reports.duplicates import DUPLICATES
from mediamgr.reports.health import HEALTH
from mediamgr.reports.missing_episodes import MISSING_EPISODES
from mediamgr.reports.people import PEOPLE
from mediamgr.reports.storage import STORAGE
from mediamgr.reports.upgrades import UPGRADES
from mediamgr.reports.watching import WATCHING
from mediamgr.store.guard import nearest

__all__ = ["ALL", "QUESTIONS", "REPORTS", "report_named", "reports_named"]

ALL: Final = "all"
"""The name of all reports together."""
REPORTS: Final[tuple[Report, ...]] = (
    STORAGE,
    UPGRADES,
    DUPLICATES,
    MISSING_EPISODES,
    HEALTH,
    PEOPLE,
    WATCHING,
    COLLECTION,
    CHANGES,
)
QUESTIONS: Final[tuple[Question, ...]] = tuple(question for report in REPORTS for question in report.questions)


def report_named(name: str) -> Report:
    """The report of that name; a question's name gives a report of that question alone. Raises `QueryError`."""
    for report in REPORTS:
        if report.name == name:
            return report
    for report in REPORTS:
        for question in report.questions:
            if question.name == name:
                return Report(question.name, question.title, question.statement.answers, (question,))
    hint = nearest(name, {*(each.name for each in REPORTS), *(each.name for each in QUESTIONS)})
    raise QueryError(f"There is no report {name!r}; {hint} `mediamgr report list` lists all.")


def reports_named(name: str) -> tuple[Report, ...]:
    """`ALL` reports, or the one of that name, in which hyphens are underscores. Raises `QueryError`."""
    return REPORTS if name == ALL else (report_named(name.replace("-", "_")),)
