"""Write docs/reports.md: which reports there are, what each question answers, and what it can be asked with."""

from __future__ import annotations

from pathlib import Path

from mediamgr.reports import REPORTS
from mediamgr.reports._question import Question, Report
from mediamgr.store.report_statements import Parameter

HEAD = """# Reports

Written by `make reports` from `sql/reports` and the catalogue: change it there.

A report is a few questions about one matter. Each question is a statement in [sql/reports](../sql/reports), which runs
as it stands in any DuckDB shell that opened a library; a method of `lib.reports` that gives a Polars frame, which
`.chart()` draws and `.table()` shows, where a row selected opens in the browser; and a name on the command line.
Each report has a [notebook](../notebooks), too.

    mediamgr report list
    mediamgr report storage --param by=resolution
    mediamgr report all --format html --out site

    lib.reports.storage(by="resolution").chart()
"""


def page() -> str:
    """The whole page."""
    return "\n\n".join([HEAD.strip(), *map(_report, REPORTS)]) + "\n"


def _report(report: Report) -> str:
    return "\n\n".join([f"## {report.title}", report.about, *map(_question, report.questions)])


def _question(question: Question) -> str:
    told = question.statement
    parts = [f"### `{question.name}`: {question.title}", f"Answers {told.answers}", question.look_for]
    if question.parameters:
        parts.append("\n".join(["| parameter | default | meaning |", "|---|---|---|", *map(_row, question.parameters)]))
    parts.append(f"Columns{' of the statement' if question.finish else ''}: {told.result}")
    return "\n\n".join(parts)


def _row(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f"`{parameter.default}`"
    return f"| `{parameter.name}` | {default} | {parameter.meaning.replace('|', '∣')} |"


if __name__ == "__main__":
    Path("docs/reports.md").write_text(page(), encoding="utf-8")
