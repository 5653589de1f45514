"""Owns the rows of a page: items by their ids, in an order that is known by then.

Asked for by ids they are found straight away; in the statement that finds the order, whole columns would be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import polars as pl

from mediamgr.store.database import Database

__all__ = ["MOST_BY_ID", "rows"]

MOST_BY_ID: Final = 5_000
"""Items up to which looking each up costs less than reading whole columns."""


def rows(database: Database, ids: Sequence[int]) -> pl.DataFrame:
    """Items in the order of `ids`, columns as items/page; ids that are not there are left out."""
    found = database.query("items/rows", ids=list(ids))
    place = {item: number for number, item in enumerate(ids)}
    return found[sorted(range(found.height), key=[place[item] for item in found["id"]].__getitem__)]
