"""Owns saying in short what an operator does, from what DuckDB tells of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from mediamgr.plans._columns import named
from mediamgr.plans._conditions import bare, understood

__all__ = ["conditions", "keys", "short", "table", "told"]

_Facts = Mapping[str, tuple[str, ...]]
_LAST_NAME: Final = re.compile(r'(?:"((?:[^"]|"")*)"|([^."]+))$')
_PATTERN: Final = re.compile(r" ~~\*? ")
_HINTS: Final = ("optional: ", "Dynamic Filter")
"""How conditions begin that only spare reading; what they mean is asked again."""
_MOST_COLUMNS: Final = 4


def told(extra: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """What DuckDB tells of an operator, each fact as the list it may be."""
    return {name: tuple(map(str, value)) if isinstance(value, list) else (str(value),) for name, value in extra.items()}


def table(facts: _Facts) -> str | None:
    """The table that is scanned, its bare name."""
    found = _LAST_NAME.search(facts["Table"][0]) if "Table" in facts else None
    return (found[1] or found[2]).replace('""', '"') if found else None


def conditions(facts: _Facts) -> tuple[str, ...]:
    """What rows must meet, each condition by itself, without brackets around it."""
    given = [each for name in ("Filters", "Expression", "Conditions", "Condition") for each in facts.get(name, ())]
    return tuple(bare(each) for each in given if each and not each.startswith(_HINTS))


def keys(facts: _Facts, given: Sequence[str]) -> tuple[str, ...]:
    """What is sorted by: "title DESC"."""
    return tuple(named(each, given) for each in facts.get("Order By", ()))


def short(name: str, facts: _Facts, given: Sequence[str], ctes: Mapping[str, str]) -> str:
    """What an operator of that name does; `given`: what its first child gives; `ctes`: their names by number."""
    if name in ("CTE_SCAN", "REC_CTE_SCAN"):
        return ctes.get(facts.get("CTE Index", ("",))[0], "")
    if name.endswith("JOIN"):
        return " ".join(filter(None, (_first(facts, "Join Type"), "on " + _all(conditions(facts)))))
    say = _SAID.get(name)
    return say(facts, given) if say else _rest(facts, given)


def _scan(facts: _Facts, given: Sequence[str]) -> str:
    return " where ".join(filter(None, (table(facts), _all(conditions(facts)))))


def _projection(facts: _Facts, given: Sequence[str]) -> str:
    columns = [named(each, given) for each in facts.get("Projections", ())]
    return ", ".join(columns) if len(columns) <= _MOST_COLUMNS else f"{len(columns)} columns"


def _sorted(facts: _Facts, given: Sequence[str]) -> str:
    return " ".join(filter(None, (_window(facts), "by", ", ".join(keys(facts, given)))))


def _grouped(facts: _Facts, given: Sequence[str]) -> str:
    groups, aggregates = (
        [named(each, given) for each in facts.get(part, ()) if each] for part in ("Groups", "Aggregates")
    )
    by = f"by {', '.join(groups)}" if groups else ""
    return ": ".join(filter(None, (by, ", ".join(aggregates))))


def _window(facts: _Facts, given: Sequence[str] = ()) -> str:
    first, after = (_first(facts, "Top") or _first(facts, "Limit")), _first(facts, "Offset")
    counted = f"first {int(first):,}" if first.isdigit() else first
    return counted + (f" after {int(after):,}" if after.isdigit() else "")


def _rest(facts: _Facts, given: Sequence[str]) -> str:
    values = [", ".join(each) for name, each in facts.items() if name != "Estimated Cardinality"]
    return named("; ".join(filter(None, values)), given)


def _all(parts: Sequence[str]) -> str:
    return " and ".join(f"({part})" if " OR " in part and len(parts) > 1 else _typed(part) for part in parts)


def _typed(condition: str) -> str:
    """As one types it: DuckDB writes LIKE as ~~."""
    found = understood(condition)
    is_pattern = found is not None and found.operator in ("like", "ilike")
    return _PATTERN.sub(f" {found.operator} ", condition, count=1) if found and is_pattern else condition


def _first(facts: _Facts, name: str) -> str:
    return facts.get(name, ("",))[0]


_SAID: Final[Mapping[str, Callable[[_Facts, Sequence[str]], str]]] = {
    "SEQ_SCAN": _scan,
    "FILTER": lambda facts, given: f"where {named(_all(conditions(facts)), given)}",
    "PROJECTION": _projection,
    "ORDER_BY": _sorted,
    "TOP_N": _sorted,
    "LIMIT": _window,
    "STREAMING_LIMIT": _window,
    "CROSS_PRODUCT": lambda facts, given: "every row with every row",
    "CTE": lambda facts, given: _first(facts, "CTE Name"),
    "REC_CTE": lambda facts, given: _first(facts, "CTE Name"),
    "UNION": lambda facts, given: "",
} | dict.fromkeys(("HASH_GROUP_BY", "PERFECT_HASH_GROUP_BY", "PARTITIONED_AGGREGATE", "UNGROUPED_AGGREGATE"), _grouped)
