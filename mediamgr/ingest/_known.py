"""Owns asking the library what it has of all that a group of folders speaks of, and no more than that."""

from __future__ import annotations

from collections import defaultdict

import polars as pl

from mediamgr.ingest._identity import KnownItem, KnownItems, Mentioned
from mediamgr.repository import ScanRepository

__all__ = ["known_items"]


def known_items(memory: ScanRepository, library: str, mentioned: Mentioned) -> KnownItems:
    """The items that the paths, names and ids may mean; five statements, however large the group."""
    files = memory.items_of_paths(library, list(mentioned.paths))
    ids = memory.items_of_ids(library, list(mentioned.external_ids))
    titles = {title for naming in mentioned.namings for title, _ in naming.titles}
    keys = {naming.key for naming in mentioned.namings} | set(ids["item_key"])
    named = memory.items_named(library, list(titles), list(keys))
    shows = {*named.filter(pl.col("media_type") == "show")["item_key"], *files["show_key"].drop_nulls()}
    shows |= set(ids.filter(pl.col("id_space") == "show")["item_key"])
    parts, paths = _of_shows(memory.parts_of_shows(library, list(shows)))
    for path, key, is_missing in files.select("path", "item_key", "is_missing").iter_rows():
        if not is_missing:
            paths[key].add(path)
    return KnownItems(
        named=[
            KnownItem(key, media_type, title, year, dict(zip(sources, values, strict=True)))
            for key, media_type, title, year, sources, values in named.iter_rows()
        ],
        by_id={(source, space, value): key for source, space, value, key in ids.iter_rows()},
        by_path={path: (key, kind) for path, key, kind in files.select("path", "item_key", "media_type").iter_rows()},
        show_of=dict(files.filter(pl.col("show_key").is_not_null()).select("item_key", "show_key").iter_rows()),
        parts={key: frozenset(held) for key, held in parts.items()},
        files={key: frozenset(held) for key, held in paths.items()},
    )


def _of_shows(parts: pl.DataFrame) -> tuple[defaultdict[str, set[str]], defaultdict[str, set[str]]]:
    """(show to the keys of its parts, show to the paths of its files)."""
    keys: defaultdict[str, set[str]] = defaultdict(set)
    paths: defaultdict[str, set[str]] = defaultdict(set)
    for show, key, path in parts.iter_rows():
        keys[show].add(key)
        if path is not None:
            paths[show].add(path)
    return keys, paths
