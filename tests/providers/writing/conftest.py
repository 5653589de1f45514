"""The library that is told of things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediamgr.library import Library
from tests.builders import copy_of


@pytest.fixture
def lib(tmp_path: Path, made: bytes) -> Iterator[Library]:
    """Ten films and a show, to tell."""
    with copy_of(made, tmp_path / "l.duckdb") as lib:
        yield lib
