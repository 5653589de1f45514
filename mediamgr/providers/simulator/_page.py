"""Owns how the simulator shows itself: a page, a card in a notebook, lines in a terminal. Each says what it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Final

from mediamgr.wording import counted

__all__ = ["SIMULATION", "Shown", "card", "lines", "page"]

SIMULATION: Final = "SIMULATION: nothing here comes from the real providers."
_NAMES: Final = {"tmdb": "TMDB", "tvmaze": "TVmaze", "omdb": "OMDb", "wikidata": "Wikidata", "images": "pictures"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown.

    Attributes:
        library: The file that answers are made of.
        addresses: Of each provider; none while the server does not run.
        counts: Requests that came to each.
    """

    library: str
    addresses: Mapping[str, str]
    counts: Mapping[str, int]


def lines(shown: Shown) -> str:
    """As plain text."""
    rows = [
        f"  {_NAMES[provider]:<9} {address}  {counted(shown.counts[provider], 'request')}"
        for provider, address in shown.addresses.items()
    ]
    state = rows or ["  not running; start() starts it"]
    return "\n".join([SIMULATION, f"  Answers are made of {shown.library}.", *state])


def card(shown: Shown) -> str:
    """As HTML."""
    left = "style='text-align:left'"
    rows = "".join(
        f"<tr><td {left}>{_NAMES[provider]}</td><td {left}><code>{escape(address)}</code></td>"
        f"<td>{counted(shown.counts[provider], 'request')}</td></tr>"
        for provider, address in shown.addresses.items()
    )
    state = f"<table>{rows}</table>" if rows else "<p>Not running.</p>"
    return f"<div><b>{SIMULATION}</b><p>Answers are made of {escape(shown.library)}.</p>{state}</div>"


def page(shown: Shown) -> bytes:
    """As a page of its own."""
    title = "A simulation of TMDB, TVmaze, OMDb and Wikidata"
    style = "body{font-family:sans-serif;margin:2em}td{padding-right:1em}"
    return (
        f"<!DOCTYPE html><html lang='en'><meta charset='utf-8'><title>{title}</title><style>{style}</style>"
        f"<h1>{title}</h1>{card(shown)}</html>"
    ).encode()
