"""Owns how sizes, counts, durations and what strangers wrote are said to people, as text and in HTML."""

from __future__ import annotations

from html import escape
from typing import Final

__all__ = ["MONOSPACE", "NO_FORMULA", "counted", "escaped", "human_bytes", "human_seconds", "printable"]

MONOSPACE: Final = "ui-monospace, SFMono-Regular, Menlo, Consolas, DejaVu Sans Mono, monospace"
"""Fonts of CSS for what stands in columns."""
NO_FORMULA: Final = "mathjax_ignore tex2jax_ignore"
"""Classes of HTML in which what stands between two $ is no formula, to JupyterLab and to older pages."""


def human_bytes(count: float) -> str:
    """A size in decimal units, as disks are sold: 1_500_000 is "1.5 MB"."""
    for unit in ("B", "kB", "MB", "GB", "TB"):
        if abs(count) < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} PB"


def counted(count: int, noun: str) -> str:
    """ "1 film", "2,000 films", "1 person", "2 people"."""
    plural = "people" if noun == "person" else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def human_seconds(seconds: float) -> str:
    """A duration to two or three figures: "8.0 µs", "0.45 ms", "4.2 ms", "310 ms", "2.1 s", "3 min 20 s"."""
    for factor, unit in ((1e6, "µs"), (1e3, "ms"), (1.0, "s")):
        told = seconds * factor
        if told < (100 if unit == "µs" else 999.5 if unit == "ms" else 99.5):
            return f"{_figures(told)} {unit}"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes:,} min {rest} s" if rest else f"{minutes:,} min"


def _figures(value: float) -> str:
    if value == 0 or value >= 9.95:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 0.995 else f"{value:.2f}"


def printable(text: str) -> str:
    """Text with control characters written out, so that none moves a cursor or breaks a line: "a\\x1b[2J"."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def escaped(value: object) -> str:
    """What may be anything, as it is written, for HTML: in text and in attributes."""
    return escape(printable(str(value)), quote=True)
