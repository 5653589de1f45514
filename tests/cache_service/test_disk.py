"""A folder keeps answers, by diskcache, and never runs what somebody put there."""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import diskcache
import pytest

from mediamgr.cache_service._backend import BackendFailed
from mediamgr.cache_service._disk import DiskBackend
from tests.cache_service.contract import LONG, SharedContract, packed
from tests.parts import without_rights


class TestDisk(SharedContract):
    """A folder of its own."""

    @pytest.fixture
    def backend(self, tmp_path: Path) -> Iterator[DiskBackend]:
        """In an empty folder."""
        backend = DiskBackend(tmp_path / "answers")
        yield backend
        backend.close()


class Bomb:
    """Runs something when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.mark),)


def test_unpickles_nothing(tmp_path: Path) -> None:
    """A pickled value or key that somebody put into the folder is refused, and nothing of it runs."""
    mark = tmp_path / "it-ran"
    with diskcache.Cache(str(tmp_path / "answers")) as others:
        others.set("a/p:value", Bomb(mark), tag="a")
        others.set(("a", Bomb(mark)), b"x", tag="a")
    mark.rmdir() if mark.exists() else None
    backend = DiskBackend(tmp_path / "answers")
    with pytest.raises(BackendFailed, match="did not put there"):
        backend.get("a/p:value")
    list(backend.listed())
    backend.clear(None)
    assert not mark.exists()


def test_stores_no_pickle(tmp_path: Path) -> None:
    """Nothing it writes is pickled: keys are text, values bytes, inside SQLite and in files."""
    backend = DiskBackend(tmp_path / "answers")
    backend.set("a/p:small", packed(b"s"), LONG)
    backend.set("a/p:large", packed(os.urandom(100_000)), LONG)
    backend.lock("a/p:small", "token", 60)
    with sqlite3.connect(tmp_path / "answers" / "cache.db") as connection:
        rows = connection.execute("select raw, mode, typeof(key) from Cache").fetchall()
    assert {row[0] for row in rows} == {1}
    assert {row[1] for row in rows} <= {1, 2}
    assert {row[2] for row in rows} == {"text"}
    with pytest.raises(pickle.UnpicklingError):
        pickle.loads(packed())


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    """A read-only folder is named, with what to do."""
    tmp_path.chmod(0o555)
    with without_rights(), pytest.raises(BackendFailed, match=r"answers.*MEDIAMGR_DISK_CACHE_DIR"):
        DiskBackend(tmp_path / "answers").set("a/p:k", b"", LONG)
    tmp_path.chmod(0o755)


def test_a_damaged_database(tmp_path: Path) -> None:
    """A folder whose database is damaged is named."""
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "cache.db").write_bytes(b"this is no database" * 1000)
    with pytest.raises(BackendFailed, match="answers"):
        DiskBackend(folder).get("a/p:k")
