"""Results as pytest-benchmark saves them, written out by hand."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["MACHINE", "benchmark", "save"]

MACHINE: dict[str, Any] = {
    "node": "here",
    "machine": "x86_64",
    "system": "Linux",
    "python_version": "3.13.1",
    "cpu": {"brand_raw": "Some CPU", "count": 2},
    "cores": 2,
    "memory_bytes": 8_000_000_000,
    "duckdb": "2.0.1",
    "polars": "2.1.0",
}


def benchmark(name: str, median: float, spread: float = 0.01, **extra_info: Any) -> dict[str, Any]:
    """One that took `median` seconds; the rounds lie within a share of it, below and above."""
    low, high = median * (1 - spread), median * (1 + spread)
    stats = {"min": low, "q1": low, "median": median, "q3": high, "max": high, "rounds": 5}
    return {"name": name, "fullname": f"bench.py::{name}", "group": None, "stats": stats, "extra_info": extra_info}


def save(
    path: Path, *benchmarks: Mapping[str, Any], day: int = 1, machine: Mapping[str, Any] = MACHINE, dirty: bool = False
) -> Path:
    """Write a result, taken on that day."""
    told = {
        "machine_info": machine,
        "commit_info": {"id": "0123456789abcdef", "dirty": dirty},
        "benchmarks": benchmarks,
        "datetime": datetime(2026, 5, day, 12, tzinfo=UTC).isoformat(),
        "version": "5.3.1",
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(told), encoding="utf-8")
    return path
