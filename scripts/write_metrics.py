"""Write docs/metrics.md: what each room measures, as it says itself, after a metric came, went or changed."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import mediamgr
from mediamgr.instrumentation import Metric, declared

HEAD = """# What is measured

Written by `make metrics` from the code: each room says what it measures where it does.

A name is `room.thing`. The room is the part of the package that measures, as in `ls mediamgr/`. A timer is called for
the thing that is done, a counter for what it counts, in the plural. What differs in kind, but is counted or timed
alike, is one metric with a label, such as `store.result_lookups{outcome=hit}` and `{outcome=miss}`; labels are for what
has few values, never for ids, titles or SQL. A timer counts its runs, and those that failed; a counter of the same is
there only where it says more: `workers.tasks` how each ended, those that never began included, `cache_service.errors`
all that went wrong in a cache, failed loads included. What is one statement of a library and no more has no timer but
`store.statement`, unless it is most often answered from memory.

    from mediamgr.instrumentation import get_instrumentation
    measured = get_instrumentation()
    measured.get_timer_metrics("repository.search", of="items").p95            # seconds
    measured.get_counter_metrics("store.result_lookups", outcome="hit").value  # leave labels out to add all up
    print(measured.get_summary())
"""
MEANINGS = {
    "timer": "runs, errors, total, shortest, longest, mean, p50, p95, p99",
    "counter": "a sum that only grows",
    "gauge": "what it is now",
}


def page() -> str:
    """The whole page."""
    for module in pkgutil.walk_packages(mediamgr.__path__, "mediamgr."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    kinds = "\n".join(f"- {kind}: {meaning}" for kind, meaning in MEANINGS.items())
    rooms = groupby(declared(), key=lambda metric: metric.name.partition(".")[0])
    return "\n\n".join([HEAD.strip(), kinds, *(_room(name, metrics) for name, metrics in rooms)]) + "\n"


def _room(name: str, metrics: Iterable[Metric]) -> str:
    rows = "\n".join(_row(each) for each in metrics)
    return f"## {name}\n\n| name | kind | unit | labels | meaning |\n|---|---|---|---|---|\n{rows}"


def _row(metric: Metric) -> str:
    labels = ", ".join(f"`{label}`" for label in metric.labels)
    return f"| `{metric.name}` | {metric.kind} | {metric.unit} | {labels} | {metric.meaning} |"


if __name__ == "__main__":
    Path("docs/metrics.md").write_text(page(), encoding="utf-8")
