"""Owns progress bars: how far, how fast, how long still. Written to stderr, silent where nobody looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

__all__ = ["ShowProgress", "progress", "silent"]

ShowProgress = Callable[[str, int | None], AbstractContextManager[Callable[[int], None]]]
"""Given a title and a total, shows a bar while its body runs; what it gives is called with steps done."""

# working out the speed costs more than most steps that are counted
_REDRAW_SECONDS = 0.1


@contextmanager
def progress(title: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a bar while the body runs; it calls what it gets with the number of things done since.

    `total`: None when it is not known yet.
    """
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed:,.0f}") if total is None else MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=False) as bars:
        task = bars.add_task(title, total=total, rate="")

        waiting, shown_at = 0, monotonic()

        def advance(done: int) -> None:
            nonlocal waiting, shown_at
            waiting += done
            if monotonic() - shown_at < _REDRAW_SECONDS:
                return
            show()

        def show() -> None:
            nonlocal waiting, shown_at
            bars.update(task, advance=waiting)
            waiting, shown_at = 0, monotonic()
            speed = bars.tasks[task].finished_speed or bars.tasks[task].speed
            bars.update(task, rate=f"{speed:,.0f}/s" if speed else "")

        try:
            yield advance
        finally:
            show()


def silent(title: str, total: int | None) -> AbstractContextManager[Callable[[int], None]]:
    """Shows no bar."""
    return nullcontext(lambda done: None)
