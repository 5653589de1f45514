"""Owns how Wikidata writes its entities down: labels, and claims of snaks with values of each kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final
from uuid import UUID

from mediamgr.providers.simulator._invent import hexadecimal

__all__ = [
    "Json",
    "Value",
    "claim",
    "claims",
    "entity",
    "item",
    "missing",
    "name",
    "pictured",
    "quantity",
    "text",
    "time",
]

Json = dict[str, Any]
Value = tuple[str, Json]
"""The datatype of a property, and a datavalue."""
_ENTITY: Final = "http://www.wikidata.org/entity/"


def name(value: str, datatype: str = "external-id") -> Value:
    """A text or an id that others give."""
    return datatype, {"value": value, "type": "string"}


def pictured(file: str) -> Value:
    """The name of a picture at Commons."""
    return name(file, "commonsMedia")


def item(q: str) -> Value:
    """Another item: "Q11424"."""
    value = {"entity-type": "item", "numeric-id": int(q[1:]), "id": q}
    return "wikibase-item", {"value": value, "type": "wikibase-entityid"}


def text(value: str, language: str) -> Value:
    """Words in a language."""
    return "monolingualtext", {"value": {"text": value, "language": language}, "type": "monolingualtext"}


def time(day: date) -> Value:
    """A day."""
    value = {
        "time": f"+{day.isoformat()}T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": 11,
        "calendarmodel": f"{_ENTITY}Q1985727",
    }
    return "time", {"value": value, "type": "time"}


def quantity(amount: int, unit: str) -> Value:
    """So many of a unit, an item: "Q7727" is the minute."""
    return "quantity", {"value": {"amount": f"{amount:+d}", "unit": f"{_ENTITY}{unit}"}, "type": "quantity"}


def claim(value: Value, **qualifiers: Value) -> tuple[Value, Mapping[str, Value]]:
    """A value with what qualifies it: `claim(item("Q1"), P453=item("Q2"))`."""
    return value, qualifiers


def claims(q: str, said: Mapping[str, Iterable[tuple[Value, Mapping[str, Value]]]]) -> Json:
    """The claims of an item by property; properties of which nothing is said are left out."""
    told = {p: [_statement(q, p, place, *each) for place, each in enumerate(values)] for p, values in said.items()}
    return {p: statements for p, statements in told.items() if statements}


def entity(q: str, label: str, description: str, aliases: Iterable[str], said: Json) -> Json:
    """An item, in English."""
    number = int(q[1:])
    others = [_worded(each) for each in aliases]
    return {
        "pageid": number,
        "ns": 0,
        "title": q,
        "lastrevid": number,
        "modified": "2026-01-01T00:00:00Z",
        "type": "item",
        "id": q,
        "labels": {"en": _worded(label)},
        "descriptions": {"en": _worded(description)} if description else {},
        "aliases": {"en": others} if others else {},
        "claims": said,
        "sitelinks": {},
    }


def missing(q: str) -> Json:
    """What is said in place of an item there is not."""
    return {"id": q, "missing": ""}


def _worded(value: str) -> Json:
    return {"language": "en", "value": value}


def _snak(p: str, value: Value) -> Json:
    datatype, datavalue = value
    digest = hexadecimal(f"{p}{datavalue}", "snak", 40)
    return {"snaktype": "value", "property": p, "hash": digest, "datavalue": datavalue, "datatype": datatype}


def _statement(q: str, p: str, place: int, value: Value, qualifiers: Mapping[str, Value]) -> Json:
    number = UUID(hexadecimal(f"{q}{p}", str(place), 32))
    said: Json = {"mainsnak": _snak(p, value), "type": "statement", "id": f"{q}${number}", "rank": "normal"}
    if qualifiers:
        said["qualifiers"] = {each: [_snak(each, value)] for each, value in qualifiers.items()}
        said["qualifiers-order"] = list(qualifiers)
    return said
