"""Tests of what is left when things go wrong: writers killed at any moment, disks that fill up, readers beside a scan."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import mediamgr
from mediamgr.errors import LibraryError
from tests.builders import films, library_of
from tests.ingest.scans import scan
from tests.media import Masters
from tests.store.children import ITEMS_A_BATCH, batch, child

KILLS = 50
VIDEOS = 1_200


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library of ten films that nobody has open."""
    file = tmp_path / "films.duckdb"
    library_of(file, films()).close()
    return file


def test_four_readers_beside_a_scan(tmp_path: Path, masters: Masters) -> None:
    """Each query of each reader sees whole groups of folders, more and more of them, and never an error."""
    root = tmp_path / "media"
    for number in range(VIDEOS):
        masters.copy(root / f"Film {number} (2001)" / f"Film {number} (2001).mkv")
    path = tmp_path / "library.duckdb"
    with mediamgr.open(path, create=True) as lib:
        readers = [child("read", path, follow) for follow in ("yes", "yes", "yes", "no")]
        with readers[0] as one, readers[1] as two, readers[2] as three, readers[3] as pinned:
            for each in (one, two, three, pinned):
                each.line()
            scan(lib, root)
            told = [each.end() for each in (one, two, three)]
            assert pinned.end()["sizes"] == [0]
        assert [each["wrong"] for each in told] == [[], [], []]
        # it filled up while they looked
        assert max(len(each["sizes"]) for each in told) > 2
        assert lib.items.count_all() == VIDEOS


def test_writers_killed_at_any_moment(path: Path) -> None:
    """What was said to be committed is there, whole; of what was not there is nothing; and the next one just writes."""
    chance = random.Random(os.environ.get("MEDIAMGR_TEST_SEED", "kill"))
    committed: set[int] = set()
    for kill in range(KILLS):
        with child("write", path, 1_000 * kill, chance.choice([1, 3])) as writer:
            writer.line()
            time.sleep(chance.uniform(0, 0.8))
            os.kill(writer.pid, signal.SIGKILL)
            assert writer.process.stdout is not None
            committed |= {
                int(line.split(":")[1].strip(" }\n")) for line in writer.process.stdout if "committed" in line
            }
        with mediamgr.open(path) as lib:
            assert lib._open.writer() is None
            assert committed <= _whole_batches(lib), f"after kill {kill}"
    # how many got that far is a matter of how busy the machine is
    assert committed
    with mediamgr.open(path) as lib:
        assert lib.check()["found"].sum() == 0
        lib.load(batch(-1))
        assert -1 in _whole_batches(lib)
    assert sorted(each.name for each in path.parent.iterdir()) == ["films.duckdb"]


def _whole_batches(lib: mediamgr.Library) -> set[int]:
    """Numbers of the batches that are in; none of them may be there in part."""
    found = lib.sql(
        "select cast(regexp_extract(item_key, '^b(-?[0-9]+)-', 1) as int) as batch, count(*) as items,"
        " (select count(*) from credit c join media_item o on o.id = c.media_item_id"
        "  where o.item_key like 'b' || batch || '-%') as credits"
        " from media_item where item_key like 'b%-%' group by batch"
    )
    partial = found.filter((pl.col("items") != ITEMS_A_BATCH) | (pl.col("credits") != 2 * ITEMS_A_BATCH))
    assert partial.is_empty(), partial
    return set(found["batch"])


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB in memory, where we may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"only root may mount a small disk: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


class TestADiskThatFillsUp:
    """Nothing that was committed is lost, and there is a clear error or none."""

    def test_while_writing(self, small_disk: Path) -> None:
        """The batch that does not fit is not in; all before it are; with room again it goes on."""
        path = small_disk / "films.duckdb"
        with library_of(path, films()) as lib:
            loaded = 0
            with pytest.raises(LibraryError, match="is full; free some space"):  # noqa: PT012
                while loaded < 100:
                    lib.load(batch(loaded, padding=20_000))
                    loaded += 1
        with mediamgr.open(path) as lib:
            assert lib.items.count_all() == 10 + ITEMS_A_BATCH * loaded
            assert lib.check()["found"].sum() == 0

    def test_no_room_to_publish(self, small_disk: Path, caplog: pytest.LogCaptureFixture) -> None:
        """The writer commits, is told that others do not see it yet, and they do when there is room again."""
        path = small_disk / "films.duckdb"
        with library_of(path, films()) as lib, mediamgr.open(path) as other:
            assert other.items.count_all() == 10
            ballast = small_disk / "ballast"
            with lib.write():
                lib.load(batch(1))
                free = shutil.disk_usage(small_disk).free
                ballast.write_bytes(b"x" * (free - 4096 * 40))
                lib.load(batch(2))
                lib._open._handles.share(at_once=True)
            ballast.unlink()
            assert other.items.count_all() == 70

    def test_no_room_for_a_second_copy(self, small_disk: Path) -> None:
        """While somebody reads, writing is refused with what is needed; when nobody does, it is done alone."""
        path = small_disk / "films.duckdb"
        with library_of(path, films()) as lib:
            (small_disk / "ballast").write_bytes(b"x" * (shutil.disk_usage(small_disk).free - 2_000_000))
            with child("read", path) as reader:
                reader.line()
                with pytest.raises(LibraryError, match="no room beside it"):
                    lib.load(batch(1))
                assert reader.end()["wrong"] == []
            assert lib.items.count_all() == 10
            lib.close()
        with mediamgr.open(path) as lib:
            lib.load(batch(1))
            assert lib.items.count_all() == 40


def test_a_clock_that_jumps(path: Path) -> None:
    """Files from the future and the past: what is current is told by what it is, not by when."""
    with mediamgr.open(path) as lib, mediamgr.open(path) as other:
        for number, day in enumerate((4_000_000_000, 1_000_000_000)):
            os.utime(path, (day, day))
            for each in path.parent.rglob("readers"):
                os.utime(each, (day, day))
            lib.load(batch(number))
            assert other.items.count_all() == 10 + ITEMS_A_BATCH * (number + 1)
