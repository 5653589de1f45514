"""Owns reading what pytest-benchmark saved: a JSON file of one run, with the machine and the commit it was run on."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from mediamgr.errors import SourceError
from mediamgr.wording import human_bytes

__all__ = ["Results", "Timing", "find_results", "read_results"]

_PLACES: Final = {"latest": 1, "previous": 2}
"""Names of results in a folder, and their places from the end."""
_UNKNOWN: Final = "unknown"
_OURS: Final = "mediamgr"
"""Who was measured, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Timing:
    """What one benchmark took; times are seconds.

    Attributes:
        name: The whole name of the benchmark, its parameters included.
        question: What was measured, whatever the size and whoever answers.
        who: Who was measured: mediamgr, a peer or a floor.
        items: How large the library was; None where that does not matter.
        median: Of all rounds.
        fastest: The shortest round.
        low: A quarter of the rounds took less.
        high: A quarter of the rounds took more.
    """

    name: str
    question: str
    who: str
    items: int | None
    median: float
    fastest: float
    low: float
    high: float

    @property
    def is_ours(self) -> bool:
        """Whether it is mediamgr that was measured, and not a peer or a floor."""
        return self.who.split(",")[0] == _OURS


@dataclass(frozen=True, slots=True)
class Results:
    """One run.

    Attributes:
        path: Where it was read.
        taken_at: When it ended.
        commit: Of the checkout; "+" behind it says that files were changed since.
        machine: Facts such as processor, cores, memory, and versions of what matters, for people.
        timings: By the names of the benchmarks, in the order in which they were run.
    """

    path: Path
    taken_at: datetime
    commit: str
    machine: Mapping[str, str]
    timings: Mapping[str, Timing]


def find_results(name: str, folder: Path) -> Path:
    """The file that is meant: "latest" and "previous" are those of a folder and what is below it, others are paths.

    Raises `SourceError` when there are too few, or one in the folder cannot be read.
    """
    if name not in _PLACES:
        return Path(name)
    found = sorted(map(read_results, folder.rglob("*.json")), key=lambda results: results.taken_at)
    if len(found) < _PLACES[name]:
        raise SourceError(
            f'{folder} holds {len(found)} results, too few for "{name}"; `make bench` adds one, or name files.'
        )
    return found[-_PLACES[name]].path


def read_results(path: Path) -> Results:
    """Read one run.

    Raises:
        SourceError: The file is not there, is no JSON, is not of pytest-benchmark, or holds no benchmark.
    """
    try:
        told = json.loads(path.read_bytes())
    except OSError as error:
        raise SourceError(
            f'{path} cannot be read: {error.strerror}. Name a result that `make bench` saved, "latest" or "previous".'
        ) from error
    except ValueError as error:
        raise SourceError(f"{path} is not JSON, or was cut short ({error}); remove it and measure again.") from error
    try:
        results = _results(path, told)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise SourceError(
            f"{path} is not a result of pytest-benchmark ({type(error).__name__}: {error});"
            " `make bench` makes one, or pytest with --benchmark-json."
        ) from error
    if not results.timings:
        raise SourceError(f"{path} holds no benchmark: every one failed or none was run; measure again.")
    return results


def _results(path: Path, told: Any) -> Results:
    timings = [_timing(each) for each in told["benchmarks"]]
    taken_at = datetime.fromisoformat(told["datetime"])
    return Results(
        path,
        # before pytest-benchmark 4 the zone was left out
        taken_at if taken_at.tzinfo else taken_at.replace(tzinfo=UTC),
        _commit(told.get("commit_info") or {}),
        _machine(told["machine_info"]),
        {timing.name: timing for timing in timings},
    )


def _timing(told: Any) -> Timing:
    stats, extra = told["stats"], told.get("extra_info") or {}
    times = [float(stats[name]) for name in ("median", "min", "q1", "q3")]
    if not all(math.isfinite(time) and time > 0 for time in times):
        raise ValueError(f"{told['fullname']} took no time")
    items = extra.get("items")
    return Timing(
        str(told["fullname"]),
        str(extra.get("question") or told["group"] or told["name"]),
        str(extra.get("who", _OURS)),
        None if items is None else int(items),
        *times,
    )


def _commit(told: Mapping[str, Any]) -> str:
    return f"{str(told.get('id', _UNKNOWN))[:10]}{'+' if told.get('dirty') else ''}"


def _machine(told: Mapping[str, Any]) -> dict[str, str]:
    facts = {
        "processor": told["cpu"].get("brand_raw") or told.get("machine"),
        "cores": told.get("cores") or told["cpu"].get("count"),
        "memory": human_bytes(told["memory_bytes"]) if told.get("memory_bytes") else None,
        "system": told.get("system"),
        "Python": told.get("python_version"),
        "DuckDB": told.get("duckdb"),
        "Polars": told.get("polars"),
    }
    return {name: _UNKNOWN if fact is None else str(fact) for name, fact in facts.items()}
