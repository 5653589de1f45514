"""Owns which items a provider is asked for, with all that the library knows of them; a few hundred at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import polars as pl

from mediamgr.providers.enriching._question import Question
from mediamgr.providers.matching import Wanted
from mediamgr.repository import MediaItemRepository

__all__ = ["questions"]

_AT_A_TIME = 500


def questions(items: MediaItemRepository, due: pl.DataFrame) -> Iterator[Question]:
    """A question for each row of `lib.matches.due()`."""
    for part in due.iter_slices(_AT_A_TIME):
        ids, episodes = _ids(items, part), _episodes(items, part)
        for row in part.iter_rows(named=True):
            wanted = Wanted(
                item_id=row["id"],
                media_type=row["media_type"],
                title=row["title"],
                original_title=row["original_title"],
                year=row["year"],
                runtime_minutes=row["runtime_minutes"],
                ids=ids.get(row["id"], {}),
                episodes=episodes.get(row["id"], {}),
            )
            yield Question(wanted, row["external_id"])


def _ids(items: MediaItemRepository, part: pl.DataFrame) -> dict[int, dict[str, str]]:
    told: dict[int, dict[str, str]] = defaultdict(dict)
    for item, source, _, external_id in items.external_ids(part["id"].to_list()).iter_rows():
        told[item][source] = external_id
    return told


def _episodes(items: MediaItemRepository, part: pl.DataFrame) -> dict[int, dict[int, frozenset[int]]]:
    """Of shows the numbers of the episodes that are there, by season."""
    shows: Sequence[int] = part.filter(pl.col("media_type") == "show")["id"].to_list()
    if not shows:
        return {}
    is_numbered = pl.col("season_number").is_not_null() & pl.col("episode_number").is_not_null()
    episodes = items.parts(shows).filter(is_numbered)
    grouped = episodes.group_by("show_id", "season_number").agg(pl.col("episode_number"))
    told: dict[int, dict[int, frozenset[int]]] = defaultdict(dict)
    for show, season, numbers in grouped.iter_rows():
        told[show][season] = frozenset(numbers)
    return told
