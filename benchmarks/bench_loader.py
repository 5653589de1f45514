"""Claim: the loader takes in a million items and their credits at over half the rate of DuckDB's INSERT … SELECT.

The peer inserts the very rows the loader made, ids and search columns included, from Arrow tables into a new library
with the same tables. The loader also validates, normalises titles for search, and turns natural keys into ids.
Memory is that of a batch, whatever the number of batches: extra_info holds the peak of the process.

Run: pytest -m benchmark benchmarks/bench_loader.py --items 1000000
"""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from mediamgr.store import Database, Records, load, migrations

pytestmark = pytest.mark.benchmark

ITEMS = (100_000,)
BATCH = 200_000
CREDITS_EACH = 5
TABLES = ("media_item", "person", "credit")


def batches(items: int) -> Iterator[Records]:
    """Films with five actors each, from a pool of people a third as large."""
    for start in range(0, items, BATCH):
        number = pl.int_range(start, min(start + BATCH, items), eager=True).alias("number")
        title = pl.format("Title {} of the Film", pl.col("number") * 7919 % 1_000_003)
        films = number.to_frame().select(
            item_key=pl.format("movie:{}", "number"),
            media_type=pl.lit("movie"),
            title=title,
            year=(1950 + pl.col("number") % 70).cast(pl.Int16),
            rating=(pl.col("number") % 100) / 10,
            runtime_minutes=(80 + pl.col("number") % 60).cast(pl.Int32),
            genres=pl.concat_list(pl.lit("Drama"), pl.lit("Comedy")),
        )
        place = pl.int_range(0, films.height * CREDITS_EACH, eager=True) + start * CREDITS_EACH
        who = (place * 2_654_435_761 % (items // 3)).alias("who")
        credit = pl.DataFrame({"place": place, "who": who}).select(
            item_key=pl.format("movie:{}", pl.col("place") // CREDITS_EACH),
            person_key=pl.format("imdb:nm{}", "who"),
            department=pl.lit("cast"),
            role=pl.lit("actor"),
            character=pl.format("Role {}", pl.col("place") % 1000),
            position=(pl.col("place") % CREDITS_EACH).cast(pl.Int32),
        )
        person = (
            who.unique()
            .to_frame()
            .select(person_key=pl.format("imdb:nm{}", "who"), name=pl.format("Name {} Surname", "who"))
        )
        yield Records("Films", {"media_item": films, "person": person, "credit": credit}, source="bench")


@pytest.fixture(scope="module")
def made(items: int) -> list[Records]:
    """The batches, made beforehand: making them is not what is measured."""
    return list(batches(items))


@pytest.fixture(scope="module")
def loaded(made: list[Records], tmp_path_factory: pytest.TempPathFactory) -> Database:
    """A library with all of it."""
    database = new_library(tmp_path_factory.mktemp("loaded") / "library.duckdb")
    load_all(database, made)
    return database


def new_library(path: Path) -> Database:
    """An empty library."""
    database = Database(path)
    migrations.migrate(database)
    return database


def load_all(database: Database, made: list[Records]) -> None:
    """Load every batch."""
    with database.writing() as connection:
        for records in made:
            load(connection, records)


def told(benchmark: Any, items: int) -> None:
    """Say how many items a second, and the memory at its peak."""
    benchmark.extra_info["items_per_second"] = round(items / benchmark.stats.stats.min)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    benchmark.extra_info["peak_megabytes"] = round(peak / 1024)


@pytest.mark.benchmark(group="items with credits")
def test_the_loader(benchmark: Any, made: list[Records], items: int, tmp_path: Path) -> None:
    """Records into a new library, through the one door in."""
    names = iter(range(100))

    def fresh() -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (new_library(tmp_path / f"{next(names)}.duckdb"), made), {}

    benchmark.pedantic(load_all, setup=fresh, rounds=3)
    told(benchmark, items)


@pytest.mark.who("DuckDB")
@pytest.mark.benchmark(group="items with credits")
def test_insert_select(benchmark: Any, loaded: Database, items: int, tmp_path: Path) -> None:
    """The same rows by INSERT … SELECT, in transactions of the same size."""
    with loaded.reading() as connection:
        rows = {table: connection.sql(f"from {table}").to_arrow_table() for table in TABLES}
    parts = -(-items // BATCH)
    names = iter(range(100))

    def insert_all(database: Database) -> None:
        with database.writing() as connection:
            for part in range(parts):
                connection.execute("begin").fetchall()
                for table, arrow in rows.items():
                    size = -(-arrow.num_rows // parts)
                    connection.register("incoming", arrow.slice(part * size, size))
                    connection.execute(f"insert into {table} from incoming").fetchall()
                    connection.unregister("incoming")
                connection.execute("commit").fetchall()

    def fresh() -> tuple[tuple[Any, ...], dict[str, Any]]:
        return (new_library(tmp_path / f"{next(names)}.duckdb"),), {}

    benchmark.pedantic(insert_all, setup=fresh, rounds=3)
    told(benchmark, items)
