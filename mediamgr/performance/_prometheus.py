"""Owns the text format of Prometheus, 0.0.4: `mediamgr_store_statement_seconds{statement="items/page"}`.

It is written here, for it is a page of rules, and the client library would keep a registry of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from math import inf, isnan
from typing import Final

from mediamgr.instrumentation import TimerMetrics
from mediamgr.performance._families import Family, Kind, Series, families
from mediamgr.performance._readings import readings
from mediamgr.performance._records import Figures

__all__ = ["CONTENT_TYPE", "exposition"]

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_ENDINGS: Final[Mapping[Kind, str]] = {"timer": "_seconds", "counter": "_total", "gauge": ""}
_TYPES: Final[Mapping[Kind, str]] = {"timer": "summary", "counter": "counter", "gauge": "gauge"}
_QUANTILES: Final = {"0.5": "p50", "0.95": "p95", "0.99": "p99"}
_OWN_LABELS: Final = frozenset({"quantile", "le"})
"""Which the format keeps for itself."""


def exposition(figures: Figures) -> str:
    """All that is measured: timers as summaries in seconds, counters as `_total`, gauges, each with what it means."""
    whole = [
        *families("timer", figures.timers.values()),
        *families("counter", figures.counters.values()),
        *families("gauge", [*figures.gauges.values(), *readings(figures)]),
    ]
    taken: set[str] = set()
    return "".join(f"{line}\n" for each in whole for line in _family(each, taken))


def _family(family: Family, taken: set[str]) -> Iterator[str]:
    name = _free(f"mediamgr_{_safe(family.name)}".removesuffix(_ENDINGS[family.kind]) + _ENDINGS[family.kind], taken)
    yield f"# HELP {name} {_escaped(family.meaning)}"
    yield f"# TYPE {name} {_TYPES[family.kind]}"
    for series in family.series:
        yield from _series(name, series)
    if family.kind == "timer":
        yield from _failures(_free(f"{name.removesuffix('_seconds')}_failures_total", taken), family)


def _series(name: str, series: Series) -> Iterator[str]:
    if not isinstance(series, TimerMetrics):
        yield _line(name, series.labels, series.value)
        return
    for quantile, attribute in _QUANTILES.items():
        yield _line(name, series.labels, getattr(series, attribute), quantile=quantile)
    yield _line(f"{name}_sum", series.labels, series.total)
    yield _line(f"{name}_count", series.labels, series.count)


def _failures(name: str, family: Family) -> Iterator[str]:
    yield f"# HELP {name} {_escaped(family.meaning)}: those that ended in an error"
    yield f"# TYPE {name} counter"
    for series in family.series:
        if isinstance(series, TimerMetrics):
            yield _line(name, series.labels, series.errors)


def _free(name: str, taken: set[str]) -> str:
    """A name of its own, where two metrics differ only in what the format does not allow in names."""
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _line(name: str, labels: Mapping[str, str], value: float, **more: str) -> str:
    told = {_label(label): text for label, text in labels.items()} | more
    inside = ",".join(f'{label}="{_quoted(str(text))}"' for label, text in told.items())
    return f"{name}{{{inside}}} {_number(value)}" if inside else f"{name} {_number(value)}"


def _safe(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_]", "_", name)


def _label(name: str) -> str:
    safe = _safe(name)
    return f"exported_{safe}" if safe in _OWN_LABELS or not re.match(r"[a-zA-Z]", safe) else safe


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _quoted(text: str) -> str:
    # a value may be anything but half a character
    return _escaped(text).replace('"', '\\"').encode("utf-8", "replace").decode()


def _number(value: float) -> str:
    if isnan(value):
        return "NaN"
    # a gauge may have been set to True, or to a number of a library whose repr is no number
    return f"{'+' if value > 0 else '-'}Inf" if abs(value) == inf else repr(float(value))
