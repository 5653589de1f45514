"""The text that Prometheus scrapes is what its own parser reads, whatever was measured."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from mediamgr.instrumentation import Counter, CounterMetrics, Gauge, GaugeMetrics, Timer, TimerMetrics, declared
from mediamgr.performance import PerformanceReport
from mediamgr.performance._readings import readings
from tests.performance.made import report

NASTY = 'a"b\\c\nd\\n}{é千\x1b'


def read(made: PerformanceReport) -> Mapping[str, Metric]:
    """As Prometheus reads it, by name; no name comes twice."""
    found = list(text_string_to_metric_families(made.to_prometheus()))
    names = [each.name for each in found]
    assert len(names) == len(set(names))
    return {each.name: each for each in found}


def values(metric: Metric) -> dict[tuple[str, ...], float]:
    """By name and the values of labels."""
    return {(each.name, *each.labels.values()): each.value for each in metric.samples}


def test_a_timer_is_a_summary_in_seconds() -> None:
    """With what failed beside it."""
    found = read(report())
    metric = found["mediamgr_store_statement_seconds"]
    assert metric.type == "summary"
    assert metric.documentation == "A statement asked of DuckDB, until its rows are here"
    name = "mediamgr_store_statement_seconds"
    told = values(metric)
    assert told[name, "items/page", "0.5"] == 0.003
    assert told[name, "items/page", "0.95"] == 0.009
    assert told[name, "items/page", "0.99"] == 0.04
    assert told[f"{name}_sum", "items/page"] == 1.2
    assert told[f"{name}_count", "items/page"] == 340
    assert told[f"{name}_count", "items/count"] == 1
    failed = found["mediamgr_store_statement_failures"]
    assert failed.type == "counter"
    assert values(failed)["mediamgr_store_statement_failures_total", "items/page"] == 2


def test_a_counter_ends_in_total() -> None:
    """Once, and what it means comes from where it was declared."""
    counters = {
        name: CounterMetrics(name, {}, 7) for name in ("store.rows_read", "users_total")
    }  # fmt: skip
    found = read(report(counters=counters))
    assert found["mediamgr_store_rows_read"].type == "counter"
    assert found["mediamgr_store_rows_read"].documentation == "Rows that statements answered"
    assert values(found["mediamgr_store_rows_read"]) == {("mediamgr_store_rows_read_total",): 7}
    assert values(found["mediamgr_users"]) == {("mediamgr_users_total",): 7}
    assert found["mediamgr_users"].documentation == "The counter users_total"


def test_the_library_the_caches_and_the_process_are_gauges() -> None:
    """As the report found them."""
    found = read(report())
    assert values(found["mediamgr_performance_library_bytes"]) == {("mediamgr_performance_library_bytes",): 20_000_000}
    assert values(found["mediamgr_performance_table_rows"])["mediamgr_performance_table_rows", "credit"] == 40_000
    assert values(found["mediamgr_performance_generations"]) == {("mediamgr_performance_generations",): 1}
    entries = values(found["mediamgr_performance_answers_kept"])
    assert entries["mediamgr_performance_answers_kept", "default", "stale"] == 9
    assert values(found["mediamgr_performance_answers_given"])["mediamgr_performance_answers_given", "default"] == 99
    assert values(found["mediamgr_performance_memory_bytes"]) == {("mediamgr_performance_memory_bytes",): 300_000_000}
    assert values(found["mediamgr_performance_worker_utilisation"]) == {
        ("mediamgr_performance_worker_utilisation", "mediamgr"): 0.2
    }
    assert values(found["mediamgr_queue"]) == {("mediamgr_queue", "x"): 2.5}
    assert {each.type for name, each in found.items() if "library" in name} == {"gauge"}
    known = {each.name: each for each in declared()}
    for each in readings(report()):
        assert each.labels.keys() == set(known[each.name].labels)


def test_what_could_not_be_had_is_told() -> None:
    """So that a monitor can warn of it, which no gauge that is not there does."""
    found = read(report(store=None, answers=None, memory=None, duckdb=None, results=None, left_out={"store": "none"}))
    assert values(found["mediamgr_performance_left_out"]) == {("mediamgr_performance_left_out", "store"): 1}
    assert not [name for name in found if "library" in name]
    assert "mediamgr_performance_left_out" not in read(report())


def test_any_label_comes_back_as_it_was() -> None:
    """Quotes, backslashes, line breaks."""
    made = report(counters={"c": CounterMetrics("c", {"of": NASTY}, 1)})
    assert values(read(made)["mediamgr_c"]) == {("mediamgr_c_total", NASTY): 1}


def test_half_a_character_is_no_harm() -> None:
    """Names of files may hold them; the whole is UTF-8."""
    report(counters={"c": CounterMetrics("c", {"of": "\udce9"}, 1)}).to_prometheus().encode()


def test_labels_that_the_format_keeps_for_itself() -> None:
    """Are called otherwise."""
    labels = {"quantile": "a", "le": "b", "1st": "c", "per-cent": "d"}
    samples = read(report(timers={"t": TimerMetrics("t", labels, 1, 0, 1.0)}))["mediamgr_t_seconds"].samples
    assert samples[-1].labels == {"exported_quantile": "a", "exported_le": "b", "exported_1st": "c", "per_cent": "d"}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (math.nan, "NaN"),
        (math.inf, "+Inf"),
        (-math.inf, "-Inf"),
        (1e300, "1e+300"),
        (3, "3.0"),
        (True, "1.0"),
        (Decimal("2.5"), "2.5"),
    ],
)
def test_any_number(value: Any, told: str) -> None:
    """As the format writes it."""
    made = report(gauges={"g": GaugeMetrics("g", {}, value)})
    assert f"\nmediamgr_g {told}\n" in made.to_prometheus()
    (read_again,) = values(read(made)["mediamgr_g"]).values()
    assert math.isnan(read_again) if math.isnan(value) else read_again == value


def test_names_that_differ_only_in_what_is_not_allowed() -> None:
    """Both are there; and a gauge may be called as a timer is."""
    made = report(
        timers={"a.b": TimerMetrics("a.b", {}, 1, 0, 1.0), "a b": TimerMetrics("a b", {}, 2, 0, 2.0)},
        gauges={"a.b.seconds": GaugeMetrics("a.b.seconds", {}, 5)},
    )
    found = read(made)
    counts = [
        each.value
        for metric in found.values()
        for each in metric.samples
        if each.name.startswith("mediamgr_a_b") and each.name.endswith("_count")
    ]
    assert sorted(counts) == [1, 2]
    assert [
        each.value for metric in found.values() for each in metric.samples if metric.type == "gauge" and each.value == 5
    ]


def test_what_is_declared_has_its_meaning_in_one_line() -> None:
    """Also one with a line break."""
    for make, kind in ((Timer, "timer"), (Counter, "counter"), (Gauge, "gauge")):
        make(f"test_prometheus.{kind}", f"A {kind}\nin \\ two lines")
    made = report(
        timers={"t": TimerMetrics("test_prometheus.timer", {}, 1)},
        counters={"c": CounterMetrics("test_prometheus.counter", {}, 1)},
        gauges={"g": GaugeMetrics("test_prometheus.gauge", {}, 1)},
    )
    assert read(made)["mediamgr_test_prometheus_gauge"].documentation == "A gauge\nin \\ two lines"
    assert read(made)["mediamgr_test_prometheus_counter"].documentation == "A counter\nin \\ two lines"


def test_an_empty_report_is_an_empty_page() -> None:
    """Which is right, too."""
    made = report(
        timers={}, counters={}, gauges={}, workers=(), store=None, answers=None, results=None, memory=None, duckdb=None
    )
    assert made.to_prometheus() == ""
