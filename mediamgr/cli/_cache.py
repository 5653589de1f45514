"""Owns the verbs that look after the cache of answers: stats, clear, maintain and warm."""

from __future__ import annotations

import json
from typing import Annotated, Any

import polars as pl
import typer

from mediamgr.cache_service import CacheService, get_cache_service
from mediamgr.cli._files import chosen
from mediamgr.cli._say import out, say, warn
from mediamgr.cli._table import show
from mediamgr.progress import progress
from mediamgr.providers.enriching import cache_for, client_for
from mediamgr.wording import human_bytes

__all__ = ["app"]

app = typer.Typer(
    name="cache",
    no_args_is_help=True,
    help="""Answers of providers that are kept, so that nobody asks twice.

    Where: MEDIAMGR_CACHE_BACKEND_TYPE is db (a file beside the library), disk (MEDIAMGR_DISK_CACHE_DIR) or redis
    (MEDIAMGR_REDIS_URL). How much: MEDIAMGR_PROVIDER_CACHE_BYTES. How long: MEDIAMGR_PROVIDER_CACHE_TTL, seconds.""",
)

_SHOWN = (
    "total_entries", "active_entries", "stale_entries", "expired_entries", "total_hits", "total_misses", "hit_rate",
    "stale_hits", "loads", "evictions", "errors", "raw_bytes", "stored_bytes",
)  # fmt: skip
Namespace = Annotated[str | None, typer.Option(help="Only what is kept for this tenant; default: all.")]


@app.command()
def stats(
    context: typer.Context,
    namespace: Namespace = None,
    as_json: Annotated[bool, typer.Option("--json", help="All figures, as JSON.")] = False,
) -> None:
    """How much is kept, how often it was given, and what that saved."""
    cache = _cache(context)
    told = cache.get_stats(namespace)
    if as_json:
        out.print_json(json.dumps(told))
        return
    say(f"{cache.where}, {human_bytes(told['size_bytes'])}")
    show(_as_table(told))


@app.command()
def clear(
    context: typer.Context,
    namespace: Namespace = None,
    expired: Annotated[bool, typer.Option("--expired", help="Only what nobody is given any more.")] = False,
) -> None:
    """Forget answers; they are asked for again when they are needed."""
    cache = _cache(context)
    removed = cache.clear_expired() if expired else cache.clear_all(namespace)
    _end_if_failed(cache)
    say(f"{removed:,} answers forgotten")


@app.command()
def maintain(context: typer.Context) -> None:
    """Remove what is over and what is too much, and give back its room; a cron job may do so."""
    cache = _cache(context)
    done = cache.run_cache_maintenance()
    _end_if_failed(cache)
    say(
        f"{done.expired:,} were over, {done.evicted:,} too many; {done.entries:,} answers are left,"
        f" {human_bytes(done.stored_bytes)} in {human_bytes(done.size_bytes)}"
    )


@app.command()
def warm(
    context: typer.Context,
    pattern: Annotated[str | None, typer.Argument(help='Keys, such as "tmdb:movie/*"; default: given most.')] = None,
    most: Annotated[int, typer.Option(min=1, help="At most so many.")] = 100,
) -> None:
    """Ask providers again for what is looked at most, before anybody has to wait for it."""
    library = chosen(context).absolute()
    with client_for(library):
        cache = cache_for(library)
        warming = cache.warm(pattern, most=most)
        _end_if_failed(cache)
        with progress("Asking again", len(warming.keys)) as advance:
            answered = warming.wait(on_each=lambda: advance(1))
    if warming.unknown:
        warn(f"{len(warming.unknown):,} were put there by programs that did not say how to ask again.")
    if unanswered := len(warming.keys) - answered:
        warn(f"{unanswered:,} stay as they were: their provider could not be asked, or nobody noted how.")
    say(f"{answered:,} of {len(warming.keys):,} answered")


def _cache(context: typer.Context) -> CacheService:
    return get_cache_service(library=chosen(context).absolute())


def _end_if_failed(cache: CacheService) -> None:
    # why, the cache has said
    if cache.failure:
        raise typer.Exit(1)


def _as_table(told: dict[str, Any]) -> pl.DataFrame:
    """A row a namespace, and one of all where there are several."""
    named = told["namespaces"]
    rows = [*named.items(), *([("all", told)] if len(named) != 1 else [])]
    frame = pl.DataFrame([{"namespace": name, **{each: figures[each] for each in _SHOWN}} for name, figures in rows])
    percent = pl.format("{} %", (100 * pl.col("hit_rate").cast(pl.Float64)).round().cast(pl.Int64))
    frame = frame.with_columns(hit_rate=percent)
    # "total_" is said by the heading
    return frame.rename({name: name.removeprefix("total_").removesuffix("_entries") for name in _SHOWN})
