"""Owns the changes report: what came, went, got better or moved, by what snapshots found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from mediamgr.errors import QueryError
from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, Report

__all__ = ["CHANGES", "ChangesQuestions"]

Kind = Literal["all", "added", "removed", "upgraded", "downgraded", "grown", "shrunk", "moved", "renamed"]
At = Literal["snapshot", "day", "week", "month", "quarter", "year"]
Period = Literal["day", "week", "month", "quarter", "year"]


def _its_library(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"library": row["library"]}


def _in_order(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """Raises `QueryError` for days in the wrong order."""
    since, until = given.get("since"), given.get("until")
    if since and until and since.toordinal() > until.toordinal():
        raise QueryError(f"since is later than until: {since} and {until}; exchange them.")
    return given


_EACH: Final = Question(
    "changes",
    "What changed",
    "Removed is what to look at first: was it you, or a disk? What was downgraded was replaced by something worse, or"
    " the better of two copies is gone.",
    reads=_in_order,
)
_SUMMARY: Final = Question(
    "changes_summary",
    "What changed, in sum",
    "Few upgrades that take much room may be worth a look; bytes that shrink while nothing was removed are files that"
    " were cut short or encoded again.",
    reads=_in_order,
    opens=lambda row: None,
)
_GROWTH: Final = Question(
    "changes_growth",
    "Growth over time",
    "A step down is a disk that was away, or a great clearing; a slope tells when the next disk is due.",
    opens=_its_library,
)
_PACE: Final = Question(
    "changes_pace",
    "What came and went",
    "Below the line is what went. Months in which much was replaced are those in which quality was mended.",
    opens=lambda row: None,
)
CHANGES: Final = Report(
    "changes",
    "Changes",
    "What came, went, got better or moved, and how the libraries grew.",
    (_EACH, _SUMMARY, _GROWTH, _PACE),
)


class ChangesQuestions(Asker):
    """Asks them."""

    def changes(
        self,
        since: date | None = None,
        until: date | None = None,
        *,
        kind: Kind = "all",
        library: str | None = None,
        most: int = 1000,
    ) -> ReportFrame:
        """What changed between two snapshots, a row a thing; see `sql/reports/changes.sql` for columns and units.

        Snapshots are taken by every job that changes what the library holds, and by `lib.snapshot()`.

        Args:
            since: What was there when that day (UTC) was over; None: at the snapshot before that of `until`.
            until: What is there when that day is over; None: at the last snapshot.
            kind: Only changes of this kind.
            library: Only of this one; None: of all.
            most: At most so many, those of the most bytes.
        """
        return self._ask(_EACH, since=since, until=until, kind=kind, library=library, most=most)

    def changes_summary(
        self, since: date | None = None, until: date | None = None, *, library: str | None = None
    ) -> ReportFrame:
        """How many things changed, and by how many bytes, a row a kind; see `sql/reports/changes_summary.sql`.

        Args:
            since: What was there when that day (UTC) was over; None: at the snapshot before that of `until`.
            until: What is there when that day is over; None: at the last snapshot.
            library: Only of this one; None: of all.
        """
        return self._ask(_SUMMARY, since=since, until=until, library=library)

    def changes_growth(self, by: At = "month", *, library: str | None = None) -> ReportFrame:
        """What each library held over time, a row a library and moment; see `sql/reports/changes_growth.sql`.

        Args:
            by: Of each of these the last snapshot is told.
            library: Only of this one; None: each of all.
        """
        return self._ask(_GROWTH, by=by, library=library)

    def changes_pace(self, by: Period = "month", *, library: str | None = None) -> ReportFrame:
        """What came, went and was replaced, a row a period; see `sql/reports/changes_pace.sql`.

        Args:
            by: How long a period is.
            library: Only of this one; None: of all.
        """
        return self._ask(_PACE, by=by, library=library)
