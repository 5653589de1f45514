"""Owns the people report: who made what is held, when, and with whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

import polars as pl

from mediamgr.errors import QueryError
from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Given, Question, Report

__all__ = ["PEOPLE", "PeopleQuestions"]

Role = Literal["director", "actor", "writer", "creator", "guest_star", "producer", "composer"]
Roles = Literal["all", "director", "actor", "writer", "creator", "guest_star", "producer", "composer"]
Step = Literal["decade", "year"]


def _opened_by_person(row: Mapping[str, Any]) -> dict[str, Any] | None:
    return {"person_id": row["person_id"], "library": row.get("library")}


def _somebody(rows: pl.DataFrame, given: Given) -> pl.DataFrame:
    """The rows. Raises `QueryError` when somebody was asked for, and is not in them."""
    called = None if given["name"] is None else f"called {given['name']!r}"
    numbered = None if given["person_id"] is None else f"of person_id {given['person_id']}"
    if rows.is_empty() and (asked := " ".join(filter(None, (called, numbered)))):
        raise QueryError(f"Nobody {asked} worked on anything here; lib.people.search(...) finds names nearly it.")
    return rows


_FOREMOST: Final = Question(
    "people",
    "Who made most of it",
    "Titles are films and shows, so that whoever is in each episode of one long series counts once. A name known by "
    "name only may be several people.",
    opens=_opened_by_person,
)
_FILMOGRAPHY: Final = Question(
    "people_filmography",
    "What one person worked on",
    "Of a show, how many of the episodes that name the person are there, and how many were watched. Rows of which "
    "less is there than there should be have lost their files, or never had any.",
    finish=_somebody,
)
_CAREERS: Final = Question(
    "people_careers",
    "When they made it",
    "A row that begins late or breaks off may be a career, or what is missing here. A career of more than seventy "
    "years is as a rule two people of one name. A grey dot has no rating.",
    opens=_opened_by_person,
)
_NETWORK: Final = Question(
    "people_network",
    "Who works with whom",
    "People of one colour work with one another more than with the rest; the thicker a line, the more titles "
    "together. A line across is somebody who stands between two circles.",
    opens=lambda row: None,
)
_COLLABORATIONS: Final = Question(
    "people_collaborations",
    "Who works together most often",
    "A share near 1 are people who hardly work without each other; rows of one title in many parts are a series of "
    "films.",
)
PEOPLE: Final = Report(
    "people",
    "People",
    "Who made what is here, when, and with whom.",
    (_FOREMOST, _FILMOGRAPHY, _CAREERS, _NETWORK, _COLLABORATIONS),
)


class PeopleQuestions(Asker):
    """Asks them."""

    def people(self, role: Roles = "all", *, top: int = 20, library: str | None = None) -> ReportFrame:
        """Who made most of what is held; see `sql/reports/people.sql` for columns and units.

        Args:
            role: In which role; "all" are directors, actors and writers, each apart.
            top: How many people of each role.
            library: Only of this one; None: of all.
        """
        return self._ask(_FOREMOST, role=role, top=top, library=library)

    def people_filmography(
        self, name: str | None = None, *, person_id: int | None = None, library: str | None = None
    ) -> ReportFrame:
        """What one person worked on, what of it is there and was watched; see `sql/reports/people_filmography.sql`.

        Raises `QueryError` when nobody of that name, or id, worked on anything.

        Args:
            name: Of the person; case and accents do not matter. People of the same name are told apart by person_id.
            person_id: Of the person, as in `lib.people`; None with no name: who made most of what is held.
            library: Only of this one; None: of all.
        """
        return self._ask(_FILMOGRAPHY, name=name, person_id=person_id, library=library)

    def people_careers(
        self, role: Role = "director", *, top: int = 12, step: Step = "decade", library: str | None = None
    ) -> ReportFrame:
        """When those who made most of it made it; see `sql/reports/people_careers.sql` for columns and units.

        Args:
            role: In which role.
            top: Of how many people.
            step: What is counted together.
            library: Only of this one; None: of all.
        """
        return self._ask(_CAREERS, role=role, top=top, step=step, library=library)

    def people_network(
        self, role: Roles = "all", *, top: int = 40, at_least: int = 2, library: str | None = None
    ) -> ReportFrame:
        """Who works with whom among those who made most of it; see `sql/reports/people_network.sql` for columns.

        Args:
            role: In which role; "all" are directors, actors and writers.
            top: Among how many people; sixty can still be read when drawn.
            at_least: Pairs with so many titles together.
            library: Only of this one; None: of all.
        """
        return self._ask(_NETWORK, role=role, top=top, at_least=at_least, library=library)

    def people_collaborations(
        self, *, among: int = 1000, at_least: int = 2, top: int = 25, library: str | None = None
    ) -> ReportFrame:
        """Who works with whom most often, and on what; see `sql/reports/people_collaborations.sql` for columns.

        Args:
            among: How many people are looked at: those with most titles.
            at_least: Pairs with so many titles together.
            top: How many pairs.
            library: Only of this one; None: of all.
        """
        return self._ask(_COLLABORATIONS, among=among, at_least=at_least, top=top, library=library)
