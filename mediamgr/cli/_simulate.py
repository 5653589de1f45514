"""Owns the verb that stands in for the providers: simulate-providers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.panel import Panel

from mediamgr.cli._files import named, with_demo
from mediamgr.cli._say import out, plain, say, warn
from mediamgr.cli._waiting import until_stopped
from mediamgr.providers.simulator import PROVIDERS, Asked, Faults, Simulator
from mediamgr.settings import get_settings
from mediamgr.wording import counted

__all__ = ["simulate_providers"]


def simulate_providers(
    context: typer.Context,
    library: Annotated[
        Path | None,
        typer.Option(help="Library file that answers are made of; default: the demo library.", show_default=False),
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes a free one.")] = 0,
    latency: Annotated[float, typer.Option(min=0, help="Seconds that every answer takes.")] = 0.0,
    too_many: Annotated[int, typer.Option(min=0, help="Answers that are 429.")] = 0,
    errors: Annotated[int, typer.Option(min=0, help="Answers that are 500.")] = 0,
    resets: Annotated[int, typer.Option(min=0, help="Connections that are reset.")] = 0,
    truncated: Annotated[int, typer.Option(min=0, help="Answers that are cut short.")] = 0,
    wrong_json: Annotated[int, typer.Option(min=0, help="Answers that are no JSON.")] = 0,
    hangs: Annotated[int, typer.Option(min=0, help="Requests that are never answered.")] = 0,
    every: Annotated[int, typer.Option(min=1, help="Of how many answers one is spoilt so, while any are left.")] = 5,
    no_limits: Annotated[bool, typer.Option("--no-limits", help="Never refuse too many requests.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No line for each request.")] = False,
) -> None:
    """Answer as TMDB, TVmaze, OMDb and Wikidata would, offline, from a library; until Ctrl-C.

    What it says about films, shows and people of the library is true to it; the rest is invented. The real
    providers are not asked. For example: mediamgr simulate-providers --errors 10 --every 5 --latency 0.2
    """
    path = library or named(context) or with_demo(get_settings().get_demo_library())
    spoilt = {"too_many": too_many, "errors": errors, "resets": resets, "truncated": truncated}
    faults = Faults(latency_seconds=latency, wrong_json=wrong_json, hangs=hangs, every=every, **spoilt)
    simulator = Simulator(path, port, not no_limits, on_request=None if quiet else _tell)
    simulator.faults.update(dict.fromkeys(PROVIDERS, faults))
    with simulator:
        out.print(_panel(simulator, path))
        say("To have mediamgr ask here, in another terminal:")
        for name, value in simulator.environment().items():
            # lines to be copied, and so in no frame
            say(f"export {name}={value}")
        until_stopped()
    warn(f"The simulation has ended; {counted(simulator.count(), 'request')}.")


def _panel(simulator: Simulator, path: Path) -> Panel:
    lines = [
        f"Answers are made of {path}, and nobody outside this machine is asked.",
        f"A page about it: {simulator.url}/",
        "Ctrl-C ends it.",
    ]
    title = "SIMULATION of TMDB, TVmaze, OMDb and Wikidata"
    return Panel("\n".join(map(plain, lines)), title=f"[bold]{title}[/]", border_style="yellow", expand=False)


def _tell(asked: Asked) -> None:
    spoilt = f" ({asked.fault})" if asked.fault else ""
    say(f"{asked.at:%H:%M:%S} simulated {asked.provider or 'page'} {asked.status or '---'}{spoilt} {asked.path}")
