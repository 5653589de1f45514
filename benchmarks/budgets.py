"""The budgets: what an everyday question may take, at ten thousand items and still at ten million."""

from __future__ import annotations

__all__ = ["BUDGETS_MS", "REPORT_BUDGETS_MS", "overrun"]

BUDGETS_MS = {"rare word": 100, "search": 500, "first page": 1000, "page": 500, "people": 100, "count": 50}
"""Kind of question -> milliseconds, of the median."""
REPORT_BUDGETS_MS = {"report": 1000, "duplicates": 300_000}
"""Kind of report -> milliseconds, of the median, at a million items."""


def overrun(median_seconds: float, budget_ms: float) -> str | None:
    """By how much a median breaks its budget, for people; None when it keeps it."""
    median_ms = median_seconds * 1000
    if median_ms <= budget_ms:
        return None
    share = median_ms / budget_ms - 1
    return f"its median of {median_ms:.4g} ms is {share:.0%} over its budget of {budget_ms} ms"
