"""The library that is told of things."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import mediamgr
from mediamgr.library import Library
from tests.builders import films, library_of, series


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A library of ten films and a show."""
    path = tmp_path_factory.mktemp("made") / "l.duckdb"
    library_of(path, films(), series()).close()
    return path.read_bytes()


@pytest.fixture
def lib(tmp_path: Path, made: bytes) -> Iterator[Library]:
    """The same, to tell; it is sound in the end."""
    path = tmp_path / "l.duckdb"
    path.write_bytes(made)
    with mediamgr.open(path) as opened:
        yield opened
        assert opened.check().filter(pl.col("found") > 0).is_empty()
