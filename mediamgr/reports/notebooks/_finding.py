"""Owns which notebook shows a report: `06_storage.ipynb` that of `storage` and its questions; and what it can be asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mediamgr.errors import InputError, MissingPart, QueryError
from mediamgr.reports._question import Report
from mediamgr.reports.catalogue import REPORTS
from mediamgr.reports.notebooks._papermill import literal, papermill
from mediamgr.resources import shipped
from mediamgr.store.guard import nearest

__all__ = ["LIBRARY", "Notebook", "notebook_of", "require_known"]

LIBRARY: Final = "LIBRARY"
"""The parameter of every notebook that says which library file it opens."""


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook that can be run.

    Attributes:
        path: The file.
        names: Its parameters as they are written there, by their names in small letters.
    """

    path: Path
    names: Mapping[str, str]


def notebook_of(report: Report, folder: Path | None = None) -> Notebook:
    """The notebook of a report; of a question that has none of its own, that of its report.

    Args:
        report: As `report_named` gives it.
        folder: Where to look; None: among those shipped.

    Raises:
        MissingPart: There is none, or papermill is not installed.
        InputError: It does not say what it takes.
    """
    path = _found(report, folder or shipped("notebooks"))
    names = list(papermill().inspect_notebook(literal(path)))
    if LIBRARY not in names:
        raise InputError(f"{path.name} has no cell tagged parameters that says what {LIBRARY} is; add one to run it.")
    return Notebook(path, {name.lower(): name for name in names})


def require_known(given: Iterable[str], notebooks: Iterable[Notebook]) -> None:
    """Raise `QueryError` for a parameter that none of the notebooks has."""
    known = {name for each in notebooks for name in each.names if name != LIBRARY.lower()}
    for wrong in sorted(set(given) - known):
        hint = nearest(wrong, known) if known else "it has none."
        raise QueryError(f"No notebook here has a parameter {wrong!r}; {hint} Pages and files take it: --format html.")


def _found(report: Report, folder: Path) -> Path:
    files = sorted(folder.glob("*.ipynb"))
    for name in (report.name, *_reports_with(report)):
        for path in files:
            if re.fullmatch(rf"\d+_{re.escape(name)}", path.stem):
                return path
    raise MissingPart(f"There is no notebook of the report {report.name}; --format html shows it as a page.")


def _reports_with(report: Report) -> Iterator[str]:
    """Names of the reports that all its questions are of."""
    for each in REPORTS:
        if {question.name for question in report.questions} <= {question.name for question in each.questions}:
            yield each.name
