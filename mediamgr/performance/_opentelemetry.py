"""Owns handing what is measured to OpenTelemetry: instruments that look into the registry when they are collected.

Nothing is measured twice, and a collection looks once, for all instruments. A metric that is new is found when the
others are collected, and is there the next time.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from time import monotonic
from typing import Final, TypeAlias

from opentelemetry.metrics import CallbackOptions, Meter, MeterProvider, Observation, get_meter_provider

from mediamgr._version import __version__
from mediamgr.instrumentation import get_instrumentation
from mediamgr.performance._families import Family, Kind, Series, families
from mediamgr.workers import start_thread

__all__ = ["Look", "register"]

_UNITS: Final = {"B": "By"}
_SHARES: Final = ("p50", "p95", "p99")
_LOOK_AGAIN_SECONDS: Final = 1.0
_Callback: TypeAlias = "Callable[[CallbackOptions], Iterable[Observation]]"
_Key: TypeAlias = tuple[Kind, str]


def register(provider: MeterProvider | None) -> None:
    """See `export_to_opentelemetry`."""
    # of a meter that is there already the SDK gives the same, and of an instrument, too
    _Bridge((provider or get_meter_provider()).get_meter("mediamgr", __version__)).start()


class _Bridge:
    """The instruments of one meter."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._lock = threading.Lock()
        self._known: set[_Key] = set()
        self._look = Look()

    def start(self) -> None:
        self._add_new()
        meaning = "Metrics that mediamgr measures"
        self._meter.create_observable_gauge("mediamgr.metrics", [self._count], "{metric}", meaning)

    def _count(self, _: CallbackOptions) -> Iterable[Observation]:
        found = self._look.of("mediamgr.metrics")
        if found.keys() - self._known:
            # who collects holds a lock that new instruments need, too
            start_thread(self._add_new, "mediamgr-opentelemetry")
        return [Observation(len(found))]

    def _add_new(self) -> None:
        with self._lock:
            for key, family in _measured().items():
                if key not in self._known:
                    self._known.add(key)
                    self._add(family)

    def _add(self, family: Family) -> None:
        name = f"mediamgr.{_safe(family.name)}"
        unit = _UNITS.get(family.unit) or (f"{{{family.unit}}}" if family.unit else "1")
        if family.kind == "counter":
            self._meter.create_observable_counter(name, [self._looking(family, "value")], unit, family.meaning)
        elif family.kind == "gauge":
            self._meter.create_observable_gauge(name, [self._looking(family, "value")], unit, family.meaning)
        else:
            self._add_timer(name, family)

    def _looking(self, family: Family, attribute: str) -> _Callback:
        return partial(self._observed, (family.kind, family.name), attribute)

    def _observed(self, key: _Key, attribute: str, _: CallbackOptions) -> Iterable[Observation]:
        family = self._look.of((key, attribute)).get(key)
        return [_observation(each, attribute) for each in family.series] if family else []

    def _add_timer(self, name: str, family: Family) -> None:
        counter, gauge = self._meter.create_observable_counter, self._meter.create_observable_gauge
        counter(f"{name}.runs", [self._looking(family, "count")], "{run}", family.meaning)
        counter(f"{name}.failures", [self._looking(family, "errors")], "{run}", f"{family.meaning}: those that failed")
        counter(f"{name}.time", [self._looking(family, "total")], "s", family.meaning)
        for share in _SHARES:
            gauge(
                f"{name}.{share}",
                [self._looking(family, share)],
                "s",
                f"{family.meaning}: {share[1:]} % took no longer",
            )


class Look:
    """What is measured, made anew when who saw it asks again: that is the next collection, in which all ask once.

    Where several collect, one may see what was made for another a moment ago.

    Args:
        clock: Seconds.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._seen_by: set[object] = set()
        self._made_at = 0.0
        self._measured: Mapping[_Key, Family] = {}

    def of(self, who: object) -> Mapping[_Key, Family]:
        """All metrics by kind and name; `who` asks."""
        with self._lock:
            is_old = self._clock() - self._made_at > _LOOK_AGAIN_SECONDS
            if is_old or not self._seen_by or who in self._seen_by:
                self._measured, self._made_at, self._seen_by = _measured(), self._clock(), set()
            self._seen_by.add(who)
            return self._measured


def _measured() -> Mapping[_Key, Family]:
    metrics = get_instrumentation().get_all_metrics()
    found = [
        *families("timer", metrics.timers.values()),
        *families("counter", metrics.counters.values()),
        *families("gauge", metrics.gauges.values()),
    ]
    return {(each.kind, each.name): each for each in found}


def _observation(series: Series, attribute: str) -> Observation:
    return Observation(getattr(series, attribute), dict(series.labels))


def _safe(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.\-/]", "_", name)[:200]
