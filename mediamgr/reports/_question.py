"""Owns what a report is: a few questions about one matter, each a statement of `sql/reports`, and words about them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from mediamgr.store.report_statements import Parameter, ReportStatement, report_statement

__all__ = ["Given", "Question", "Report", "opened_by_item"]

Given = Mapping[str, Any]
"""All parameters of a question, by name."""


def opened_by_item(row: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the browser shows of a row: its `media_item_id`, or its `media_item_ids`; None when it has neither."""
    ids = row.get("media_item_ids") or [row.get("media_item_id")]
    known = [each for each in ids if each is not None]
    return {"id": known} if known else None


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a report.

    Attributes:
        name: Of its statement, of the method of `lib.reports`, and of its chart if it has one.
        title: What stands above its answer.
        look_for: What to look for in the answer, for people, in a sentence or three.
        finish: What is done with the rows of the statement, where SQL should not; None when they are the answer.
        rows_of: The statement whose rows `finish` is given when it needs those of another; its own then answers what
            SQL can, alone in a shell.
        own: Parameters that only `finish` reads.
        reads: Makes what is given what the library has, where people write it otherwise, and refuses with
            `QueryError` what makes no sense together; None when it is taken as it is.
        opens: What the browser shows when a row is selected, as `lib.browse(**query)` takes it; None of a row that
            opens nothing. It is given the row, and beside it what was asked with, by name.
    """

    name: str
    title: str
    look_for: str
    finish: Callable[[pl.DataFrame, Given], pl.DataFrame] | None = None
    rows_of: str | None = None
    own: tuple[Parameter, ...] = ()
    reads: Callable[[Given], Given] | None = None
    opens: Callable[[Mapping[str, Any]], dict[str, Any] | None] = opened_by_item

    @property
    def statement(self) -> ReportStatement:
        """Its SQL."""
        return report_statement(self.name)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """All it can be asked with."""
        return (*self.statement.parameters, *self.own)


@dataclass(frozen=True, slots=True)
class Report:
    """Questions about one matter, shown together.

    Attributes:
        name: As on the command line.
        title: Of its page.
        about: What it is for, in a sentence.
        questions: In the order of the page; the first has the report's name.
    """

    name: str
    title: str
    about: str
    questions: tuple[Question, ...]
