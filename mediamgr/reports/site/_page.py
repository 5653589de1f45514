"""Owns the page of a report: its questions one below the other, each with its chart, its table and how to ask it."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from mediamgr.reports._cells import shown_columns
from mediamgr.reports._question import Report
from mediamgr.reports._written import write_out
from mediamgr.reports.running import Asked
from mediamgr.reports.site._document import document
from mediamgr.reports.site._records import Link, Made, Shown
from mediamgr.reports.site._table import MOST_ROWS, table
from mediamgr.store.report_statements import Parameter
from mediamgr.wording import escaped

__all__ = ["page"]


def page(report: Report, parts: Sequence[Shown], made: Made, links: Sequence[Link] = ()) -> str:
    """The page of a report as HTML; `links`: the pages beside it, when there are any."""
    inside = [
        f"<h1>{escaped(report.title)}</h1>",
        f'<p class="about">{escaped(report.about)}</p>',
        _contents(parts),
        *map(_section, parts),
    ]
    return document(report.title, made, "\n".join(inside), links=links, current=f"{report.name}.html")


def _contents(parts: Sequence[Shown]) -> str:
    if len(parts) < 2:
        return ""
    lines = "".join(
        f'<li><a href="#{escaped(part.name)}">{escaped(part.title)}</a>{_failed(part)}</li>' for part in parts
    )
    return f'<nav class="contents" aria-label="On this page"><ol>{lines}</ol></nav>'


def _failed(part: Shown) -> str:
    return ' <span class="failed">failed</span>' if part.has_failed else ""


def _section(part: Shown) -> str:
    asked = part.answered.asked
    inside = [
        f'<h2 id="{escaped(part.name)}">{escaped(part.title)}</h2>',
        f'<p class="answers">{escaped(_sentence(asked.question.statement.answers))}</p>',
        _chips(asked),
        _problem(part.answered.problem, "It could not be answered"),
        _look_for(asked.question.look_for) if part.answered.frame is not None else "",
        _problem(part.problem, "Its chart could not be drawn"),
        _picture(part),
        _answer(part),
        _folded(asked),
    ]
    return f'<section aria-labelledby="{escaped(part.name)}">{"".join(inside)}</section>'


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _chips(asked: Asked) -> str:
    """What it was asked with."""
    told = "".join(
        f"<li><span>{escaped(name)}</span> {escaped(write_out(value))}</li>"
        for name, value in asked.values.items()
        if value is not None
    )
    return f'<ul class="chips" aria-label="Asked with">{told}</ul>' if told else ""


def _look_for(words: str) -> str:
    return f'<p class="look"><b>Look for:</b> {escaped(words)}</p>' if words else ""


def _problem(problem: str | None, what: str) -> str:
    return f'<p class="problem" role="note"><b>{what}:</b> {escaped(problem)}</p>' if problem else ""


def _picture(part: Shown) -> str:
    if part.picture is None:
        return ""
    label = escaped(f"Chart: {part.title}")
    return f'<figure class="scroll" tabindex="0" role="region" aria-label="{label}">{part.picture}</figure>'


def _answer(part: Shown) -> str:
    frame = part.answered.frame
    if frame is None:
        return ""
    if frame.is_empty():
        return '<p class="nothing">Nothing: no rows answer this.</p>'
    more = ""
    if frame.height > MOST_ROWS:
        more = f"<p>All {frame.height:,} rows: <code>{escaped(_command(part.answered.asked))}</code></p>"
    return table(frame.select(shown_columns(frame, frame.given)), part.title, part.name) + more


def _command(asked: Asked) -> str:
    """How to get all rows."""
    given = [f"--param {shlex.quote(f'{name}={write_out(value)}')}" for name, value in sorted(asked.given.items())]
    return " ".join(["mediamgr report", asked.question.name.replace("_", "-"), *given, "--format csv"])


def _folded(asked: Asked) -> str:
    """How to ask it again, otherwise, or by hand."""
    statement = asked.question.statement
    given = ", ".join(f"{name}={value!r}" for name, value in sorted(asked.given.items()))
    return (
        "<details><summary>Columns, parameters and SQL</summary>"
        f"<p>{escaped(statement.result)}</p>{_parameters(asked)}"
        f"<p>In a terminal: <code>{escaped(_command(asked))}</code></p>"
        f"<p>In Python: <code>{escaped(f'lib.reports.{asked.question.name}({given})')}</code></p>"
        f'<pre tabindex="0" role="region" aria-label="SQL: {escaped(asked.question.title)}">'
        f"{_lines(statement.text)}</pre></details>"
    )


def _parameters(asked: Asked) -> str:
    lines = "".join(map(_parameter, asked.question.parameters))
    return f"<ul>{lines}</ul>" if lines else ""


def _parameter(parameter: Parameter) -> str:
    default = escaped(write_out(parameter.default))
    return f"<li><code>{escaped(parameter.name)}={default}</code> {escaped(parameter.meaning)}</li>"


def _lines(text: str) -> str:
    return "\n".join(map(escaped, text.split("\n")))
