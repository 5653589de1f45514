"""OpenTelemetry collects what is measured; nothing is measured twice."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from mediamgr.instrumentation import get_instrumentation
from mediamgr.performance import export_to_opentelemetry
from mediamgr.performance._opentelemetry import Look
from tests.workers.waiting import until

metrics = get_instrumentation()


@pytest.fixture
def reader() -> InMemoryMetricReader:
    """What collects from a provider that mediamgr exports to, with one timer, counter and gauge there."""
    metrics.reset()
    for _ in range(3):
        with metrics.timer("films.read", of="x"):
            pass
    with pytest.raises(ZeroDivisionError), metrics.timer("films.read", of="y"):
        raise ZeroDivisionError
    metrics.increment_counter("store.bytes_read", 7, of="x")
    metrics.set_gauge("films.queue", 4)
    reader = InMemoryMetricReader()
    export_to_opentelemetry(MeterProvider([reader]))
    return reader


def collected(reader: InMemoryMetricReader) -> dict[str, Any]:
    """Metrics by name."""
    data = reader.get_metrics_data()
    assert data is not None
    found = [each for one in data.resource_metrics for scope in one.scope_metrics for each in scope.metrics]
    assert len({each.name for each in found}) == len(found)
    return {each.name: each for each in found}


def points(metric: Any) -> dict[tuple[tuple[str, str], ...], float]:
    """Values by attributes."""
    return {tuple(each.attributes.items()): each.value for each in metric.data.data_points}


def test_series_are_collected_as_they_are_then(reader: InMemoryMetricReader) -> None:
    """With unit, meaning and attributes."""
    found = collected(reader)
    assert points(found["mediamgr.films.read.runs"]) == {(("of", "x"),): 3, (("of", "y"),): 1}
    assert points(found["mediamgr.films.read.failures"]) == {(("of", "x"),): 0, (("of", "y"),): 1}
    total = metrics.get_timer_metrics("films.read", of="x")
    assert points(found["mediamgr.films.read.time"])[("of", "x"),] == total.total > 0
    assert points(found["mediamgr.films.read.p95"])[("of", "x"),] == total.p95
    assert points(found["mediamgr.store.bytes_read"]) == {(("of", "x"),): 7}
    assert points(found["mediamgr.films.queue"]) == {(): 4}
    assert found["mediamgr.store.bytes_read"].data.is_monotonic
    assert (found["mediamgr.store.bytes_read"].unit, found["mediamgr.films.read.time"].unit) == ("By", "s")
    assert found["mediamgr.store.bytes_read"].description == "Size in memory of what statements answered"
    metrics.increment_counter("store.bytes_read", 5, of="x")
    metrics.set_gauge("films.queue", 1)
    found = collected(reader)
    assert points(found["mediamgr.store.bytes_read"]) == {(("of", "x"),): 12}
    assert points(found["mediamgr.films.queue"]) == {(): 1}


def test_a_collection_looks_once(reader: InMemoryMetricReader, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many metrics there are: what is watched is read once for all of them, and again the next time."""
    looks: list[int] = []

    def read() -> list[tuple[dict[str, str], float]]:
        looks.append(1)
        return [({}, len(looks))]

    monkeypatch.setattr(metrics, "_watched", {"films.looks": read})
    export_to_opentelemetry(provider := MeterProvider([other := InMemoryMetricReader()]))
    looks.clear()
    assert points(collected(other)["mediamgr.films.looks"]) == {(): 1}
    assert points(collected(other)["mediamgr.films.looks"]) == {(): 2}
    assert len(looks) == 2
    provider.shutdown()


def test_who_has_not_seen_it_is_told_nothing_old() -> None:
    """As after a collection that somebody broke off."""
    metrics.reset()
    times = iter((0.0, 0.0, 0.9, 2.0, 2.0))
    look = Look(lambda: next(times))
    first = look.of("a")
    metrics.increment_counter("films.seen")
    assert look.of("b") is first
    assert ("counter", "films.seen") in look.of("c")


def test_what_is_new_is_collected_the_next_time(reader: InMemoryMetricReader) -> None:
    """Nobody has to say so."""
    (before,) = points(collected(reader)["mediamgr.metrics"]).values()
    metrics.increment_counter("films.new", 2)
    until(lambda: "mediamgr.films.new" in collected(reader))
    found = collected(reader)
    assert points(found["mediamgr.films.new"]) == {(): 2}
    assert points(found["mediamgr.metrics"]) == {(): before + 1}


def test_what_was_reset_is_not_collected(reader: InMemoryMetricReader) -> None:
    """Instruments stay, and have nothing to say."""
    metrics.reset()
    assert not [name for name in collected(reader) if name.startswith(("mediamgr.films.", "mediamgr.store.bytes"))]


def test_again_it_does_nothing(caplog: pytest.LogCaptureFixture) -> None:
    """Each is collected once, and OpenTelemetry warns of none that is there already."""
    metrics.reset()
    metrics.increment_counter("films.seen")
    reader = InMemoryMetricReader()
    provider = MeterProvider([reader])
    for _ in range(3):
        export_to_opentelemetry(provider)
    assert points(collected(reader)["mediamgr.films.seen"]) == {(): 1}
    assert caplog.messages == []


def test_names_may_be_anything(reader: InMemoryMetricReader) -> None:
    """What OpenTelemetry does not allow is left out of them."""
    metrics.increment_counter("films seen, ünder 20 €" + "x" * 300)
    until(lambda: any(name.startswith("mediamgr.films_seen___nder_20__x") for name in collected(reader)))


def test_absent_it_is_named() -> None:
    """With the command that brings it."""
    code = (
        "import sys; sys.modules['opentelemetry'] = None\n"
        "from mediamgr.performance import export_to_opentelemetry\n"
        "try: export_to_opentelemetry()\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert told.stdout == "MissingPart OpenTelemetry is not installed; pip install 'mediamgr[otel]'.\n", told.stderr


def test_without_a_provider_it_is_that_of_the_process() -> None:
    """Which does nothing until one is set, as OpenTelemetry wants it."""
    export_to_opentelemetry()
