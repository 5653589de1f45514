"""What every test gets: settings of its own, and real media when it asks for them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.media import Masters


@pytest.fixture(autouse=True)
def own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the user's is read or written."""
    for name in [name for name in os.environ if name.startswith("MEDIAMGR_") and name != "MEDIAMGR_REAL_DATA"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("MEDIAMGR_CONFIG_DIR", str(tmp_path / "config"))


@pytest.fixture(scope="session")
def masters(tmp_path_factory: pytest.TempPathFactory) -> Masters:
    """Real tiny media to copy."""
    return Masters.make(tmp_path_factory.mktemp("masters"))
