"""Owns the report of missing episodes: which are not there, and how complete each show is."""

from __future__ import annotations

from datetime import date
from typing import Final

from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, Report

__all__ = ["MISSING_EPISODES", "MissingEpisodesQuestions"]

_EPISODES: Final = Question(
    "missing_episodes",
    "What is not there",
    "Numbering alone cannot see what comes after the last you have: for that, let a provider list the episodes with"
    " `mediamgr enrich`. Whose file is gone may be on a drive that is not mounted.",
)
_SHOWS: Final = Question(
    "missing_episodes_shows",
    "Shows by completeness",
    "A show that has ended and lacks one or two is soon whole. One that is judged by nothing, or by numbering only, may"
    " lack more than it seems.",
)
_MATRIX: Final = Question(
    "missing_episodes_matrix",
    "One show, season by season",
    "A hole within a row is an episode that was lost; a row that ends early is a season that was given up or is under"
    " way; a whole row that lacks is a season to get at once.",
)
MISSING_EPISODES: Final = Report(
    "missing_episodes",
    "Missing episodes",
    "What your shows lack, from gaps in numbers and from what providers list.",
    (_EPISODES, _SHOWS, _MATRIX),
)


class MissingEpisodesQuestions(Asker):
    """Asks them."""

    def missing_episodes(
        self,
        *,
        library: str | None = None,
        show: str | None = None,
        specials: bool = False,
        on: date | None = None,
    ) -> ReportFrame:
        """Which episodes are not there: missing, unaired, or their file gone; see `sql/reports/missing_episodes.sql`.

        Args:
            library: Only of this one; None: of all.
            show: Only shows with this title, in any case; None: all.
            specials: Whether those of season 0 count.
            on: The day by which an episode has aired; None: the latest in the library.
        """
        return self._ask(_EPISODES, library=library, show=show, specials=specials, on=on)

    def missing_episodes_shows(
        self, *, library: str | None = None, specials: bool = False, on: date | None = None
    ) -> ReportFrame:
        """How complete each show is, and by what that is judged; see `sql/reports/missing_episodes_shows.sql`.

        Args:
            library: Only of this one; None: of all.
            specials: Whether those of season 0 count.
            on: The day by which an episode has aired; None: the latest in the library.
        """
        return self._ask(_SHOWS, library=library, specials=specials, on=on)

    def missing_episodes_matrix(
        self,
        show: str | None = None,
        *,
        library: str | None = None,
        specials: bool = False,
        on: date | None = None,
    ) -> ReportFrame:
        """Every known episode of one show, held or not; see `sql/reports/missing_episodes_matrix.sql`.

        Args:
            show: Its title, in any case; None: the show that lacks most.
            library: Only of this one; None: of all.
            specials: Whether those of season 0 are among them.
            on: The day by which an episode has aired; None: the latest in the library.
        """
        return self._ask(_MATRIX, show=show, library=library, specials=specials, on=on)
