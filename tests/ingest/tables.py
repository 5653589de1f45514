"""What tests of importing tables do: write a file, read it, and look at what came of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl

from mediamgr.ingest.tables import TableImport, read_table
from mediamgr.library import Library

__all__ = ["ALIEN", "BRAZIL", "LETTERBOXD", "Rejects", "counts", "frames", "given", "items", "read"]

Rejects = list[tuple[int, str, str | None, str]]


def given(folder: Path, name: str, content: str | bytes | list[Any]) -> Path:
    """A file with this content; a list is written as JSON."""
    path = folder / name
    text = json.dumps(content) if isinstance(content, list) else content
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def frames(imported: TableImport) -> dict[str, pl.DataFrame]:
    """The frames of all batches, each table in one."""
    found: dict[str, list[pl.DataFrame]] = {}
    for records in imported.records:
        for name, frame in records.frames.items():
            found.setdefault(name, []).append(frame)
    return {name: pl.concat(parts, how="diagonal") for name, parts in found.items()}


def read(folder: Path, name: str, content: str | bytes | list[Any], kind: str = "items", **options: Any) -> Any:
    """(frames, rejected rows, the import) of a file with this content."""
    imported = read_table(given(folder, name, content), kind, library="Films", **options)
    rejected: Rejects = list(imported.rejected.iter_rows())
    return frames(imported), rejected, imported


def items(folder: Path, name: str, content: str | bytes | list[Any], **options: Any) -> list[dict[str, Any]]:
    """The item rows of a file with this content, of which nothing is set aside."""
    found, rejected, _ = read(folder, name, content, **options)
    assert rejected == []
    return list(found["media_item"].iter_rows(named=True))


def counts(lib: Library) -> dict[str, int]:
    """Rows of each table that an import fills."""
    tables = ("media_item", "person", "credit", "external_id", "history_event")
    return {name: lib.sql(f"select count(*) n from {name}")["n"][0] for name in tables}


ALIEN = {
    "title": "Alien",
    "year": 1979,
    "cast": ["Sigourney Weaver", "Ian Holm"],
    "genres": ["Horror", "Sci-Fi"],
}
BRAZIL = {"title": "Brazil", "year": 1985, "cast": ["Ian Holm"], "genres": []}
LETTERBOXD = "Date,Name,Year,Letterboxd URI,Rating"
