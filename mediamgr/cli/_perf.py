"""Owns the verbs that say what things cost: report, slow and serve."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from mediamgr.cli._files import named
from mediamgr.cli._say import out, say, warn
from mediamgr.cli._table import show
from mediamgr.cli._waiting import until_stopped
from mediamgr.errors import InputError
from mediamgr.performance import FORMATS, performance_report, serve, write_report
from mediamgr.plans import draw_text, read_plan
from mediamgr.settings import get_settings
from mediamgr.store.slow import SlowStatement, forget_slow_statements, slow_statements
from mediamgr.wording import counted, human_seconds, printable

__all__ = ["app"]

app = typer.Typer(
    name="perf",
    no_args_is_help=True,
    help="""What things cost: a report of the library and its caches, slow statements, metrics for a monitor.

    What a notebook costs is seen there: `%load_ext mediamgr`, then `%mediamgr report`.""",
)


@app.command()
def report(
    context: typer.Context,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    format: Annotated[
        str | None, typer.Option(help="text, json or prometheus; default: text, or as the ending of --out says.")
    ] = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="Write it to this file: .txt, .json or .prom (Prometheus).")
    ] = None,
) -> None:
    """What the library holds and how, what is cached, memory, slow statements, advice.

    Timers and counters are those of this very command; a notebook has its own, `%mediamgr report`.
    """
    chosen = "json" if as_json else format
    if chosen is not None and chosen not in FORMATS:
        raise typer.BadParameter(f"--format is {', '.join(FORMATS)}")
    _use_library(context)
    made = performance_report()
    if out_file is not None:
        say(str(write_report(made, out_file, format=chosen)))
    else:
        out.out(FORMATS[chosen or "text"](made), end="", highlight=False)


@app.command()
def slow(
    most: Annotated[int, typer.Option(min=1, help="At most so many, the newest.")] = 20,
    plan: Annotated[bool, typer.Option("--plan", help="Each with its SQL, its parameters and its plan.")] = False,
    clear: Annotated[bool, typer.Option("--clear", help="Forget all of them.")] = False,
) -> None:
    """Statements that took long, of all programs of yours, newest first.

    How long is long: MEDIAMGR_SLOW_STATEMENT_MS, or set_slow_statement_ms() of the settings; 0 notes none.
    """
    noted = slow_statements()
    if clear:
        forget_slow_statements()
        say(f"{counted(len(noted), 'statement')} forgotten")
        return
    shown = noted[: -most - 1 : -1]
    if not shown:
        warn(_none(get_settings().get_slow_statement_ms()))
    elif plan:
        out.out("\n\n".join(map(_with_plan, shown)), highlight=False)
    else:
        show(_as_table(shown))
        warn("--plan shows what they were, and their plans")


@app.command("serve")
def serve_(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 9464,
) -> None:
    """Tell a monitor how things are, until Ctrl-C: /metrics for Prometheus, /metrics.json; on 127.0.0.1 only.

    Served are figures of the library and its caches, read anew at each request: sizes, rows, generations, answers that
    are kept. And those of this very process, which are few: what a notebook measures it serves itself, with
    `from mediamgr.performance import serve; serve(9465)`.
    """
    _use_library(context)
    with serve(port) as served:
        say(f"{served.url}/metrics")
        warn("Ctrl-C ends it.")
        until_stopped()
    warn("No longer served.")


def _use_library(context: typer.Context) -> None:
    """A report is worth having without a library, too: so it is named, and not opened here."""
    if own := named(context):
        os.environ["MEDIAMGR_LIBRARY"] = str(own.absolute())


def _none(milliseconds: int) -> str:
    if not milliseconds:
        return "No statement is slow while MEDIAMGR_SLOW_STATEMENT_MS, or that setting, is 0."
    return f"No statement took {milliseconds:,} ms or more; MEDIAMGR_SLOW_STATEMENT_MS is where that begins."


def _as_table(noted: list[SlowStatement]) -> pl.DataFrame:
    rows = [
        (datetime.fromisoformat(each.at), each.seconds * 1000, each.statement, each.rows, each.line, each.library)
        for each in noted
    ]
    return pl.DataFrame(rows, schema=["at (UTC)", "ms", "statement", "rows", "line", "library"], orient="row")


def _with_plan(noted: SlowStatement) -> str:
    """All there is to know of it; nothing in it moves a cursor."""
    head = f"{noted.at} {noted.statement}: {human_seconds(noted.seconds)}, {counted(noted.rows, 'row')}"
    given = [f"${name} = {value}" for name, value in noted.parameters.items()]
    told = [head, f"asked by {noted.line}" if noted.line else "", noted.library, *noted.sql.splitlines(), *given]
    return "\n".join([*(printable(each) for each in told if each), "", _plan(noted)])


def _plan(noted: SlowStatement) -> str:
    try:
        return draw_text(read_plan(noted.plan, noted.sql)) if noted.plan else "no plan was had"
    except InputError:
        return "its plan is none that can be read"
