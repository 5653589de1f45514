"""Owns running reports: first which question is asked with what, then each of them, whatever becomes of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mediamgr.errors import MediaManagerError, QueryError
from mediamgr.reports._asker import Asker, require_library
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question, Report
from mediamgr.reports._written import read_written
from mediamgr.reports.catalogue import reports_named
from mediamgr.repository import checked
from mediamgr.store.guard import nearest
from mediamgr.store.report_statements import Parameter

__all__ = ["Answered", "Asked", "Planned", "answered", "kept_defaults", "plan", "planned", "said"]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is to be asked.

    Attributes:
        question: Which one.
        given: Parameters by name; those left out have their defaults.
    """

    question: Question
    given: Mapping[str, Any]

    @property
    def values(self) -> dict[str, Any]:
        """Every parameter by name."""
        return {each.name: each.default for each in self.question.parameters} | dict(self.given)


@dataclass(frozen=True, slots=True)
class Planned:
    """A report as it is to be made.

    Attributes:
        report: Which one.
        asked: Its questions, in the order of the page.
    """

    report: Report
    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a question.

    Attributes:
        asked: The question, and with what.
        frame: The answer; None when it failed.
        problem: Why it failed; None when it did not.
    """

    asked: Asked
    frame: ReportFrame | None
    problem: str | None = None


def plan(reports: Sequence[Report], given: Mapping[str, Any], *, written: bool = False) -> tuple[Planned, ...]:
    """What is to be asked with what.

    A parameter goes to every question that has it and can be asked with that value; the others keep their default.

    Args:
        reports: Those to make.
        given: Parameters by name; hyphens are underscores.
        written: The values are text, as on a command line.

    Raises:
        QueryError: A parameter that no question has, or a value that none of them takes.
    """
    named = {name.replace("-", "_"): value for name, value in given.items()}
    questions = [question for report in reports for question in report.questions]
    for name, value in named.items():
        _require_taker(questions, name, value, written)
    return tuple(
        Planned(report, tuple(Asked(question, _taken(question, named, written)) for question in report.questions))
        for report in reports
    )


def planned(asker: Asker, name: str, given: Mapping[str, Any], *, written: bool = False) -> tuple[Planned, ...]:
    """What is to be asked of a library with what, before anything is asked.

    Args:
        asker: Asks the library.
        name: A report, one of its questions, or "all".
        given: Parameters by name.
        written: The values are text, as on a command line.

    Raises:
        QueryError: There is no such report or library, or what `plan` raises.
    """
    made = plan(reports_named(name), given, written=written)
    for asked in (asked for each in made for asked in each.asked):
        require_library(asker, asked.given.get("library"))
    return made


def kept_defaults(planned: Sequence[Planned], given: Mapping[str, Any]) -> Iterator[tuple[Question, Parameter]]:
    """Questions that have a parameter that was given, and not that value: they are asked with their default."""
    names = {name.replace("-", "_") for name in given}
    for asked in (asked for each in planned for asked in each.asked):
        for parameter in asked.question.parameters:
            if parameter.name in names - asked.given.keys():
                yield asked.question, parameter


def answered(asker: Asker, asked: Asked) -> Answered:
    """What becomes of a question; whatever it raises stays with it."""
    try:
        return Answered(asked, asker._ask(asked.question, **asked.given))
    except Exception as error:
        return Answered(asked, None, said(error))


def said(error: Exception) -> str:
    """An error in words; one that nobody foresaw with its kind."""
    return str(error) if isinstance(error, MediaManagerError) else f"{type(error).__name__}: {error}"


def _require_taker(questions: Sequence[Question], name: str, value: Any, written: bool) -> None:
    having = [question for question in questions if any(each.name == name for each in question.parameters)]
    if not having:
        known = sorted({each.name for question in questions for each in question.parameters})
        raise QueryError(f"No question here has a parameter {name!r}; {nearest(name, known)}")
    refused = []
    for question in having:
        try:
            _value(question, name, value, written)
        except QueryError as error:
            refused.append(error)
    if len(refused) == len(having):
        raise refused[0]


def _taken(question: Question, given: Mapping[str, Any], written: bool) -> dict[str, Any]:
    """Of what is given, what the question has and takes."""
    taken = {}
    for name in (each.name for each in question.parameters if each.name in given):
        try:
            taken[name] = _value(question, name, given[name], written)
        except QueryError:
            # told by kept_defaults; that somebody takes it is seen to
            continue
    return taken


def _value(question: Question, name: str, value: Any, written: bool) -> Any:
    (parameter,) = (each for each in question.parameters if each.name == name)
    read = read_written(question.name, parameter, value) if written else value
    return checked(question.name, question.parameters, {name: read})[name]
