"""Owns how a library shows itself: a compact card in a notebook, a few lines in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import polars as pl

from mediamgr.wording import counted, human_bytes

__all__ = ["CardFacts", "html", "text"]


@dataclass(frozen=True, slots=True)
class CardFacts:
    """What the card says.

    Attributes:
        path: The library file.
        size_bytes: Of that file.
        libraries: As `LibraryRepository.libraries()`.
    """

    path: Path
    size_bytes: int
    libraries: pl.DataFrame


def text(facts: CardFacts) -> str:
    """The card as plain text."""
    lines = [f"Library {facts.path} ({human_bytes(facts.size_bytes)})"]
    rows = map(_cells, facts.libraries.iter_rows(named=True))
    lines += [f"  {name}: {', '.join(cell for cell in cells if cell)}" for name, *cells in rows]
    return "\n".join(lines if facts.libraries.height else [*lines, "  empty: scan a folder or import a file"])


def html(facts: CardFacts) -> str:
    """The card as HTML; names are escaped."""
    rows = "".join(
        "<tr>" + "".join(f"<td style='text-align:left'>{escape(cell)}</td>" for cell in _cells(row)) + "</tr>"
        for row in facts.libraries.iter_rows(named=True)
    )
    empty = "" if rows else "<p>Empty: scan a folder or import a file.</p>"
    title = f"<b>{escape(facts.path.name)}</b> <small>{human_bytes(facts.size_bytes)}</small>"
    return f"<div title='{escape(str(facts.path), quote=True)}'>{title}<table>{rows}</table>{empty}</div>"


def _cells(row: dict[str, object]) -> list[str]:
    scanned = row["last_scan_at"]
    size, titles, episodes, files = (int(str(row[name])) for name in ("size_bytes", "items", "episodes", "files"))
    return [
        str(row["name"]),
        counted(titles, "title"),
        counted(episodes, "episode") if episodes else "",
        counted(files, "file"),
        human_bytes(size),
        f"scanned {scanned:%Y-%m-%d}" if isinstance(scanned, datetime) else "never scanned",
    ]
