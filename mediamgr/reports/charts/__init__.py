"""Pictures of answers: one module a report, one function a question, by its name. Nothing is fetched to draw them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import polars as pl

from mediamgr.errors import QueryError
from mediamgr.reports.charts import (
    changes,
    collection,
    duplicates,
    health,
    missing_episodes,
    people,
    storage,
    upgrades,
    watching,
)
from mediamgr.reports.charts.letters import drawable

__all__ = ["Chart", "drawn", "has_chart"]

Chart = alt.Chart

_MODULES = (storage, upgrades, duplicates, missing_episodes, health, people, watching, collection, changes)


def has_chart(question: str) -> bool:
    """Whether there is a picture of the answers to that question."""
    return any(question in each.__all__ for each in _MODULES)


def drawn(question: str, frame: pl.DataFrame, given: Mapping[str, Any]) -> Chart:
    """The picture of an answer. Raises `QueryError` when there is none of that question."""
    for module in _MODULES:
        if question in module.__all__:
            chart: Chart = getattr(module, question)(*drawable(frame, given))
            return chart
    raise QueryError(f"There is no picture of {question}; it is a table.")
