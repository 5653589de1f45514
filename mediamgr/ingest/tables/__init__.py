"""Owns importing tables: CSV, TSV, JSON, NDJSON and Parquet files of items, people, credits or history.

Columns are found by name or mapped by hand; what cannot be understood is set aside with its row, and the rest
goes in. Reading a file again gives the same keys, so a second import changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import polars as pl

from mediamgr.errors import InputError
from mediamgr.ingest.tables._columns import is_in_stars, match_columns
from mediamgr.ingest.tables._fields import FIELDS, KINDS
from mediamgr.ingest.tables._files import read_file
from mediamgr.ingest.tables._keys import KnownKeys
from mediamgr.ingest.tables._kinds import Rows, keyed
from mediamgr.ingest.tables._lists import as_lists, list_rows
from mediamgr.ingest.tables._objects import Merged, merged
from mediamgr.ingest.tables._records import credit_batches, history_batches, item_batches, person_batches
from mediamgr.ingest.tables._rejects import REJECTED, ROW, gathered, is_left_out
from mediamgr.ingest.tables._values import read_scalars
from mediamgr.instrumentation import Counter, Timer
from mediamgr.store.records import Records

__all__ = ["KINDS", "KnownKeys", "TableImport", "read_table"]

_READING: Final = Timer("ingest.table_reading", "Reading and understanding a table, before any of it is loaded")
_ROWS: Final = Counter("ingest.table_rows", "Rows of tables: taken or refused", "outcome")


@dataclass(frozen=True, slots=True)
class TableImport:
    """A file, read: what goes in, and what was set aside.

    Attributes:
        records: Batches to load, made as they are asked for; they can be taken once.
        rejected: All that did not go in, by row: row (from 1, without the header; of NDJSON the line), column
            ("" for a whole row), value, reason. `refused` and `left_out` tell rows from values.
        rows: How many rows the file has, those set aside included, blank ones not.
        columns: Field to the column of the file that fills it.
        ignored: Columns of the file that fill nothing.
        notes: What to know of how the file was read, such as an unusual encoding.
    """

    records: Iterator[Records] = field(repr=False)
    rejected: pl.DataFrame
    rows: int
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def refused(self) -> pl.DataFrame:
        """Of `rejected` what kept its row out: none of the row goes in. A row may be here for two values."""
        return self.rejected.filter(~is_left_out())

    @property
    def left_out(self) -> pl.DataFrame:
        """Of `rejected` the single values: their rows are in the library, without them."""
        return self.rejected.filter(is_left_out())

    @property
    def rows_refused(self) -> int:
        """How many of `rows` did not go in."""
        return self.refused["row"].n_unique()


def read_table(
    path: Path,
    kind: str,
    *,
    library: str,
    mapping: Mapping[str, str] | None = None,
    delimiter: str | None = None,
    known: KnownKeys | None = None,
) -> TableImport:
    """Read a file of items, people, credits or history for the library named.

    Credits are of the source "import:<file name>": another file adds to them, the same one replaces its own.
    Ratings in a Letterboxd export (half a star to five) are doubled, those of other files taken as they are.

    Args:
        path: The file; its suffix says what it is.
        kind: One of `KINDS`.
        library: Name of the library the items belong to.
        mapping: Column to field, for columns whose names do not say it.
        delimiter: Between values of a CSV file; None finds out.
        known: What the library holds, so that what is there keeps its key; None means nothing.

    Raises:
        SourceError: The file cannot be read as what its suffix says.
        InputError: The kind or `mapping` names something that there is not, or a needed column is absent.
    """
    if kind not in FIELDS:
        raise InputError(f"{kind!r} cannot be imported; say one of {', '.join(KINDS)}.")
    with _READING.run():
        file = read_file(path, delimiter)
        columns = file.frame.columns[1:]
        objects = merged(file.frame)
        frame = objects.frame
        chosen = match_columns(columns, kind, mapping or {}, path.name, objects.columns)
        if not columns:
            return TableImport(iter(()), gathered([file.rejected]), file.rejected.height, {}, (), file.notes)
        typed, problems = read_scalars(frame, chosen, kind, in_stars=is_in_stars(columns))
        lists, more = _lists(frame, chosen, kind)
        typed = typed.with_columns(
            as_lists(typed, rows).alias(name) for name, rows in lists.items() if FIELDS[kind][name].kind == "list"
        )
        held = known or KnownKeys()
        table = Rows(typed, chosen, is_in_stars(columns), path.name, held)
        rows, refused = keyed(kind, table, gathered([*problems, *more]))
    people = {name: frame for name, frame in lists.items() if FIELDS[kind][name].kind == "people"}
    total = frame[ROW].n_unique() + file.rejected.height
    done = TableImport(
        records=_only_told(_batches(kind, rows, people, library, path.name), kind, rows, held),
        rejected=gathered([file.rejected, refused]),
        rows=total,
        columns=chosen,
        ignored=_ignored(columns, chosen, objects),
        notes=file.notes,
    )
    _ROWS.add(done.rows_refused, outcome="refused")
    _ROWS.add(done.rows - done.rows_refused, outcome="taken")
    return done


def _ignored(columns: Sequence[str], chosen: Mapping[str, str], objects: Merged) -> tuple[str, ...]:
    """The columns of the file that fill nothing, neither alone nor together with others."""
    made = ", ".join(column for column in chosen.values() if column not in columns)
    used = {part for part in objects.parts if re.search(rf"(?:^|, ){re.escape(part)}(?:,| of |$)", made)}
    return tuple(name for name in columns if name not in {*chosen.values(), *used})


def _lists(
    frame: pl.DataFrame, chosen: Mapping[str, str], kind: str
) -> tuple[dict[str, pl.DataFrame], list[pl.DataFrame]]:
    """(field to the rows of its lists, what was not understood)."""
    found, rejected = {}, [pl.DataFrame(schema=REJECTED)]
    for each in FIELDS[kind].values():
        if each.kind in ("list", "people") and each.name in chosen:
            found[each.name], bad = list_rows(frame.select(ROW, chosen[each.name]), chosen[each.name])
            rejected.append(bad)
    return found, rejected


def _batches(
    kind: str, rows: pl.DataFrame, people: Mapping[str, pl.DataFrame], library: str, file: str
) -> Iterator[Records]:
    if kind == "items":
        return item_batches(rows, people, library, "import")
    if kind == "people":
        return person_batches(rows, library, "import")
    if kind == "credits":
        return credit_batches(rows, library, f"import:{file}")
    return history_batches(rows, library, "import")


def _only_told(batches: Iterator[Records], kind: str, rows: pl.DataFrame, known: KnownKeys) -> Iterator[Records]:
    """The batches without items that are there and only named here: they keep their titles."""
    told = rows["item_key"] if kind == "items" else pl.Series(dtype=pl.String)
    key = pl.col("item_key")
    for records in batches:
        frames = dict(records.frames)
        if "media_item" in frames:
            is_named_only = key.is_in(known.items["item_key"].implode()) & ~key.is_in(told.implode())
            frames["media_item"] = frames["media_item"].filter(~is_named_only)
        yield Records(records.library, frames, source=records.source)
