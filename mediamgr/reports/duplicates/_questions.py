"""Owns the questions of the duplicates report, and how they are asked."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from typing import Final

from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, Report
from mediamgr.reports.duplicates._certainty import Certainty
from mediamgr.reports.duplicates._deciding import decided
from mediamgr.reports.duplicates._removing import Style, removal_list
from mediamgr.reports.duplicates._summing import summed
from mediamgr.store.report_statements import Parameter

__all__ = ["DUPLICATES", "DuplicateQuestions"]

_LEAST: Final = Parameter(
    "least",
    "varchar",
    "certain",
    "one of certain, likely, doubtful: copies that are at least so surely the same as the one to keep would go",
    ("certain", "likely", "doubtful"),
)
_COPIES: Final = Question(
    "duplicates",
    "Copies of one thing",
    "In each group the copy to keep stands first. Certain is what shares an item, an id or its content; likely rests "
    "on title, year and runtime; of what is doubtful the reason says why: look before you let go.",
    finish=decided,
    own=(_LEAST,),
)
_SUMMARY: Final = Question(
    "duplicates_summary",
    "What they take",
    "Begin with what is certain and frees most. Many doubtful ones are namesakes: other works of that title and year.",
    finish=summed,
    rows_of="duplicates",
    opens=lambda row: None,
)
_APART: Final = Question(
    "duplicates_apart",
    "What only looks like it",
    "Other cuts, films that are specials of a show as well, remakes: none of these frees anything without a loss.",
)
DUPLICATES: Final = Report(
    "duplicates",
    "Duplicates",
    "What is held more than once, which copy to keep, and what would be freed. Nothing is deleted.",
    (_COPIES, _SUMMARY, _APART),
)


class DuplicateQuestions(Asker):
    """Asks them."""

    def duplicates(self, *, library: str | None = None, least: Certainty = "certain") -> ReportFrame:
        """Copies of one film or episode in groups, which to keep and why; see `sql/reports/duplicates.sql`.

        Args:
            library: Copies of this one only; None: across all.
            least: From which certainty on the others of a group would go: certain, likely or doubtful.
        """
        return self._ask(_COPIES, library=library, least=least)

    def duplicates_summary(self, *, library: str | None = None) -> ReportFrame:
        """Copies to spare by what told them and how surely; see `sql/reports/duplicates_summary.sql`.

        Args:
            library: Copies of this one only; None: across all.
        """
        return self._ask(_SUMMARY, library=library)

    def duplicates_apart(self, *, library: str | None = None) -> ReportFrame:
        """What looks like duplicates and is not, in pairs; see `sql/reports/duplicates_apart.sql`.

        Args:
            library: Pairs within this one only; None: across all.
        """
        return self._ask(_APART, library=library)

    def save_removal_list(self, frame: ReportFrame, path: str | PathLike[str], *, style: Style = "sh") -> Path:
        """Write the files that an answer of `duplicates` would let go to a list for a shell. Nothing is deleted.

        Args:
            frame: What `duplicates` gave, or rows of it: those with to_remove count.
            path: The file; an existing one is replaced when the new one is whole.
            style: sh: a script whose lines are comments until you uncomment them; paths0: names with a zero byte after
                each, for `xargs -0`.

        Raises `InputError` when the rows are not of that answer, or the list cannot be written.
        """
        return removal_list(frame, Path(path), style=style)
