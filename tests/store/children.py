"""What other processes do with a library in tests: read it in a loop, write it in a loop, sit on the lease.

Each says a line when it has begun, and stops at the end of its standard input.
"""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl

import mediamgr
from mediamgr.store import Records

__all__ = ["Child", "batch", "child"]

ROOT = Path(__file__).parents[2]
ITEMS_A_BATCH = 30


def batch(number: int, padding: int = 0) -> Records:
    """One batch that is only right when whole: each item has two credits, an id and `padding` random bytes."""
    keys = [f"b{number}-{i}" for i in range(ITEMS_A_BATCH)]
    twice = [key for key in keys for _ in range(2)]
    frames = {
        "media_item": pl.DataFrame({"item_key": keys, "title": keys}).with_columns(
            media_type=pl.lit("movie"), plot=pl.Series([os.urandom(padding // 2).hex() for _ in keys])
        ),
        "person": pl.DataFrame({"person_key": [f"p{number}", "p"], "name": [f"Person {number}", "Everybody"]}),
        "credit": pl.DataFrame(
            {"item_key": twice, "person_key": [f"p{number}", "p"] * ITEMS_A_BATCH, "position": [0, 1] * ITEMS_A_BATCH}
        ).with_columns(department=pl.lit("cast"), role=pl.lit("actor")),
        "external_id": pl.DataFrame({"item_key": keys, "external_id": keys}).with_columns(
            source=pl.lit("imdb"), id_space=pl.lit("movie")
        ),
    }
    return Records("Batches", frames, source="test")


class Child:
    """A process that runs one of the functions below."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    @property
    def pid(self) -> int:
        """Its process."""
        return self.process.pid

    def line(self) -> dict[str, Any]:
        """The next thing it says."""
        assert self.process.stdout is not None
        text = self.process.stdout.readline()
        assert text, f"the child ended: {self.process.wait()}"
        told: dict[str, Any] = json.loads(text)
        return told

    def end(self) -> dict[str, Any]:
        """Ask it to stop, and give the last thing it says."""
        out, _ = self.process.communicate(timeout=120)
        assert self.process.returncode == 0
        told: dict[str, Any] = json.loads(out.splitlines()[-1])
        return told


@contextmanager
def child(what: str, path: Path, *arguments: object) -> Iterator[Child]:
    """A child that runs while the body does."""
    command = [sys.executable, "-m", "tests.store.children", what, str(path), *map(str, arguments)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Child(process)
    finally:
        process.kill()
        process.communicate()


def _say(**told: object) -> None:
    print(json.dumps(told), flush=True)


def _asked_to_stop() -> bool:
    return bool(select.select([sys.stdin], [], [], 0)[0])


def read(path: str, follow: str = "yes") -> None:
    """Query without a pause; tell what states were seen and what was wrong with them."""
    sizes: list[int] = []
    wrong: list[str] = []
    queries = 0
    with mediamgr.open(path, follow=follow == "yes") as lib:
        lib.items.count_all()
        _say(begun=True)
        while not _asked_to_stop():
            row = lib.sql(
                "with scanned as (select f.id from media_file f join library l on l.id = f.library_id"
                " where l.name = 'Media')"
                " select (select count(*) from media_item where media_type = 'movie') as items,"
                " (select count(*) from credit where role = 'actor' and character is null) as credits,"
                " (select count(*) from external_id where external_id like 'b%') as ids,"
                " (select count(*) from scanned) as files,"
                " (select count(distinct media_file_id) from media_stream join scanned on scanned.id = media_file_id)"
                " as files_with_streams,"
                " (select count(*) from scan_entry where path like '%.mkv') as entries"
            ).row(0, named=True)
            queries += 1
            if row["credits"] != 2 * row["ids"] or row["ids"] % ITEMS_A_BATCH:
                wrong.append(f"half a batch: {row}")
            if row["files"] != row["files_with_streams"] or row["files"] != row["entries"]:
                wrong.append(f"half a group: {row}")
            if sizes and row["items"] < sizes[-1]:
                wrong.append(f"went back from {sizes[-1]} to {row['items']}")
            if not sizes or row["items"] != sizes[-1]:
                sizes.append(row["items"])
    _say(sizes=sizes, wrong=wrong, queries=queries)


def write(path: str, first: str, jobs: str = "1") -> None:
    """Load batch after batch, `jobs` of them while holding the lease; tell each when it is committed."""
    number = int(first)
    with mediamgr.open(path, wait=60) as lib:
        _say(begun=True)
        while not _asked_to_stop():
            with lib.write("batches"):
                for _ in range(int(jobs)):
                    assert lib.load(batch(number)).rejected.is_empty()
                    _say(committed=number)
                    number += 1
    _say(next=number)


def hold(path: str, job: str) -> None:
    """Be the writer until asked to stop."""
    with mediamgr.open(path) as lib, lib.write(job):
        _say(begun=True)
        select.select([sys.stdin], [], [])
    _say(ended=True)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
