"""An empty library and an empty folder, to scan one into the other."""

from __future__ import annotations

from pathlib import Path

import pytest

import mediamgr
from mediamgr.library import Library


@pytest.fixture
def lib(tmp_path: Path) -> Library:
    """An empty library."""
    return mediamgr.open(tmp_path / "library.duckdb", create=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty folder."""
    folder = tmp_path / "media"
    folder.mkdir()
    return folder
