"""Demo libraries of several sizes, for benchmarks: built once and kept, because ten million items take a while.

MEDIAMGR_BENCH_SIZES: how many items, such as "10000,1000000,10000000"; default the first two.
MEDIAMGR_BENCH_DIR: where they are kept; default the user's cache folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from mediamgr.library import build_demo

__all__ = ["SIZES", "demo_library"]

SIZES = [int(size) for size in os.environ.get("MEDIAMGR_BENCH_SIZES", "10000,1000000").split(",")]


def demo_library(items: int) -> Path:
    """The demo library of so many items; not to be changed."""
    folder = Path(os.environ.get("MEDIAMGR_BENCH_DIR") or platformdirs.user_cache_path("mediamgr") / "benchmarks")
    path = folder / f"demo-{items}.duckdb"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        build_demo(path, items=items).close()
    return path
