"""Owns how the list of reports reads: for people, for programs, and for a shell that completes a name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from textwrap import fill
from typing import Any, Final

from mediamgr.reports import ALL, REPORTS, Question, Report, write_out

__all__ = ["LIST", "completed", "listed"]

LIST: Final = "list"
"""The name that lists reports."""
_WIDTH: Final = 100


def listed(*, as_json: bool) -> str:
    """All reports with their questions and parameters, as text or as a JSON array."""
    if as_json:
        return json.dumps(list(map(_report_as_dict, REPORTS)), indent=2, ensure_ascii=False, default=str)
    return "\n\n".join("\n".join(_report_as_text(each)) for each in REPORTS)


def completed(incomplete: str) -> list[tuple[str, str]]:
    """What a shell offers for a name that was begun, with what each is."""
    words = [(LIST, "what reports there are"), (ALL, "all of them")]
    words += [(each.name, each.title) for each in REPORTS]
    words += [(each.name, each.title) for report in REPORTS for each in report.questions[1:]]
    begun = incomplete.replace("-", "_")
    return [(name.replace("_", "-"), title) for name, title in words if name.startswith(begun)]


def _report_as_text(report: Report) -> Iterator[str]:
    yield f"{report.name.replace('_', '-')}: {report.title}. {report.about}"
    for question in report.questions:
        yield f"\n  {question.name.replace('_', '-')}: {question.title}"
        yield _indented(f"answers {question.statement.answers}", 4)
        for parameter in question.parameters:
            yield _indented(f"-p {parameter.name}={write_out(parameter.default)}  {parameter.meaning}", 6)


def _indented(text: str, by: int) -> str:
    begin = " " * by
    return fill(text, _WIDTH, initial_indent=begin, subsequent_indent=f"{begin}    ", break_on_hyphens=False)


def _report_as_dict(report: Report) -> dict[str, Any]:
    return {
        "name": report.name,
        "title": report.title,
        "about": report.about,
        "questions": list(map(_question_as_dict, report.questions)),
    }


def _question_as_dict(question: Question) -> dict[str, Any]:
    return {
        "name": question.name,
        "title": question.title,
        "answers": question.statement.answers,
        "columns": question.statement.result,
        "look_for": question.look_for,
        "parameters": list(map(asdict, question.parameters)),
    }
