"""Owns running a notebook on a library, as papermill does: a cell of parameters is put in after its own."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from mediamgr.reports.notebooks._finding import LIBRARY, Notebook
from mediamgr.reports.notebooks._papermill import literal, papermill

__all__ = ["Ran", "run_notebook"]

_PATIENCE_SECONDS: Final = 300
_PREFERENCE: Final = "JUPYTER_PREFER_ENV_PATH"


@dataclass(frozen=True, slots=True)
class Ran:
    """A notebook that was run.

    Attributes:
        content: It with its outputs, as its file is to be.
        problem: Why a cell failed, which is in its place in there, too; None when none did.
    """

    content: str
    problem: str | None


def run_notebook(notebook: Notebook, library: Path, given: Mapping[str, Any]) -> Ran:
    """Run a notebook in a kernel of its own.

    Args:
        notebook: Which one.
        library: The library file it is to open.
        given: Parameters by name; those it does not have are left out.
    """
    parameters = {notebook.names[name]: value for name, value in given.items() if name in notebook.names}
    with TemporaryDirectory(prefix="mediamgr-report-") as folder:
        made = Path(folder, notebook.path.name)
        problem = _run(notebook.path, made, {**parameters, LIBRARY: str(library.absolute())})
        return Ran(_content(made), problem)


def _run(notebook: Path, made: Path, parameters: Mapping[str, Any]) -> str | None:
    """Why a cell failed, or None when none did."""
    runner = papermill()
    try:
        with _own_kernel():
            runner.execute_notebook(
                literal(notebook),
                literal(made),
                parameters,
                kernel_name="python3",
                progress_bar=False,
                start_timeout=_PATIENCE_SECONDS,
            )
    except runner.PapermillExecutionError as error:
        return f"cell {error.exec_count}: {error.ename}: {error.evalue}"
    return None


@contextmanager
def _own_kernel() -> Iterator[None]:
    """The kernel is this interpreter, also when the user has another one registered under the same name."""
    before = os.environ.get(_PREFERENCE)
    os.environ[_PREFERENCE] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_PREFERENCE]
        else:
            os.environ[_PREFERENCE] = before


def _content(made: Path) -> str:
    """What was made, without where it was made."""
    notebook = json.loads(made.read_text(encoding="utf-8"))
    told = notebook["metadata"].get("papermill", {})
    told.pop("input_path", None)
    told.pop("output_path", None)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
