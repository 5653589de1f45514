"""The library that tests of reading read."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from mediamgr.library import Library
from tests.builders import films, library_of, series


@pytest.fixture(scope="module")
def lib(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """Ten films and a show."""
    with library_of(tmp_path_factory.mktemp("items") / "l.duckdb", films(), series()) as library:
        yield library
