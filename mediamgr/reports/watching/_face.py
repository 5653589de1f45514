"""Owns the methods of the watching report. A person or time zone that there is not is named before anything is read."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from mediamgr.reports._asker import Asker
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question
from mediamgr.reports.watching import _questions as its

__all__ = ["WatchingQuestions"]

By = Literal["day", "month", "year", "weekday", "hour", "person", "library", "type"]
Unit = Literal["title", "file"]
Taste = Literal["genre", "decade"]
Kind = Literal["type", "genre", "decade", "library"]


class WatchingQuestions(Asker):
    """Asks them. Columns and units are in `sql/reports/<question>.sql`."""

    def watching(
        self,
        by: By = "month",
        *,
        person: str | None = None,
        library: str | None = None,
        timezone: str = "UTC",
        days: int | None = None,
        on: date | None = None,
    ) -> ReportFrame:
        """When and by whom is watched: plays by one property, with the time they took.

        Args:
            by: What makes a row.
            person: Only of this one, as in the history; None: of all.
            library: Only of this one; None: of all.
            timezone: Where the days and hours are those of the clock, such as Europe/Berlin.
            days: Only of the last so many days; None: of all.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(its.PLAYS, by=by, person=person, library=library, timezone=timezone, days=days, on=on)

    def watching_week(
        self,
        *,
        person: str | None = None,
        library: str | None = None,
        timezone: str = "UTC",
        days: int | None = None,
        on: date | None = None,
    ) -> ReportFrame:
        """At which hours of which weekdays is watched.

        Args:
            person: Only of this one, as in the history; None: of all.
            library: Only of this one; None: of all.
            timezone: Where the days and hours are those of the clock, such as Europe/Berlin.
            days: Only of the last so many days; None: of all.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(its.WEEK, person=person, library=library, timezone=timezone, days=days, on=on)

    def watching_streaks(
        self,
        *,
        person: str | None = None,
        library: str | None = None,
        timezone: str = "UTC",
        on: date | None = None,
        least_days: int = 2,
    ) -> ReportFrame:
        """On how many days in a row somebody watched something.

        Args:
            person: Only of this one, as in the history; None: each by their own.
            library: Only of this one; None: of all.
            timezone: Where the days are those of the clock, such as Europe/Berlin.
            on: The last day that counts; None: that of the latest event in the library.
            least_days: Only streaks of at least so many days.
        """
        return self._asked(its.STREAKS, person=person, library=library, timezone=timezone, on=on, least_days=least_days)

    def watching_binges(
        self,
        *,
        person: str | None = None,
        library: str | None = None,
        timezone: str = "UTC",
        on: date | None = None,
        least_episodes: int = 3,
        days_apart: int = 1,
    ) -> ReportFrame:
        """Which shows somebody watched in one go: episodes on days in a row.

        Args:
            person: Only of this one, as in the history; None: each by their own.
            library: Only of this one; None: of all.
            timezone: Where the days are those of the clock, such as Europe/Berlin.
            on: The last day that counts; None: that of the latest event in the library.
            least_episodes: Only runs of at least so many episodes.
            days_apart: How many days apart two plays may be: 0 is one day only.
        """
        return self._asked(
            its.BINGES,
            person=person,
            library=library,
            timezone=timezone,
            on=on,
            least_episodes=least_episodes,
            days_apart=days_apart,
        )

    def watching_rewatches(
        self,
        *,
        finished: float = 0.9,
        hours_apart: int = 6,
        person: str | None = None,
        library: str | None = None,
        days: int | None = None,
        on: date | None = None,
    ) -> ReportFrame:
        """Which films and shows are watched again and again.

        Args:
            finished: The share of it from which on it counts as seen to its end.
            hours_apart: A play so few hours after another one is that one, told twice.
            person: Only of this one, as in the history; None: of all.
            library: Only of this one; None: of all.
            days: Only rewatches of the last so many days; None: of all.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(
            its.REWATCHES, finished=finished, hours_apart=hours_apart, person=person, library=library, days=days, on=on
        )

    def watching_unfinished(
        self,
        *,
        finished: float = 0.9,
        person: str | None = None,
        library: str | None = None,
        days: int | None = None,
        on: date | None = None,
    ) -> ReportFrame:
        """Which films and episodes somebody began and never saw to their end.

        Args:
            finished: The share of it from which on it counts as seen to its end.
            person: Only of this one, as in the history; None: each by their own.
            library: Only of this one; None: of all.
            days: Only what was last touched in so many days; None: whenever.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(its.UNFINISHED, finished=finished, person=person, library=library, days=days, on=on)

    def watching_next(
        self,
        *,
        finished: float = 0.9,
        idle_days: int = 30,
        person: str | None = None,
        library: str | None = None,
        on: date | None = None,
    ) -> ReportFrame:
        """Which shows somebody left in the middle, and which episode comes next.

        Args:
            finished: The share of an episode from which on it counts as seen to its end.
            idle_days: A show is left when nothing of it was watched for so many days; 0 gives those in the middle, too.
            person: Only of this one, as in the history; None: each by their own.
            library: Only of this one; None: of all.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(its.NEXT, finished=finished, idle_days=idle_days, person=person, library=library, on=on)

    def watching_never(
        self,
        by: Unit = "title",
        *,
        added_days: int = 365,
        least_bytes: int = 1_000_000_000,
        most_rating: float | None = None,
        watched_days: int | None = None,
        person: str | None = None,
        library: str | None = None,
        on: date | None = None,
        most: int = 1000,
    ) -> ReportFrame:
        """What was never watched, is old and large: what one might let go of. Nothing is deleted.

        Args:
            by: Films and whole shows, or what each file holds.
            added_days: Only what came at least so many days ago.
            least_bytes: Only what takes at least so many bytes.
            most_rating: Only what is rated so, 0 to 10, less or not at all; None: all.
            watched_days: Also what was last watched so many days ago; None: only what never was.
            person: Never watched by this one; None: by anybody.
            library: Only of this one; None: of all.
            on: The last day that counts; None: that of the latest event in the library.
            most: How many rows at most.
        """
        return self._asked(
            its.NEVER,
            by=by,
            added_days=added_days,
            least_bytes=least_bytes,
            most_rating=most_rating,
            watched_days=watched_days,
            person=person,
            library=library,
            on=on,
            most=most,
        )

    def watching_taste(
        self,
        by: Taste = "genre",
        *,
        person: str | None = None,
        library: str | None = None,
        timezone: str = "UTC",
        on: date | None = None,
    ) -> ReportFrame:
        """How taste moves: which share of the plays of each year went to which genre or decade.

        Args:
            by: What makes a row of a year.
            person: Only of this one, as in the history; None: of all.
            library: Only of this one; None: of all.
            timezone: Where the days are those of the clock, such as Europe/Berlin.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(its.TASTE, by=by, person=person, library=library, timezone=timezone, on=on)

    def watching_left(
        self,
        by: Kind = "type",
        *,
        finished: float = 0.9,
        days: int = 90,
        person: str | None = None,
        library: str | None = None,
        on: date | None = None,
    ) -> ReportFrame:
        """How long it takes to watch what is left.

        Args:
            by: What makes a row.
            finished: The share of it from which on it counts as seen to its end.
            days: The pace is that of the last so many days, of whatever kind and library.
            person: What this one has not seen, at their pace; None: what nobody has, at the pace of all together.
            library: Only what is left in this one; None: in all.
            on: The last day that counts; None: that of the latest event in the library.
        """
        return self._asked(its.LEFT, by=by, finished=finished, days=days, person=person, library=library, on=on)

    def _asked(self, question: Question, **given: Any) -> ReportFrame:
        if isinstance(given["person"], str):
            self._repository().require_person(given["person"])
        if isinstance(zone := given.get("timezone", "UTC"), str) and zone != "UTC":
            self._repository().require_timezone(zone)
        return self._ask(question, **given)
