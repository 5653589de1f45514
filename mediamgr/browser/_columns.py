"""Owns the columns of the list: their names, how values travel, and what is said of a place in an order."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final

import polars as pl

__all__ = ["COLUMNS", "SORTS", "place", "rows_of"]

COLUMNS: Final[list[dict[str, Any]]] = [
    {"name": "title", "label": "Title", "kind": "text", "width": 260, "flex": True, "sort": "title"},
    {"name": "show_title", "label": "Show", "kind": "text", "width": 160, "flex": False,
     "sort": "show_title"},
    {"name": "year", "label": "Year", "kind": "year", "width": 56, "flex": False, "sort": "year"},
    {"name": "rating", "label": "Rating", "kind": "rating", "width": 70, "flex": False, "sort": "rating"},
    {"name": "runtime_minutes", "label": "Runtime", "kind": "minutes", "width": 84, "flex": False,
     "sort": "runtime_minutes"},
    {"name": "media_type", "label": "Type", "kind": "type", "width": 80, "flex": False, "sort": "media_type"},
    {"name": "genres", "label": "Genres", "kind": "text", "width": 150, "flex": False, "sort": "genres"},
    {"name": "added_at", "label": "Added", "kind": "date", "width": 92, "flex": False, "sort": "added_at"},
]  # fmt: skip
"""What the list shows, in this order; widths in pixels."""

SORTS: Final[Mapping[str, str]] = {
    "match": "Best match", "title": "Title", "show_title": "Show", "media_type": "Type", "genres": "Genres",
    "year": "Year", "premiered_on": "Release date", "rating": "Rating",
    "user_rating": "My rating", "votes": "Votes", "runtime_minutes": "Runtime", "added_at": "Added",
    "updated_at": "Changed", "size_bytes": "Size", "last_played_at": "Last played", "plays": "Plays",
}  # fmt: skip
"""What items are sorted by, to what that is called."""

_SENT: Final = (
    "id", "title", "show_title", "media_type", "year", "season_number", "episode_number", "rating", "runtime_minutes",
    "genres", "added_at", "is_missing",
)  # fmt: skip


def rows_of(frame: pl.DataFrame, played: Collection[int]) -> dict[str, list[Any]]:
    """The rows of a page as they travel: one list a column. `played`: ids of those that were."""
    sent = frame.select(_SENT).with_columns(
        pl.col("genres").list.join(", "), pl.col("added_at").dt.strftime("%Y-%m-%d"), pl.col("rating").fill_nan(None)
    )
    return {**sent.to_dict(as_series=False), "watched": [item in played for item in sent["id"]]}


def place(row: Mapping[str, Any], sort: str) -> str:
    """Where one is in an order, for the bubble beside the scroll bar: "M · 1987", "8.1 · Alien", "2024-05 · Alien"."""
    title, year = str(row["title"]), row["year"]
    if sort == "title":
        return " · ".join(str(part) for part in (title[:1].upper(), year) if part)
    value = row.get(sort)
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m} · {title}"
    if isinstance(value, float):
        return f"{value:.1f} · {title}"
    if isinstance(value, list):
        value = ", ".join(value) or None
    return title if value is None else f"{value} · {title}"
