"""A DuckDB file keeps answers; one process has it at a time, and lets go when nobody asks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from mediamgr.cache_service._backend import BackendFailed
from mediamgr.cache_service._db import DbBackend
from tests.cache_service.contract import LONG, BackendContract, packed
from tests.cache_service.redis_servers import until

HOLD = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


class TestDb(BackendContract):
    """A file of its own."""

    @pytest.fixture
    def backend(self, tmp_path: Path) -> Iterator[DbBackend]:
        """In no file yet."""
        backend = DbBackend(tmp_path / "films.cache.duckdb")
        yield backend
        backend.close()


def test_looking_makes_no_file(tmp_path: Path) -> None:
    """Nothing is kept yet, and that is all there is to say."""
    backend = DbBackend(tmp_path / "new" / "films.cache.duckdb")
    assert (list(backend.listed()), backend.counts(), backend.size_bytes()) == ([], {}, 0)
    assert list(tmp_path.iterdir()) == []
    backend.set("a/p:1", packed(), LONG)
    assert len(list(backend.listed())) == 1
    backend.close()


def test_what_is_collected_is_written(tmp_path: Path) -> None:
    """What was set reaches the file by itself, and the file is free for others soon after."""
    file = tmp_path / "films.cache.duckdb"
    backend = DbBackend(file)
    for number in range(50):
        backend.set(f"a/p:{number}", packed(), LONG)

    def is_free_and_full() -> bool:
        try:
            with duckdb.connect(str(file), read_only=True) as other:
                return other.execute("select count(*) from entry").fetchall() == [(50,)]
        except duckdb.Error:
            return False

    # in this process DuckDB lets everybody in: ask from another one
    check = "import duckdb, sys; print(duckdb.connect(sys.argv[1]).execute('select count(*) from entry').fetchall())"

    def told() -> str:
        return subprocess.run([sys.executable, "-c", check, str(file)], capture_output=True, text=True).stdout.strip()

    until(lambda: told() == "[(50,)]")
    assert is_free_and_full()


def test_a_file_of_another_process(tmp_path: Path) -> None:
    """A file that another process has is named with that process, and used as soon as it is free."""
    file = tmp_path / "films.cache.duckdb"
    backend = DbBackend(file)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BackendFailed, match=f"films.cache.duckdb is in use by process {other.pid}"):
            backend.get("a/p:k")
    backend.set("a/p:k", b"ours", LONG)
    assert backend.get("a/p:k") == b"ours"
    backend.close()


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    """A file that is none is named, and left as it is."""
    file = tmp_path / "films.cache.duckdb"
    file.write_bytes(b"no database " * 1000)
    with pytest.raises(BackendFailed, match="is no cache file; remove it"):
        DbBackend(file).get("a/p:k")
    assert file.read_bytes().startswith(b"no database")


def test_its_room_is_given_back(tmp_path: Path) -> None:
    """Compacted after most was removed, the file is small, and keeps the rest."""
    file = tmp_path / "it's" / "films.cache.duckdb"
    backend = DbBackend(file)
    body = os.urandom(1_000_000)
    for number in range(80):
        backend.set(f"a/p:{number}", packed(body), LONG)
    backend.delete([f"a/p:{number}" for number in range(1, 80)])
    backend.compact()
    assert file.stat().st_size < 20_000_000
    kept = backend.get("a/p:0")
    assert kept is not None
    assert kept.endswith(body)
    backend.close()
