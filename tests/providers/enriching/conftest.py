"""A library that has names, years and episode numbers only, and the simulated sites that know the rest."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import mediamgr
from mediamgr.library import Library
from mediamgr.providers.simulator import Simulator
from mediamgr.store import Records

ITEMS = """
select
    i.item_key, i.media_type, p.item_key as parent_key, i.title, i.year, i.season_number, i.episode_number
from media_item i
left join media_item p on p.id = i.parent_id
join library l on l.id = i.library_id
where l.name in ('Films', 'Series')
order by i.id
"""


def names_of(lib: Library) -> Records:
    """What names of files tell of twenty films and two series of the demo library: each title and year once."""
    items = lib.sql(ITEMS)
    few = items.filter(media_type="movie").head(20), items.filter(media_type="show").head(2)
    keys = pl.concat(few)["item_key"].to_list()
    seasons = items.filter(pl.col("parent_key").is_in(keys))["item_key"].to_list()
    items = items.filter(pl.any_horizontal(pl.col("item_key", "parent_key").is_in([*keys, *seasons])))
    first = items.unique(
        ["media_type", "title", "year", "parent_key", "episode_number"], keep="first", maintain_order=True
    )
    return Records("Mine", {"media_item": first.cast({"year": pl.Int16})}, source="scan")


@pytest.fixture
def sites(simulator: Simulator, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Simulator:
    """The sites that settings name are the simulated ones, with keys."""
    for name, value in simulator.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("MEDIAMGR_DISK_CACHE_DIR", str(tmp_path / "cache"))
    return simulator


@pytest.fixture
def mine(lib: Library, sites: Simulator, tmp_path: Path) -> Iterator[Library]:
    """That library."""
    with mediamgr.open(tmp_path / "mine.duckdb", create=True) as library:
        library.load(names_of(lib))
        yield library
