"""Owns that a person whom two sources name is one person: by an id, else by a name that only one person bears.

People whom ids of one source tell apart stay apart, whatever they are called.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from mediamgr.repository import ScanRepository
from mediamgr.search import normalise_series
from mediamgr.store.records import Records

__all__ = ["meeting"]


@dataclass(slots=True)
class _Person:
    """A natural key, and ids by source."""

    key: str
    ids: dict[str, str]

    def differs(self, other: _Person) -> bool:
        """Whether ids of one source say that these are two people."""
        return any(other.ids.get(source, value) != value for source, value in self.ids.items())


def meeting(memory: ScanRepository, records: Records) -> Records:
    """The records with the keys of people whom the library knows, or another record names better."""
    if "person" not in records.frames or records.frames["person"].is_empty():
        return records
    same = _same(_told(records), memory)
    if not same:
        return records
    # a person who is there, or is named by another record, keeps that name
    person = records.frames["person"].filter(~pl.col("person_key").is_in(list(same)))
    frames = {
        table: frame.with_columns(pl.col("person_key").replace(same)) if "person_key" in frame.columns else frame
        for table, frame in records.frames.items()
    }
    return Records(records.library, {**frames, "person": person}, source=records.source)


def _told(records: Records) -> pl.DataFrame:
    """person_key, name_key, ids ("source:id") of the people in the records."""
    people = records.frames["person"].unique("person_key", keep="first", maintain_order=True)
    people = people.select("person_key", name_key=normalise_series(people["name"]))
    ids = records.frames.get("external_id")
    if ids is None or "person_key" not in ids.columns:
        return people.with_columns(ids=pl.lit([], pl.List(pl.String)))
    named = ids.filter(pl.col("person_key").is_not_null()).select(
        "person_key", id=pl.format("{}:{}", "source", "external_id")
    )
    grouped = named.group_by("person_key").agg(ids=pl.col("id"))
    return people.join(grouped, on="person_key", how="left", maintain_order="left").with_columns(
        pl.col("ids").fill_null([])
    )


def _same(told: pl.DataFrame, memory: ScanRepository) -> dict[str, str]:
    """Key in the records to the key of the same person; only those that differ."""
    ids = told.select("person_key", id=pl.col("ids")).explode("id", empty_as_null=False)
    values = ids["id"].str.split_exact(":", 1).struct.field("field_1").unique()
    held = memory.people_named(told["name_key"].unique().to_list(), values.to_list())
    by_id = held.select(known="person_key", id=pl.col("ids")).explode("id", empty_as_null=False)
    linked = ids.join(by_id, on="id").unique("person_key", keep="first", maintain_order=True)
    same = dict(linked.select("person_key", "known").iter_rows())
    new = told.join(held, on="person_key", how="anti").filter(~pl.col("person_key").is_in(list(same)))
    # most names are new, and borne by one person
    doubtful = new.filter(pl.col("name_key").is_duplicated() | pl.col("name_key").is_in(held["name_key"].implode()))
    same |= _by_name(doubtful, held) if doubtful.height else {}
    return {key: known for key, known in same.items() if key != known}


def _by_name(new: pl.DataFrame, held: pl.DataFrame) -> dict[str, str]:
    """Those new people who are the only one of their name, be it in the library or among the new ones with an id."""
    bearers: dict[str, list[_Person]] = defaultdict(list)
    for key, name, ids in held.select("person_key", "name_key", "ids").iter_rows():
        bearers[name].append(_Person(key, _by_source(ids)))
    same = {}
    for key, name, ids in sorted(new.select("person_key", "name_key", "ids").iter_rows(), key=lambda row: not row[2]):
        person = _Person(key, _by_source(ids))
        if found := _only([each for each in bearers[name] if not person.differs(each)]):
            same[key] = found.key
            found.ids |= person.ids
        else:
            bearers[name].append(person)
    return same


def _only(people: list[_Person]) -> _Person | None:
    """The one there is, or the one of them with an id."""
    known = people if len(people) == 1 else [person for person in people if person.ids]
    return known[0] if len(known) == 1 else None


def _by_source(ids: Iterable[str]) -> dict[str, str]:
    return {source: value for source, _, value in (each.partition(":") for each in ids)}
