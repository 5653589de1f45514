"""Owns progress bars: how far, how fast, how long still. In a notebook below the cell, else written to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from importlib.util import find_spec
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["Advance", "ShowProgress", "progress", "silent"]


class Advance(Protocol):
    """Tells a bar how far things are."""

    def __call__(self, done: int, note: str | None = None, /) -> None:
        """So many more are done; `note`: a few words to show behind the bar from now on, None leaves those there."""


ShowProgress = Callable[[str, int | None], AbstractContextManager[Advance]]
"""Given a title and a total, shows a bar while its body runs; what it gives is called with steps done."""

# working out the speed costs more than most steps that are counted
_REDRAW_SECONDS = 0.1


def progress(title: str, total: int | None) -> AbstractContextManager[Advance]:
    """Show a bar while the body runs; it calls what it gets with the number of things done since.

    `total`: None when it is not known yet.
    """
    return _below_the_cell(title, total) if _is_notebook() else _in_a_terminal(title, total)


def _is_notebook() -> bool:
    """Whether this runs in a kernel, and widgets can be shown."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return hasattr(shell, "kernel") and find_spec("ipywidgets") is not None


@contextmanager
def _below_the_cell(title: str, total: int | None) -> Iterator[Advance]:
    # only here: it imports IPython. rich draws into a widget of outputs, which who runs notebooks cannot follow
    from tqdm.notebook import tqdm_notebook

    with tqdm_notebook(desc=title, total=total, mininterval=_REDRAW_SECONDS) as bar:

        def advance(done: int, note: str | None = None, /) -> None:
            if note is not None:
                bar.set_postfix_str(note, refresh=False)
            bar.update(done)

        yield advance


@contextmanager
def _in_a_terminal(title: str, total: int | None) -> Iterator[Advance]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}") if total is None else MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        task = bars.add_task(title, total=total, rate="", note="")

        waiting, shown_at, said = 0, monotonic(), ""

        def advance(done: int, note: str | None = None, /) -> None:
            nonlocal waiting, shown_at, said
            waiting += done
            said = said if note is None else note
            if monotonic() - shown_at < _REDRAW_SECONDS:
                return
            show()

        def show() -> None:
            nonlocal waiting, shown_at
            bars.update(task, advance=waiting)
            waiting, shown_at = 0, monotonic()
            speed = bars.tasks[task].finished_speed or bars.tasks[task].speed
            bars.update(task, rate=f"{speed:,.0f}/s" if speed else "", note=said)

        try:
            yield advance
        finally:
            show()


def silent(title: str, total: int | None) -> AbstractContextManager[Advance]:
    """Shows no bar."""
    return nullcontext(_unseen)


def _unseen(done: int, note: str | None = None, /) -> None:
    """Nobody looks."""
