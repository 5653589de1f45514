"""Owns writing a report to a file, whole or not at all; the ending says as what."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from mediamgr.errors import InputError
from mediamgr.performance._report import PerformanceReport
from mediamgr.whole_files import whole_file

__all__ = ["FORMATS", "write_report"]

FORMATS: Final[Mapping[str, Callable[[PerformanceReport], str]]] = {
    "json": lambda report: f"{report.to_json()}\n",
    "prometheus": PerformanceReport.to_prometheus,
    "text": lambda report: f"{report}\n",
}
"""What a report is written as."""
_ENDINGS: Final = {".json": "json", ".prom": "prometheus", ".txt": "text"}


def write_report(report: PerformanceReport, path: str | os.PathLike[str], *, format: str | None = None) -> Path:
    """Write a report to a file; the file.

    Args:
        report: What to write.
        path: An existing file is replaced when the new one is whole.
        format: One of `FORMATS`; None: as the ending says, .json, .prom (Prometheus text) or .txt.

    Raises:
        InputError: There is no such format or ending, or the file cannot be written; what was there stays.
    """
    file = Path(path).expanduser()
    chosen = format or _ENDINGS.get(file.suffix.lower())
    if chosen is None:
        raise InputError(f"{file}: a report is written to files that end in {', '.join(_ENDINGS)}; name such a one.")
    if chosen not in FORMATS:
        raise InputError(f"A report is written as {', '.join(FORMATS)}, not as {chosen!r}.")
    if not file.parent.is_dir():
        raise InputError(f"{file}: there is no folder {file.parent}; make it first, or name another.")
    try:
        with whole_file(file) as partial:
            partial.write_text(FORMATS[chosen](report), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file} cannot be written: {error.strerror}; name another.") from error
    return file
