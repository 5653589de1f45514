"""Owns asking a question of a library: its statement, then what Polars does with the rows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from mediamgr.instrumentation import Timer
from mediamgr.reports._frame import ReportFrame
from mediamgr.reports._question import Question
from mediamgr.repository import ReportRepository, checked

__all__ = ["Asker", "library_file", "require_library"]

_QUESTION: Final = Timer("reports.question", "A question of a report, until its rows are here", "question")


class Asker:
    """What the questions of all reports are asked by.

    Args:
        repository: Gives who reads the library.
        browse: Makes the browser that rows of a table open in, of a query; None: they open nothing.
    """

    def __init__(self, repository: Callable[[], ReportRepository], *, browse: Callable[..., Any] | None = None) -> None:
        self._repository = repository
        self._browse = browse

    def _ask(self, question: Question, **given: Any) -> ReportFrame:
        """The answer; parameters left out have their defaults. Raises `QueryError` for one that is not allowed.

        A library that is not there is none that is allowed: of a misspelt name one would be told that nothing is wrong.
        """
        told = checked(question.name, question.parameters, given)
        understood = question.reads(told) if question.reads else told
        asked = {each.name: each.default for each in question.parameters} | dict(understood)
        require_library(self, asked.get("library"))
        own = {each.name for each in question.own}
        in_sql = {name: value for name, value in understood.items() if name not in own}
        with _QUESTION.run(question=question.name):
            rows = self._repository().answer(question.rows_of or question.name, in_sql)
            answer = question.finish(rows, asked) if question.finish else rows
        return ReportFrame.of(answer, question, asked, self._browse)


# no methods: tab completion of lib.reports would offer them among the questions
def library_file(asker: Asker) -> Path:
    """The library file that is asked."""
    return asker._repository().file


def require_library(asker: Asker, name: str | None) -> None:
    """Raise `QueryError` when the file has no library of that name; None is all of them."""
    if name is not None:
        asker._repository().require_library(name)
