"""Owns writing reports to a folder: as pages, as notebooks, or an answer a file. Each file is whole, or as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from mediamgr._version import __version__
from mediamgr.errors import InputError, Interrupted, MediaManagerError
from mediamgr.progress import ShowProgress, silent
from mediamgr.reports import site
from mediamgr.reports._asker import Asker, library_file
from mediamgr.reports._question import Report
from mediamgr.reports.export import write
from mediamgr.reports.notebooks import Notebook, notebook_of, require_known, run_notebook
from mediamgr.reports.running import Planned, answered, said
from mediamgr.whole_files import whole_file
from mediamgr.wording import counted

__all__ = ["SAVED_AS", "Order", "Saved", "save"]

SAVED_AS: Final = ("html", "ipynb", "csv", "parquet", "json")
"""What reports are written as."""
_INDEX: Final = "index.html"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be written where.

    Attributes:
        planned: The reports, with what they are asked.
        folder: Made when it is not there; files in it that are not of these reports stay.
        format: One of `SAVED_AS`.
        has_index: Whether pages are a site, linked and with a first page.
    """

    planned: tuple[Planned, ...]
    folder: Path
    format: str
    has_index: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of it.

    Attributes:
        files: Those written.
        problems: Of questions and notebooks that failed, why, by name.
    """

    files: tuple[Path, ...]
    problems: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Step:
    """One thing is done: a question or a page; `file` was written, `problem` came up."""

    name: str
    file: Path | None = None
    problem: str | None = None


def save(
    asker: Asker,
    order: Order,
    *,
    show_progress: ShowProgress = silent,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Saved:
    """Make reports and write them; a question that fails, or a file that cannot be written, does not stop the others.

    Raises:
        InputError: There is no such format, or the folder cannot be made.
        QueryError: A parameter that none of the notebooks to be run has.
        Interrupted: Ctrl-C; what was written stays.
    """
    if order.format not in SAVED_AS:
        raise InputError(f"Reports are written as {', '.join(SAVED_AS)}, not as {order.format!r}.")
    _make(order.folder)
    steps = _steps(asker, order, now)
    files: list[Path] = []
    problems: dict[str, str] = {}
    try:
        with show_progress("Reports", _count(order)) as advance:
            for step in steps:
                files += [step.file] if step.file else []
                problems |= {step.name: step.problem} if step.problem else {}
                advance(1, step.name)
    except KeyboardInterrupt:
        written = counted(len(files), "file")
        raise Interrupted(f"Stopped; {written} written to {order.folder} by then, each of them whole.") from None
    return Saved(tuple(files), problems)


def _steps(asker: Asker, order: Order, now: Callable[[], datetime]) -> Iterator[_Step]:
    if order.format == "html":
        return _pages(asker, order, site.Made(library_file(asker).name, now(), __version__))
    if order.format == "ipynb":
        return _notebooks(asker, order)
    return _answers(asker, order)


def _count(order: Order) -> int:
    """How many steps there are to be."""
    questions = sum(len(each.asked) for each in order.planned)
    if order.format == "html":
        return questions + len(order.planned) + order.has_index
    return len(order.planned) if order.format == "ipynb" else questions


def _answers(asker: Asker, order: Order) -> Iterator[_Step]:
    for asked in (asked for each in order.planned for asked in each.asked):
        name = asked.question.name
        answer = answered(asker, asked)
        file = order.folder / f"{name}.{order.format}"
        if answer.frame is None:
            yield _Step(name, problem=answer.problem)
        else:
            yield _file_step(name, partial(write, answer.frame, file, format=order.format))


def _pages(asker: Asker, order: Order, made: site.Made) -> Iterator[_Step]:
    links = [site.Link("All reports", _INDEX)] if order.has_index else []
    links += [site.Link(each.report.title, _page_of(each.report)) for each in order.planned] if links else []
    done: list[tuple[Report, Sequence[site.Shown]]] = []
    for each in order.planned:
        parts = []
        for asked in each.asked:
            parts.append(site.shown(answered(asker, asked)))
            yield _Step(asked.question.name, problem=parts[-1].answered.problem or parts[-1].problem)
        page = site.page(each.report, parts, made, links)
        yield _file_step(each.report.name, partial(_written, order.folder / _page_of(each.report), page))
        done.append((each.report, parts))
    if order.has_index:
        yield _file_step("index", partial(_written, order.folder / _INDEX, site.index(done, made, links)))


def _page_of(report: Report) -> str:
    return f"{report.name}.html"


def _notebooks(asker: Asker, order: Order) -> Iterator[_Step]:
    found = {each.report.name: _notebook(each.report) for each in order.planned}
    there = [each for each in found.values() if isinstance(each, Notebook)]
    if there:
        require_known((name for each in order.planned for asked in each.asked for name in asked.given), there)
    for each in order.planned:
        name, notebook = each.report.name, found[each.report.name]
        if isinstance(notebook, str):
            yield _Step(name, problem=notebook)
        else:
            yield _notebook_step(asker, each, notebook, order.folder / f"{name}.ipynb")


def _notebook(report: Report) -> Notebook | str:
    """The notebook of a report, or why there is none."""
    try:
        return notebook_of(report)
    except MediaManagerError as error:
        return str(error)


def _notebook_step(asker: Asker, planned: Planned, notebook: Notebook, file: Path) -> _Step:
    given = {name: value for asked in planned.asked for name, value in asked.given.items()}
    try:
        ran = run_notebook(notebook, library_file(asker), given)
    except Exception as error:
        return _Step(planned.report.name, problem=said(error))
    step = _file_step(planned.report.name, partial(_written, file, ran.content))
    return replace(step, problem=step.problem or ran.problem)


def _file_step(name: str, write_file: Callable[[], Path]) -> _Step:
    """A file that cannot be written is told, and the others are written."""
    try:
        return _Step(name, write_file())
    except InputError as error:
        return _Step(name, problem=str(error))


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"The folder {folder} cannot be made: {error.strerror}; name another.") from error


def _written(file: Path, content: str) -> Path:
    try:
        with whole_file(file) as unfinished:
            unfinished.write_text(content, encoding="utf-8")
    except OSError as error:
        raise InputError(
            f"{file} cannot be written: {error.strerror}; make room there, or name another folder."
        ) from error
    return file
