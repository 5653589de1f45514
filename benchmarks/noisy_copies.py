"""A labelled set for duplicates: films of the demo library, half of which a second, careless library holds as well.

Each copy is spoilt in one of the ways of `noisy_titles`, and knows no ids; what it is a copy of is known. Sequels,
remakes and namesakes are there as the demo library has them, to be taken for copies by mistake.
"""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from benchmarks.noisy_titles import KINDS, MISSING
from mediamgr.library import Library
from mediamgr.providers.matching import Wanted
from mediamgr.reports.duplicates import decided
from mediamgr.search import normalise_series
from mediamgr.store.report_statements import report_statement

__all__ = ["Found", "find", "make_copies"]

# other cuts are told apart, and what a provider calls a work is not known here
_OTHER: Final = {"words of an edition", "translated title"}
_SPOILING: Final = {
    kind: made
    for kind, made in KINDS.items()
    if kind not in MISSING | _OTHER and "remade" not in kind and "namesake" not in kind
}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a labelled set.

    Attributes:
        precision: Of copies that were called the same as another, how many are.
        recall: Of spoilt copies, how many were found.
        kinds: By what was done to a copy: (copies, found).
    """

    precision: float
    recall: float
    kinds: dict[str, tuple[int, int]]


def make_copies(lib: Library, seed: int = 11) -> tuple[pl.DataFrame, dict[int, tuple[int, str]]]:
    """(rows as the statement gives them, spoilt item -> the item it is of, and what was done to it)."""
    rng = random.Random(seed)
    rows = lib.sql(report_statement("duplicates").text).filter(pl.col("edition").is_null(), library="Films", parts=1)
    rows = rows.unique("media_item_id", keep="first").sort("media_item_id")
    rows = rows.with_columns(fingerprint=pl.lit(None, pl.String))
    truth: dict[int, tuple[int, str]] = {}
    spoilt = [made for row in rows.iter_rows(named=True) if rng.random() < 0.5 for made in _spoilt(rng, row, truth)]
    copies = pl.DataFrame(spoilt, schema=rows.schema)
    copies = copies.with_columns(title_key=normalise_series(copies["title"]))
    return pl.concat([rows, copies]), truth


def _spoilt(rng: random.Random, row: dict[str, Any], truth: dict[int, tuple[int, str]]) -> list[dict[str, Any]]:
    known = (row[name] for name in ("title", "original_title"))
    wanted = Wanted(row["media_item_id"], "movie", *known, (), row["year"], row["runtime_minutes"])
    order = {kind: rng.random() ** (1 / weight) for kind, (weight, _) in _SPOILING.items()}
    for kind in sorted(order, key=lambda kind: -order[kind]):
        if made := _SPOILING[kind][1](rng, wanted):
            number = row["media_item_id"] + 2**50
            truth[number] = row["media_item_id"], kind
            told = {"title": made.title, "title_key": None, "original_title": None, "year": made.year}
            own = {"media_item_id": number, "library": "Careless", "library_id": 99, "ids": None}
            files = {"media_file_ids": [number], "paths": [f"/careless/{number}"], "size_bytes": number % 1_000_003}
            return [row | told | own | files | {"runtime_minutes": made.runtime_minutes}]
    return []


def find(rows: pl.DataFrame, truth: dict[int, tuple[int, str]], least: str) -> Found:
    """What is found of these, from that certainty on."""
    answer = decided(rows, {"least": least}).select("group_number", "keep", "to_remove", "media_item_id")
    kept = answer.filter("keep").select("group_number", kept="media_item_id")
    pairs = answer.filter("to_remove").join(kept, on="group_number").select("media_item_id", "kept").rows()
    of = {number: work for number, (work, _) in truth.items()}
    right = [of.get(a, a) == of.get(b, b) for a, b in pairs]
    rightly = {number for pair, is_right in zip(pairs, right, strict=True) if is_right for number in pair}
    found = rightly & of.keys()
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for number, (_, kind) in truth.items():
        kinds[kind][0] += 1
        kinds[kind][1] += number in found
    precision = sum(right) / max(len(right), 1)
    return Found(precision, len(found) / max(len(of), 1), {kind: (each[0], each[1]) for kind, each in kinds.items()})
