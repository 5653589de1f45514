"""Owns the command line: the same verbs as `Library`, with progress and errors for people.

Results go to stdout, everything else to stderr. Exit codes: 0 done, 1 refused or failed, 130 interrupted.
"""

from __future__ import annotations

import sys

from mediamgr.cli._app import app
from mediamgr.cli._say import err, plain
from mediamgr.errors import MediaManagerError

__all__ = ["app", "main"]


def main() -> None:
    """Run the command line; errors of ours become one line, never a traceback."""
    try:
        app()
    except MediaManagerError as error:
        err.print(f"[bold red]mediamgr:[/] {plain(str(error))}", highlight=False)
        sys.exit(1)
    except KeyboardInterrupt:
        err.print("Stopped; what was committed is kept.")
        sys.exit(130)
