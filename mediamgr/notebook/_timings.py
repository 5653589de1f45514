"""Owns listening to cells: from before one runs until it has ended, when what it cost is shown below it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Literal, TypeAlias, get_args

import psutil
from IPython.core.interactiveshell import ExecutionInfo, ExecutionResult, InteractiveShell

from mediamgr.errors import InputError
from mediamgr.instrumentation import Recording, Span
from mediamgr.notebook._cost import CellCost, cost_of
from mediamgr.notebook._html import html
from mediamgr.notebook._text import line, told

__all__ = ["Mode", "Timings"]

Mode: TypeAlias = Literal["on", "off", "full"]
"""on: a line, which opens; full: each statement with its plan as measured, for a millisecond or two a statement."""


class _Here(threading.local):
    """The cell of a thread: subshells run theirs beside each other.

    Attributes:
        heard: What is heard of it; None while there is none.
        memory: Bytes of the process before it.
        depth: Cells that run within each other, as %run has them.
    """

    heard: Recording | None = None
    memory = 0
    depth = 0


class Timings:
    """What cells of one shell cost.

    Attributes:
        mode: Whether, and how, that is shown.
    """

    def __init__(self, shell: InteractiveShell) -> None:
        self.mode: Mode = "on"
        self._shell = shell
        self._process = psutil.Process()
        self._here = _Here()
        self._hooks: dict[str, Callable[..., object]] = {"pre_run_cell": self._begin, "post_run_cell": self._end}

    def start(self) -> None:
        """Listen to the cells that follow this one."""
        for event, hook in self._hooks.items():
            self._shell.events.register(event, hook)

    def stop(self) -> None:
        """Listen no more."""
        for event, hook in self._hooks.items():
            self._shell.events.unregister(event, hook)
        self._forget()

    def set(self, mode: str) -> None:
        """Show it on, off or in full, from this cell on. Raises `InputError`."""
        if mode not in get_args(Mode):
            raise InputError(f"Timings are on, off or full, not {mode!r}.")
        self.mode = mode  # type: ignore[assignment]

    def _begin(self, cell: ExecutionInfo) -> None:
        here = self._here
        if cell.store_history:
            # an interrupt in the wrong moment, and the cell before had no end
            self._forget()
        here.depth += 1
        if here.depth > 1 or self.mode == "off":
            return
        here.memory = self._process.memory_info().rss
        here.heard = Recording("cell", plans="all" if self.mode == "full" else "slow")
        here.heard.start()

    def _end(self, _: ExecutionResult) -> None:
        here = self._here
        # the cell that loaded the extension had begun before
        here.depth = max(here.depth - 1, 0)
        heard = here.heard
        if here.depth or heard is None:
            return
        here.heard = None
        heard.stop()
        _name_lines(heard.root, self._shell.compile.format_code_name)
        if self.mode != "off":
            self._show(cost_of(heard, self._process.memory_info().rss - here.memory))

    def _forget(self) -> None:
        heard, self._here.heard, self._here.depth = self._here.heard, None, 0
        if heard:
            heard.stop()

    def _show(self, cost: CellCost) -> None:
        text = told(cost) if self.mode == "full" else line(cost)
        self._shell.display_pub.publish({"text/plain": text, "text/html": html(cost)})


def _name_lines(root: Span, cell_of: Callable[[str], tuple[str, str] | None]) -> None:
    """Say lines of code as `In[3], line 2` of a cell, `films.py:12` of a file."""
    for span in root.walk():
        if line := span.facts.get("line"):
            file, number = line
            cell = cell_of(file)
            span.facts["line"] = f"{cell[1]}, line {number}" if cell else f"{file}:{number}"
