"""mediamgr cache, run as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mediamgr.cache_service import get_cache_service
from tests.browser.lab_server import free_port
from tests.test_cli import run


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A library file whose cache holds three answers, of two namespaces."""
    path = tmp_path / "films.duckdb"
    cache = get_cache_service(library=path)
    cache.set("tmdb:movie/603", b"x" * 5000)
    cache.get("tmdb:movie/603")
    cache.set("tmdb:movie/604", None)
    cache.in_namespace("acme").set("omdb:tt1", b"y")
    cache.close()
    return path


def test_stats(library: Path) -> None:
    """Stats are a table for people and JSON for programs; the cache is the one beside the library."""
    told = run("--db", str(library), "cache", "stats")
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert lines[0].startswith(f"db: {library.with_name('films.cache.duckdb')}")
    assert [line.split()[:2] for line in lines[2:]] == [["acme", "1"], ["default", "2"], ["all", "3"]]
    figures = json.loads(run("--db", str(library), "cache", "stats", "--json", "--namespace", "default").stdout)
    assert (figures["total_entries"], figures["total_hits"], figures["raw_bytes"]) == (2, 1, 5000)


def test_clear(library: Path) -> None:
    """A namespace is cleared alone, or all of it, or only what is over."""
    assert run("--db", str(library), "cache", "clear", "--expired").stdout == "0 answers forgotten\n"
    assert run("--db", str(library), "cache", "clear", "--namespace", "acme").stdout == "1 answers forgotten\n"
    assert run("--db", str(library), "cache", "clear").stdout == "2 answers forgotten\n"


def test_maintain(library: Path) -> None:
    """Maintenance says what it did."""
    assert run("--db", str(library), "cache", "maintain").stdout.startswith(
        "0 were over, 0 too many; 3 answers are left"
    )


def test_warm(library: Path) -> None:
    """What nobody knows how to ask for again is said."""
    told = run("--db", str(library), "cache", "warm", "tmdb:*")
    assert "2 stay as they were" in told.stderr
    assert told.stdout == "0 of 2 answered\n"


def test_a_cache_that_fails(library: Path) -> None:
    """A server that is down is named once, without its password, and nothing is said to be done."""
    port = free_port()
    places = {"MEDIAMGR_CACHE_BACKEND_TYPE": "redis", "MEDIAMGR_REDIS_URL": f"redis://:secret@127.0.0.1:{port}/0"}
    for verb in ("clear", "maintain", "warm"):
        told = run("--db", str(library), "cache", verb, **places)
        assert (told.returncode, told.stdout) == (1, "")
        assert told.stderr.count(f"127.0.0.1:{port}/0 cannot be used") == 1
        assert "secret" not in told.stderr
    assert run("--db", str(library), "cache", "stats", **places).returncode == 0
