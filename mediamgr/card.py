"""Owns how a library shows itself: a compact card in a notebook, a few lines in a terminal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path

import polars as pl

__all__ = ["CardFacts", "html", "human_bytes", "text"]


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


def human_bytes(count: float) -> str:
    """A size in decimal units, as disks are sold: 1_500_000 is "1.5 MB"."""
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if abs(count) < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} PB"


def text(facts: CardFacts) -> str:
    """The card as plain text."""
    lines = [f"Library {facts.path} ({human_bytes(facts.size_bytes)})"]
    lines += [f"  {name}: {', '.join(cells)}" for name, *cells in map(_cells, facts.libraries.iter_rows(named=True))]
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
    size = row["size_bytes"]
    assert isinstance(size, int)
    return [
        str(row["name"]),
        f"{row['items']:,} titles",
        f"{row['episodes']:,} episodes",
        f"{row['files']:,} files",
        human_bytes(size),
        f"scanned {scanned:%Y-%m-%d}" if isinstance(scanned, datetime) else "never scanned",
    ]
