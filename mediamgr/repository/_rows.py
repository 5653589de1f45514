"""Owns the rows of a page: items by their ids, with the show an episode belongs to and whether their files are gone.

Each part is asked for by ids that are known by then, which leads straight to it; joined in one statement, whole columns
of the library would be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from mediamgr.store.database import Database

__all__ = ["MOST_BY_ID", "rows", "show_titles"]

MOST_BY_ID: Final = 5_000
"""Items up to which looking each up costs less than reading whole columns."""
_COLUMNS: Final = (
    "id", "title", "year", "media_type", "show_title", "season_number", "episode_number", "rating", "library_id",
    "parent_id", "added_at", "is_missing", "runtime_minutes", "genres",
)  # fmt: skip

_NO_TITLES: Final = pl.DataFrame(
    schema=pl.Schema([("id", pl.Int64()), ("title", pl.String()), ("sort_key", pl.Binary()), ("parent_id", pl.Int64())])
)


def rows(database: Database, ids: Sequence[int]) -> pl.DataFrame:
    """Items in the order of `ids`, columns as items/page; ids that are not there are left out."""
    with database.steady() as fixed:
        items = fixed.query("items/rows", ids=list(ids))
        items = pl.DataFrame({"id": ids}, schema={"id": items.schema["id"]}).join(items, on="id", maintain_order="left")
        gone = fixed.query("items/gone", ids=items["holder_id"].unique().to_list())["id"]
        shows = show_titles(fixed, items["parent_id"])
    return (
        items.join(shows.select(parent_id="id", show_title="title"), on="parent_id", how="left", maintain_order="left")
        .with_columns(is_missing=pl.col("holder_id").is_in(gone.implode()))
        .select(_COLUMNS)
    )


def show_titles(database: Database, parent_ids: pl.Series) -> pl.DataFrame:
    """For seasons and shows, by id, the show: id (of the one asked for), title, sort_key."""
    parents = _titles(database, parent_ids)
    above = _titles(database, parents["parent_id"])
    both = parents.join(above, left_on="parent_id", right_on="id", how="left", suffix="_above")
    return both.select(
        "id", title=pl.coalesce("title_above", "title"), sort_key=pl.coalesce("sort_key_above", "sort_key")
    )


def _titles(database: Database, ids: pl.Series) -> pl.DataFrame:
    """Titles of these items; films belong to nothing, so often there are none to ask for."""
    wanted = ids.drop_nulls().unique().to_list()
    return database.query("items/titles", ids=wanted) if wanted else _NO_TITLES
