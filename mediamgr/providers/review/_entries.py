"""Owns what there is to review: an entry for each item and provider, its candidates best first, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import polars as pl

from mediamgr.errors import InputError

__all__ = ["COLUMNS", "Candidate", "Entry", "Status", "as_text", "entries_of"]

COLUMNS: Final[Mapping[str, Any]] = {
    "item_id": pl.Int64,
    "title": pl.String,
    "year": pl.Int64,
    "media_type": pl.String,
    "provider": pl.String,
    "provider_id": pl.String,
    "candidate_title": pl.String,
    "candidate_year": pl.Int64,
    "score": pl.Float64,
    "reasons": pl.List(pl.String),
    "url": pl.String,
}
"""A row for each candidate; years, reasons and url may be null."""
Status = Literal["open", "accepted", "rejected", "later"]
_NAMES: Final = {"movie": "Film", "show": "Show", "season": "Season", "episode": "Episode"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work of the provider that an item may be.

    Attributes:
        provider_id: What the provider calls it.
        title: Its own.
        year: None when unknown.
        score: 0 to 1.
        reasons: What speaks for it and against it.
        url: Where it can be looked at; None when nowhere.
    """

    provider_id: str
    title: str
    year: int | None
    score: float
    reasons: tuple[str, ...]
    url: str | None

    def shown(self) -> dict[str, Any]:
        """As the page has it."""
        return {
            "id": self.provider_id, "title": self.title, "year": self.year, "score": round(self.score * 100),
            "reasons": list(self.reasons), "url": self.url,
        }  # fmt: skip


@dataclass(slots=True)
class Entry:
    """An item, and which works of one provider it may be.

    Attributes:
        item_id: media_item.id.
        title: As the library has it.
        year: None when unknown.
        kind: Film or Show.
        provider: Whose works.
        candidates: Best first.
        status: open; accepted, rejected; later: put aside.
        accepted: provider_id of the one taken.
        error: Why it could not be done; "" when it could.
        is_busy: Whether it is being done.
    """

    item_id: int
    title: str
    year: int | None
    kind: str
    provider: str
    candidates: tuple[Candidate, ...]
    status: Status = "open"
    accepted: str | None = None
    error: str = ""
    is_busy: bool = False

    def shown(self, index: int) -> dict[str, Any]:
        """As the page has it; `index`: its place among all."""
        return {
            "index": index, "title": self.title, "year": self.year, "kind": self.kind, "provider": self.provider,
            "candidates": [each.shown() for each in self.candidates], "status": self.status,
            "accepted": self.accepted, "error": self.error, "busy": self.is_busy,
        }  # fmt: skip


def entries_of(frame: pl.DataFrame) -> list[Entry]:
    """Entries in the order in which their items first come. Raises `InputError` for a frame of other columns."""
    if missing := [name for name in COLUMNS if name not in frame.columns]:
        raise InputError(f"There is nothing to review without the columns {', '.join(missing)}; add them to the frame.")
    try:
        rows = frame.select(pl.col(name).cast(dtype) for name, dtype in COLUMNS.items())
    except pl.exceptions.PolarsError as wrong:
        raise InputError(f"What is to be reviewed has values of another kind: {wrong}") from None
    return [_entry(group) for group in rows.partition_by("item_id", "provider", maintain_order=True)]


def as_text(entries: list[Entry], most: int) -> str:
    """A table for a terminal, of the first entries."""
    lines = [f"{len(entries):,} doubtful {'match' if len(entries) == 1 else 'matches'}"]
    for entry in entries[:most]:
        lines.append(f"{_named(entry.title, entry.year)} [{entry.kind}, {entry.provider}]: {_told(entry)}")
        lines += [
            f"  {each.score:4.0%}  {each.provider_id:<10} {_named(each.title, each.year)}: {', '.join(each.reasons)}"
            for each in entry.candidates
        ]
    if len(entries) > most:
        lines.append(f"and {len(entries) - most:,} more")
    return "\n".join(" ".join(line.split("\n")) for line in lines)


def _entry(group: pl.DataFrame) -> Entry:
    first = group.row(0, named=True)
    ordered = group.sort("score", descending=True, nulls_last=True, maintain_order=True)
    return Entry(
        first["item_id"], first["title"] or "", first["year"],
        _NAMES.get(first["media_type"], first["media_type"] or ""), first["provider"] or "",
        tuple(_candidate(row) for row in ordered.iter_rows(named=True)),
    )  # fmt: skip


def _candidate(row: Mapping[str, Any]) -> Candidate:
    reasons = tuple(reason for reason in row["reasons"] or () if reason)
    title, year = row["candidate_title"] or "", row["candidate_year"]
    return Candidate(row["provider_id"] or "", title, year, row["score"] or 0.0, reasons, row["url"])


def _named(title: str, year: int | None) -> str:
    return f"{title} ({year})" if year is not None else title


def _told(entry: Entry) -> str:
    if entry.status == "accepted":
        return f"accepted {entry.accepted}"
    return {"open": "to be decided", "rejected": "none of these", "later": "later"}[entry.status]
