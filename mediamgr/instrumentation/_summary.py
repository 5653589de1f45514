"""Owns metrics as text."""

from __future__ import annotations

from mediamgr.instrumentation._records import Metrics

__all__ = ["summary"]


def summary(metrics: Metrics) -> str:
    """A line a series: timers, then counters, then gauges."""
    timers = [
        f"{key}: {each.count:,} × {each.mean * 1000:.2f} ms = {each.total * 1000:.1f} ms"
        f" (p50 {each.p50 * 1000:.2f}, p95 {each.p95 * 1000:.2f}, p99 {each.p99 * 1000:.2f})"
        + (f", {each.errors:,} failed" if each.errors else "")
        for key, each in metrics.timers.items()
    ]
    counters = [f"{key}: {each.value:,.10g}" for key, each in metrics.counters.items()]
    gauges = [f"{key}: {each.value:,.10g}" for key, each in metrics.gauges.items()]
    return "\n".join([*timers, *counters, *gauges])
