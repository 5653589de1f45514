"""Owns what the library holds of the works that a provider told of, and who said so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from mediamgr.repository import WritingRepository
from mediamgr.store.database import Database

__all__ = ["Item", "Work", "works"]


@dataclass(frozen=True, slots=True)
class Item:
    """A film, show, season or episode of the library.

    Attributes:
        id: Its id.
        key: Its natural key.
        library: Name of the library it is in.
        media_type: movie, show, season or episode.
        work_title: Title of its show; its own of films and shows.
        values: Its title and the other columns of media_item.
        sources: Field to who filled it, of those that somebody did.
        locked: Fields that stay as they are.
        ids: What others call it, by source.
    """

    id: int
    key: str
    library: str
    media_type: str
    work_title: str
    values: Mapping[str, Any]
    sources: Mapping[str, str] = field(default_factory=dict)
    locked: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """As the library has it."""
        return str(self.values["title"])


@dataclass(frozen=True, slots=True)
class Work:
    """A film or show with all that is a part of it.

    Attributes:
        item: The film or show.
        parts: Its seasons and episodes.
        listed: The episodes that the provider listed for it the last time, as records without key and source.
    """

    item: Item
    parts: tuple[Item, ...] = ()
    listed: tuple[Mapping[str, Any], ...] = ()


def works(database: Database, item_ids: Iterable[int], provider: str) -> dict[int, Work]:
    """The films and shows of these ids that are there, by id."""
    memory, asked = WritingRepository(database), sorted({*item_ids})
    rows = memory.items(asked)
    sources, locked = _sources(memory.field_sources(rows["id"].to_list()))
    ids = _ids(memory, rows)
    items, parts = {}, defaultdict(list)
    for row in rows.iter_rows(named=True):
        item = Item(
            row["id"], row["item_key"], row["library"], row["media_type"], row["work_title"], row,
            sources.get(row["id"], {}), frozenset(locked.get(row["id"], ())), ids.get(row["id"], {}),
        )  # fmt: skip
        if item.id == row["work_id"]:
            items[item.id] = item
        else:
            parts[row["work_id"]].append(item)
    listed = _listed(memory.listed(asked, provider))
    return {id: Work(item, tuple(parts[id]), tuple(listed.get(id, ()))) for id, item in items.items()}


def _sources(rows: pl.DataFrame) -> tuple[dict[int, dict[str, str]], dict[int, set[str]]]:
    """(item to field to source, item to locked fields)."""
    sources: dict[int, dict[str, str]] = defaultdict(dict)
    locked: dict[int, set[str]] = defaultdict(set)
    for item, name, source, is_locked in rows.iter_rows():
        sources[item][name] = source
        if is_locked:
            locked[item].add(name)
    return sources, locked


def _ids(memory: WritingRepository, rows: pl.DataFrame) -> dict[int, dict[str, str]]:
    """Item to source to external id; only ids of the item's own kind."""
    kinds = dict(rows.select("id", "media_type").iter_rows())
    ids: dict[int, dict[str, str]] = defaultdict(dict)
    for item, source, space, value in memory.external_ids(list(kinds)).iter_rows():
        if space == kinds[item]:
            ids[item][source] = value
    return ids


def _listed(rows: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows.drop("source").iter_rows(named=True):
        found[row.pop("media_item_id")].append(row)
    return found
