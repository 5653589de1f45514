"""Run the notebooks with nbval: on a fresh demo library, compared with what is committed, and on an empty one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import mediamgr
from mediamgr.library import build_demo

ROOT = Path(__file__).resolve().parent.parent

NBVAL = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2", "--dist", "loadfile"]
# a kernel may take a minute to start on a busy machine
PATIENCE = ["--nbval-kernel-startup-timeout", "300", "--nbval-cell-timeout", "300"]


def check(library: Path, *options: str) -> int:
    """Run all notebooks on a library; the exit code."""
    settings = {
        "MEDIAMGR_LIBRARY": str(library),
        "MEDIAMGR_CONFIG_DIR": str(library.parent),
        # on a busy machine any statement may be slow, and would say so
        "MEDIAMGR_SLOW_STATEMENT_MS": "60000",
        "MEDIAMGR_LOG_DIR": str(library.parent / "log"),
        "MEDIAMGR_DISK_CACHE_DIR": str(library.parent / "cache"),
    }
    environment = {**os.environ, **settings, "JUPYTER_PREFER_ENV_PATH": "1"}
    command = [*NBVAL, *options, *PATIENCE, str(ROOT / "notebooks")]
    return subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    with TemporaryDirectory(prefix="mediamgr-notebooks-") as folder:
        demo, empty = Path(folder) / "demo.duckdb", Path(folder) / "empty.duckdb"
        build_demo(demo).close()
        mediamgr.open(empty, create=True).close()
        compared = check(demo, "--nbval", "--nbval-sanitize-with", str(ROOT / "tests/notebooks/sanitize.cfg"))
        # a library with nothing in it: no cell may fail, whatever it prints
        sys.exit(compared or check(empty, "--nbval-lax"))
