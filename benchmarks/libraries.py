"""Demo libraries of several sizes, for benchmarks: built once and kept, because ten million items take a while.

MEDIAMGR_BENCH_SIZES: sizes for the pages in docs, such as "10000,1000000"; default 10k, 1M and 10M. Benchmarks
that pytest runs have an option instead: --items.
MEDIAMGR_BENCH_DIR: where they are kept; default the user's cache folder.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs

from mediamgr.library import build_demo
from mediamgr.store import Database, migrations

__all__ = ["ALL_SIZES", "demo_library", "folder"]

_ASKED = [int(size) for size in os.environ.get("MEDIAMGR_BENCH_SIZES", "").split(",") if size]
ALL_SIZES = _ASKED or [10_000, 1_000_000, 10_000_000]


def folder() -> Path:
    """Where they are kept; made when it is not there."""
    path = Path(os.environ.get("MEDIAMGR_BENCH_DIR") or platformdirs.user_cache_path("mediamgr") / "benchmarks")
    path.mkdir(parents=True, exist_ok=True)
    return path


@cache
def demo_library(items: int) -> Path:
    """The demo library of so many items; not to be changed."""
    path = folder() / f"demo-{items}.duckdb"
    if not path.exists():
        build_demo(path, items=items).close()
    migrations.migrate(Database(path))
    return path
