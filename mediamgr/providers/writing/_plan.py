"""Owns what is to be written of all that a provider told of some works. Pure: nothing is read or written here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from mediamgr.providers.facts import WorkFacts
from mediamgr.providers.writing import _rows
from mediamgr.providers.writing._fields import changes
from mediamgr.providers.writing._pairs import pairs
from mediamgr.providers.writing._rows import Row
from mediamgr.providers.writing._state import Item, Work
from mediamgr.store.records import TABLES, Records

__all__ = ["CONFLICTS", "FILLED", "Plan", "Told", "plan"]

FILLED: Final = pl.Schema(
    {
        "item_id": pl.Int64(),
        "title": pl.String(),
        "field_name": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
    }
)
"""Fields that are filled: values as text, lists joined by ", "."""
CONFLICTS: Final = pl.Schema(
    {"item_id": pl.Int64(), "title": pl.String(), "source": pl.String(), "held": pl.String(), "told": pl.String()}
)
"""Ids of a source that contradict those an item has: these stay."""
_REPLACED: Final = ("credit", "artwork", "listed_episode")


@dataclass(frozen=True, slots=True)
class Told:
    """What a provider says of an item.

    Attributes:
        item_id: The film or show of the library.
        facts: All of it.
    """

    item_id: int
    facts: WorkFacts


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be written.

    Attributes:
        records: One batch for each library.
        filled: As in `FILLED`.
        conflicts: As in `CONFLICTS`.
    """

    records: tuple[Records, ...]
    filled: pl.DataFrame
    conflicts: pl.DataFrame


def plan(told: Sequence[Told], held: Mapping[int, Work], provider: str, now: datetime) -> Plan:
    """What to write of all that was told; items that are not `held` are left out.

    `now`: when it was told, UTC. Raises `ValueError` for facts of another provider, or of a film for a show.
    """
    rows: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    filled: list[Row] = []
    conflicts: list[Row] = []
    for each in told:
        if work := held.get(each.item_id):
            _agree(work.item, each.facts, provider)
            tables = rows[work.item.library]
            for item, facts in pairs(work, each.facts):
                about = {"item_id": item.id, "title": item.title}
                new = changes(item, facts)
                _add(tables, item, facts, new, now)
                filled += [about | _filled(item, name, value) for name, value in new.items()]
                conflicts += [about | row for row in _rows.differing_ids(item, facts)]
            tables["listed_episode"] += _rows.listed(work, each.facts)
    return Plan(
        tuple(Records(library, _frames(tables), source=provider) for library, tables in rows.items()),
        pl.DataFrame(filled, schema=FILLED, orient="row"),
        pl.DataFrame(conflicts, schema=CONFLICTS, orient="row"),
    )


def _agree(item: Item, facts: WorkFacts, provider: str) -> None:
    if (facts.provider, facts.media_type) != (provider, item.media_type):
        raise ValueError(
            f"item {item.id} is a {item.media_type} and {provider} is to tell of it,"
            f" not {facts.provider} of a {facts.media_type}"
        )


def _add(tables: dict[str, list[Row]], item: Item, facts: WorkFacts, new: Mapping[str, Any], now: datetime) -> None:
    said = {"item_key": item.key, "media_type": item.media_type, "title": item.title}
    tables["media_item"].append({**said, **new})
    tables["field_source"] += [{"item_key": item.key, "field_name": name, "set_at": now} for name in new]
    new_ids = list(_rows.new_ids(item, facts))
    tables["field_source"] += [
        {"item_key": item.key, "field_name": f"id:{row['source']}", "set_at": now} for row in new_ids
    ]
    tables["external_id"] += [*new_ids, *_rows.person_ids(facts)]
    tables["person"] += _rows.people(facts)
    tables["credit"] += _rows.credits(item, facts)
    tables["artwork"] += _rows.pictures(item, facts)


def _filled(item: Item, name: str, value: Any) -> Row:
    return {"field_name": name, "before": _text(item.values[name]), "after": _text(value)}


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _frames(tables: Mapping[str, list[Row]]) -> dict[str, pl.DataFrame]:
    """Frames of what there is; of what is replaced as a whole also when there is none."""
    return {
        name: pl.DataFrame(tables.get(name, []), schema=_schema(name, tables.get(name, [])), orient="row")
        for name in TABLES
        if tables.get(name) or name in _REPLACED
    }


def _schema(table: str, rows: Iterable[Mapping[str, Any]]) -> pl.Schema:
    """Types of the columns that any row has; those a table requires always, but for the source of all."""
    required = TABLES[table].required - ({"source"} if table != "external_id" else set())
    used = set(required).union(*rows)
    return pl.Schema({name: dtype for name, dtype in TABLES[table].columns.items() if name in used})
