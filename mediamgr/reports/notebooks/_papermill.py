"""Owns having papermill, which only who runs notebooks needs, and how it takes paths."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mediamgr.errors import MissingPart

__all__ = ["literal", "papermill"]


def papermill() -> Any:
    """The package. Raises `MissingPart` when it is not installed."""
    try:
        import papermill
    except ModuleNotFoundError as absent:
        raise MissingPart(f"To run notebooks, {absent.name} is needed; pip install 'mediamgr[lab]'.") from None
    return papermill


def literal(path: Path) -> str:
    """A path as papermill, which fills in what stands in braces, takes it for itself."""
    return str(path).replace("{", "{{").replace("}", "}}")
