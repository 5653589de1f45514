"""Owns `%mediamgr` and `%%sql`: thin callers of what the library does."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, cast

import polars as pl
from IPython.core.error import UsageError
from IPython.core.formatters import DisplayFormatter
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics as _Magics
from IPython.core.magic import line_cell_magic, line_magic, magics_class, no_var_expand
from IPython.core.magic_arguments import argument, magic_arguments, parse_argstring

from mediamgr.errors import MediaManagerError
from mediamgr.instrumentation import recording
from mediamgr.library import Library, latest
from mediamgr.notebook._timings import Timings
from mediamgr.performance import performance_report
from mediamgr.plans import draw_html, draw_text

__all__ = ["Magics"]

_HELP: Final = """\
%mediamgr timings on     below each cell a line says what it cost; a click opens what happened
%mediamgr timings full   each statement with its plan as measured, too
%mediamgr timings off    nothing is shown
%mediamgr report         caches, timers, counters, workers, the library, memory
%%sql                    the cell is a SELECT on the library opened last; %%sql? says more"""


@magics_class
class Magics(_Magics):
    """What `%load_ext mediamgr` brings."""

    def __init__(self, shell: InteractiveShell, timings: Timings) -> None:
        super().__init__(shell)
        self._here = shell
        self._timings = timings

    @line_magic
    def mediamgr(self, line: str) -> object:
        """`%mediamgr timings on|off|full`, `%mediamgr report`; alone it says what there is."""
        match shlex.split(line):
            case []:
                print(_HELP)
            case ["timings"]:
                print(f"Timings are {self._timings.mode}.")
            case ["timings", mode]:
                with _said():
                    self._timings.set(mode)
            case ["report"]:
                return performance_report()
            case _:
                raise UsageError(f"There is no %mediamgr {line}:\n{_HELP}")
        return None

    @magic_arguments()
    @argument("library", nargs="?", help="A variable that holds a Library; without it, the one opened last.")
    @argument("-o", "--output", metavar="NAME", help="Keep the frame in this variable.")
    @argument("--no-plan", action="store_true", help="Show the frame only.")
    @line_cell_magic
    @no_var_expand
    def sql(self, line: str, cell: str | None = None) -> pl.DataFrame | None:
        """Run one SELECT on a library, and show its frame and its plan; the frame is `_` afterwards.

        It only reads. `%sql select ...` in a line has no options and no plan: it gives the frame.
        """
        if cell is None:
            with _said():
                return latest().sql(line)
        given = parse_argstring(Magics.sql, line)
        with _said(), recording("sql", plans=None if given.no_plan else "all") as heard:
            frame = self._library(given.library).sql(cell)
        self._show(frame)
        for plan in (span.facts["plan"] for span in heard.root.walk() if "plan" in span.facts):
            self._here.display_pub.publish({"text/plain": draw_text(plan), "text/html": draw_html(plan)})
        if given.output:
            self._here.user_ns[given.output] = frame
        self._here.displayhook.update_user_ns(frame)
        return None

    def _show(self, frame: pl.DataFrame) -> None:
        formatter = cast("DisplayFormatter", self._here.display_formatter)
        self._here.display_pub.publish(*formatter.format(frame))

    def _library(self, name: str | None) -> Library:
        if name is None:
            return latest()
        found = self._here.user_ns.get(name)
        if not isinstance(found, Library):
            raise UsageError(f"{name} is no library; name a variable that holds one, or none for the one opened last.")
        return found


@contextmanager
def _said() -> Iterator[None]:
    """What the library says no to is said in a line."""
    try:
        yield
    except MediaManagerError as error:
        raise UsageError(str(error)) from None
