"""What of a machine matters to a figure, beside what pytest-benchmark says of the processor and of Python."""

from __future__ import annotations

import os
from importlib import metadata

import psutil

__all__ = ["facts"]


def facts() -> dict[str, object]:
    """Cores, memory_bytes, and versions."""
    versions = {name: metadata.version(name) for name in ("duckdb", "polars", "pyarrow", "mediamgr")}
    return {"cores": os.cpu_count(), "memory_bytes": psutil.virtual_memory().total, **versions}
