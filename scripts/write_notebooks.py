"""Run the notebooks on a fresh demo library and keep what they print, after a change of what is shown."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
from nbclient import NotebookClient

from mediamgr.library import build_demo

ROOT = Path(__file__).resolve().parent.parent


def rewrite(path: Path, folder: Path) -> None:
    """Run one notebook in `folder` and write it with its outputs; a cell that fails leaves it as it was."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=300,
        startup_timeout=300,
        record_timing=False,
        # what widgets are is for who runs them; where nobody does, their first rows are there as a table
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    client.execute()
    notebook.metadata.language_info = {"name": "python"}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    with TemporaryDirectory(prefix="mediamgr-notebooks-") as name:
        folder = Path(name)
        build_demo(folder / "demo.duckdb").close()
        # by its bare name: no path of this machine gets into an output
        os.environ |= {
            "MEDIAMGR_LIBRARY": "demo.duckdb",
            "MEDIAMGR_CONFIG_DIR": name,
            # on a busy machine any statement may be slow, and would say so
            "MEDIAMGR_SLOW_STATEMENT_MS": "60000",
            "MEDIAMGR_LOG_DIR": "log",
            "MEDIAMGR_DISK_CACHE_DIR": "cache",
            "JUPYTER_PREFER_ENV_PATH": "1",
        }
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            rewrite(path, folder)
            print(path.relative_to(ROOT))
