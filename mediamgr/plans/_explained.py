"""Owns what `lib.explain` gives: a plan and what is advised about it, as text, as HTML and as a frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import polars as pl

from mediamgr.plans._advice import Advice, share_of_time
from mediamgr.plans._html import draw_html
from mediamgr.plans._records import Plan
from mediamgr.plans._text import WIDTH, draw_text, wrapped
from mediamgr.wording import MONOSPACE, escaped, human_seconds, printable

__all__ = ["Explained", "advice_html", "advice_text"]

_SCHEMA: Final = pl.Schema(
    {
        "operator": pl.String(),
        "does": pl.String(),
        "table": pl.String(),
        "seconds": pl.Float64(),
        "share": pl.Float64(),
        "rows": pl.Int64(),
        "expected_rows": pl.Int64(),
        "rows_scanned": pl.Int64(),
    }
)
_BOX: Final = "margin: 8px 0; padding: 2px 0 2px 12px; border-left: 3px solid rgba(232, 84, 44, .8); max-width: 100ch"
_CODE: Final = (
    "margin: 6px 0; padding: 6px 10px; background: rgba(128, 128, 128, .12); color: inherit; overflow-x: auto;"
    f" font: 12px/1.5 {MONOSPACE}"
)


@dataclass(frozen=True, slots=True, repr=False)
class Explained:
    """How a statement is answered. Shown as text or HTML, it is the plan as a tree, and advice.

    Attributes:
        plan: The plan.
        advice: What could be done about it, most to be saved first; () when it is right as it is.
    """

    plan: Plan
    advice: tuple[Advice, ...]

    def frame(self) -> pl.DataFrame:
        """One row an operator, parents first: operator, does, table, seconds, share, and rows, expected and scanned."""
        rows = [
            (
                each.name, each.does, each.table, each.seconds, share_of_time(self.plan, each), each.rows,
                each.estimated_rows, each.rows_scanned,
            )
            for each in self.plan.operators()
        ]  # fmt: skip
        return pl.DataFrame(rows, schema=_SCHEMA, orient="row")

    def text(self, width: int = WIDTH) -> str:
        """The plan and the advice, in lines of at most `width` columns."""
        drawn = draw_text(self.plan, width=width)
        return f"{drawn}\n\n{advice_text(self.advice, width=width)}" if self.advice else drawn

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        return draw_html(self.plan) + advice_html(self.advice)


def advice_text(advice: tuple[Advice, ...], *, width: int = WIDTH) -> str:
    """Advice as numbered paragraphs."""
    return "\n\n".join("\n".join(_paragraphs(number, each, width)) for number, each in enumerate(advice, start=1))


def advice_html(advice: tuple[Advice, ...]) -> str:
    """Advice as HTML; what comes from a statement is escaped."""
    return "".join(map(_html, advice))


def _paragraphs(number: int, advice: Advice, width: int) -> Iterator[str]:
    yield from wrapped(printable(f"{number}. {_step(advice)}{_saving(advice)}"), width)
    for said in (advice.matter, advice.remedy):
        yield from wrapped(printable(said), width, "   ")
    for line in (advice.better or "").splitlines():
        # code is copied: it is not broken into lines
        yield f"       {printable(line)}"


def _html(advice: Advice) -> str:
    code = "\n".join(map(escaped, (advice.better or "").splitlines()))
    better = f"<pre style='{_CODE}'>{code}</pre>" if advice.better else ""
    head = f"<b>{escaped(_step(advice))}</b>{escaped(_saving(advice))}"
    said = "".join(f"<div>{escaped(each)}</div>" for each in (advice.matter, advice.remedy))
    return f"<div style='{_BOX}'><div>{head}</div>{said}{better}</div>"


def _step(advice: Advice) -> str:
    return " ".join(filter(None, (advice.operator.name, advice.operator.table)))


def _saving(advice: Advice) -> str:
    return f" · up to {human_seconds(advice.saved_seconds)} to save" if advice.saved_seconds else ""
