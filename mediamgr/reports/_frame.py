"""Owns the answer to a question: a Polars frame that also can be drawn."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from mediamgr.errors import MissingPart, QueryError
from mediamgr.reports._cells import telling
from mediamgr.reports._question import Question

if TYPE_CHECKING:
    from mediamgr.reports.charts import Chart
    from mediamgr.reports.table import ReportTable

__all__ = ["ReportFrame"]


class ReportFrame(pl.DataFrame):
    """The rows that answer a question of a report; a Polars frame in all else.

    Columns and units are in the header of `sql/reports/<question>.sql`, and in `answer.question.statement.result`.
    Fewer of the rows, by `head`, `tail`, `slice` or `filter`, and the same rows by `sort` still answer it; whatever
    else Polars makes of them are rows like any.
    """

    _question: Question | None = None
    _given: Mapping[str, Any]
    _browse: Callable[..., Any] | None = None

    @classmethod
    def of(
        cls,
        frame: pl.DataFrame,
        question: Question,
        given: Mapping[str, Any],
        browse: Callable[..., Any] | None = None,
    ) -> ReportFrame:
        """The rows as the answer to a question that was asked with all of `given`.

        Args:
            frame: The rows.
            question: What was asked.
            given: Every parameter by name.
            browse: Makes the browser that rows of a table open in, of a query; None: they open nothing.
        """
        made = cls(frame)
        made._question, made._given, made._browse = question, given, browse
        return made

    @property
    def question(self) -> Question:
        """What was asked. Raises `QueryError` when these rows were made of an answer, and are none."""
        if self._question is None:
            raise QueryError("These rows are not a report's answer any more; keep what lib.reports gave beside them.")
        return self._question

    @property
    def given(self) -> Mapping[str, Any]:
        """What it was asked with: every parameter by name."""
        return self._given if self._question else {}

    def chart(self) -> Chart:
        """The answer drawn. Raises `MissingPart` without altair, `QueryError` when there is no picture of it."""
        try:
            from mediamgr.reports.charts import drawn
        except ModuleNotFoundError as absent:
            raise MissingPart(f"To draw, {absent.name} is needed; pip install 'mediamgr[lab]'.") from None
        return drawn(self.question.name, self, self.given)

    def table(self, *, height: int = 420) -> ReportTable:
        """The answer in a notebook cell, to sort and filter; a selected row opens in the browser below.

        Args:
            height: Of the table, in pixels, at most.

        Raises `MissingPart` without anywidget, `QueryError` when these rows are no answer any more.
        """
        try:
            from mediamgr.reports.table import ReportTable
        except ModuleNotFoundError as absent:
            raise MissingPart(f"To show a table, {absent.name} is needed; pip install 'mediamgr[lab]'.") from None
        columns = telling(self, self.given)
        return ReportTable(self, self.question.title, self.opened, self._browse, columns=columns, height=height)

    def opened(self, row: Mapping[str, Any]) -> dict[str, Any] | None:
        """What the browser shows of one of these rows, as `lib.browse(**query)` takes it; None: it opens nothing."""
        return self.question.opens({**self.given, **row})

    def head(self, n: int = 5) -> ReportFrame:
        """The first rows, as `polars.DataFrame.head`."""
        return self._answering(super().head(n))

    def tail(self, n: int = 5) -> ReportFrame:
        """The last rows, as `polars.DataFrame.tail`."""
        return self._answering(super().tail(n))

    def slice(self, offset: int, length: int | None = None) -> ReportFrame:
        """Rows from `offset` on, as `polars.DataFrame.slice`."""
        return self._answering(super().slice(offset, length))

    def filter(self, *predicates: Any, **constraints: Any) -> ReportFrame:
        """Rows for which all is true, as `polars.DataFrame.filter`."""
        return self._answering(super().filter(*predicates, **constraints))

    def sort(self, by: Any, *more_by: Any, **how: Any) -> ReportFrame:
        """The rows in another order, as `polars.DataFrame.sort`."""
        return self._answering(super().sort(by, *more_by, **how))

    def clone(self) -> ReportFrame:
        """The same, as `polars.DataFrame.clone`."""
        return self._answering(super().clone())

    def _answering(self, rows: pl.DataFrame) -> ReportFrame:
        if self._question is None:
            return type(self)(rows)
        return self.of(rows, self._question, self._given, self._browse)
