"""Owns `lib.reports`: every question of every report, as a method."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mediamgr.progress import ShowProgress, progress
from mediamgr.reports.catalogue import ALL, REPORTS
from mediamgr.reports.changes import ChangesQuestions
from mediamgr.reports.collection import CollectionQuestions
from mediamgr.reports.duplicates import DuplicateQuestions
from mediamgr.reports.health import HealthQuestions
from mediamgr.reports.missing_episodes import MissingEpisodesQuestions
from mediamgr.reports.people import PeopleQuestions
from mediamgr.reports.running import planned
from mediamgr.reports.saving import Order, Saved, save
from mediamgr.reports.storage import StorageQuestions
from mediamgr.reports.upgrades import UpgradesQuestions
from mediamgr.reports.watching import WatchingQuestions

__all__ = ["Reports"]


class Reports(
    StorageQuestions,
    UpgradesQuestions,
    DuplicateQuestions,
    MissingEpisodesQuestions,
    HealthQuestions,
    PeopleQuestions,
    WatchingQuestions,
    CollectionQuestions,
    ChangesQuestions,
):
    """What the library holds, what it lacks, and what to do about it.

    Each method answers one question with a frame, and `.chart()` of that draws it:

        lib.reports.storage(by="codec").chart()
    """

    def __repr__(self) -> str:
        lines = [
            f"  lib.reports.{question.name}()  {question.statement.answers}"
            for report in REPORTS
            for question in report.questions
        ]
        return "\n".join(["lib.reports: what the library holds, what it lacks, and what to do about it", *lines])

    def save(
        self,
        name: str,
        folder: str | Path,
        /,
        *,
        format: str = "html",
        show_progress: ShowProgress = progress,
        **given: Any,
    ) -> Saved:
        """Write a report to a folder: `lib.reports.save("storage", "reports", by="codec")`.

        What fails does not stop the rest; `problems` of what is given back names it.

        Args:
            name: A report, one of its questions, or "all": as pages, a site with index.html.
            folder: Made when it is not there; other files in it stay.
            format: html; ipynb; csv, parquet or json: a file a question.
            show_progress: Called with a title and a total, gives a context that shows a bar.
            given: Parameters by name; each goes to the questions that have it and take that value.

        Raises:
            QueryError: No such report, or a parameter or value that no question takes.
            InputError: No such format, or a file cannot be written.
        """
        order = Order(planned(self, name, given), Path(folder).expanduser(), format, has_index=name == ALL)
        return save(self, order, show_progress=show_progress)
