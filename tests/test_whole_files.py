"""Files that appear when they are whole."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mediamgr.whole_files import whole_file


def test_what_a_killed_process_left_is_removed_in_time(tmp_path: Path) -> None:
    """Of this path, when nobody has written there for a while; not that of processes that run."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    ours, gone = os.getppid(), ended.pid
    names = {
        f".a.duckdb.{gone}.partial": 3600, f".a.duckdb.{gone}.partial.wal": 3600, f".a.duckdb.{ours}.partial": 3600,
        f".b.duckdb.{gone}.partial": 3600, "a.duckdb": 3600,
    }  # fmt: skip
    for name, age in names.items():
        (tmp_path / name).touch()
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    with whole_file(tmp_path / "a.duckdb") as partial:
        partial.write_text("whole")
    left = {each.name for each in tmp_path.iterdir()}
    assert left == {f".a.duckdb.{ours}.partial", f".b.duckdb.{gone}.partial", "a.duckdb"}
    assert (tmp_path / "a.duckdb").read_text() == "whole"


def test_what_was_just_written_stays(tmp_path: Path) -> None:
    """It may be another machine's."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    (tmp_path / f".a.{ended.pid}.partial").touch()
    with whole_file(tmp_path / "a"):
        pass
    assert (tmp_path / f".a.{ended.pid}.partial").exists()
