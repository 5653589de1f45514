"""Owns what is told of episodes whose file names no show: IMDb's exports write "Breaking Bad: Ozymandias".

The show is told by the title only where that leaves no doubt: what stands before the only ": ", or before one of
several when the file or the library has a show of that name. Other such rows are refused, not guessed at.
"""

from __future__ import annotations

import polars as pl

from mediamgr.ingest.tables._keys import REFERENCE, KnownKeys
from mediamgr.ingest.tables._rejects import ROW
from mediamgr.search import normalise_expr

__all__ = ["homeless", "with_shows_of_titles"]


def with_shows_of_titles(rows: pl.DataFrame, known: KnownKeys) -> pl.DataFrame:
    """Rows with `show_title`, and `title` without it, where an episode's title holds both."""
    if not {"title", "media_type"} <= set(rows.columns):
        return rows
    absent = [pl.lit(None, dtype).alias(name) for name, dtype in REFERENCE.items() if name not in rows.columns]
    full = rows.with_columns(absent)
    both = full.filter(_is_alone() & pl.col("title").str.contains(": ", literal=True)).select(ROW, "title")
    if both.is_empty():
        return rows
    shows = known.items.filter(pl.col("media_type") == "show")["title_key"].drop_nulls().to_list()
    told = full.filter(pl.col("media_type") == "show").select(normalise_expr(pl.col("title")))
    split = _split(both).filter(pl.col("title_key").is_in([*shows, *told.to_series().drop_nulls()]) | pl.col("is_only"))
    split = split.unique(ROW, keep="last", maintain_order=True).select(ROW, _show="show", _rest="rest")
    full = full.join(split, on=ROW, how="left", maintain_order="left").with_columns(
        show_title=pl.coalesce("show_title", "_show"), title=pl.coalesce("_rest", "title")
    )
    return full.drop("_show", "_rest")


def homeless() -> pl.Expr:
    """Whether a keyed row is an episode or season of no show, that the library does not hold either."""
    return pl.col("media_type").is_in(["episode", "season"]) & pl.col("show_key").is_null() & ~pl.col("is_known")


def _is_alone() -> pl.Expr:
    """Whether an episode comes without its show."""
    names = ("show_title", "show_imdb_id", "show_tmdb_id", "show_tvdb_id")
    return (pl.col("media_type") == "episode") & pl.all_horizontal(pl.col(*names).is_null())


def _split(both: pl.DataFrame) -> pl.DataFrame:
    """`ROW`, show, rest, title_key of the show, is_only; a row for each colon, in order."""
    parts = both.with_columns(part=pl.col("title").str.split(": "), count=pl.col("title").str.count_matches(": "))
    cuts = parts.with_columns(cut=pl.int_ranges(1, pl.col("count") + 1)).explode("cut", empty_as_null=False)
    cuts = cuts.with_columns(
        show=pl.col("part").list.head(pl.col("cut")).list.join(": ").str.strip_chars(),
        rest=pl.col("part").list.slice(pl.col("cut")).list.join(": ").str.strip_chars(),
    )
    cuts = cuts.filter((pl.col("show") != "") & (pl.col("rest") != ""))
    return cuts.with_columns(title_key=normalise_expr(pl.col("show")), is_only=pl.col("count") == 1)
