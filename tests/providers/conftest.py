"""A small demo library, a simulator fed from it, and somebody who asks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

import mediamgr
from mediamgr.library import Library, build_demo
from mediamgr.providers.simulator import Simulator

KEYS = {"tmdb": {"api_key": "simulated"}, "omdb": {"apikey": "simulated"}}


class Asking:
    """Asks a simulator as a client would; paths begin with the prefix of the provider.

    Each provider is asked with what it wants: TMDB and OMDb with the key, all with a meaningful User-Agent.
    """

    def __init__(self, simulator: Simulator) -> None:
        self._server = simulator.url
        self._session = requests.Session()
        self._session.trust_env = False
        self._session.headers["User-Agent"] = "tests/1.0 (somebody@example.org)"

    def __call__(self, path: str, headers: dict[str, str] | None = None, **parameters: Any) -> requests.Response:
        """The response, redirects not followed."""
        given = {**KEYS.get(path.split("/")[1], {}), **parameters}
        url = self._server + path
        return self._session.get(url, params=given, headers=headers, timeout=60, allow_redirects=False)

    def json(self, path: str, **parameters: Any) -> Any:
        """The body of an answer that is 200."""
        response = self(path, **parameters)
        assert response.status_code == 200, response.text
        return response.json()


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo library of 300 items."""
    path = tmp_path_factory.mktemp("providers") / "demo.duckdb"
    build_demo(path, items=300).close()
    return path


@pytest.fixture(scope="session")
def lib(demo: Path) -> Iterator[Library]:
    """The demo library, opened."""
    with mediamgr.open(demo) as library:
        yield library


@pytest.fixture(scope="session")
def running(demo: Path) -> Iterator[Simulator]:
    """A simulator of that library, without limits, for all tests."""
    with Simulator(demo, rate_limits=False) as simulator:
        yield simulator


@pytest.fixture
def simulator(running: Simulator) -> Simulator:
    """The same, as if nobody had asked it yet."""
    running.reset()
    return running


@pytest.fixture
def ask(simulator: Simulator) -> Asking:
    """Somebody who asks it."""
    return Asking(simulator)
