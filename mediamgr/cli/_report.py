"""Owns the verb report: what reports there are, and making them, in the terminal or as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from mediamgr.cli._catalogue import LIST, completed, listed
from mediamgr.cli._files import chosen
from mediamgr.cli._say import failed, out, plain, say, warn
from mediamgr.cli._table import show
from mediamgr.errors import MediaManagerError
from mediamgr.library import open as open_library
from mediamgr.progress import progress
from mediamgr.reports import (
    ALL,
    SAVED_AS,
    Answered,
    Order,
    Planned,
    Reports,
    answered,
    heading,
    kept_defaults,
    planned,
    readable,
    save,
    shown_columns,
    write_out,
)
from mediamgr.wording import counted

__all__ = ["report"]

_FOLDER: Final = Path("reports")


def report(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="A report, one of its questions, all, or list.", autocompletion=completed)
    ] = LIST,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", "-p", metavar="K=V", help="What it is asked with; may be repeated, and null is none."),
    ] = None,
    format: Annotated[
        str | None,
        typer.Option(help=f"Write files: {', '.join(SAVED_AS)}; default: tables in this terminal.", show_default=False),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--out", help="Folder for the files; other files in it stay. Default: reports.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Rows of each answer in the terminal.")] = 10,
) -> None:
    """Say what the library holds, what it lacks, and what to do about it.

    A parameter goes to the questions that have it and take its value.

    What fails does not stop the rest: it is told, and the exit code is 1.

    \b
    mediamgr report list                     what there is, and its parameters
    mediamgr report storage                  one of them, here
    mediamgr report storage -p by=hdr        asked otherwise
    mediamgr report all --format html        a site: open reports/index.html
    mediamgr report storage --format csv     all rows, a file a question
    mediamgr report storage --format ipynb   its notebook, run on your library
    """
    given = dict(map(_pair, param or ()))
    if name == LIST:
        _list(format, bool(given))
        return
    chosen_format = format or ("html" if folder else None)
    if chosen_format not in (None, *SAVED_AS):
        raise typer.BadParameter(f"{format!r} is not one of {', '.join(SAVED_AS)}", param_hint="--format")
    # all questions see the same state of the library
    with open_library(chosen(context), follow=False) as lib:
        to_ask = planned(lib.reports, name, given, written=True)
        _tell_defaults(to_ask, given)
        if chosen_format is None:
            _tell_failed(_print(lib.reports, to_ask, limit))
        else:
            order = Order(to_ask, folder or _FOLDER, chosen_format, has_index=name == ALL)
            _tell_failed(_save(lib.reports, order))


def _pair(written: str) -> tuple[str, str]:
    name, equals, value = written.partition("=")
    if not equals or not name.strip():
        raise typer.BadParameter(f"it is name=value, such as by=codec, not {written!r}", param_hint="--param")
    return name.strip(), value


def _list(format: str | None, has_given: bool) -> None:
    if has_given:
        raise typer.BadParameter("list takes none; name a report", param_hint="--param")
    if format not in (None, "json"):
        raise typer.BadParameter("the list is text or json", param_hint="--format")
    out.out(listed(as_json=format == "json"), highlight=False)


def _tell_defaults(to_ask: Sequence[Planned], given: Mapping[str, str]) -> None:
    """A parameter was given that this question has, too, and that value is none for it."""
    for question, parameter in kept_defaults(to_ask, given):
        takes = f"; it takes {', '.join(parameter.choices)}" if parameter.choices else ""
        warn(f"{question.name}: {parameter.name} stays {write_out(parameter.default)}{takes}")


def _tell_failed(problems: Mapping[str, str]) -> None:
    for name, problem in problems.items():
        failed(MediaManagerError(f"{name}: {problem}"))
    if problems:
        raise typer.Exit(1)


def _print(reports: Reports, to_ask: Sequence[Planned], limit: int) -> dict[str, str]:
    """Answers as tables; of what failed, why."""
    problems: dict[str, str] = {}
    for each in to_ask:
        out.print(f"[bold]{plain(each.report.title)}[/]: {plain(each.report.about)}", highlight=False, soft_wrap=True)
        for asked in each.asked:
            answer = answered(reports, asked)
            _print_answer(answer, limit)
            problems |= {asked.question.name: answer.problem} if answer.problem else {}
    return problems


def _print_answer(answer: Answered, limit: int) -> None:
    question = answer.asked.question
    given = " ".join(f"{name}={write_out(value)}" for name, value in answer.asked.values.items() if value is not None)
    out.print(
        f"\n[bold]{plain(question.title)}[/]  {plain(f'{question.name} {given}')}", highlight=False, soft_wrap=True
    )
    if answer.frame is None:
        say("Failed; see below.")
        return
    say(question.look_for)
    rows = answer.frame.select(shown_columns(answer.frame, answer.frame.given)).head(limit)
    numbers = {heading(name) for name, dtype in rows.schema.items() if dtype.is_numeric()}
    show(readable(rows), right=numbers, advice="a wider window or --format csv shows them")
    if answer.frame.height > limit:
        warn(f"the first {limit:,} of {answer.frame.height:,} rows; -n shows more, --format csv writes all")


def _save(reports: Reports, order: Order) -> Mapping[str, str]:
    saved = save(reports, order, show_progress=progress)
    for file in saved.files[-1:] if order.has_index else saved.files:
        say(str(file))
    warn(f"{counted(len(saved.files), 'file')} written to {order.folder}")
    return saved.problems
