"""Run the notebooks on a fresh demo library and compare what they print with what is committed (nbval)."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from mediamgr.library import build_demo

ROOT = Path(__file__).resolve().parent.parent

if __name__ == "__main__":
    with TemporaryDirectory(prefix="mediamgr-notebooks-") as folder:
        library = Path(folder) / "demo.duckdb"
        build_demo(library).close()
        environment = {
            **os.environ,
            "MEDIAMGR_LIBRARY": str(library),
            "MEDIAMGR_CONFIG_DIR": folder,
            "JUPYTER_PREFER_ENV_PATH": "1",
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--nbval"]
        command += ["--nbval-sanitize-with", str(ROOT / "tests/notebooks/sanitize.cfg")]
        # a kernel may take a minute to start on a busy machine
        command += ["--nbval-kernel-startup-timeout", "300", "--nbval-cell-timeout", "300", str(ROOT / "notebooks")]
        sys.exit(subprocess.run(command, env=environment, cwd=ROOT, check=False).returncode)
