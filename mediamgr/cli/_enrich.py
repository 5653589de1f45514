"""Owns the verbs that ask metadata providers: enrich and artwork."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

import polars as pl
import typer

from mediamgr.cli._files import Wait, opened
from mediamgr.cli._say import say, warn
from mediamgr.cli._table import show
from mediamgr.library import Library
from mediamgr.providers.directory import PROVIDERS
from mediamgr.providers.enriching import EnrichReport
from mediamgr.wording import counted, human_bytes

__all__ = ["artwork", "enrich"]

_SHOWN: Final = 20
Limit = Annotated[int | None, typer.Option(min=1, help="At most so many; default: all.", show_default=False)]


def enrich(
    context: typer.Context,
    library: Annotated[
        str | None, typer.Option(help="Only of this collection inside the library file.", show_default=False)
    ] = None,
    provider: Annotated[
        list[str] | None,
        typer.Option(
            autocompletion=lambda: list(PROVIDERS),
            help="tmdb, tvmaze, omdb or wikidata; may be repeated. Default: those with a key, and tvmaze;"
            " wikidata when there is no key.",
        ),
    ] = None,
    only: Annotated[
        Literal["new", "missing"],
        typer.Option(help="new: all that were not asked for yet; missing: of these, those that lack something."),
    ] = "new",
    limit: Limit = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be filled, and write nothing.")] = False,
    pictures: Annotated[bool, typer.Option("--artwork", help="Download pictures as well.")] = False,
    wait: Wait = 10.0,
) -> None:
    """Fill what films and shows lack from what providers know; what you edited or locked stays.

    Nothing is asked twice, and Ctrl-C loses nothing: the same command goes on. Keys: MEDIAMGR_TMDB_KEY and
    MEDIAMGR_OMDB_KEY; language of titles and plots: MEDIAMGR_PROVIDER_LANGUAGE. Offline, `mediamgr simulate-providers`.
    """
    with opened(context, wait) as lib:
        report = lib.enrich(provider, library=library, only=only, limit=limit, dry_run=dry_run)
        _told(report)
        if pictures and not dry_run:
            _fetch(lib, None, retry_failed=False, limit=None)
    if any(each.stopped or each.failed for each in report.rounds):
        raise typer.Exit(1)


def artwork(
    context: typer.Context,
    types: Annotated[
        list[str] | None,
        typer.Option("--type", help="poster, backdrop, still, ...; repeatable. Default: poster, backdrop, logo."),
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Also what could not be had before.")] = False,
    limit: Limit = None,
    wait: Wait = 10.0,
) -> None:
    """Download the pictures that enriching told of; each is checked, and kept once. MEDIAMGR_ARTWORK_DIR says where."""
    with opened(context, wait) as lib:
        _fetch(lib, types or None, retry_failed=retry_failed, limit=limit)


def _told(report: EnrichReport) -> None:
    for line in report.lines():
        say(line)
    if report.is_dry and report.filled.height:
        show(report.filled.head(_SHOWN))
    causes = report.failures.group_by("provider", "error", maintain_order=True).agg(pl.len(), pl.col("title").first())
    for provider, error, count, title in causes.head(_SHOWN).iter_rows():
        others = f" and {count - 1:,} more" if count > 1 else ""
        warn(f"  {title}{others} ({provider}): {error}")
    if report.failures.height:
        warn("  The next run asks for them again.")


def _fetch(lib: Library, types: Sequence[str] | None, *, retry_failed: bool, limit: int | None) -> None:
    report = lib.fetch_artwork(types, retry_failed=retry_failed, limit=limit)
    if report.pictures.is_empty():
        say("No picture is to be had; `mediamgr enrich` finds out where pictures are.")
        return
    counts = report.counts
    size = human_bytes(int(report.pictures["size_bytes"].sum()))
    had = f"{counted(counts.get('downloaded', 0), 'picture')} downloaded ({size})"
    say(f"{had}, {counts.get('failed', 0):,} failed, {counts.get('pending', 0):,} still to come.")
    for row in report.pictures.filter(report.pictures["reason"].is_not_null()).head(_SHOWN).iter_rows(named=True):
        warn(f"  {row['url']}: {row['reason']}")
