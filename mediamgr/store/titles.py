"""Owns what is derived from the titles of an item, whoever writes them: for search, and for the order of titles."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from mediamgr.search import normalise_series, search_text_expr

__all__ = ["sort_key", "sorted_anew", "with_search_text"]

_SORTED_BY = ("title", "sort_title", "original_language")


def with_search_text(items: pl.DataFrame) -> pl.DataFrame:
    """Items with `title_key` and `search_text`, from `title` and, where there is one, `original_title`."""
    none = pl.Series([None], dtype=pl.String).new_from_index(0, items.height)
    original = items["original_title"] if "original_title" in items.columns else none
    keyed = items.with_columns(title_key=normalise_series(items["title"]), _original=normalise_series(original))
    return keyed.with_columns(search_text=search_text_expr(pl.col("title_key"), pl.col("_original"))).drop("_original")


def sort_key(expressions: Mapping[str, str], absent: str) -> str:
    """What an item's title sorts by, from expressions for some of its columns; `absent`: the form of the others'."""
    return f"title_sort_key({', '.join(expressions.get(name, absent.format(name)) for name in _SORTED_BY)})"


def sorted_anew(expressions: Mapping[str, str], row: str) -> list[str]:
    """What an UPDATE of `row` sets when titles are written: one that sorts otherwise has no place until it gets one.

    The place is given by store.title_order.
    """
    key = sort_key(expressions, f"{row}.{{}}")
    return [f"sort_key = {key}", f"title_rank = if({key} is distinct from {row}.sort_key, null, {row}.title_rank)"]
