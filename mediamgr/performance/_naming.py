"""Owns what a series is called where people read it: `store.statement items/page`."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["labels_told"]


def labels_told(labels: Mapping[str, str]) -> str:
    """The values of labels; with their names where there are several."""
    if len(labels) == 1:
        return next(iter(labels.values()))
    return ", ".join(f"{name}={value}" for name, value in labels.items())
