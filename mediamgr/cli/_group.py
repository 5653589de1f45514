"""Owns what holds for every verb: --db may stand anywhere, and what goes wrong is one line, never a traceback."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from mediamgr.cli._say import err, failed
from mediamgr.errors import Interrupted, MediaManagerError

__all__ = ["Verbs"]


class Verbs(TyperGroup):
    """All verbs."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Options of all verbs are understood after the verb, too."""
        return super().parse_args(ctx, _db_first(args))

    def invoke(self, ctx: Any) -> Any:
        """Run the verb; its exit code says how it ended."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except KeyboardInterrupt as error:
            err.print(str(error) if isinstance(error, Interrupted) else "Stopped; what was committed is kept.")
            raise typer.Exit(130) from error
        except (MediaManagerError, OSError) as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise
            failed(error)
            _forget_output()
            raise typer.Exit(1) from error
        return result


def _db_first(args: list[str]) -> list[str]:
    """The arguments with --db and its value moved to the front."""
    end = args.index("--") if "--" in args else len(args)
    for place, arg in enumerate(args[:end]):
        if arg == "--db" or arg.startswith("--db="):
            width = 2 if arg == "--db" else 1
            return [*args[place : place + width], *args[:place], *args[place + width :]]
    return args


def _forget_output() -> None:
    """What stdout still holds may be what cannot be written."""
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
