"""What every test gets: settings of its own; real media, a small library and a large one when it asks for them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediamgr.library import Library, build_demo, open
from tests.builders import films, library_of, series
from tests.media import Masters


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's is read or written."""
    for name in [name for name in os.environ if name.startswith("MEDIAMGR_") and name != "MEDIAMGR_REAL_DATA"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MEDIAMGR_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("MEDIAMGR_LOG_DIR", str(tmp_path / "log"))


@pytest.fixture(scope="session")
def masters(tmp_path_factory: pytest.TempPathFactory) -> Masters:
    """Real tiny media to copy."""
    return Masters.make(tmp_path_factory.mktemp("masters"))


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A library of ten films and a show, of which tests that change one make copies."""
    path = tmp_path_factory.mktemp("made") / "l.duckdb"
    library_of(path, films(), series()).close()
    return path.read_bytes()


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Two hundred thousand items, 864,000 credits, 800,000 streams, only to read: enough for zone maps to spare most."""
    # whichever process of the tests comes first builds it, the others wait for it
    folder = (
        tmp_path_factory.getbasetemp().parent
        if os.environ.get("PYTEST_XDIST_WORKER")
        else tmp_path_factory.mktemp("large")
    )
    path = folder / "large.duckdb"
    with (folder / "large.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            build_demo(path, items=200_000).close()
    with open(path) as opened:
        yield opened
