"""Owns the verbs that look at what benchmarks measured: compare and growth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from mediamgr.cli._say import failed, out, plain, say, warn
from mediamgr.errors import SourceError
from mediamgr.wording import counted, human_seconds

if TYPE_CHECKING:
    from mediamgr.benchmarking import Comparison, Timing, Verdict

__all__ = ["app"]

app = typer.Typer(
    name="bench",
    no_args_is_help=True,
    help="""What benchmarks measured, compared and drawn.

    `make bench` in a checkout runs them all, and saves a result in .benchmarks; pytest -m benchmark runs some.""",
)

_COLOURS: Mapping[Verdict, str] = {
    "slower": "red",
    "faster": "green",
    "noisy": "yellow",
    "gone": "cyan",
    "new": "cyan",
    "same": "dim",
}
_FOLDER = Path(".benchmarks")
"""Where pytest-benchmark keeps results."""
Folder = Annotated[Path, typer.Option(help='Where "latest" and "previous" are looked for.')]


@app.command()
def compare(
    before: Annotated[str, typer.Argument(help='A result, "latest" or "previous".')] = "previous",
    after: Annotated[str, typer.Argument(help='A result, "latest" or "previous".')] = "latest",
    threshold: Annotated[str, typer.Option(metavar="PERCENT", help="What a median may grow by.")] = "20%",
    fail: Annotated[bool, typer.Option("--fail/--no-fail", help="Exit with 1 when something is slower.")] = True,
    folder: Folder = _FOLDER,
) -> None:
    """Say what became slower or faster from one run of the benchmarks to another.

    A benchmark is slower when its median and its fastest round both grew by more than the threshold, and the middle
    halves of its rounds do not overlap. It is noisy when only the medians differ so much: measure again on a quiet
    machine. Faster is the same the other way round. Peers and floors show how quiet the machine was, and never fail.

    Exit code: 0 nothing is slower, 1 something is, 2 a result cannot be used.
    """
    from mediamgr import benchmarking

    share = _share(threshold)
    with _refusing():
        was, is_now = (benchmarking.read_results(benchmarking.find_results(name, folder)) for name in (before, after))
        compared = benchmarking.compare(was, is_now, share)
    for word, run in (("before", was), ("after", is_now)):
        say(f"{word}: {run.path}, {run.taken_at:%Y-%m-%d %H:%M} UTC, commit {run.commit}")
    if other := list(benchmarking.differences(was, is_now)):
        warn(f"Not measured on the same machine: {'; '.join(other)}. Ratios may say more about that.")
    out.print(_table(compared), highlight=False)
    say(_summary(compared, threshold))
    if slower := compared.count("slower", is_ours=False):
        peers = compared.count(is_ours=False)
        warn(f"{slower:,} of {peers:,} peers and floors are slower, too: the machine was busier, or they changed.")
    if fail and compared.count("slower"):
        raise typer.Exit(1)


@app.command()
def growth(
    results: Annotated[list[str], typer.Argument(help='Result files, "latest" or "previous".', show_default=False)],
    to: Annotated[Path, typer.Option("--to", help="The picture, an SVG file.")] = Path("growth.svg"),
    folder: Folder = _FOLDER,
) -> None:
    """Draw how times grow with the size of a library, from results with several sizes (pytest --items).

    Exit code: 0 drawn, 2 a result cannot be read, or none has two sizes.
    """
    from mediamgr import benchmarking
    from mediamgr.benchmarking import growth as growing

    if to.suffix.lower() != ".svg":
        raise typer.BadParameter(f"{to} does not end in .svg", param_hint="--to")
    with _refusing():
        measured = growing.growth(
            benchmarking.read_results(benchmarking.find_results(name, folder)) for name in results
        )
    growing.draw_growth(measured, to)
    warn(f"{counted(measured['question'].n_unique(), 'question')} drawn in {to}")


@contextmanager
def _refusing() -> Iterator[None]:
    """Results that cannot be used are told from results that are slower."""
    try:
        yield
    except SourceError as error:
        failed(error)
        raise typer.Exit(2) from error


def _share(threshold: str) -> float:
    """ "20%" is 0.2."""
    number = threshold.removesuffix("%").strip()
    if not threshold.endswith("%") or not number.replace(".", "", 1).isdecimal():
        raise typer.BadParameter(f"{threshold!r} is not a percentage, such as 20%", param_hint="--threshold")
    return float(number) / 100


def _table(compared: Comparison) -> Table:
    table = Table("benchmark", box=None, header_style="bold", pad_edge=False)
    for heading in ("before", "after", "ratio"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for change in compared.changes:
        ratio = "" if change.ratio is None else f"{change.ratio:.2f}"
        times = (_median(change.before), _median(change.after))
        table.add_row(plain(change.timing.name), *times, ratio, change.verdict, style=_COLOURS[change.verdict])
    return table


def _median(timing: Timing | None) -> str:
    return human_seconds(timing.median) if timing else ""


def _summary(compared: Comparison, threshold: str) -> str:
    """ "2 of 41 slower by more than 20%, 1 faster, 3 noisy"."""
    said: Mapping[Verdict, str] = {"faster": "faster", "noisy": "noisy", "gone": "only before", "new": "only after"}
    counts = [f"{count:,} {words}" for verdict, words in said.items() if (count := compared.count(verdict))]
    slower = f"{compared.count('slower'):,} of {compared.count():,} slower by more than {threshold}"
    return ", ".join([slower, *counts])
