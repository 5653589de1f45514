"""Owns the command line: the same verbs as `Library`, with progress and errors for people.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 refused or failed, 2 not understood,
130 interrupted.
"""

from __future__ import annotations

from mediamgr.cli._app import app

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line."""
    app()
