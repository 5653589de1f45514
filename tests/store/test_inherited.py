"""What items keep of their shows and files is what those say, whatever is written in whatever order."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import polars as pl
import pytest

from mediamgr.library import Library, open
from mediamgr.store import Records, scan_memory

GONE = datetime(2026, 1, 1)


def kept(lib: Library, item_key: str) -> tuple[str | None, bool]:
    """(show_title, is_missing) of an item, as a page shows them."""
    item = lib.sql(f"select id from media_item where item_key = '{item_key}'").item()
    return lib.items.get_all(None).filter(id=item).select("show_title", "is_missing").row(0)


def wrong(lib: Library) -> list[str]:
    """Checks that found something."""
    return lib.check().filter(pl.col("found") > 0)["check"].to_list()


def show(title: str) -> Records:
    """A show of one season of two episodes that share a file."""
    items = pl.DataFrame(
        [
            ("dark", "show", title, None, None),
            ("dark/1", "season", "Season 1", "dark", None),
            ("dark/1/1", "episode", "Secrets", "dark/1", None),
            ("dark/1/2", "episode", "Lies", "dark/1", "dark/1/1"),
        ],
        schema=["item_key", "media_type", "title", "parent_key", "shared_file_key"],
        orient="row",
    )
    return Records("TV", {"media_item": items, "media_file": files(("dark/1/1", "/tv/1.mkv", None))}, source="test")


def files(*rows: tuple[str, str, datetime | None]) -> pl.DataFrame:
    """(item_key, path, missing_since)."""
    types = {"item_key": pl.String, "path": pl.String, "missing_since": pl.Datetime}
    return pl.DataFrame(list(rows), schema=types, orient="row")


class TestKept:
    """show_title and is_missing."""

    def test_a_show_that_is_renamed(self, tmp_path: Path) -> None:
        """Its seasons and episodes go by the new title at once; it has none itself."""
        with open(tmp_path / "tv.duckdb", create=True) as lib:
            lib.load(show("Drak"))
            assert kept(lib, "dark/1/2") == ("Drak", False)
            named = pl.DataFrame({"item_key": ["dark"], "media_type": ["show"], "title": ["Dark"]})
            lib.load(Records("TV", {"media_item": named}, source="test"))
            assert [kept(lib, key)[0] for key in ("dark", "dark/1", "dark/1/1")] == [None, "Dark", "Dark"]
            assert wrong(lib) == []

    def test_files_that_go_and_come_back(self, tmp_path: Path) -> None:
        """Of both episodes that share one."""
        with open(tmp_path / "tv.duckdb", create=True) as lib:
            lib.load(show("Dark"))
            with lib.write(), lib._open.writing() as connection:
                scan_memory.mark_missing(connection, "TV", pl.DataFrame({"path": ["/tv/1.mkv"]}))
            assert kept(lib, "dark/1/1")[1]
            assert kept(lib, "dark/1/2")[1]
            assert lib.items.get_all(missing=True).height == 2
            moves = pl.DataFrame(
                {"old_path": ["/tv/1.mkv"], "path": ["/tv/one.mkv"], "path_bytes": [None]},
                schema_overrides={"path_bytes": pl.Binary},
            )
            with lib.write(), lib._open.writing() as connection:
                scan_memory.move_files(connection, "TV", moves)
            assert not kept(lib, "dark/1/1")[1]
            assert not kept(lib, "dark/1/2")[1]
            assert wrong(lib) == []

    def test_a_file_that_goes_to_another_item(self, tmp_path: Path) -> None:
        """What the item is left with is gone."""
        with open(tmp_path / "tv.duckdb", create=True) as lib:
            lib.load(show("Dark"))
            lib.load(Records("TV", {"media_file": files(("dark/1/1", "/tv/old.mkv", GONE))}, source="test"))
            assert not kept(lib, "dark/1/1")[1]
            lib.load(Records("TV", {"media_file": files(("dark/1", "/tv/1.mkv", None))}, source="test"))
            assert kept(lib, "dark/1/1")[1]
            assert kept(lib, "dark/1/2")[1]
            assert "loss of its files kept wrongly" not in wrong(lib)

    def test_the_check_finds_what_is_wrong(self, tmp_path: Path) -> None:
        """Should anything else ever write there."""
        with open(tmp_path / "tv.duckdb", create=True) as lib:
            lib.load(show("Dark"))
            with lib.write(), lib._open.writing() as connection:
                connection.execute("update media_item set show_title = 'Light' where item_key = 'dark/1'").fetchall()
                connection.execute("update media_item set is_missing = true where item_key = 'dark'").fetchall()
            assert wrong(lib) == ["title of its show kept wrongly", "loss of its files kept wrongly"]


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_written(tmp_path: Path, seed: int) -> None:
    """Titles, parents, shared files and losses change in random batches."""
    chance = random.Random(seed)
    shows, seasons, episodes = (
        [f"s{n}" for n in range(4)],
        [f"s{n}/{m}" for n in range(4) for m in range(2)],
        [f"e{n}" for n in range(20)],
    )

    def some(keys: list[str]) -> list[str]:
        return chance.sample(keys, chance.randrange(1, len(keys) + 1))

    with open(tmp_path / "tv.duckdb", create=True) as lib:
        for step in range(6):
            chosen = [shows, seasons, episodes] if step == 0 else [some(shows), some(seasons), some(episodes)]
            rows = [
                *((key, "show", chance.choice("ABC"), None, None) for key in chosen[0]),
                *((key, "season", "Season", chance.choice(shows), None) for key in chosen[1]),
                *(
                    (
                        key,
                        "episode",
                        "Episode",
                        chance.choice([*shows, *seasons]),
                        chance.choice([None, None, *episodes]),
                    )
                    for key in chosen[2]
                ),
            ]
            types = {name: pl.String for name in ("item_key", "media_type", "title", "parent_key", "shared_file_key")}
            held = [(chance.choice(episodes), f"/{chance.randrange(30)}.mkv", chance.choice([None, GONE]))]
            frames = {
                "media_item": pl.DataFrame(rows, schema=types, orient="row"),
                "media_file": pl.concat([files(*held) for _ in range(5)]).unique("path"),
            }
            lib.load(Records("TV", frames, source="test"))
            if chance.random() < 0.5:
                with lib.write(), lib._open.writing() as connection:
                    gone = pl.DataFrame({"path": [f"/{chance.randrange(30)}.mkv" for _ in range(10)]}).unique()
                    scan_memory.mark_missing(connection, "TV", gone)
            assert not {each for each in wrong(lib) if "kept wrongly" in each}
