"""Enriching from the command line: what it says, that Ctrl-C loses nothing, and that two at once do not disturb each other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import polars as pl

import mediamgr
from mediamgr.library import Library
from mediamgr.providers.simulator import Faults, Simulator
from tests.test_cli import run

# who is started in the background inherits that Ctrl-C is not heard
PROGRAM = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from mediamgr.cli import main; main()"
)


def started(path: Path, *arguments: str) -> subprocess.Popen[str]:
    """`mediamgr --db path enrich …`, running."""
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--db", str(path), "enrich", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
    )


def closed(lib: Library) -> Path:
    """Where a library is that nobody holds any more."""
    path = lib.path
    lib.close()
    return path


def test_it_says_what_was_found_and_a_second_run_asks_nothing(mine: Library, sites: Simulator) -> None:
    """With pictures, if they are wanted."""
    path = closed(mine)
    dry = run("--db", str(path), "enrich", "--provider", "tmdb", "--limit", "3", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "would be filled" in dry.stdout
    told = run("--db", str(path), "enrich", "--provider", "tmdb", "--limit", "3", "--artwork")
    assert told.returncode == 0, told.stderr
    assert "tmdb: 3 items: 3 found" in told.stdout
    assert "100% of answers from the cache" in told.stdout
    assert "0 failed, 0 still to come" in told.stdout
    with mediamgr.open(path) as lib:
        pictures = lib.sql("select path from artwork where download_status = 'downloaded'")["path"]
        assert pictures.len() > 0
        assert all(Path(each).is_file() and Path(each).is_relative_to(path.parent) for each in pictures)
        types = lib.about.jobs()["job_type"].to_list()
    assert types[:2] == ["artwork", "enrich"]
    before = sites.count()
    again = run("--db", str(path), "artwork")
    assert again.stdout.startswith("No picture is to be had")
    wrong = run("--db", str(path), "artwork", "--type", "foo")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "there are poster, backdrop" in wrong.stderr
    assert sites.count() == before


def test_what_was_asked_is_asked_again_before_anybody_waits(mine: Library, sites: Simulator) -> None:
    """With what its answer said of it: the provider says that nothing has changed."""
    path = closed(mine)
    assert run("--db", str(path), "enrich", "--provider", "tmdb", "--limit", "2").returncode == 0
    before = sites.count()
    told = run("--db", str(path), "cache", "warm", "tmdb:movie/*")
    assert told.stdout == "2 of 2 answered\n", told.stderr
    again = sites.requests().tail(sites.count() - before)
    assert again.select("is_conditional", "status").rows() == [(True, 304), (True, 304)]


def test_what_cannot_be_asked_ends_with_an_error(mine: Library, sites: Simulator) -> None:
    """And says what to do."""
    path = closed(mine)
    told = run("--db", str(path), "enrich", "--provider", "tmdb", MEDIAMGR_TMDB_KEY="")
    assert told.returncode == 1
    assert "MEDIAMGR_TMDB_KEY" in told.stdout
    wrong = run("--db", str(path), "enrich", "--provider", "tmbd")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "there are tmdb, tvmaze, omdb, wikidata" in wrong.stderr
    assert sites.count() == 0


def test_ctrl_c_keeps_what_was_told(mine: Library, sites: Simulator) -> None:
    """The job is recorded as interrupted, and the next run asks for the rest only."""
    path = closed(mine)
    sites.faults["tmdb"] = Faults(latency_seconds=0.5)
    running = started(path, "--provider", "tmdb")
    # a film takes two questions or three, eight at a time
    while sites.count("tmdb") < 20:
        assert running.poll() is None, running.communicate()
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=120)
    assert running.returncode == 130, said
    assert "goes on with" in said
    del sites.faults["tmdb"]
    with mediamgr.open(path) as lib:
        job = lib.about.jobs().row(0, named=True)
        known = lib.sql("select count(distinct media_item_id) as works from provider_match")["works"].item()
        assert (job["job_type"], job["status"]) == ("enrich", "interrupted")
        assert known > 0
        assert lib.check()["found"].sum() == 0
    told = run("--db", str(path), "enrich", "--provider", "tmdb")
    assert f"tmdb: {22 - known} items" in told.stdout


def test_two_at_once_find_all_and_nothing_twice(mine: Library, sites: Simulator) -> None:
    """Each waits for the other to write; what both asked for is there once."""
    path = closed(mine)
    both = [started(path, "--provider", "tmdb"), started(path, "--provider", "tmdb", "--provider", "tvmaze")]
    for each in both:
        _, said = each.communicate(timeout=300)
        assert each.returncode == 0, said
    with mediamgr.open(path) as lib:
        rows = lib.sql("select media_item_id, source, external_id from provider_match")
        assert rows.is_duplicated().sum() == 0
        assert rows.filter(pl.col("source") == "tmdb")["media_item_id"].n_unique() == 22
        assert lib.check()["found"].sum() == 0
