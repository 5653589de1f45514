"""Claim: the first snapshot of a library takes a twentieth of what loading it took, and a tenth of its room; one of a
hundred changes less than the load that made them, also in a million items.

A snapshot compares what is marked as changed. Beside it: the load of the changes, without a snapshot, and asking for
one that looks at everything.

Run: pytest -m benchmark benchmarks/bench_snapshots.py --items 10000 --items 1000000
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from benchmarks.libraries import demo_library
from mediamgr.store import Connection, Database, Records, load, snapshots

pytestmark = [pytest.mark.benchmark, pytest.mark.benchmark(group="a snapshot")]

ROUNDS = 5
CHANGES = 100
_TABLES = ("snapshot", "snapshot_total", "snapshot_item", "snapshot_file")


@pytest.fixture
def connection(items: int, tmp_path: Path) -> Iterator[Connection]:
    """A demo library to write to, with the past of the demo taken out."""
    shutil.copy(demo_library(items), tmp_path / "l.duckdb")
    with Database(tmp_path / "l.duckdb", private=True) as database, database.writing("snapshots") as connection:
        _forget(connection)
        yield connection


def _forget(connection: Connection) -> None:
    for table in _TABLES:
        connection.execute(f"delete from {table}").fetchall()
    connection.execute("update media_item set is_in_snapshot = null").fetchall()
    connection.execute("checkpoint").fetchall()


def _used(connection: Connection) -> int:
    connection.execute("checkpoint").fetchall()
    asked = "select (total_blocks - free_blocks) * block_size from pragma_database_size()"
    return int(connection.execute(asked).fetchall()[0][0])


def _changes(connection: Connection, turn: int) -> Records:
    """A hundred films' files, each a little larger than before."""
    frame: pl.DataFrame = connection.sql(
        "select i.item_key, f.path, f.size_bytes from media_file f join media_item i on i.id = f.media_item_id"
        f" where f.library_id = 1 and f.missing_since is null order by md5(f.path) limit {CHANGES}"
    ).pl()
    (library,) = connection.execute("select name from library where id = 1").fetchall()[0]
    return Records(library, {"media_file": frame.with_columns(pl.col("size_bytes") + turn + 1)}, source="bench")


def test_first(benchmark: Any, connection: Connection, items: int) -> None:
    """Of a library that has none."""
    before = _used(connection)
    benchmark.pedantic(lambda: snapshots.take(connection, "bench"), setup=lambda: _forget(connection), rounds=3)
    benchmark.extra_info["bytes_per_item"] = round((_used(connection) - before) / items, 1)


def test_of_some_changes(benchmark: Any, connection: Connection) -> None:
    """Where a hundred files changed since the last."""
    snapshots.take(connection, "bench")
    turns = iter(range(ROUNDS))
    taken = benchmark.pedantic(
        lambda: snapshots.take(connection, "bench"),
        setup=lambda: (load(connection, _changes(connection, next(turns))), None)[1],
        rounds=ROUNDS,
    )
    assert taken == ROUNDS + 1


@pytest.mark.who("the load")
def test_loading_the_changes(benchmark: Any, connection: Connection) -> None:
    """What the job itself takes."""
    snapshots.take(connection, "bench")
    turns = iter(range(ROUNDS))
    benchmark.pedantic(load, setup=lambda: ((connection, _changes(connection, next(turns))), {}), rounds=ROUNDS)


@pytest.mark.who("everything")
def test_of_everything(benchmark: Any, connection: Connection) -> None:
    """As `lib.snapshot()` asks for."""
    snapshots.take(connection, "bench")
    assert benchmark.pedantic(lambda: snapshots.take(connection, "bench", whole=True), rounds=3) is None
