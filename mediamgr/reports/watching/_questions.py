"""Owns the questions of the watching report: what they are called, and what to look for in their answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from mediamgr.reports._question import Question, Report
from mediamgr.reports.watching._runs import binges, streaks
from mediamgr.store.report_statements import Parameter

__all__ = [
    "BINGES",
    "LEFT",
    "NEVER",
    "NEXT",
    "PLAYS",
    "REWATCHES",
    "STREAKS",
    "TASTE",
    "UNFINISHED",
    "WATCHING",
    "WEEK",
]

_FILTERS: Final = {"type": "media_type", "library": "library"}


def _opened_by_plays(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """Films and episodes that were watched; None where it is asked whose plays, or when, which no filter says."""
    name = _FILTERS.get(row.get("by", ""))
    if name is None or any(row.get(asked) is not None for asked in ("person", "days", "on")):
        return None
    played = {"media_type": ["movie", "episode"], "library": row.get("library"), "watched": True}
    return {**played, name: row["value"]}


PLAYS: Final = Question(
    "watching",
    "When is watched",
    "Months that stand out, and whether fewer plays of longer films took the same hours. Days and hours are UTC "
    "unless a time zone is given.",
    opens=_opened_by_plays,
)
WEEK: Final = Question(
    "watching_week",
    "The hours of the week",
    "Where evenings lie and how the weekend differs. All shifted by an hour or more: give the time zone.",
)
STREAKS: Final = Question(
    "watching_streaks",
    "Days in a row",
    "A streak whose days_ago is 0 or 1 may still go on.",
    finish=streaks,
    own=(Parameter("least_days", "bigint", 2, "only streaks of at least so many days"),),
)
BINGES: Final = Question(
    "watching_binges",
    "Shows watched in one go",
    "Many episodes with little in order are reruns, or a show that is played in the background.",
    finish=binges,
    own=(
        Parameter("least_episodes", "bigint", 3, "only runs of at least so many episodes"),
        Parameter("days_apart", "bigint", 1, "how many days apart two plays may be: 0 is one day only"),
    ),
)
REWATCHES: Final = Question(
    "watching_rewatches",
    "Watched again and again",
    "What is worth its room, and a better copy: nothing shows so plainly what is loved.",
)
UNFINISHED: Final = Question(
    "watching_unfinished",
    "Begun and not finished",
    "With a few minutes left it is credits, and seen in truth; with a share near 0 it was given up.",
)
NEXT: Final = Question(
    "watching_next",
    "Shows left in the middle",
    "Few hours left long ago are worth an evening. A show of which little was seen was given up.",
)
NEVER: Final = Question(
    "watching_never",
    "Never watched, old and large",
    "How far down freed_bytes gets to the room that is needed, and which of those rows are well rated, and wait.",
)
TASTE: Final = Question(
    "watching_taste",
    "How taste moves",
    "Rows that darken or fade from left to right. A year of few plays says little.",
)
LEFT: Final = Question(
    "watching_left",
    "Time to watch what is left",
    "Years that no life has: there is the place to stop collecting, or to let go.",
)
WATCHING: Final = Report(
    "watching",
    "Watching",
    "Who watches what and when, what is begun, seen again or never seen, and how long the rest would take.",
    (PLAYS, WEEK, STREAKS, BINGES, REWATCHES, UNFINISHED, NEXT, NEVER, TASTE, LEFT),
)
