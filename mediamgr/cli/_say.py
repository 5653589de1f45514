"""Owns where the command line speaks: results on stdout, all else on stderr, strangers' text made harmless."""

from __future__ import annotations

import sys

from rich.console import Console
from rich.markup import escape

from mediamgr.wording import printable

__all__ = ["err", "failed", "out", "plain", "say", "warn"]

# as wide as it takes: what reads a pipe does not want lines broken
_PIPED_WIDTH = 10_000
# names of things may look like rich's emoji codes
out = Console(emoji=False, width=None if sys.stdout.isatty() else _PIPED_WIDTH)
err = Console(emoji=False, stderr=True, width=None if sys.stderr.isatty() else _PIPED_WIDTH)


def say(text: str) -> None:
    out.print(plain(text), highlight=False, soft_wrap=True)


def warn(text: str) -> None:
    err.print(plain(text), highlight=False, soft_wrap=True)


def failed(error: Exception) -> None:
    """One line, never a traceback."""
    err.print(f"[bold red]mediamgr:[/] {plain(str(error))}", highlight=False, soft_wrap=True)


def plain(text: str) -> str:
    """Text with rich's markup and control characters made harmless."""
    return escape(printable(text))
