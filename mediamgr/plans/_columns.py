"""Owns which columns an operator gives: DuckDB says "#1" where it means the second of those its child gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

__all__ = ["named", "output_names"]

_PLACE: Final = re.compile(r"#(\d+)\b")
_PACKED: Final = re.compile(r"__internal_(?:de)?compress_\w+\(([^()]*?)(?:, -?\d+)?\)")
_WHOLE: Final = frozenset(
    {"FILTER", "ORDER_BY", "TOP_N", "LIMIT", "STREAMING_LIMIT", "LIMIT_PERCENT", "RESULT_COLLECTOR"}
)
_ONE_SIDED: Final = frozenset({"SEMI", "ANTI"})


def output_names(name: str, facts: Mapping[str, tuple[str, ...]], given: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """What it gives, from what DuckDB tells of it and what its children give; () when that is not known."""
    first = given[0] if given else ()
    if name in _WHOLE or (name.endswith("JOIN") and _ONE_SIDED.intersection(facts.get("Join Type", ()))):
        return first
    if name in ("SEQ_SCAN", "PROJECTION"):
        return tuple(named(each, first) for each in facts.get("Projections", ()) if each)
    if name.endswith("GROUP_BY") or name.endswith("AGGREGATE"):
        return tuple(named(each, first) for part in ("Groups", "Aggregates") for each in facts.get(part, ()) if each)
    if name == "WINDOW":
        return (*first, *facts.get("Projections", ())) if first else ()
    return ()


def named(expression: str, given: Sequence[str]) -> str:
    """An expression with the columns named whose places it names, and without how values are packed meanwhile."""
    plain = _PACKED.sub(r"\1", expression)
    return _PLACE.sub(lambda place: given[int(place[1])] if int(place[1]) < len(given) else place[0], plain)
