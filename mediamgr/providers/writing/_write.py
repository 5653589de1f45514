"""Owns writing what a provider told: what is there is read, compared and written while nobody else writes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import polars as pl

from mediamgr.instrumentation import Timer
from mediamgr.kept_pictures import keeping_pictures
from mediamgr.providers.writing._plan import Told, plan
from mediamgr.providers.writing._state import Work, works
from mediamgr.repository import ArtworkRepository, ScanRepository
from mediamgr.same_people import meeting
from mediamgr.search import normalise_series
from mediamgr.store import Connection, Database, LoadReport, Records, load, matches, transaction, utc_now

__all__ = ["Written", "written"]

_WRITING: Final = Timer("providers.writing", "Comparing and writing what a provider told of some items")


@dataclass(frozen=True, slots=True)
class Written:
    """What became of what a provider told.

    Attributes:
        report: Rows that came, changed and went; rows that were set aside.
        filled: Fields: item_id, title, field_name, before, after (as text).
        conflicts: Ids that contradict those an item has, which stayed: item_id, title, source, held, told.
    """

    report: LoadReport
    filled: pl.DataFrame
    conflicts: pl.DataFrame


class _TakenBack(Exception):
    """It was only to be seen what would happen."""


@_WRITING
def written(
    database: Database,
    told: Sequence[Told],
    provider: str,
    *,
    clock: Callable[[], datetime] = utc_now,
    dry_run: bool = False,
) -> Written:
    """Write what a provider told of films and shows of the library, all or nothing; told again it changes nothing.

    Items that are gone by now are left out. What was matched or accepted is noted as written (`provider_match`).

    Args:
        database: The library; may be the one that the caller writes already.
        told: What is said, an item each.
        provider: Who says so.
        clock: The time, UTC without zone.
        dry_run: Take all of it back again; the report says what would be. Not inside a transaction of the caller's.

    Raises:
        LibraryLocked: Another process writes.
        ValueError: Facts of another provider, or of a film for a show.
    """
    report = LoadReport()
    with database.writing("enrich") as connection:
        with suppress(_TakenBack), transaction(connection):
            now = clock()
            held = works(database, [each.item_id for each in told], provider)
            decided = plan(told, held, provider, now)
            for records in decided.records:
                report += _loaded(connection, _fitted(database, records))
            if dry_run:
                raise _TakenBack
            done = [(each.item_id, each.facts.id) for each in told if each.item_id in held]
            matches.mark_written(connection, done, provider, now)
        if not dry_run:
            database.share(report.rows)
    return Written(report, _without_refused(decided.filled, held, report), decided.conflicts)


def _loaded(connection: Connection, records: Records) -> LoadReport:
    """Who filled a field is written for what was filled: not for items that were set aside."""
    sources, rest = records.frames.get("field_source"), dict(records.frames)
    rest.pop("field_source", None)
    report = load(connection, Records(records.library, rest, source=records.source))
    if sources is None:
        return report
    told = {"field_source": sources.filter(~pl.col("item_key").is_in(_refused(report).implode()))}
    return report + load(connection, Records(records.library, told, source=records.source))


def _refused(report: LoadReport) -> pl.Series:
    return report.rejected.filter(table="media_item")["key"]


def _fitted(database: Database, records: Records) -> Records:
    """The records with people and pictures that the library has already as they are there."""
    memory = ScanRepository(database)
    return keeping_pictures(ArtworkRepository(database), _without_known_people(memory, meeting(memory, records)))


def _without_known_people(memory: ScanRepository, records: Records) -> Records:
    """A person who is there keeps name and ids, and nobody else gets an id of theirs."""
    person, ids = records.frames.get("person"), records.frames.get("external_id")
    if person is None:
        return records
    frames = dict(records.frames)
    theirs = pl.Series([], dtype=pl.String) if ids is None else ids.filter(id_space="person")["external_id"]
    known = memory.people_named(normalise_series(person["name"]).to_list(), theirs.to_list())
    frames["person"] = person.filter(~pl.col("person_key").is_in(known["person_key"].implode()))
    # of people without ids there is no such column
    if ids is not None and "person_key" in ids.columns:
        frames["external_id"] = ids.filter((pl.col("id_space") != "person") | ~_is_settled(known))
    return Records(records.library, frames, source=records.source)


def _is_settled(known: pl.DataFrame) -> pl.Expr:
    """Whether an id is known of somebody, or its person has one of that source."""
    held = known.select("person_key", id=pl.col("ids")).explode("id", empty_as_null=False)
    sources = held.select(pl.concat_str("person_key", pl.col("id").str.split(":").list.first(), separator=" "))
    is_taken = pl.concat_str("source", "external_id", separator=":").is_in(held["id"].implode())
    return is_taken | pl.concat_str("person_key", "source", separator=" ").is_in(sources.to_series().implode())


def _without_refused(filled: pl.DataFrame, held: Mapping[int, Work], report: LoadReport) -> pl.DataFrame:
    refused = {*_refused(report)}
    if not refused:
        return filled
    items = [item.id for work in held.values() for item in (work.item, *work.parts) if item.key in refused]
    return filled.filter(~pl.col("item_id").is_in(items))
